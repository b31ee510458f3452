"""Which language a text is in, told by the function words that every text in it has.

Only whether the rules cover the text is asked, so that languages are told from one another no finer than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

MOST_WORDS_LOOKED_AT = 5_000
LONG = 100
LEAST_COMMON_SHARE = 0.06
MOST_ACCENTED_SHARE = 0.02
PLAIN_SHARE = 0.2
MOST_CHARACTERS_LOOKED_AT = 50_000

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
# What stands in those tables and is English, too, and so speaks for both.
_ENGLISH_TOO = {"a", "an", "as", "at", "do", "for", "in", "is", "no", "of", "on", "or", "so", "to", "was", "we", "pro"}
_FUNCTION_WORDS = tuple(frozenset(words.split()) for words in _TONGUES.values())


def covers(common: Container[str], words: Sequence[str], text: str) -> bool:
    """Tell whether a text is in the language whose function words are `common`.

    `words` are its folded words without a form's own, and `text` is as it was given.
    A title or a list of nouns has no function words of any language, and counts as covered if its letters do.
    """
    words = words[:MOST_WORDS_LOOKED_AT]
    if sum(map(str.isascii, words)) * 2 < len(words):
        return False
    own = sum(word in common or word in _ENGLISH_TOO for word in words)
    if own >= len(words) * PLAIN_SHARE:
        return True
    if any(sum(map(tongue.__contains__, words)) > own for tongue in _FUNCTION_WORDS):
        return False
    if own >= len(words) * LEAST_COMMON_SHARE:
        return True
    return len(words) < LONG and not _is_accented(text)


def _is_accented(text: str) -> bool:
    """Tell whether letters beyond those of ASCII are frequent."""
    text = text[:MOST_CHARACTERS_LOOKED_AT]
    letters = sum(map(str.isalpha, text))
    beyond = sum(letter.isalpha() and not letter.isascii() for letter in text)
    return beyond > letters * MOST_ACCENTED_SHARE
