"""Words to quotes: located in the submission, widened to their sentence, read in context.

Words match exactly after folding, over any white space; never by edit distance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.folding import Folded, fold
from reviewer.reading import Reading
from reviewer.text import Text
from reviewer.verdict import Context, Passage, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.grammar import Grammar
    from reviewer.phrases import Span
    from reviewer.submission import Submission

MOST_PLACES = 20
MOST_TRIES = 2_000

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def read(submission: Submission, grammar: Grammar) -> Reading:
    """Read a submission with the grammar of its language, once, for any number of quotes."""
    return Reading(Text.of(submission), grammar)


def locate(words: str, submission: Submission, reading: Reading, *, fought: bool = False) -> Quote:
    """Find where `words` stand in the submission; a quote without address if they do not.

    Where they stand several times, the first place at which they are asserted counts.
    """
    places = _spans(words, reading)
    return _first_asserted(words, ((quote_at(place, submission, reading, fought=fought),) for place in places))[0]


def locate_parts(words: str, submission: Submission, reading: Reading, *, fought: bool = False) -> tuple[Quote, ...]:
    """Find `words` as `locate` does, cut where a sentence ends, so that each part is read in a sentence of its own."""
    places = map(reading.parts, _spans(words, reading))
    return _first_asserted(
        words, (tuple(quote_at(part, submission, reading, fought=fought) for part in parts) for parts in places)
    )


def _first_asserted(words: str, found: Iterable[tuple[Quote, ...]]) -> tuple[Quote, ...]:
    """Give the first place that is asserted in all its parts, else the first, else the words without an address."""
    first: tuple[Quote, ...] = ()
    for parts in found:
        if all(part.context is Context.ASSERTED for part in parts):
            return parts
        first = first or parts
    return first or (Quote(text=words),)


def _spans(words: str, reading: Reading) -> Iterator[Span]:
    """Give the places of `words` in the folded text, over any white space, and never within a longer word."""
    sought, plain = " ".join(fold(words).text.split()), reading.plain.text
    found, at = 0, plain.find(sought) if sought else -1
    for _ in range(MOST_TRIES):
        if at < 0 or found == MOST_PLACES:
            return
        if not _is_within_word(plain, at, at + len(sought)):
            found += 1
            yield reading.plain.span(at, at + len(sought))
        at = plain.find(sought, at + 1)


def _is_within_word(text: str, start: int, end: int) -> bool:
    """Tell whether a word goes on at either end, over a hyphen, too: `non-compliant` is not `compliant`."""
    return _goes_on(text[max(0, start - 2) : start + 1]) or _goes_on(text[end - 1 : end + 2][::-1])


def _goes_on(around: str) -> bool:
    """Tell whether the last character continues the word before it."""
    last, *before = reversed(around)
    if before[:1] == ["-"]:
        before = before[1:]
    return bool(before) and _is_lettered(last) and _is_lettered(before[0])


def _is_lettered(character: str) -> bool:
    """Tell whether a character belongs to a word; in scripts that write no blank between words none does."""
    return character.isalnum() and not _UNSPACED.match(character)


def quote_words(span: Span, submission: Submission, reading: Reading) -> Quote:
    """Quote the words of a half-open span of word indexes that is known to be asserted."""
    start, end = reading.places[span[0]][0], reading.places[span[1] - 1][1]
    return _quote((start, end), submission, reading.folded, _sentence(span, reading), Context.ASSERTED)


def quote_at(place: Span, submission: Submission, reading: Reading, *, fought: bool = False) -> Quote:
    """Quote a half-open span of the folded text, and say how it stands there."""
    span = reading.words_at(place)
    context = reading.standing(span, fought=fought) if span else Context.SCATTERED
    return _quote(place, submission, reading.folded, _sentence(span, reading) if span else None, context)


def _sentence(span: Span, reading: Reading) -> Span | None:
    at = reading.sentence_of(span)
    return None if at is None else (reading.stretches[at].sentence.start, reading.stretches[at].sentence.end)


def _quote(place: Span, submission: Submission, folded: Folded, sentence: Span | None, context: Context) -> Quote:
    passage = _passage(place, folded)
    return Quote(
        text=passage.text,
        start=passage.start,
        end=passage.end,
        sentence=_passage(sentence, folded) if sentence else None,
        context=context,
        source=submission.place(passage.start),
    )


def _passage(place: Span, folded: Folded) -> Passage:
    start, end = folded.span(*place)
    return Passage(text=folded.original[start:end], start=start, end=end)
