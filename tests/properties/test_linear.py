"""Work grows with the text and no faster: counted in calls, not in seconds."""

from __future__ import annotations

import itertools
import sys
from collections import UserList
from typing import TYPE_CHECKING, Any

import pytest

from reviewer.checking import matcher
from reviewer.filing import index
from reviewer.folding import fold
from reviewer.phrases import MOST_SKIPPED
from reviewer.quoting import locate
from reviewer.rule import Concept, Cue, Library
from reviewer.submission import Submission
from reviewer.vocabulary import Vocabulary
from tests.makers import rule
from tests.reading import english_language, reading_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from reviewer.matching import Matcher

MEGABYTE = 1_000_000
SHORT, LONG = 2_000, 8_000
# A quadratic step would multiply the calls by 16; caches and first calls blur the factor of 4 a little.
MOST_GROWTH = 5.0

SEEDS = {
    "stops": ".",
    "letters": "a",
    "blanks": " ",
    "words": "a ",
    "strokes": "|",
    "bullets": "- ",
    "brackets": "(",
    "accents": "é",
    "no width": "\u200b",
    "look-alikes": "fасе ",
    "bare marks": "\u0301",
    "marked": "a\u0301",
    "cells": "| a ",
    "boxes": "[ ] ",
    "possessives": "'s ",
    "abbreviations": "u.s. ",
    "leaders": "a ... ",
    "colons": "a:",
    "negations": "not ",
    "brackets in labels": "a (b",
    "unspaced": "人",
    "underlines": "=",
}
LINES = {
    "labels": "x:\n",
    "lines": "a\n",
    "answers": "a: no\n",
    "questions": "a?\n",
    "items": "- a\n",
    "headings": "out of scope:\n",
    "wrapped": "this line is so long that it was wrapped by a program\n",
    "brackets": "(" * 99 + "\n",
}


def filled(seed: str, length: int) -> str:
    """Repeat a seed until the text is so long."""
    return (seed * (length // len(seed) + 1))[:length]


def calls_of(work: Callable[[], object]) -> int:
    """Count the calls of Python functions and of built-in ones that some work takes."""
    count = itertools.count()

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            next(count)

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return next(count)


def growth_of(work: Callable[[int], object]) -> float:
    """Give how much more work the fourfold length takes."""
    work(SHORT)
    return calls_of(lambda: work(LONG)) / calls_of(lambda: work(SHORT))


@pytest.mark.parametrize(
    "seed", [*SEEDS.values(), *LINES.values()], ids=[*SEEDS, *(f"lines of {name}" for name in LINES)]
)
def test_reading_is_linear(seed: str) -> None:
    """Whatever a text repeats, twice the text takes twice the work."""
    assert growth_of(lambda length: reading_of(filled(seed, length)).stretches) < MOST_GROWTH


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)
def test_a_megabyte_is_read(seed: str) -> None:
    """No regular expression backtracks over a whole text: this would not return within the day."""
    text = filled(seed, MEGABYTE)
    reading = reading_of(text)
    assert len(reading.places) == len(reading.words)
    assert all(one.end == other.start for one, other in itertools.pairwise(reading.stretches))


@pytest.mark.slow
@pytest.mark.parametrize("seed", LINES.values(), ids=LINES)
def test_a_megabyte_of_short_lines_is_read(seed: str) -> None:
    """The same for hundreds of thousands of pieces, which take some seconds."""
    reading = reading_of(filled(seed, MEGABYTE))
    assert len(reading.places) == len(reading.words)
    assert all(one.end == other.start for one, other in itertools.pairwise(reading.stretches))


SAID = {
    "asserted": "police match faces. ",
    "one sentence": "police match faces, ",
    "negated": "not faces ",
    "negated before a comma": "without faces, ",
    "denied after": "faces is out of scope ",
    "discussed": "the law faces ",
    "supposed": "misuse faces ",
    "fought": "detect faces ",
    "broken": "not but faces ",
    "asked": "police match faces? ",
    "lines": "police match faces\n",
    "near": "faces. police. ",
    "excused": "faces with consent. faces. ",
}


@pytest.fixture(name="rules", scope="module")
def _rules() -> Matcher:
    """Compile a rule with every kind of condition over the shipped grammar."""
    concepts = tuple(Concept(id=name, language="en", phrases=(name,)) for name in ("faces", "police", "consent"))
    cues = (
        Cue(sentence=("police", "faces")),
        Cue(sentence=("faces",), window=("police",), unless=("consent",)),
        Cue(sentence=("faces",), document=("police",)),
        Cue(sentence=("faces",)),
    )
    rules = (rule("use", *cues), rule("abuse", *cues, fought=True))
    return matcher(Library(concepts=concepts, rules=rules, languages=(english_language(),)), "en")


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_matching_is_linear(rules: Matcher, said: str) -> None:
    """However often a text says it, twice the text takes twice the work."""
    assert growth_of(lambda length: rules.match(Submission(text=filled(said, length)))) < MOST_GROWTH


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_locating_is_linear(said: str) -> None:
    """A quote that stands in many places is read in each, and each place costs the same."""

    def work(length: int) -> object:
        text = filled(said, length)
        return locate("faces", Submission(text=text), reading_of(text))

    assert growth_of(work) < MOST_GROWTH


class Counted(UserList[str]):
    """Words that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  as the base class has it
        """Count, and give the word."""
        self.looks += 1
        return super().__getitem__(place)


def looks_at(phrases: Sequence[str], words: list[str]) -> int:
    """Count how often a scan looks at a word."""
    counted = Counted(words)
    Vocabulary(index((phrase, ("it",)) for phrase in phrases)).scan(counted)
    return counted.looks


GREEDY = {
    "words": "b b b b b b b b b b b c",
    "optional": "b b? b? b? b? b? b? b? b? b? b? c",
    "gaps": "b .. b .. b .. c",
    "both": "b .. b? b? .. b? b? .. b? b? b? c",
    "either": "b|bb*|c .. bb*|c .. b .. c",
}


@pytest.mark.parametrize("phrase", GREEDY.values(), ids=GREEDY)
def test_scanning_is_linear(phrase: str) -> None:
    """The worst phrase looks at each word a bounded number of times, whatever stands at the end of the text."""
    short, long = (looks_at([phrase], ["c", *["bb", "b"] * half]) for half in (100, 200))
    assert long < 2.1 * short


def test_a_plain_phrase_looks_ahead_a_little() -> None:
    """A gap looks at no more words than it may skip, and one more."""
    phrase, text = "b .. c", ["c", *["b"] * 1000]
    assert looks_at([phrase], text) <= 1000 * 2 * (MOST_SKIPPED + 3)


def test_folding_keeps_its_map_small() -> None:
    """A run of plain letters is one entry of the map, however long it is."""
    assert len(fold("é" + "a" * 10_000).starts) == 2
