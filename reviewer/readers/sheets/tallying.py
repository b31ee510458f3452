"""Counts what stands in a table, without making submissions of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.sheets import look
from reviewer.readers.sheets.row import Broken
from reviewer.readers.sheets.values import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.readers.sheets.row import Row
    from reviewer.readers.sheets.table import Table


class _Tally:
    """The counts so far."""

    def __init__(self, table: Table) -> None:
        self._text, self._id = table.text, table.id
        self.rows = self.blank = self.broken = self.without_id = self.words = self.characters = 0

    def count(self, row: Row | Broken) -> None:
        """Count one more row."""
        self.rows += 1
        if isinstance(row, Broken):
            self.broken += 1
            return
        self.without_id += self._id is not None and not row.cells[self._id]
        read = [cell for at in self._text if says_something(cell := row.cells[at])]
        self.blank += not read
        self.words += sum(len(cell.split()) for cell in read)
        self.characters += sum(map(len, read))


def tally(table: Table, file: str, most: int) -> look.Table:
    """Count the rows of a table, at most so many."""
    counts = _Tally(table)
    told = list(notes(table))
    for row in table.rows():
        if counts.rows >= most:
            told.append("There are more rows than the limit (max_rows), and they would not be read.")
            break
        counts.count(row)
    if counts.without_id:
        told.append(f"{counts.without_id:,} rows have no id, and are known by their text.")
    return look.Table(
        name=table.grid.sheet or file,
        sheet=table.grid.sheet,
        header=tuple(table.called(at) for at in range(len(table.header))),
        header_row=table.header_row,
        text_columns=tuple(table.called(at) for at in table.text),
        id_column=None if table.id is None else table.called(table.id),
        rows=counts.rows,
        blank=counts.blank,
        broken=counts.broken,
        without_id=counts.without_id,
        words=counts.words,
        characters=counts.characters,
        shared=tuple(line for lines in table.shared.values() for line in sorted(lines)),
        notes=tuple(told),
    )


def notes(table: Table) -> Iterator[str]:
    """Say what there is to say of a table before it is counted."""
    yield from table.grid.notes
    if table.lettered and table.header_row is None:
        yield "It has no header: columns are called by their number."
    elif table.header_row and table.header_row > 1:
        yield f"The header is row {table.header_row}; what stands above it is not read."
