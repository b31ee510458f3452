"""Which languages a text is in, told by its script and by the function words that every text of a language has."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENGLISH = "en"

MOST_WORDS_LOOKED_AT = 5_000
LONG = 100
LEAST_COMMON_SHARE = 0.06
MOST_ACCENTED_SHARE = 0.02
PLAIN_SHARE = 0.2
MOST_CHARACTERS_LOOKED_AT = 50_000
LEAST_WORDS_OF_A_LINE = 8
FEWEST_FOREIGN_WORDS = 4
LEAST_KANA_SHARE = 0.05
MUCH_LIKELIER = 2

# Words that nearly every English text has, and texts in the neighbouring languages have not.
_ENGLISH = frozenset({
    "the", "and", "to", "for", "with", "that", "are", "be", "by", "from", "this", "which", "their", "our", "we", "it",
    "as", "at", "or", "has", "have", "will", "can", "they", "on", "is", "of", "would", "who", "when", "them", "what",
    "you", "your", "into", "than", "not", "should", "been", "its", "these", "more", "all",
})  # fmt: skip
# As folded words, without accents; but none that English titles abbreviate or name places with: MIT, N/A, Los Angeles.
_TONGUES = {
    "nl": "de het een van en voor wordt met niet zijn op te dat bij aan door naar uit ook is of we in die as",
    "de": "der die und das ist nicht von den dem ein eine werden wird zu auf im sich auch in an war so",
    "fr": "le les et une est pour dans du que qui sur pas avec par de nous aux ou un en a on",
    "es": "y del una para por con que de se su como mas este sobre son en un a no",
    "it": "il di che per una con del della gli nel alla dei sono non si le lo anche in a un",
    "pt": "um uma dos das para com que nao por em se mais ao ou de como as no a",
    "pl": "nie sie jest oraz przez dla ktore od lub jako ze do to",
    "sv": "och att det som en den ett inte till har for kan var vi",
    "da": "og det som en den ikke er til der et ved fra har for kan at vi",
    "tr": "ve bir bu icin ile olarak olan veya gibi daha cok",
    "id": "yang dan untuk dengan dari ini itu pada tidak akan dalam adalah oleh ke di",
    "fi": "ja ei etta joka ovat kun tai sen kanssa myos on se",
    "cs": "je se ze pro jako nebo ktere byl od a do to",
    "ro": "si este pentru care cu din nu sau prin un de in a",
    "hu": "az nem hogy egy van ez meg vagy is a",
}
# What tells a language from its neighbours, once it is no English.
_FURTHER = {
    "nl": "om wij hun worden deze maar als over zich kan dan onze zij heeft naar of dit",
    "de": "mit fur dass oder bei aus wir sie es sind einer einen einem durch uber zum zur als kann unsere hat noch",
    "fr": "la des il elle ce se sa ses leur leurs cette ne au sont l d qu nos notre chaque afin",
    "es": "el la los las al lo ser han nuestro nuestra cada cuando sus esta sin entre desde tambien ya",
    "it": "i la dal dalla delle nella agli al sul sulla questo questa ogni loro senza chi viene l e ai nostro nostra",
    "pt": "o os e da do na nos pela pelo aos seu sua seus sao ser cada quando sem esta isso nosso nossa",
    "pl": "a i w na z o po przy aby jego ich nas tym gdy czy za bez kazdy ktory ktora",
    "sv": "pa av ar med om vara fran",
    "da": "af pa med at de vi vores",
    "ro": "la pe ce sunt fost lor noastre",
    "cs": "na ve ktery jsou jeho pri aby",
}
# Letters that only one of them writes.
_LETTERS = {
    "cs": "ěřů",
    "de": "ß",
    "es": "ñ¿¡",
    "hu": "őű",
    "pl": "ąęłśźż",
    "pt": "ãõ",
    "ro": "șță",
    "tr": "ışğ",
}
# What stands in those tables and is English, too, and so speaks for both.
_SPEAKS_ENGLISH = _ENGLISH | {"a", "an", "do", "in", "no", "so", "was", "pro"}
_SURE = {tongue: frozenset(words.split()) for tongue, words in _TONGUES.items()}
_ALL = {tongue: words | frozenset(_FURTHER.get(tongue, "").split()) for tongue, words in _SURE.items()}
_FOREIGN = frozenset[str]().union(*_SURE.values()) - _SPEAKS_ENGLISH
_BEYOND_ENGLISH = frozenset[str]().union(*_ALL.values()) - _SPEAKS_ENGLISH

_KANA, _HAN = re.compile("[\u3040-\u30ff]"), re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("fa", re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)


def tongue_of(words: Sequence[str], text: str) -> str | None:
    """Give the language of a text by its code of ISO 639-1, or None if it is none of those that are known.

    `words` are its folded words without a form's own, and `text` is as it was given.
    A title or a list of nouns has no function words of any language, and counts as English if its letters do.
    """
    words = words[:MOST_WORDS_LOOKED_AT]
    if not text.isascii() and sum(map(str.isascii, words)) * 2 < len(words):
        return _by_script(text[:MOST_CHARACTERS_LOOKED_AT])
    own = sum(map(_SPEAKS_ENGLISH.__contains__, words))
    if own >= len(words) * PLAIN_SHARE:
        return ENGLISH
    accented = _is_accented(text)
    if foreign := _foreign(words, text, own, accented=accented):
        return foreign
    if own >= len(words) * LEAST_COMMON_SHARE:
        return ENGLISH
    return ENGLISH if len(words) < LONG and not accented else None


def _foreign(words: Sequence[str], text: str, own: int, *, accented: bool) -> str | None:
    """Give the language that a text is likelier in than in English, of which it has `own` function words."""
    if text.isascii() and _BEYOND_ENGLISH.isdisjoint(words):
        return None
    counts = {tongue: sum(map(known.__contains__, words)) for tongue, known in _ALL.items()}
    for tongue, letters in _LETTERS.items():
        counts[tongue] += sum(map(text[:MOST_CHARACTERS_LOOKED_AT].count, letters))
    likeliest = max(counts, key=counts.__getitem__)
    told = accented or any(sum(map(tongue.__contains__, words)) > own for tongue in _SURE.values())
    return likeliest if counts[likeliest] > own and (told or _is_much_likelier(likeliest, words)) else None


def _is_much_likelier(tongue: str, words: Sequence[str]) -> bool:
    """Tell whether clearly more different function words are a language's than English ones."""
    different = set(words)
    return len(different & _ALL[tongue]) >= len(different & _SPEAKS_ENGLISH) + MUCH_LIKELIER


