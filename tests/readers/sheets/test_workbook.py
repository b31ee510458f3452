"""XLSX: values as Excel shows them, and what it hides or adds."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.readers.sheets import Template
from reviewer.submission import RemarkKind, Source, Submission
from tests.readers.sheets.making import PROSE, book, only, opened, read, saved, texts

if TYPE_CHECKING:
    from pathlib import Path


TEXT = f"Purpose\n{PROSE}"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Change a part of a workbook as Office never would."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            packed.writestr(name, content.replace(old, new) if name == part else content)
    return target.getvalue()


def test_a_cell_has_sheet_and_address(tmp_path: Path) -> None:
    """A quote can be looked up in the workbook."""
    made, _ = book()
    row = only(read(tmp_path, saved(made), Format.XLSX))
    assert (row.text, row.id, row.source) == (TEXT, "1", Source(file="intake.xlsx", sheet="Q3", row=2))
    where = Source(file="intake.xlsx", sheet="Q3", row=2, cell="B2", label="Purpose")
    assert row.place(len(row.text) - 1) == where


def test_rows_count_from_the_first_of_the_sheet(tmp_path: Path) -> None:
    """Also where the table begins further down and to the right."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet["C3"], sheet["D3"], sheet["C4"], sheet["D4"] = "ID", "Purpose", 7, PROSE
    row = only(read(tmp_path, saved(made), Format.XLSX))
    assert (row.id, row.source.row, row.place(len(row.text) - 1).cell) == ("7", 4, "D4")


def test_values_are_as_a_person_sees_them(tmp_path: Path) -> None:
    """No midnight behind a date, no `.0` behind a number."""
    values = {
        "whole": (3.0, "3"),
        "broken": (0.1 + 0.2, "0.3"),
        "large": (12345678901234567890, "1.23456789012346e+19"),
        "day": (date(2026, 11, 1), "2026-11-01"),
        "moment": (datetime(2026, 11, 1, 9, 30, tzinfo=UTC).replace(tzinfo=None), "2026-11-01 09:30"),
        "hour": (time(9, 30), "09:30"),
        "span": (timedelta(hours=30, minutes=5), "30:05:00"),
        "true": (True, "TRUE"),
        "zeros": ("007", "007"),
        "escape": ("a_x000D_\nb", "a\nb"),
    }
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.append([*values, "Purpose"])
    sheet.append([*(value for value, _ in values.values()), PROSE])
    fields = dict(only(read(tmp_path, saved(made), Format.XLSX)).fields)
    assert fields == {name: shown for name, (_, shown) in values.items()} | {"Purpose": PROSE}


def test_every_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    """Covers and charts are noted, and the look has each table."""
    made, _ = book()
    made.create_sheet("Read me").append(["Autumn intake"])
    second = made.create_sheet("Q4")
    second.append(["Purpose", "Stage"])
    second.append([f"{PROSE} again", "Pilot"])
    made.create_chartsheet("Plot")
    sheet = opened(tmp_path, saved(made), Format.XLSX)
    assert texts(list(sheet.submissions())) == [TEXT, f"{TEXT} again"]
    look = sheet.look()
    assert [(table.name, table.rows) for table in look.tables] == [("Q3", 1), ("Q4", 1)]
    assert any("'Plot'" in note for note in look.notes)
    assert any("'Read me' was not read" in note for note in look.notes)


def test_sheets_may_be_named(tmp_path: Path) -> None:
    """Only those are read; a wrong name gets the nearest."""
    made, _ = book()
    second = made.create_sheet("Old")
    second.append(["Purpose", "Stage"])
    second.append(["Doors", "Pilot"])
    data = saved(made)
    assert texts(read(tmp_path, data, Format.XLSX, Template(sheets=("Old",)))) == ["Purpose\nDoors"]
    with pytest.raises(UnreadableDocument, match="no sheet 'Olt'; the nearest is 'Old'"):
        opened(tmp_path, data, Format.XLSX, Template(sheets=("Olt",)))


def test_no_sheet_with_a_table(tmp_path: Path) -> None:
    """Each sheet's reason is told in one message."""
    made = openpyxl.Workbook()
    made.create_sheet("Two")
    with pytest.raises(UnreadableDocument, match=r"none of its sheets.*'Sheet': there is nothing in it.*'Two'"):
        opened(tmp_path, saved(made), Format.XLSX)


