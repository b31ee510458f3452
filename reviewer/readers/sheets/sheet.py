"""A file with one submission a row: looked at, or read row by row, each time anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reviewer.errors import InputError
from reviewer.readers.sheets import look, tallying
from reviewer.readers.sheets.composing import Composer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from reviewer.readers.limits import Limits
    from reviewer.readers.sheets.table import Table
    from reviewer.submission import Submission


class Sheet:
    """The tables of one file; memory does not grow with the rows, but for a workbook, which is held as a whole."""

    def __init__(
        self,
        name: str,
        parts: Sequence[Table | InputError],
        limits: Limits,
        *,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Take over tables that are understood, and errors for what holds text and is none.

        `open_sheet` makes them of a file.
        """
        self.name = name
        self._parts, self._limits, self._notes = tuple(parts), limits, notes
        self._tables = [part for part in self._parts if not isinstance(part, InputError)]
        self._release: Callable[[], object] | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Give the notes on the file and on its tables, with the sheet's name where there are several tables."""
        several = len(self._tables) > 1
        of_tables = (
            f"Sheet {table.grid.sheet!r}: {note}" if several else note
            for table in self._tables
            for note in tallying.notes(table)
        )
        return (*self._notes, *of_tables)

    def look(self) -> look.Look:
        """Read all of it and say what would be reviewed."""
        left = self._limits.max_rows
        tallies = []
        for table in self._tables:
            tallies.append(tallying.tally(table, self.name, left))
            left -= tallies[-1].rows
        return look.Look(tables=tuple(tallies), notes=self._notes)

    def count(self) -> int:
        """Count the rows, blank and broken ones too, and the tables that are not read, without making submissions."""
        rows = min(self._limits.max_rows, sum(1 for table in self._tables for _ in table.rows()))
        return rows + len(self._parts) - len(self._tables)

    def submissions(self) -> Iterator[Submission | InputError]:
        """Read the rows in their order; an error stands in the place of its row or its sheet, and the rest goes on."""
        left = self._limits.max_rows
        for part in self._parts:
            if isinstance(part, InputError):
                yield part
                continue
            composer = Composer(part, self.name, self._limits)
            for row in part.rows():
                if not left:
                    yield composer.too_many(row)
                    return
                left -= 1
                yield composer.compose(row)

    def on_close(self, release: Callable[[], object]) -> None:
        """Have this called when the sheet is closed."""
        self._release = release

    def close(self) -> None:
        """Let go of a copy of standard input, if there is one."""
        if self._release:
            self._release()

    def __enter__(self) -> Self:
        """Give the sheet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
