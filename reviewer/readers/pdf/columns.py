"""Lines that run across two columns to lines that stand in one.

Some programs draw a page row by row, over the gutter between its columns; pdfium then reads it so.
Rows of a table look the same, but for their short cells, and stay rows.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from reviewer.readers.pdf.line import Line, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.readers.pdf.run import Run

WIDEST_BLANK = 1.2
NARROWEST_GUTTER = 0.8
FEWEST_LINES = 3
FEWEST_ROWS = 2
FEWEST_CHARACTERS = 18
FULL = 0.75
FARTHEST, FARTHEST_ALONE = 4.0, 1.8

Gutter = tuple[float, float]


def in_order(rows: Sequence[Sequence[Run]]) -> list[Line]:
    """Give the lines of a page in the order of reading, column by column where there are several."""
    found: list[Line] = []
    block = _Block()
    for row in rows:
        parts = _parts(row)
        if not block.takes(parts):
            found += block.lines()
            block = _Block()
            block.takes(parts)
    return found + block.lines()


def _parts(row: Sequence[Run]) -> list[Line]:
    """Cut a line where a blank is too wide to stand between two words."""
    parts: list[list[Run]] = [[row[0]]]
    for before, run in pairwise(row):
        if run.start - before.end > WIDEST_BLANK * max(run.size, before.size):
            parts.append([])
        parts[-1].append(run)
    return [Line(tuple(part)) for part in parts]


class _Block:
    """Lines under each other with the same gutters between their parts."""

    def __init__(self) -> None:
        self._rows: list[list[Line]] = []
        self._gutters: list[Gutter] = []

    def takes(self, parts: list[Line]) -> bool:
        """Take a line if it stands under the others and leaves their gutters free."""
        gutters = self._gutters
        if self._rows:
            drop = parts[0].under(self._rows[-1][0])
            if not 0 < drop < (FARTHEST if len(parts) > 1 else FARTHEST_ALONE) or not gutters:
                return False
            gutters = [_free(gutter, parts) for gutter in gutters]
        elif len(parts) > 1:
            gutters = [(one.end, other.start) for one, other in pairwise(parts)]
        if any(right - left < NARROWEST_GUTTER * parts[0].size for left, right in gutters):
            return False
        self._rows.append(parts)
        self._gutters = gutters
        return True

    def lines(self) -> list[Line]:
        """Give its lines, column by column if it holds prose, and row by row otherwise."""
        columns = list(self._columns()) if self._gutters else []
        if columns and all(map(_is_prose, columns)):
            return [line for column in columns for line in column]
        if sum(len(row) > 1 for row in self._rows) >= FEWEST_ROWS:
            return [_line(row) for row in self._table()]
        return [
            row[0] if len(row) == 1 else Line(tuple(run for part in row for run in part.runs)) for row in self._rows
        ]

    def _columns(self) -> Iterator[list[Line]]:
        for number in range(len(self._gutters) + 1):
            yield [part for row in self._rows for part in row if self._column(part) == number]

    def _column(self, part: Line) -> int:
        """Tell in which column a part stands, counted from 0."""
        return sum(left + right < part.start + part.end for left, right in self._gutters)

    def _table(self) -> list[list[list[Line]]]:
        """Give the rows of a table, each as the lines in its cells; a line without a first cell goes on with a row."""
        table: list[list[list[Line]]] = []
        for row in self._rows:
            if not table or self._column(row[0]) == 0:
                table.append([[] for _ in range(len(self._gutters) + 1)])
            for part in row:
                table[-1][self._column(part)].append(part)
        return table


def _line(cells: Sequence[Sequence[Line]]) -> Line:
    """Make one line of a row of a table, unless all of it stands in one cell."""
    runs = tuple(run for cell in cells for part in cell for run in part.runs)
    texts = [joined([part.text for part in cell], [" "] * len(cell)) if cell else "" for cell in cells]
    return Line(runs, tuple(texts) if sum(map(bool, texts)) > 1 else ())


def _free(gutter: Gutter, parts: Sequence[Line]) -> Gutter:
    """Give what is left of a gutter beside these; a part that lies across leaves nothing."""
    left, right = gutter
    for part in parts:
        if part.start >= right or part.end <= left:
            continue
        if part.end < right and part.start < left:
            left = part.end
        elif part.start > left:
            right = part.start
        else:
            return 0.0, 0.0
    return left, right


def _is_prose(column: Sequence[Line]) -> bool:
    if len(column) < FEWEST_LINES:
        return False
    widths = [line.end - line.start for line in column]
    full = sum(width > FULL * max(widths) for width in widths)
    return median(len(line.text) for line in column) >= FEWEST_CHARACTERS and full >= len(column) / 2
