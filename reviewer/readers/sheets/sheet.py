"""A file with one submission a row: looked at, or read row by row, each time anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reviewer.readers.sheets import look
from reviewer.readers.sheets.composing import Composer
from reviewer.readers.sheets.tallying import tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from reviewer.errors import InputError
    from reviewer.readers.limits import Limits
    from reviewer.readers.sheets.table import Table
    from reviewer.submission import Submission


class Sheet:
    """The tables of one file; memory does not grow with the rows, but for a workbook, which is held as a whole."""

    def __init__(
        self,
        name: str,
        tables: Sequence[Table],
        limits: Limits,
        *,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Take over tables that are understood; `open_sheet` makes them of a file."""
        self.name = name
        self._tables, self._limits, self._notes = tuple(tables), limits, notes
        self._release: Callable[[], object] | None = None

    def look(self) -> look.Look:
        """Read all of it and say what would be reviewed."""
        left = self._limits.max_rows
        tallies = []
        for table in self._tables:
            tallies.append(tally(table, self.name, left))
            left -= tallies[-1].rows
        return look.Look(tables=tuple(tallies), notes=self._notes)

    def count(self) -> int:
        """Count the rows, blank and broken ones too, without making submissions of them."""
        return min(self._limits.max_rows, sum(1 for table in self._tables for _ in table.rows()))

    def submissions(self) -> Iterator[Submission | InputError]:
        """Read the rows in their order; an error stands in the place of its row, and the rest goes on."""
        left = self._limits.max_rows
        for table in self._tables:
            composer = Composer(table, self.name, self._limits)
            for row in table.rows():
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
