"""What nobody sees on the screen of a workbook, and what colleagues put beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from reviewer.readers.formats import Format
from reviewer.submission import RemarkKind
from tests.readers.sheets.making import PROSE, book, only, opened, read, saved

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

TEXT = f"Purpose\n{PROSE}"


def remarks(folder: Path, made: Workbook) -> list[tuple[RemarkKind, str, str | None]]:
    """Give the remarks on the one row: kind, text and cell."""
    row = only(read(folder, saved(made), Format.XLSX))
    return [(remark.kind, remark.text, remark.source.cell) for remark in row.remarks]


def test_a_hidden_sheet_is_read_and_noted(tmp_path: Path) -> None:
    """Ordinary office life, but the record says so."""
    made, sheet = book()
    made.create_sheet("Front").append(["Nothing"])
    sheet.sheet_state = "hidden"
    assert remarks(tmp_path, made) == [(RemarkKind.NOTE, "The sheet 'Q3' is hidden.", None)]


def test_hidden_columns_and_rows_are_read_and_noted(tmp_path: Path) -> None:
    """On the row that they belong to."""
    made, sheet = book()
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    assert remarks(tmp_path, made) == [
        (RemarkKind.NOTE, "Row 2 is hidden in the sheet.", None),
        (RemarkKind.NOTE, "Column B is hidden in the sheet.", "B2"),
    ]
    notes = opened(tmp_path, saved(made), Format.XLSX).look().tables[0].notes
    assert notes[:2] == ("Column B is hidden in the sheet.", "1 row is hidden in the sheet.")


def test_comments_are_notes_with_their_cell(tmp_path: Path) -> None:
    """What colleagues wrote beside the row."""
    made, sheet = book()
    sheet["A2"].comment = Comment("Ask legal\nfirst", "A reviewer")
    ((kind, text, cell),) = remarks(tmp_path, made)
    assert (kind, cell) == (RemarkKind.NOTE, "A2")
    assert "Ask legal first" in text


@pytest.mark.parametrize(
    ("font", "fill", "told"),
    [
        (Font(color="FFFFFFFF"), None, "White letters on a white ground."),
        (Font(color="FFEE0000"), PatternFill("solid", "FFEE0000"), "Letters in the colour of the ground"),
        (Font(size=1), None, "Letters of 1 points"),
        (Font(color="FFFFFFFF"), PatternFill("solid", "FF203864"), None),
        (Font(color="FF203864"), None, None),
    ],
)
def test_letters_that_nobody_sees_are_hidden_text(
    tmp_path: Path, font: Font, fill: PatternFill | None, told: str | None
) -> None:
    """They are part of the text, with a remark that bars an approval; white on dark blue is plain to see."""
    made, sheet = book()
    sheet["B2"].font = font
    if fill:
        sheet["B2"].fill = fill
    row = only(read(tmp_path, saved(made), Format.XLSX))
    assert row.text == TEXT
    if told is None:
        assert row.remarks == ()
        return
    (remark,) = row.remarks
    assert remark.kind is RemarkKind.HIDDEN
    assert remark.text.startswith(told)
    assert row.text[remark.start : remark.end] == PROSE


def test_a_format_that_shows_nothing_hides(tmp_path: Path) -> None:
    """The format `;;;` leaves the cell empty on the screen."""
    made, sheet = book()
    sheet["B2"].number_format = ";;;"
    ((kind, text, cell),) = remarks(tmp_path, made)
    assert (kind, text, cell) == (RemarkKind.HIDDEN, "The format of the cell shows nothing of it.", "B2")
