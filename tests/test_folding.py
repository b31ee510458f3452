"""What folding makes alike, and the way back to the original."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from reviewer.folding import fold

FOLDED = [
    ("Plain ASCII, Kept!", "plain ascii, kept!"),
    ("", ""),
    ("naïve Café", "naive cafe"),
    ("cafe\u0301", "cafe"),
    ("Straße", "strasse"),
    ("İstanbul", "istanbul"),
    ("ﬁnal", "final"),
    ("ｆａｃｅ", "face"),
    ("x²", "x2"),
    ("№ 5", "no 5"),
    ("it’s ‘so’", "it's 'so'"),
    ("„so“ «so» “so” ”so“", '"so" "so" "so" "so"'),
    ("‹so› ‚so‘", "'so' 'so'"),
    ("co\u2010op co\u2011op 3\u20134 a\u2212b", "co-op co-op 3-4 a-b"),
    ("a\u00a0b\u2009c\u3000d", "a b c d"),
    ("fa\u200bce fa\u00adce \ufefffa\u2060ce", "face face face"),
    ("fa\u200cce fa\u200dce", "face face"),
    ("\u202eface\u202c", "face"),
    ("face\ufe0f f\U000e0101ace", "face face"),
    ("\U0001d41f\U0001d41a\U0001d41c\U0001d41e", "face"),
    ("\u24d5ace", "face"),
    ("Fаcе rесоgnitiоn", "face recognition"),
    ("fαce", "face"),
    ("Αrea", "area"),
    ("лицо", "лицо"),
    ("весна", "весна"),
    ("λόγος", "λόγοσ"),
    ("ガ", "ガ"),
    ("カ\u3099", "ガ"),
    ("한국", "한국"),
    ("Ελλάδα \u0301x", "ελλάδα x"),
    ("x\r\ny", "x\r\ny"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED, ids=[ascii(text) for text, _ in FOLDED])
def test_what_a_reader_calls_the_same_is_the_same(text: str, folded: str) -> None:
    """Case, width, accents, typography, invisible characters and look-alikes make no difference."""
    assert folded == fold(text).text


def test_words_of_another_script_keep_their_letters() -> None:
    """A Cyrillic word without a Latin letter poses as nothing, so it stays what it is."""
    assert fold("сор").text.isascii() is False


def test_folding_keeps_the_words() -> None:
    """A negation survives folding, whatever it is written with."""
    assert fold("We will NOT store faces").text != fold("We will store faces").text


@pytest.mark.parametrize(
    ("text", "words", "original"),
    [
        ("We USE it", "use", "USE"),
        ("ä Café bar", "cafe", "Café"),
        ("ä cafe\u0301 bar", "cafe", "cafe\u0301"),
        ("ﬁne ﬁnal", "final", "ﬁnal"),
        ("Straße hier", "strasse", "Straße"),
        ("no\u200b fa\u200bce here", "face", "fa\u200bce"),
        ("x ½ y", "1⁄2", "½"),
        ("the \U0001d41f\U0001d41a\U0001d41c\U0001d41e here", "face", "\U0001d41f\U0001d41a\U0001d41c\U0001d41e"),
        ("„quoted“ text", '"quoted"', "„quoted“"),
        ("\ufeffface", "face", "face"),
    ],
)
def test_a_folded_span_leads_back_to_the_original(text: str, words: str, original: str) -> None:
    """What was found in the folded text is quoted as it was written."""
    folded = fold(text)
    start = folded.text.index(words)
    begins, ends = folded.span(start, start + len(words))
    assert original == text[begins:ends]


def test_half_of_a_ligature_is_the_whole_ligature() -> None:
    """A character cannot be quoted in part."""
    folded = fold("ﬁne")
    assert folded.span(0, 1) == folded.span(0, 2) == (0, 1)


def test_a_plain_text_maps_one_to_one() -> None:
    """ASCII needs no map."""
    assert fold("We use it").span(3, 6) == (3, 6)


def foldable() -> list[str]:
    """Give every character that Unicode takes apart, combines, or has another case of."""
    characters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    return [c for c in characters if unicodedata.combining(c) or unicodedata.normalize("NFKD", c.casefold()) != c]


def test_folding_twice_is_folding_once_for_every_character() -> None:
    """Nothing that folding gives folds to something else, whatever script it is in."""
    once = [(character, fold(character).text) for character in foldable()]
    assert [ascii(character) for character, folded in once if fold(folded).text != folded] == []


@pytest.mark.parametrize("composed", ["\u0958", "\ufb2a", "\u09dc"], ids=["Devanagari", "Hebrew", "Bengali"])
def test_a_composed_character_is_its_parts(composed: str) -> None:
    """It makes no difference whether a mark was typed with its letter or after it."""
    assert fold(composed).text == fold(unicodedata.normalize("NFD", composed)).text
