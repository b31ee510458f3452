"""A workbook in a mail as text: each sheet a table, each row a line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import TooLarge
from reviewer.readers.sheets.row import Broken, letter
from reviewer.readers.sheets.workbook import Workbook
from reviewer.readers.transcript import CELL, PARAGRAPH, Transcript
from reviewer.submission import RemarkKind

if TYPE_CHECKING:
    from reviewer.readers.limits import Limits
    from reviewer.readers.sheets.row import Grid, Row
    from reviewer.submission import Source, Submission


def read(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read all rows of all sheets, hidden ones among them.

    Raises `UnreadableDocument`, `TooLarge` or `EmptySubmission`.
    """
    book = Workbook(data, source, limits)
    transcript = Transcript(source)
    for note in book.notes:
        transcript.note(note)
    for grid in book.grids():
        _write(transcript, grid, limits)
    return transcript.submission(max_characters=limits.max_characters)


def _write(transcript: Transcript, grid: Grid, limits: Limits) -> None:
    place = transcript.source.model_copy(update={"sheet": grid.sheet})
    for note in grid.notes:
        transcript.note(note, place)
    before = transcript.characters
    for count, row in enumerate(grid.rows()):
        if count >= limits.max_rows:
            message = f"it has more rows than the limit of {limits.max_rows:,} (max_rows); split it."
            raise TooLarge(message, source=str(place))
        if isinstance(row, Broken):
            transcript.unread(f"A row was not read: {row.message}", place.model_copy(update={"row": row.number}))
            continue
        _write_row(transcript, row, place, first=transcript.characters == before)
        if transcript.characters > limits.max_characters:
            return  # said by whoever counts the characters of the whole


def _write_row(transcript: Transcript, row: Row, place: Source, *, first: bool) -> None:
    at = [_place(place, row.number, column) for column in range(len(row.cells))]
    if row.hidden or row.pieces:
        gap = PARAGRAPH if first else "\n"
        for column, cell in enumerate(at):
            for number, piece in enumerate(row.stretches(column)):
                transcript.add(piece.text, cell, gap=piece.gap if number else gap, hidden=piece.hidden)
            gap = CELL if row.cells[column].strip() else gap
    else:
        transcript.row(zip(row.cells, at, strict=True), first=first)
    for remark in row.remarks:
        # A remark may stand beyond the last value of its row.
        where = place.model_copy(update={"row": row.number})
        where = _place(place, row.number, remark.column)
        tell = transcript.unread if remark.kind is RemarkKind.UNREAD else transcript.note
        tell(remark.text, where)


def _place(place: Source, row: int, column: int | None) -> Source:
    cell = None if column is None else f"{letter(column)}{row}"
    return place.model_copy(update={"row": row, "cell": cell})
