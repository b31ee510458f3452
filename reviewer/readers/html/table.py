"""A table of data on a page, told from one that only lays things out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reviewer.readers.addresses import letters

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reviewer.readers.html.passage import Piece
    from reviewer.submission import Source

_WIDEST = 1_000
_OF_LAYOUT = frozenset({"table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "form", "hr"})


class Table:
    """The cells of the current row, and where the next one stands."""

    def __init__(self) -> None:
        """Stand before the first row."""
        self.is_in_cell = False
        self.is_first = True
        self._row = 1
        self._column = 0
        self._width = 1
        self._cells: list[tuple[int, list[Piece]]] = []

    @classmethod
    def of(cls, element: _Element) -> Self | None:
        """Begin a table of data; None for one that lays out a page, as mails do: its cells are blocks like others."""
        is_layout = element.get("role") in {"presentation", "none"}
        if is_layout or next(element.iterdescendants(*_OF_LAYOUT), None) is not None:
            return None
        is_wide = any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in element.iter("tr"))
        return cls() if is_wide else None

    @property
    def has_cells(self) -> bool:
        """Whether the row that is being read has any cells so far."""
        return bool(self._cells)

    def begin_cell(self, element: _Element) -> None:
        """Stand in the next cell."""
        self.is_in_cell = True
        span = element.get("colspan", "1")
        self._width = min(max(int(span), 1), _WIDEST) if span.isdecimal() and len(span) < len("99999") else 1

    def end_cell(self, pieces: list[Piece]) -> None:
        """Keep what the cell holds."""
        self.is_in_cell = False
        self._cells.append((self._column, pieces))
        self._column += self._width

    def end_row(self, source: Source) -> list[tuple[list[Piece], Source]]:
        """Give the cells of the row, each with its address in the table, and go on to the next."""
        row = [
            (pieces, source.model_copy(update={"cell": f"{letters(column + 1)}{self._row}"}))
            for column, pieces in self._cells
        ]
        self._cells, self._column = [], 0
        self._row += 1
        return row
