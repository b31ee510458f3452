"""CSV and TSV: rows in a stream, whatever their encoding, delimiter and accidents."""

from __future__ import annotations

import csv
import secrets
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers.sheets import delimiter as delimiters
from reviewer.readers.sheets import encoding as encodings
from reviewer.readers.sheets.row import Broken, CellRemark, Row
from reviewer.readers.sheets.values import clean
from reviewer.submission import RemarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_SNIFFED_LINES = 200
# So many rows of the longest kind are read again after one that cannot be read: some seconds' work.
_MOST_AGAIN = 25
_BREAKS = ("\n", "\r")
_NUL = CellRemark(RemarkKind.NOTE, "The row holds NUL characters, which were left out.")
_OTHER_ENCODING = CellRemark(
    RemarkKind.NOTE, "The row is not in UTF-8, as the rest of the file is; it was read as Windows-1252."
)


class DelimitedGrid:
    """A file of rows, whose cells stand between delimiters; `delimiter` was found or told by the file."""

    sheet: str | None = None
    keys: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()

    def __init__(self, opened: Callable[[], BinaryIO], *, first: str, most: int) -> None:
        """Find encoding and delimiter; `first` is the likely delimiter, `most` the characters that a row may have."""
        self._opened, self._most = opened, most
        with opened() as file:
            self._encoding = encodings.detect(file)
        lines = encodings.sample(opened, self._encoding, _SNIFFED_LINES)
        told = delimiters.announced(lines[0]) if lines else None
        self.delimiter = told or delimiters.sniff(lines, first)
        self._has_told = told is not None
        # The csv module refuses longer cells, and has one limit for the whole process: it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * most))

    @property
    def notes(self) -> tuple[str, ...]:
        """Say how it was decoded, where that is a guess."""
        if self._encoding.mixed:
            return ("Most of it is in UTF-8; rows that are not were read as Windows-1252.",)
        legacy = self._encoding.name == encodings.LEGACY
        return ("It is not in UTF-8 and was read as Windows-1252.",) if legacy else ()

    def rows(self) -> Iterator[Row | Broken]:
        """Read every row; raises nothing for a broken one."""
        odd: list[str] = []
        with closing(encodings.lines(self._opened, self._encoding, self._most, odd)) as lines:
            if self._has_told:
                next(lines, "")
            records = _records(_Lines(lines, self._most, line=int(self._has_told)), self.delimiter)
            for number, record in enumerate(records, start=1):
                yield self._row(number, record, odd)

    @staticmethod
    def _row(number: int, record: list[str] | Broken, odd: list[str]) -> Row | Broken:
        remarks = (_OTHER_ENCODING,) if odd else ()
        odd.clear()
        if isinstance(record, Broken):
            return record._replace(number=number)
        if "\0" in "".join(record):
            remarks = (*remarks, _NUL)
        return Row(number, clean(record), remarks=remarks)


class _Overlong(Exception):
    """A record is longer than the limit; this never leaves the module."""


class _Lines:
    """Hands lines to the csv module and keeps those of the record at hand, so that they can be read again.

    After the last line comes `end`, which shows a quote that was never closed: it turns up within a cell.
    """

    def __init__(self, source: Iterator[str], most: int, line: int = 0) -> None:
        self.end = secrets.token_hex()
        self.first = line + 1
        self._source, self._most = source, most
        self._record: list[str] = []
        self._again: deque[str] = deque()
        self._left = _MOST_AGAIN * most

    @property
    def is_hopeless(self) -> bool:
        """Whether so many quotes are left open that reading again and again would never end."""
        return self._left < 0

    def __iter__(self) -> Iterator[str]:
        size = 0
        while line := self._next():
            size = len(line) + (size if self._record else 0)
            self._record.append(line)
            if size > self._most:
                raise _Overlong
            yield line
        yield self.end

    def done(self) -> None:
        """Forget the lines of the record: it was read."""
        self.first += sum(line.endswith(_BREAKS) for line in self._record)
        self._record.clear()

    def skip_first(self) -> None:
        """Read the record again from its second line on, without the one that broke it."""
        whole = next((at for at, line in enumerate(self._record) if line.endswith(_BREAKS)), None)
        if whole is None:
            # A line longer than the limit comes in pieces: the rest of them go, too.
            while (line := self._next()) and not line.endswith(_BREAKS):
                pass
        else:
            self._again.extendleft(reversed(self._record[whole + 1 :]))
            self._left -= sum(map(len, self._record))
        self._record = []
        self.first += 1

    def _next(self) -> str:
        return self._again.popleft() if self._again else next(self._source, "")


def _records(lines: _Lines, delimiter: str) -> Iterator[list[str] | Broken]:
    """Read records; one that cannot be read gives way to the line after the one where it began."""
    while True:
        first = lines.first
        try:
            for cells in csv.reader(lines, delimiter=delimiter):
                first = lines.first
                if cells and cells[-1].endswith(lines.end):
                    break
                lines.done()
                yield cells
                first = lines.first
            if cells == [lines.end]:
                return
            yield _unclosed(first)
        except _Overlong:
            yield _overlong(first)
        except csv.Error as error:
            yield Broken(0, f"the row that begins in line {first:,} of the file cannot be read: {error}.")
        lines.skip_first()
        if lines.is_hopeless:
            yield _hopeless(lines.first)
            return


def _hopeless(line: int) -> Broken:
    message = f"so many quotes are left open that nothing was read from line {line:,} of the file on; close them."
    return Broken(0, message, TooLarge)


def _unclosed(line: int) -> Broken:
    message = f"a quote that opens in line {line:,} of the file is never closed; close it, or take it out."
    return Broken(0, message, UnreadableDocument)


def _overlong(line: int) -> Broken:
    message = (
        f"the row that begins in line {line:,} of the file is longer than the limit in characters (max_characters);"
        " close a quote that is left open there, or split the row."
    )
    return Broken(0, message, TooLarge)
