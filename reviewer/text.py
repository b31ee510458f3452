"""A text folded and split into words, before it is known which language it is in."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from reviewer import tongues
from reviewer import words as wording
from reviewer.folding import Folded, fold

if TYPE_CHECKING:
    from reviewer.phrases import Span
    from reviewer.submission import Submission


@dataclass(frozen=True)
class Text:
    """A submission with its folded text and the words of that, in order."""

    submission: Submission
    folded: Folded
    words: list[str]

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """Fold and split."""
        folded = fold(submission.text)
        return cls(submission, folded, wording.split(folded.text))

    @cached_property
    def own_words(self) -> list[Span]:
        """The spans of the folded text that are a form's own."""
        return [(self.folded.place(start), self.folded.place(end)) for start, end in self.submission.own_words]

    @cached_property
    def answer_ends(self) -> list[int | None]:
        """Where in the folded text the answer to each of a form's own words ends, or None if nothing tells."""
        return [None if end is None else self.folded.place(end) for end in _answer_ends(self.submission)]

    @cached_property
    def said(self) -> list[str]:
        """The words of the project, without those that are a form's own."""
        if not self.own_words:
            return self.words
        starts, ends = zip(*self.own_words, strict=True)
        between = zip((0, *ends), (*starts, len(self.folded.text)), strict=True)
        return [word for start, end in between for word in wording.split(self.folded.text[start:end])]

    @cached_property
    def tongue(self) -> str | None:
        """The language that its answers are in; the words of a form may be in another."""
        return tongues.tongue_of(self.said, self.submission.text)

    @cached_property
    def further_tongues(self) -> tuple[str, ...]:
        """The languages that whole lines of it are in beside that."""
        return tongues.others(self.submission.text, self.words, self.tongue)


def _answer_ends(submission: Submission) -> list[int | None]:
    """Give where the answer to each of a form's own words ends: with the segment behind them, or None if none tells."""
    starts = [segment.start for segment in submission.segments]
    following = [*(start for start, _ in submission.own_words[1:]), len(submission.text)]
    return [
        _answer_end(submission, own, bisect_left(starts, own[1]), following[at])
        for at, own in enumerate(submission.own_words)
    ]


def _answer_end(submission: Submission, own: Span, at: int, following: int) -> int | None:
    segments = submission.segments
    if at == len(segments) or (at and segments[at - 1].end > own[1]):
        return None
    if segments[at].source.page != submission.place(own[0]).page:
        return own[1]  # an empty field, and the next page is no answer to it
    return min(segments[at].end, following)