def others(text: str, words: Sequence[str], main: str | None) -> tuple[str, ...]:
    """Give the languages beside `main` that whole lines of a text are in, the commonest first."""
    foreign = _SPEAKS_ENGLISH if main != ENGLISH else _FOREIGN
    few = sum(map(foreign.__contains__, words[:MOST_WORDS_LOOKED_AT])) < FEWEST_FOREIGN_WORDS
    if few and text.isascii():
        return ()
    found = Counter(tongue for line in _lines(text) if (tongue := of_sentence(line)) and tongue != main)
    return tuple(tongue for tongue, _ in found.most_common())


def _lines(text: str) -> Iterator[str]:
    yield from text[:MOST_CHARACTERS_LOOKED_AT].splitlines()


@lru_cache(maxsize=4_096)
def of_sentence(sentence: str) -> str | None:
    """Give the language of a line or sentence, or None if it is too short or too bare to tell."""
    words = wording.split(fold(sentence).text)
    if len(words) < LEAST_WORDS_OF_A_LINE:
        return None
    tongue = tongue_of(words, sentence)
    is_sure = tongue != ENGLISH or sum(map(_ENGLISH.__contains__, words)) >= len(words) * PLAIN_SHARE
    return tongue if is_sure else None


def _by_script(text: str) -> str | None:
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if han + kana:
        return "ja" if kana >= (han + kana) * LEAST_KANA_SHARE else "zh"
    return next((tongue for tongue, letters in _SCRIPTS if letters.search(text)), None)


def _is_accented(text: str) -> bool:
    """Tell whether letters beyond those of ASCII are frequent."""
    if text.isascii():
        return False
    text = text[:MOST_CHARACTERS_LOOKED_AT]
    letters = sum(map(str.isalpha, text))
    beyond = sum(letter.isalpha() and not letter.isascii() for letter in text)
    return beyond > letters * MOST_ACCENTED_SHARE
