"""What people decided, read back from the spreadsheet that was exported for them.

Nothing is guessed: a word that is no decision and a date that can be two days are refused, each with its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from reviewer.errors import InputError, TooLarge, UnreadableDocument
from reviewer.readers import formats
from reviewer.readers.formats import Format
from reviewer.readers.sheets.delimited import DelimitedGrid
from reviewer.readers.sheets.row import Broken
from reviewer.run import SignOff
from reviewer.spreadsheet import SHEET, Column, column_of, plain
from reviewer.submission import Source
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reviewer.readers.limits import Limits
    from reviewer.readers.sheets.row import Grid, Row
    from reviewer.readers.sheets.workbook import Workbook

    Rows = Iterable[Row | Broken]

WORDS = {
    "approve": Decision.APPROVE,
    "approved": Decision.APPROVE,
    "accept": Decision.APPROVE,
    "accepted": Decision.APPROVE,
    "refer": Decision.REFER,
    "referred": Decision.REFER,
    "reject": Decision.REJECT,
    "rejected": Decision.REJECT,
    "decline": Decision.REJECT,
    "declined": Decision.REJECT,
}

_NEEDED = (Column.NUMBER, Column.YOUR_DECISION, Column.REASON, Column.NAME)
# People put a title above a header, and seldom more.
_HEADER_WITHIN = 20
# A row holds every column of the input, of which the text is one.
_CELLS = 4
_NUMBER = re.compile(r"#?([0-9]{1,18})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]+)?")
_POINTS = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MONTHS = 12
_ERRORS = frozenset(
    [
        *("#VALUE!", "#N/A", "#REF!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!"),
    ]
)


def read(path: Path, limits: Limits, *, now: datetime) -> Iterator[tuple[str, SignOff] | InputError]:
    """Read the decisions of a CSV or XLSX export, each with the number of its entry, such as `#12`.

    `now` is when they are taken over. Rows without a decision are left out; a row whose decision cannot be taken over
    gives its error in its place.
    Raises `UnreadableDocument` or `TooLarge` for a file that cannot be read at all.
    """
    source = Source(file=str(path))
    for grid in _grids(path, source, limits):
        rows = iter(grid.rows())
        if columns := _columns(islice(rows, _HEADER_WITHIN)):
            # In a workbook, an apostrophe is a letter like any other.
            undone = plain if grid.sheet is None else str
            yield from _Reader(source.model_copy(update={"sheet": grid.sheet}), columns, now, undone).read(rows, limits)
            return
    message = (
        f"it has no header with the columns {', '.join(map(repr, map(str, _NEEDED)))}; "
        "take the file that was exported, and leave its header as it is."
    )
    raise UnreadableDocument(message, source=str(source))


def _grids(path: Path, source: Source, limits: Limits) -> Sequence[Grid]:
    """Give the tables in a file, the one that people fill in first."""
    try:
        with path.open("rb") as file:
            head = file.read(formats.HEAD_BYTES)
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}."
        raise UnreadableDocument(message, source=str(source)) from error
    form = formats.detect(head, path.name)
    if form is Format.XLSX:
        return sorted(_workbook(path, source, limits).grids(), key=lambda grid: grid.sheet != SHEET)
    if form in {Format.CSV, Format.TSV, Format.TEXT}:
        return (DelimitedGrid(lambda: path.open("rb"), first=",", most=_CELLS * limits.max_characters),)
    raise UnreadableDocument("it is neither CSV nor an Excel workbook; save it as one of them.", source=str(source))


def _workbook(path: Path, source: Source, limits: Limits) -> Workbook:
    from reviewer.readers.sheets.workbook import Workbook

    if path.stat().st_size > limits.max_bytes:
        message = f"it is larger than the limit of {limits.max_bytes:,} bytes; raise the limit (max_bytes)."
        raise TooLarge(message, source=str(source))
    return Workbook(path.read_bytes(), source, limits)


def _columns(rows: Rows) -> dict[Column, int]:
    """Find the header; ours are the last of a name, since the input's own columns stand before them."""
    for row in rows:
        cells = [] if isinstance(row, Broken) else row.cells
        found = {column: place for place, heading in enumerate(cells) if (column := column_of(heading))}
        if found.keys() >= set(_NEEDED):
            return found
    return {}


