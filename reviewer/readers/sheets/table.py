"""A table that is understood: its header, the columns that are read, and what most of its rows share."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import EmptySubmission, UnreadableDocument
from reviewer.readers.sheets import choosing, sharing
from reviewer.readers.sheets import header as headers
from reviewer.readers.sheets.row import SURVEYED_ROWS, Broken, Grid, Row, letter
from reviewer.readers.sheets.values import says_something

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.readers.sheets.template import Template

# What the survey may hold in memory.
_SURVEYED_CHARACTERS = 20_000_000
_NO_HEADER = (
    "its first row is no header; put one above the rows, or name the columns by letter, such as --text-column C."
)


@dataclass(frozen=True)
class Table:
    """Where a table's header is, and which columns are read; `rows` gives what stands below.

    `header_row` is None where there is none; names then are `column 1` and so on.
    `found`: the columns were found and not named, so that what is beyond them may be missed.
    """

    grid: Grid
    header: tuple[str, ...]
    header_row: int | None
    text: tuple[int, ...]
    id: int | None
    found: bool
    shared: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def lettered(self) -> bool:
        """Whether cells have addresses such as C14."""
        return self.grid.keys is None

    def rows(self) -> Iterator[Row | Broken]:
        """Give each row below the header that holds anything, as wide as the header."""
        return _below(self.grid.rows(), self.header, self.header_row)

    def name(self, index: int) -> str:
        """Give the name of a column, or its number where it has none."""
        return self.header[index] or f"column {index + 1}"

    def called(self, index: int) -> str:
        """Give the name of a column by which an operator can name it: with its letter where two share it."""
        name = self.name(index)
        is_shared = self.lettered and self.header.count(self.header[index]) > 1 and self.header[index]
        return f"{name} ({letter(index)})" if is_shared else name


class _Names(NamedTuple):
    """The names of the columns, and the row that they stand in."""

    header: tuple[str, ...]
    row: int | None
    lettered: bool = True


def understand(grid: Grid, template: Template, source: str) -> Table:
    """Survey the first rows; raises `UnreadableDocument` or `EmptySubmission` for what is no table of submissions."""
    sample = _sample(grid)
    rows = [row for row in sample if isinstance(row, Row)]
    if not any(any(row.cells) for row in rows):
        _refuse_nothing(sample, source)
    names = _names(grid, rows, template, source)
    body = list(_below(iter(sample), names.header, names.row))
    if not body:
        message = "it has a header and no rows; fill in a row for each submission."
        raise EmptySubmission(message, source=source)
    cells = [row.cells for row in body if isinstance(row, Row)]
    chosen = _chosen(names, cells, template, source)
    return Table(
        grid=grid,
        header=names.header,
        header_row=names.row,
        text=chosen.text,
        id=chosen.id,
        found=not template.text_columns,
        shared=sharing.shared(cells, chosen.text),
    )


def _sample(grid: Grid) -> list[Row | Broken]:
    rows: list[Row | Broken] = []
    size = 0
    for row in islice(grid.rows(), SURVEYED_ROWS + 1):
        rows.append(row)
        size += sum(map(len, row.cells)) if isinstance(row, Row) else 0
        if size > _SURVEYED_CHARACTERS:
            break
    return rows


def _refuse_nothing(sample: Iterable[Row | Broken], source: str) -> None:
    if broken := next((row for row in sample if isinstance(row, Broken)), None):
        raise broken.error(source)
    message = "there is nothing in it; fill in a header and a row for each submission."
    raise EmptySubmission(message, source=source)


def _names(grid: Grid, rows: list[Row], template: Template, source: str) -> _Names:
    if grid.keys is not None:
        return _Names(grid.keys, None, lettered=False)
    row = _header(rows, template, source)
    if row is None:
        if not template.text_columns:
            raise UnreadableDocument(_NO_HEADER, source=source)
        return _Names(("",) * max(len(row.cells) for row in rows), None)
    width = max(at + 1 for at, cell in enumerate(row.cells) if cell)
    return _Names(tuple(row.cells[:width]), row.number)


def _header(rows: list[Row], template: Template, source: str) -> Row | None:
    if template.header_row is None:
        at = headers.find([row.cells for row in rows])
        return None if at is None else rows[at]
    row = next((row for row in rows if row.number == template.header_row), None)
    if template.header_row and (row is None or not any(row.cells)):
        message = f"row {template.header_row} holds no header (header_row); name the row with the columns' names."
        raise UnreadableDocument(message, source=source)
    return row


def _chosen(names: _Names, cells: list[list[str]], template: Template, source: str) -> choosing.Chosen:
    """Take the columns that are named, and find the others."""
    chosen = choosing.found(names.header, cells)
    aside = {at for name in template.leave_out for at in choosing.places(name, names.header)}
    chosen = chosen._replace(text=tuple(at for at in chosen.text if at not in aside))
    if template.id_column is not None:
        at = choosing.named(template.id_column, names.header, lettered=names.lettered, source=source)
        chosen = chosen._replace(id=at, text=tuple(each for each in chosen.text if each != at))
    if template.text_columns:
        told = [
            choosing.named(name, names.header, lettered=names.lettered, source=source) for name in template.text_columns
        ]
        chosen = chosen._replace(text=tuple(dict.fromkeys(told)))
    if not chosen.text:
        columns = choosing.listed(names.header, lettered=names.lettered)
        message = f"no column of it plainly describes a project; name one or more with --text-column, of {columns}."
        raise UnreadableDocument(message, source=source)
    return chosen


def _below(rows: Iterator[Row | Broken], header: tuple[str, ...], header_row: int | None) -> Iterator[Row | Broken]:
    width, first = len(header), header_row or 0
    names = list(header)
    for row in rows:
        if row.number <= first:
            continue
        if isinstance(row, Broken):
            yield row
        elif any(row.cells) or row.extra:
            fitted = row if len(row.cells) == width else _fitted(row, width)
            # Sheets that were put one below the other repeat their header.
            if header_row is None or fitted.cells != names:
                yield fitted


def _fitted(row: Row, width: int) -> Row:
    """Fill up a short row, and set aside what a long one has beyond the header."""
    beyond = ((f"column {at}", cell) for at, cell in enumerate(row.cells[width:], start=width + 1) if cell)
    cells = row.cells[:width] + [""] * (width - len(row.cells))
    return row._replace(cells=cells, extra=(*row.extra, *beyond))


def unread_beyond(row: Row, *, found: bool) -> str | None:
    """Say what a row holds beyond the header, if it says anything: a comma without quotes cuts a text in two."""
    beyond = [name for name, value in row.extra if says_something(value)]
    if not beyond or not found:
        return None
    return f"What stands in {' and '.join(beyond)} was not read: the header has no such column."
