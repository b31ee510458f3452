"""Sentences and quotes, for any text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import assume, example, given
from hypothesis import strategies as st

from reviewer.folding import fold
from reviewer.quoting import locate
from reviewer.sentences import sentences
from reviewer.submission import Submission
from reviewer.verdict import Quote
from tests.properties.texts import TEXTS, letters
from tests.reading import english, reading_of

if TYPE_CHECKING:
    from collections.abc import Callable

BLANKS = st.sampled_from([" ", "  ", "\n", "\t", " \n ", "\u00a0", "\u2003"])
CASES: list[Callable[[str], str]] = [str, str.upper, str.lower, str.swapcase]
TYPED = [("", ""), ("'\"-", "’“\u2011"), ("'\"", "‘„"), ("’“”„", '\'"""')]
QUOTES = [str.maketrans(plain, typographic) for plain, typographic in TYPED]


@given(TEXTS)
def test_sentences_follow_one_another(text: str) -> None:
    """They are in order, none is empty, and none reaches into the next."""
    folded = fold(text).text
    found = sentences(folded, english())
    assert all(0 <= sentence.start < sentence.end <= len(folded) for sentence in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(TEXTS)
@example("\u2610N")
@example("0) ")
def test_every_word_is_in_one_sentence(text: str) -> None:
    """No word is lost between two sentences, and none is in both."""
    assume("[" not in text and "(" not in text)  # the mark in a box is no word
    reading = reading_of(text)
    covered = [at for stretch in reading.stretches for at in range(stretch.start, stretch.end)]
    assert covered == list(range(len(reading.words)))


@given(TEXTS)
def test_a_word_is_found_by_its_place(text: str) -> None:
    """The words that a place touches are those that stand there."""
    reading = reading_of(text)
    assert [(at, at + 1) for at in range(len(reading.words))] == [reading.words_at(place) for place in reading.places]


@given(TEXTS, st.data())
def test_a_quote_gives_its_words_back(text: str, data: st.DataObject) -> None:
    """Words of the text are located however they are typed, and the address leads to them."""
    parts = text.split()
    if not any(fold(part).text.strip() for part in parts):
        return
    first = data.draw(st.integers(0, len(parts) - 1))
    chosen = parts[first : data.draw(st.integers(first + 1, len(parts)))]
    if not any(fold(part).text.strip() for part in chosen):
        return
    typed = data.draw(BLANKS).join(chosen).translate(data.draw(st.sampled_from(QUOTES)))
    quote = locate(data.draw(st.sampled_from(CASES))(typed), Submission(text=text), reading_of(text))
    assert quote.start is not None
    assert quote.text == text[quote.start : quote.end]
    assert fold(typed).text.split() == fold(quote.text).text.split()


@given(TEXTS, TEXTS)
def test_a_quote_stands_there_or_has_no_address(words: str, text: str) -> None:
    """Whatever a model quotes, an address means that these words stand in the text."""
    quote = locate(words, Submission(text=text), reading_of(text))
    if quote.start is None:
        assert quote == Quote(text=words)
    else:
        assert quote.text == text[quote.start : quote.end]
        assert letters(fold(words).text) in letters(fold(quote.text).text)


@given(TEXTS)
def test_a_sentence_holds_its_quote(text: str) -> None:
    """The sentence that a quote is widened to is a part of the text, around the quote."""
    for word in text.split()[:3]:
        quote = locate(word, Submission(text=text), reading_of(text))
        if quote.sentence and quote.start is not None and quote.end is not None:
            assert quote.sentence.text == text[quote.sentence.start : quote.sentence.end]
            assert quote.sentence.start < quote.end
            assert quote.start < quote.sentence.end
