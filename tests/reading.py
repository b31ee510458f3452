"""Texts read with the shipped English grammar, for the tests of everything that reads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.folding import fold
from reviewer.grammar import Grammar
from reviewer.loading import library
from reviewer.quoting import read
from reviewer.submission import Submission

if TYPE_CHECKING:
    from reviewer.phrases import Span
    from reviewer.reading import Reading
    from reviewer.rule import Language


def english_language() -> Language:
    """Give the shipped language file of English."""
    return next(language for language in library().languages if language.id == "en")


@cache
def english() -> Grammar:
    """Give the shipped grammar of English."""
    return Grammar(english_language())


def reading_of(text: str) -> Reading:
    """Read a text as a review reads it."""
    return read(Submission(text=text), english())


def span_of(words: str, reading: Reading) -> Span:
    """Give the first place of some words among the words of a reading."""
    sought = wording.split(fold(words).text)
    starts = range(len(reading.words) - len(sought) + 1)
    start = next(at for at in starts if reading.words[at : at + len(sought)] == sought)
    return start, start + len(sought)