@dataclass
class _Reader:
    """Reads the rows under one header."""

    place: Source
    columns: dict[Column, int]
    now: datetime
    undone: Callable[[str], str]
    taken: dict[str, tuple[int, SignOff]] = field(default_factory=dict)

    def read(self, rows: Rows, limits: Limits) -> Iterator[tuple[str, SignOff] | InputError]:
        for row in rows:
            place = str(self.place.model_copy(update={"row": row.number}))
            if row.number > limits.max_rows:
                message = f"it has more than {limits.max_rows:,} rows; raise the limit (max_rows)."
                raise TooLarge(message, source=place)
            if isinstance(row, Broken):
                yield row.error(place)
                continue
            try:
                yield from self._of_row(row.number, row.cells)
            except ValueError as error:
                yield InputError(str(error), source=place)

    def _of_row(self, line: int, cells: list[str]) -> Iterator[tuple[str, SignOff]]:
        said = {column: self.undone(cells[at]).strip() for column, at in self.columns.items() if at < len(cells)}
        if not said.get(Column.YOUR_DECISION):
            return
        number, sign_off = _number(said.get(Column.NUMBER, "")), _sign_off(said, self.now)
        before, first = self.taken.setdefault(number, (line, sign_off))
        if first != sign_off:
            raise ValueError(f"{number} was decided otherwise in row {before}, which stands; keep one of the two.")
        if before == line:
            yield number, sign_off


def _number(said: str) -> str:
    if not (found := _NUMBER.fullmatch(said)):
        raise ValueError(f"{said!r} in the column 'Number' is no number of an entry; write it as exported, as in #12.")
    return f"#{int(found[1])}"


def _sign_off(said: dict[Column, str], now: datetime) -> SignOff:
    _refuse_errors(said)
    word = said[Column.YOUR_DECISION]
    decision = WORDS.get(word.casefold())
    if decision is None:
        raise ValueError(f"{word!r} in the column 'Your decision' is no decision; write Approve, Refer or Reject.")
    for needed in (Column.REASON, Column.NAME):
        if not said.get(needed):
            raise ValueError(f"the decision {word!r} has nothing in the column {needed.value!r}; fill it in.")
    return SignOff(
        decision=decision,
        reason=said[Column.REASON],
        name=said[Column.NAME],
        valid_until=_lasting(said.get(Column.VALID_UNTIL, ""), now.date()),
        at=now,
        review_digest=said.get(Column.VERDICT) or None,
    )


def _refuse_errors(said: dict[Column, str]) -> None:
    """Refuse what a formula gave in place of an answer."""
    for column in (Column.YOUR_DECISION, Column.REASON, Column.NAME):
        if (word := said.get(column, "")).upper() in _ERRORS:
            message = f"{word!r} in the column {column.value!r} is an error of Excel; write what is meant in its place."
            raise ValueError(message)


def _lasting(said: str, today: date) -> date | None:
    """Give the day up to which a decision holds; what lies in the past would never hold."""
    day = _day(said)
    if day is not None and day < today:
        message = (
            f"{said!r} in the column 'Valid until' lies in the past; write {today} or a later day, or leave it out."
        )
        raise ValueError(message)
    return day


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        year, month, day = _parts(said)
        return date(year, month, day)
    except ValueError as error:
        message = f"{said!r} in the column 'Valid until' is no date that can be told for sure ({error}); write it as "
        raise ValueError(f"{message}2027-12-31.") from error


def _parts(said: str) -> tuple[int, int, int]:
    """Give year, month and day; where day and month could be either way round, raise `ValueError`."""
    if found := _ISO.fullmatch(said):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _POINTS.fullmatch(said):
        return int(found[3]), int(found[2]), int(found[1])
    if not (found := _SLASHES.fullmatch(said)):
        raise ValueError("it is in none of the forms that are read")
    first, second = int(found[1]), int(found[2])
    if first != second and max(first, second) <= _MONTHS:
        raise ValueError("day and month could be either way round")
    return (int(found[3]), second, first) if first > _MONTHS else (int(found[3]), first, second)
