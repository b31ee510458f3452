"""A row on its way from a file to a submission, whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from reviewer.errors import InputError, UnreadableDocument
from reviewer.readers.addresses import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.submission import RemarkKind

# So many rows show which columns hold prose and what most rows share.
SURVEYED_ROWS = 1_000


class CellRemark(NamedTuple):
    """A remark on a cell, by the index of its column, or on the whole row.

    With `if_read`, it is left out where the column is not read.
    """

    kind: RemarkKind
    text: str
    column: int | None = None
    if_read: bool = False


class Piece(NamedTuple):
    """A stretch of a cell, with the blanks between it and the one before; `hidden` says why no person sees it."""

    gap: str
    text: str
    hidden: str = ""


class Row(NamedTuple):
    """The cells of one row, cleaned; `number` is the row as a spreadsheet shows it.

    `extra` are values under names that the header does not have.
    `hidden` says of a column's index why no person sees its cell, and `pieces` which stretches of it are not seen.
    """

    number: int
    cells: list[str]
    extra: tuple[tuple[str, str], ...] = ()
    remarks: tuple[CellRemark, ...] = ()
    hidden: Mapping[int, str] | None = None
    pieces: Mapping[int, tuple[Piece, ...]] | None = None

    def stretches(self, column: int) -> tuple[Piece, ...]:
        """Give a cell in stretches, mostly one."""
        if self.pieces and column in self.pieces:
            return self.pieces[column]
        return (Piece("", self.cells[column], self.hidden.get(column, "") if self.hidden else ""),)


class Broken(NamedTuple):
    """A row that cannot be read, and why."""

    number: int
    message: str
    kind: type[InputError] = UnreadableDocument

    def error(self, source: str) -> InputError:
        """Give the error that stands in the row's place."""
        return self.kind(self.message, source=source)


class Grid(Protocol):
    """A table as it lies in the file; each call of `rows` reads it anew.

    `keys` are the names of the columns where the format itself has them, as JSON does; otherwise None.
    `notes` are on the table as a whole; `left_out` names tables beside it that hold sentences and are not read.
    """

    @property
    def left_out(self) -> tuple[str, ...]:
        """Name them, where the format has several tables in no sheets."""

    @property
    def sheet(self) -> str | None:
        """Give the name of the sheet in a workbook."""

    @property
    def keys(self) -> tuple[str, ...] | None:
        """Give the names that the format itself has for the columns."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Give what there is to say of the whole."""

    def rows(self) -> Iterator[Row | Broken]:
        """Read every row, blank ones and the header among them."""


def letter(index: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    return letters(index + 1)


def index_of(letters: str) -> int:
    """Give the index of a column named by letters."""
    index = 0
    for each in letters:
        index = index * 26 + ord(each) - ord("A") + 1
    return index - 1
