"""Lines of a page to paragraphs, by what their places and sizes say: gaps, indents, columns, hyphens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reviewer.readers.pdf.run import HYPHENS
from reviewer.readers.transcript import CELL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.readers.pdf.run import Run

TYPICAL_LEADING = 1.2
WIDEST_LEADING = 1.75
MORE_LEADING = 1.3
_LOOKED_AROUND = 4

_ITEM = re.compile(r"(?:[\u2022\u25aa\u25e6\u2023\u25cf\u25cb\u25a0\u25a1\u2610-\u2612\u2013*-]|\(?\w{1,3}[.)])\s")
_STOPS = (".", "!", "?", ":", ";", "\u3002")
_OPENING, _CLOSING = "\"'([\u201c\u2018", "\"')]\u201d\u2019"
_HYPHENS = ("-", "\u2010", "\u00ad", *HYPHENS)
_WORD = re.compile(r"\w+")
_COMPOUND = re.compile(r"\b\w++(?:[-\u2010]\w+)+")


class Line:
    """A line, or the part of it that stands in one column; it has one run at least.

    `text` are its words, without the blanks at both ends; `cells` are the texts of a row of a table, whose cells may
    have been drawn on several lines. `size` is that of most of it, `start` and `end` are where it begins and ends,
    `base` is how high its first letters stand and `lowest` its lowest ones, all in points.
    """

    __slots__ = ("base", "cells", "end", "lowest", "runs", "size", "start", "text")

    def __init__(self, runs: tuple[Run, ...], cells: tuple[str, ...] = ()) -> None:
        """Measure it once; lines are compared with each other over and over."""
        self.runs, self.cells = runs, cells
        first = runs[0]
        self.start, self.base = first.start, first.base
        if len(runs) == 1:
            text, self.size, self.end, self.lowest = first.text.strip(), first.size or 1.0, first.end, first.base
        else:
            text = "".join([run.text for run in runs]).strip()
            self.size = max(runs, key=lambda run: len(run.text)).size or 1.0
            self.end, self.lowest = max([run.end for run in runs]), min([run.base for run in runs])
        self.text = f"| {CELL.join(cells)} |" if cells else text

    def under(self, other: Line) -> float:
        """Tell how far it stands under another, in sizes of that one's font; negative if above."""
        return (other.lowest - self.base) / other.size

    @property
    def is_stopped(self) -> bool:
        """Tell whether a sentence seems to end with it."""
        return _is_stopped(self.text)


class Column:
    """The lines of a page in the order of reading, and where its paragraphs begin."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure how the lines stand to each other."""
        self._lines = lines
        self._short = list(self._shortness())
        drops = sorted(below.under(line) for line, below in pairwise(lines))
        near = [drop for drop in drops if drop > 1 / 2]
        self._leading = max(near[len(near) // 5], 1.0) if near else TYPICAL_LEADING

    def paragraphs(self) -> Iterator[Paragraph]:
        """Give the lines, paragraph by paragraph."""
        begun = 0
        for at in range(1, len(self._lines) + 1):
            if at == len(self._lines) or self._begins(at):
                yield Paragraph(tuple(self._lines[begun:at]), tuple(self._short[begun:at]))
                begun = at

    def _begins(self, at: int) -> bool:
        """Tell whether a paragraph begins with a line."""
        above, line = self._lines[at - 1], self._lines[at]
        drop = line.under(above)
        if above.runs[0].direction != line.runs[0].direction or _ITEM.match(line.text):
            return True
        if above.cells or line.cells:
            return not (above.cells and line.cells)
        if abs(drop) < 1 / 2:
            return False
        if drop < 0 or not 1 / 1.1 < line.size / above.size < 1.1:  # noqa: PLR2004  a tenth larger is another size
            return not (drop < 0 and goes_on(above.text, line.text))
        return self._is_apart(at, drop)

    def _is_apart(self, at: int, drop: float) -> bool:
        """Tell whether a line of the same size stands apart from that above it by its gap, its indent or its end."""
        above, line = self._lines[at - 1], self._lines[at]
        short = self._short[at - 1]
        if drop > MORE_LEADING * min(self._leading, WIDEST_LEADING):
            return short or drop > MORE_LEADING * self._leading
        indented = line.start - above.start > line.size and not _ITEM.match(above.text)
        return above.is_stopped and (short or indented)

    def _shortness(self) -> Iterator[bool]:
        """Tell of each line whether the first word of the next would have fitted on it, so that it ends on purpose."""
        spans = [(line.start, line.end) for line in self._lines]
        farthest = max((end for _, end in spans), default=0.0)
        for at, (line, below) in enumerate(pairwise(self._lines)):
            start, end = spans[at]
            if end >= farthest:
                yield False
                continue
            around = spans[max(0, at - _LOOKED_AROUND) : at + _LOOKED_AROUND + 1]
            edge = max(other for begun, other in around if abs(begun - start) < 3 * line.size)
            begun, ended = spans[at + 1]
            word = below.text.split(maxsplit=1)[0]
            yield end + 1.2 * (ended - begun) * (len(word) + 1) / len(below.text) < edge
        yield False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `short` tells of each whether it ends before the edge."""

    lines: tuple[Line, ...]
    short: tuple[bool, ...]

    def text(self, compounds: frozenset[str]) -> str:
        """Join the lines: words that a hyphen parts are put together, a line that ends on purpose keeps its end."""
        gaps = ["\n" if short or line.cells else " " for line, short in zip(self.lines, self.short, strict=True)]
        return joined([line.text for line in self.lines], gaps, compounds)


def joined(texts: Sequence[str], gaps: Sequence[str], compounds: frozenset[str] = frozenset()) -> str:
    """Join lines with the gap that follows each, and put words together that a hyphen parts."""
    parts = [texts[0]]
    for text, gap in zip(texts[1:], gaps, strict=False):
        before, joint = _joint(parts[-1], text, compounds, gap)
        parts[-1:] = [before, joint, text]
    return re.sub(f"[{HYPHENS}]", "-", "".join(parts))


def _joint(above: str, below: str, compounds: frozenset[str], gap: str) -> tuple[str, str]:
    """Give the line above without a hyphen that only parts a word, and what stands between both lines."""
    rest = _WORD.match(below)
    if not above.endswith(_HYPHENS) or not rest or above[-2:-1] in {"", " "}:
        return above, gap
    before = above[:-1]
    if above.endswith("\u00ad"):
        return before, ""
    stem = before.rsplit(maxsplit=1)[-1].lstrip(_OPENING)
    is_compound = not rest.group()[0].islower() or f"{stem}-{rest.group()}".lower() in compounds
    return before, "-" if is_compound else ""


def goes_on(above: str, below: str) -> bool:
    """Tell whether a sentence seems to go on from the end of a column or a page to the top of the next."""
    return below[:1].islower() and not _is_stopped(above)


def _is_stopped(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_STOPS)


def compounds(text: str) -> frozenset[str]:
    """Give the words that a text writes with a hyphen within its lines."""
    return frozenset(word.lower().replace("\u2010", "-") for word in _COMPOUND.findall(text))
