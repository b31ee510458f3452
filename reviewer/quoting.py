"""Words to quotes: located in the submission, widened to their sentence, read in context.

Words match exactly after folding, over any white space; never by edit distance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.folding import Folded, fold
from reviewer.reading import Reading
from reviewer.verdict import Context, Passage, Quote

if TYPE_CHECKING:
    from reviewer.grammar import Grammar
    from reviewer.phrases import Span
    from reviewer.submission import Submission


def read(submission: Submission, grammar: Grammar) -> Reading:
    """Read a submission with the grammar of its language, once, for any number of quotes."""
    folded = fold(submission.text)
    return Reading(folded, wording.split(folded.text), grammar)


def locate(words: str, submission: Submission, reading: Reading, *, fought: bool = False) -> Quote:
    """Find where `words` stand in the submission; a quote without address if they do not.

    Where they stand several times, the first place at which they are asserted counts.
    """
    pattern = r"\s+".join(map(re.escape, fold(words).text.split()))
    first = None
    for match in re.finditer(pattern, reading.folded.text) if pattern else ():
        quote = quote_at(match.span(), submission, reading, fought=fought)
        if quote.context is Context.ASSERTED:
            return quote
        first = first or quote
    return first or Quote(text=words)


def quote_words(span: Span, submission: Submission, reading: Reading) -> Quote:
    """Quote the words of a half-open span of word indexes that is known to be asserted."""
    start, end = reading.places[span[0]][0], reading.places[span[1] - 1][1]
    return _quote((start, end), submission, reading.folded, _sentence(span, reading), Context.ASSERTED)


def quote_at(place: Span, submission: Submission, reading: Reading, *, fought: bool = False) -> Quote:
    """Quote a half-open span of the folded text, and say how it stands there."""
    span = reading.words_at(place)
    context = reading.context(span, fought=fought) if span else Context.SCATTERED
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
