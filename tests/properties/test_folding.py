"""Folding, words and phrases, for any text."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from reviewer import words
from reviewer.errors import PhraseError
from reviewer.folding import fold
from reviewer.phrases import MOST_SLOTS, parse
from tests.properties.texts import TEXTS, letters

PHRASES = st.one_of(TEXTS, st.lists(st.sampled_from([*"ab|*?.-'ø人 ", "the", "..", "face"]), max_size=30).map("".join))


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded folds to itself."""
    folded = fold(text).text
    assert folded == fold(folded).text


@given(TEXTS)
def test_every_folded_character_comes_from_somewhere(text: str) -> None:
    """The span of each folded character lies in the original, is not empty, and they come in order."""
    folded = fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(TEXTS, st.data())
def test_a_span_folds_to_what_was_found(text: str, data: st.DataObject) -> None:
    """The original of some folded words holds these words."""
    folded = fold(text)
    places = words.places(folded.text)
    if not places:
        return
    first = data.draw(st.integers(0, len(places) - 1))
    last = data.draw(st.integers(first, len(places) - 1))
    span = places[first][0], places[last][1]
    start, end = folded.span(*span)
    assert letters(folded.text[slice(*span)]) in letters(fold(text[start:end]).text)


@given(TEXTS)
def test_words_and_their_places_agree(text: str) -> None:
    """Every word has its place, and every place its word."""
    folded = fold(text).text
    assert words.split(folded) == [folded[start:end] for start, end in words.places(folded)]


@given(TEXTS)
def test_words_are_folded_to_words(text: str) -> None:
    """Splitting a word again gives the word."""
    assert all(words.split(word) == [word] for word in words.split(fold(text).text))


@given(PHRASES)
def test_a_phrase_compiles_or_says_why(phrase: str) -> None:
    """Whatever a pack from outside holds, the only error is the one with the cure."""
    with contextlib.suppress(PhraseError):
        assert 1 <= len(parse(phrase)) <= MOST_SLOTS
