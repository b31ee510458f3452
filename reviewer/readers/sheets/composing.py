"""A row to a submission: the columns that are read, each under its header, every value with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import EmptySubmission, InputError, TooLarge
from reviewer.readers.sheets import sharing
from reviewer.readers.sheets.row import Broken, Row, letter
from reviewer.readers.sheets.table import Table, unread_beyond
from reviewer.readers.sheets.values import says_something
from reviewer.readers.transcript import Transcript
from reviewer.submission import RemarkKind, Source, Submission

if TYPE_CHECKING:
    from reviewer.readers.limits import Limits


class Composer:
    """Makes the submissions of one table."""

    def __init__(self, table: Table, file: str, limits: Limits) -> None:
        """Prepare what is the same for all rows."""
        self._table, self._file, self._limits = table, file, limits
        self._sheet = table.grid.sheet
        self._names = tuple(table.name(at) for at in range(len(table.header)))
        self._letters = tuple(letter(at) for at in range(len(table.header))) if table.lettered else ()
        self._read = tuple((at, self._names[at], self._place(at, table.header_row)) for at in table.text)

    def compose(self, row: Row | Broken) -> Submission | InputError:
        """Give a row's submission, or the error that takes its place and carries what is known of the row."""
        place = Source(file=self._file, sheet=self._sheet, row=row.number)
        if isinstance(row, Broken):
            return _about(row.error(str(place)), Submission(text="", source=place))
        identified = None if self._table.id is None else row.cells[self._table.id] or None
        fields = (*zip(self._names, row.cells, strict=True), *row.extra)
        try:
            submission = self._transcript(row, place).submission(max_characters=self._limits.max_characters)
        except InputError as error:
            told = self._empty(str(place)) if isinstance(error, EmptySubmission) else error
            return _about(told, Submission(text="", source=place, id=identified, fields=fields))
        return submission.model_copy(update={"id": identified, "fields": fields})

    def too_many(self, row: Row | Broken) -> InputError:
        """Give the error that ends a sheet with more rows than the limit."""
        place = Source(file=self._file, sheet=self._sheet, row=row.number)
        message = (
            f"it has more than the limit of {self._limits.max_rows:,} rows, and those from here on were not read;"
            " split the file, or raise the limit (max_rows)."
        )
        return _about(TooLarge(message, source=str(place)), Submission(text="", source=place))

    def _transcript(self, row: Row, place: Source) -> Transcript:
        transcript = Transcript(place)
        for at, name, header_place in self._read:
            if says_something(value := row.cells[at]):
                transcript.add(name, header_place, own=True)
                self._add(transcript, at, value, row)
        for remark in row.remarks:
            if not remark.if_read or remark.column in self._table.text:
                where = place if remark.column is None else self._place(remark.column, row.number)
                (transcript.unread if remark.kind is RemarkKind.UNREAD else transcript.note)(remark.text, where)
        if row.extra and (told := unread_beyond(row, found=self._table.found)):
            transcript.unread(told)
        return transcript

    def _add(self, transcript: Transcript, at: int, value: str, row: Row) -> None:
        place = self._place(at, row.number)
        lines = self._table.shared.get(at)
        pieces = row.stretches(at)
        if not lines or "\n" not in value or len(pieces) > 1:
            for number, piece in enumerate(pieces):
                transcript.add(piece.text, place, gap=piece.gap if number else "\n", hidden=piece.hidden)
            return
        for gap, stretch, own in sharing.parted(value, lines):
            transcript.add(stretch, place, gap=gap or "\n", hidden=pieces[0].hidden, own=own)

    def _place(self, at: int, row: int | None) -> Source:
        """Give the address of a cell; a header that stands in no row has only its name."""
        if at >= len(self._names):
            return Source(file=self._file, sheet=self._sheet, row=row, cell=f"{letter(at)}{row}")
        cell = f"{self._letters[at]}{row}" if self._letters and row is not None else None
        return Source(file=self._file, sheet=self._sheet, row=row, cell=cell, label=self._names[at])

    def _empty(self, source: str) -> EmptySubmission:
        columns = " and ".join(repr(name) for _, name, _ in self._read)
        message = f"nothing stands in what is read of it ({columns}); fill in what the project does and for whom."
        return EmptySubmission(message, source=source)


def _about(error: InputError, submission: Submission) -> InputError:
    error.about = submission
    return error
