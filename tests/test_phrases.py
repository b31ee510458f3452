"""The phrase language, and the scan for a vocabulary."""

from __future__ import annotations

import pytest

from reviewer.errors import PhraseError
from reviewer.filing import index
from reviewer.phrases import MOST_SKIPPED, parse
from reviewer.vocabulary import Vocabulary

BARRIERS = frozenset({"not", "no"})


def spans(phrase: str, text: str) -> list[tuple[int, int]]:
    """Give where one phrase stands in the words of a text."""
    return Vocabulary(index([(phrase, ("it",))]), BARRIERS).scan(text.split()).spans("it")


MATCHES = [
    ("face", "the face here", [(1, 2)]),
    ("face", "the faces here", []),
    ("face*", "the faces face facet", [(1, 2), (2, 3), (3, 4)]),
    ("watch list", "a watch list and a list", [(1, 3)]),
    ("watch list", "watch the list", []),
    ("watch-list", "a watch list", [(1, 3)]),
    ("don't", "we don t", [(1, 3)]),
    ("manager's", "the manager", [(1, 2)]),
    ("match*|compar*", "matching and comparing", [(0, 1), (2, 3)]),
    ("face|voice", "face voice faces", [(0, 1), (1, 2)]),
    ("face|voic*", "voices", [(0, 1)]),
    ("in the? shop", "in shop in the shop in a shop", [(0, 2), (2, 5)]),
    ("run it?", "run it run", [(0, 2), (2, 3)]),
    ("store .. faces", "store faces", [(0, 2)]),
    ("store .. faces", "store a b c d faces", [(0, 6)]),
    ("store .. faces", "store a b c d e faces", []),
    ("store .. faces", "store but not faces", []),
    ("store .. faces .. day", "store all faces for a day", [(0, 6)]),
    ("store .. .. faces", "store a b c d e f g faces", [(0, 9)]),
    ("store .. .. faces", "store a b c d e f g h i faces", []),
    ("store .. faces|names", "store names faces", [(0, 2)]),
    ("a .. b? c", "a x c", [(0, 3)]),
    ("a b? b", "a b", [(0, 2)]),
    ("a b? b? b? c", "a b b c", [(0, 4)]),
    ("a .. a", "a a a", [(0, 2), (1, 3)]),
    ("Café-Größe", "cafe große", []),
    ("Café-Größe", "cafe grosse", [(0, 2)]),
    ("人*", "人 脸", [(0, 1)]),
]


@pytest.mark.parametrize(("phrase", "text", "expected"), MATCHES)
def test_a_phrase_stands_where_its_words_do(phrase: str, text: str, expected: list[tuple[int, int]]) -> None:
    """Words, beginnings, alternatives, optional words and gaps mean what the module says."""
    assert expected == spans(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("", "has 0 words"),
        ("   ", "has 0 words"),
        ("a b c d e f g h i j k l m", "has 13 words"),
        (".. face", "must begin and end with a word"),
        ("face ..", "must begin and end with a word"),
        ("a .. b .. c .. d .. e", "at most 3 gaps"),
        ("the? face", "begins with a word that may be missing"),
        ("*", "is no word"),
        ("f*", "is no word"),
        ("fa*ce", "is no word"),
        ("fa**", "is no word"),
        ("...", "is no word"),
        ("face|", "is no word"),
        ("|", "is no word"),
        ("?", "is no word"),
        ("!", "is no word"),
        ("watch-list|list", "each side of a | is one word"),
    ],
)
def test_a_phrase_without_meaning_is_refused(phrase: str, message: str) -> None:
    """The error names the phrase and the cure."""
    with pytest.raises(PhraseError, match=message.replace("|", r"\|")) as caught:
        parse(phrase)
    assert repr(phrase) in str(caught.value)


def test_a_phrase_has_up_to_twelve_words() -> None:
    """The limit itself is allowed."""
    assert len(parse("a b c d e f g h i j k l")) == 12


def test_a_hyphen_takes_the_star_only_at_the_end() -> None:
    """Of `ø-ø*` only the second word is a beginning."""
    assert [slot.prefixes for slot in parse("ø-ø*")] == [(), ("ø",)]


def test_a_gap_skips_so_many_words_and_no_more() -> None:
    """The reach of a gap is the number that the module names."""
    within = " ".join(["store", *["x"] * MOST_SKIPPED, "faces"])
    beyond = " ".join(["store", *["x"] * (MOST_SKIPPED + 1), "faces"])
    assert [bool(spans("store .. faces", text)) for text in (within, beyond)] == [True, False]


def test_one_phrase_counts_for_all_its_concepts() -> None:
    """A phrase that several concepts share is found once for each."""
    found = Vocabulary(index([("deep fake*", ("fakes", "media"))])).scan(["deep", "fakes"])
    assert found.names == {"fakes", "media"}
    assert found.spans("fakes") == found.spans("media") == [(0, 2)]


def test_places_come_in_the_order_of_the_text() -> None:
    """Phrases of one word and of several stand side by side."""
    phrases = index([("face", ("it",)), ("face print*", ("it",))])
    assert Vocabulary(phrases).scan(["face", "print", "face"]).spans("it") == [(0, 1), (0, 2), (2, 3)]


def test_what_does_not_stand_there_has_no_place() -> None:
    """Asking for an unknown concept gives nothing."""
    found = Vocabulary(index([("face", ("it",))])).scan(["voice"])
    assert (frozenset(), []) == (found.names, found.spans("it"))


def test_a_scan_leaves_nothing_behind() -> None:
    """The same vocabulary gives the same answer after it has seen other texts."""
    vocabulary = Vocabulary(index([("store .. face*", ("it",))]), BARRIERS)
    first = vocabulary.scan(["store", "the", "faces"]).spans("it")
    vocabulary.scan(["faces", "we", "never", "store"])
    assert first == vocabulary.scan(["store", "the", "faces"]).spans("it") == [(0, 3)]
