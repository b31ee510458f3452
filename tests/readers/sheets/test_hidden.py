"""What nobody sees on the screen of a workbook, and what colleagues put beside it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill

from reviewer.readers import workbook_text
from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.readers.sheets import runs
from reviewer.readers.sheets.row import Piece
from reviewer.submission import RemarkKind, Source, Submission
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


SEEN, UNSEEN = "To find broken wheels of", "and the faces of all who pass"


def inline(font: InlineFont, fill: str | None = None) -> bytes:
    """Make a workbook whose cell has letters of two looks, kept in the cell."""
    made, sheet = book()
    sheet["B2"] = CellRichText(f"{SEEN} ", TextBlock(font, f"{UNSEEN} "), "freight trains")
    if fill:
        sheet["B2"].fill = PatternFill("solid", fill)
    return saved(made)


def common(colour: str) -> bytes:
    """Make a workbook whose cell has letters of two looks, kept among the common texts."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Q3")
        sheet.write_row("A1", ["ID", "Purpose"])
        sheet.write("A2", "1")
        plain, odd = made.add_format({"bold": True}), made.add_format({"font_color": colour})
        sheet.write_rich_string("B2", plain, f"{SEEN} ", odd, f"{UNSEEN} ", plain, "freight trains")
    return data.getvalue()


def unseen(submission: Submission) -> list[tuple[str, str, str | None]]:
    """Give the hidden words, why they are hidden, and their cell."""
    return [
        (submission.text[remark.start : remark.end], remark.text, remark.source.cell)
        for remark in submission.remarks
        if remark.kind is RemarkKind.HIDDEN
    ]


@pytest.mark.parametrize("data", [inline(InlineFont(color=Color("FFFFFFFF"))), common("#FFFFFF"), common("#F9F9F9")])
def test_white_letters_within_a_cell_are_hidden_text(tmp_path: Path, data: bytes) -> None:
    """Only they are, wherever the workbook keeps them, and in a mail, too; the text of the cell stays whole."""
    row = only(read(tmp_path, data, Format.XLSX))
    attached = workbook_text.read(data, Source(file="intake.xlsx"), Limits())
    assert row.text == f"Purpose\n{SEEN} {UNSEEN} freight trains"
    assert f"{SEEN} {UNSEEN} freight trains" in attached.text
    for found in (row, attached):
        assert unseen(found) == [(UNSEEN, "White letters on a white ground.", "B2")]


@pytest.mark.parametrize(
    ("font", "fill", "told"),
    [
        (InlineFont(color=Color("FF203864")), "FF203864", "Letters in the colour of the ground that they stand on."),
        (InlineFont(sz=1), None, "Letters of 1 points, too small to be seen."),
        (InlineFont(color=Color("FFFFFFFF")), "FF203864", None),
        (InlineFont(color=Color("FFEE0000")), None, None),
    ],
)
def test_letters_within_a_cell_are_seen_on_its_ground(
    tmp_path: Path, font: InlineFont, fill: str | None, told: str | None
) -> None:
    """White on dark blue is plain to see, and dark blue on it is not."""
    row = only(read(tmp_path, inline(font, fill), Format.XLSX))
    assert unseen(row) == ([] if told is None else [(UNSEEN, told, "B2")])


def test_letters_that_do_not_make_up_their_cell_hide_all_of_it() -> None:
    """Where two programs read a workbook otherwise, nothing passes for seen."""
    assert runs.cut("To find wheels", [runs.Lost("To find ", ""), runs.Lost("faces", "White.")]) == (
        Piece("", "To find wheels", "White."),
    )