def test_formulas_give_their_stored_values(tmp_path: Path) -> None:
    """What the person saw who saved it."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row("A1", ["ID", "Purpose"])
        sheet.write("A2", "1")
        sheet.write_formula("B2", '=CONCATENATE("To find")', None, PROSE)
    assert only(read(tmp_path, data.getvalue(), Format.XLSX)).text == TEXT


def test_a_formula_without_a_value_was_not_read(tmp_path: Path) -> None:
    """Programs write such files; what Excel would show there is unknown, which bars an approval."""
    made, _ = book(("1", '=CONCATENATE("To ","score")'), ("2", PROSE))
    first, second = read(tmp_path, saved(made), Format.XLSX, Template(text_columns=("ID", "Purpose")))
    assert isinstance(first, Submission)
    assert [(remark.kind, remark.source.cell) for remark in first.remarks] == [(RemarkKind.UNREAD, "B2")]
    assert isinstance(second, Submission)
    assert second.remarks == ()


def test_errors_are_text_with_a_note(tmp_path: Path) -> None:
    """A broken reference is shown as Excel shows it."""
    made, sheet = book()
    sheet["B2"] = "#REF!"
    sheet["B2"].data_type = "e"
    row = only(read(tmp_path, saved(made), Format.XLSX, Template(text_columns=("Purpose",))))
    assert row.text == "Purpose\n#REF!"
    assert [remark.text for remark in row.remarks] == ["The cell holds the error #REF!."]


def test_merged_cells_give_their_value_once(tmp_path: Path) -> None:
    """The first cell has it, and the others are blank."""
    made, sheet = book(("1", PROSE), ("1", PROSE))
    sheet.merge_cells("A2:A3")
    rows = read(tmp_path, saved(made), Format.XLSX)
    assert [getattr(row, "id", "") for row in rows] == ["1", None]


def test_pictures_are_told_of_the_sheet(tmp_path: Path) -> None:
    """Nothing says which row a picture belongs to, so the look counts them."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row("A1", ["ID", "Purpose"])
        sheet.write_row("A2", ["1", PROSE])
        sheet.insert_textbox("D2", "To score people")
        sheet.insert_image("D9", "pixel.png", {"image_data": BytesIO(PIXEL)})
    look = opened(tmp_path, data.getvalue(), Format.XLSX).look()
    assert set(look.tables[0].notes) == {
        "1 text box on the sheet was not read.",
        "1 picture on the sheet was not read.",
    }


def test_cells_that_stretch_too_far_are_refused(tmp_path: Path) -> None:
    """One cell in the last corner would take gigabytes, before anything could be read."""
    made, sheet = book()
    sheet["XFD1048576"] = "x"
    with pytest.raises(TooLarge, match="stretch to XFD1048576"):
        opened(tmp_path, saved(made), Format.XLSX)


def test_a_workbook_over_the_limit_in_bytes(tmp_path: Path) -> None:
    """It is refused before it is unpacked."""
    made, _ = book()
    with pytest.raises(TooLarge, match="max_bytes"):
        opened(tmp_path, saved(made), Format.XLSX, limits=Limits(max_bytes=1_000))


def test_a_damaged_workbook(tmp_path: Path) -> None:
    """Cut off on its way, or no workbook at all."""
    made, _ = book()
    for data in (saved(made)[:2_000], b"PK\x03\x04 nothing"):
        with pytest.raises(UnreadableDocument):
            opened(tmp_path, data, Format.XLSX)


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    """Office writes none, and they can be made to fill the memory."""
    made, _ = book()
    declared = b'<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet'
    data = changed(saved(made), "xl/worksheets/sheet1.xml", b"<worksheet", declared)
    with pytest.raises(UnreadableDocument, match="XML is not as Office writes it"):
        opened(tmp_path, data, Format.XLSX)


def test_the_same_rows_as_csv(tmp_path: Path) -> None:
    """A workbook and its export give the same texts and ids."""
    rows = [(str(at), f"{PROSE} {at}\nand more,; of it") for at in range(5)]
    made, _ = book(*rows)
    export = "\n".join(["ID;Purpose", *(f'{at};"{text}"' for at, text in rows)])
    ours, theirs = read(tmp_path, saved(made), Format.XLSX), read(tmp_path, export)
    assert texts(ours) == texts(theirs)
    assert [getattr(row, "id", "") for row in ours] == [getattr(row, "id", "") for row in theirs]
