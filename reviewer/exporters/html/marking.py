"""A text cut into pieces, so that quotes, hidden words and a form's own words can be marked in place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reviewer.submission import RemarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.submission import Submission


class Mark(NamedTuple):
    """A stretch to mark, in code points, half open: what it is for (`fail`, `warning` ...) and its label, `18`."""

    start: int
    end: int
    style: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text in which nothing changes.

    `marks` are the numbers of the marks that it lies in, and `ends` of those that end with it.
    `hidden` says why no person sees it, and `begins` whether the hidden words begin here.
    `own` marks a form's own words.
    """

    text: str
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    hidden: str = ""
    begins: bool = False
    own: bool = False


class _Span(NamedTuple):
    start: int
    end: int
    what: str
    of: int


def pieces(submission: Submission, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Cut the text of a submission wherever a mark, hidden words or own words begin or end; marks may overlap."""
    text = submission.text
    remarks = [remark.text for remark in submission.remarks]
    spans = [span for span in _spans(submission, marks) if 0 <= span.start < span.end <= len(text)]
    active: set[_Span] = set()
    begin: dict[int, list[_Span]] = {}
    for span in spans:
        begin.setdefault(span.start, []).append(span)
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    for start, end in pairwise(cuts):
        active = {span for span in active if span.end > start} | set(begin.get(start, ()))
        yield _piece(text[start:end], start, end, active, remarks)


def _spans(submission: Submission, marks: Sequence[Mark]) -> Iterator[_Span]:
    for number, mark in enumerate(marks):
        yield _Span(mark.start, mark.end, "mark", number)
    for number, remark in enumerate(submission.remarks):
        if remark.kind is RemarkKind.HIDDEN and remark.start is not None and remark.end is not None:
            yield _Span(remark.start, remark.end, "hidden", number)
    for start, end in submission.own_words:
        yield _Span(start, end, "own", 0)


def _piece(text: str, start: int, end: int, active: Iterable[_Span], remarks: Sequence[str]) -> Piece:
    spans = sorted(active)
    marks = [span for span in spans if span.what == "mark"]
    hidden = [span for span in spans if span.what == "hidden"]
    return Piece(
        text,
        marks=tuple(sorted(span.of for span in marks)),
        ends=tuple(sorted(span.of for span in marks if span.end == end)),
        hidden=remarks[hidden[0].of] if hidden else "",
        begins=any(span.start == start for span in hidden),
        own=any(span.what == "own" for span in spans),
    )
