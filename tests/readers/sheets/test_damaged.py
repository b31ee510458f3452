"""XLSX that no program of Office writes: damaged, or made so that a small file fills the memory."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl.comments import Comment

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers.documents import read_attachment
from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind, Source
from tests.readers.office import changed
from tests.readers.sheets.making import PROSE, book, only, opened, read, saved

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
CELL = b'<c t="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(b'<row r="3"><c r="xfd900000"><v>1</v></c></row>', id="small letters"),
        pytest.param(b'<row r="3"><c r="AZZZ9000000"><v>1</v></c></row>', id="many letters"),
        pytest.param(b'<row r="3"><c r="B0000900000000"><v>1</v></c></row>', id="many digits"),
        pytest.param(b'<row r="900000">' + CELL * 5_000 + b"</row>", id="no addresses"),
    ],
)
def test_odd_addresses_stretch_a_sheet_too_far(tmp_path: Path, row: bytes) -> None:
    """The library would take memory for all cells up to the last, and take the process with it."""
    data = changed(saved(book()[0]), SHEET, lambda xml: xml.replace(b"</sheetData>", row + b"</sheetData>"))
    with pytest.raises(TooLarge, match="its cells stretch to"):
        opened(tmp_path, data, Format.XLSX)


def test_cells_without_addresses_are_read(tmp_path: Path) -> None:
    """Some programs leave all addresses out, which is no attack."""
    rows = "".join(f"<row><c t='str'><v>{number}</v></c><c t='str'><v>{PROSE}</v></c></row>" for number in range(2_000))
    head = "<row><c t='str'><v>ID</v></c><c t='str'><v>Purpose</v></c></row>"
    whole = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{head}{rows}'
    data = changed(saved(book()[0]), SHEET, lambda _: f"{whole}</sheetData></worksheet>".encode())
    assert len(read(tmp_path, data, Format.XLSX, limits=Limits(max_expanded_bytes=1_000_000))) == len(range(2_000))


@pytest.mark.parametrize("part", [SHEET, STYLES])
def test_absurd_numbers_are_passed_over(tmp_path: Path, part: str) -> None:
    """Python reads no number of five thousand digits; the rest of the workbook is sound."""
    digits = b"1" * 5_000
    old, new = (b"<cols>", b"<cols>") if part == SHEET else (b'fontId="0"', b'fontId="' + digits + b'"')
    column = b'<cols><col hidden="1" min="' + digits + b'" max="2"/></cols><sheetData>'
    data = changed(
        saved(book()[0]), part, lambda xml: xml.replace(old, new).replace(b"<sheetData>", column, int(part == SHEET))
    )
    assert only(read(tmp_path, data, Format.XLSX)).id == "1"


def test_a_sheet_that_does_not_unpack_is_damaged(tmp_path: Path) -> None:
    """What the library for archives says comes as one sentence."""
    data = bytearray(saved(book()[0]))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        member = archive.getinfo(SHEET)
    start = member.header_offset + 30 + len(SHEET)
    data[start : start + member.compress_size] = b"\xff" * member.compress_size
    with pytest.raises(UnreadableDocument, match="damaged or cut off"):
        opened(tmp_path, bytes(data), Format.XLSX)


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    """One of them would be read twice, and the other one never."""
    made, _ = book()
    made.create_sheet("Q4").append(["ID", "Purpose"])
    data = changed(saved(made), "xl/workbook.xml", lambda xml: xml.replace(b'"Q4"', b'"Q3"'))
    with pytest.raises(UnreadableDocument, match="two of its sheets share a name"):
        opened(tmp_path, data, Format.XLSX)


def test_a_first_style_that_hides_hides_all_cells_without_a_style(tmp_path: Path) -> None:
    """Cells that name no style have the first one."""
    white = b'<color rgb="FFFFFFFF" />'
    data = changed(saved(book()[0]), STYLES, lambda xml: xml.replace(b'<color theme="1"/>', white))
    assert white in zipfile.ZipFile(BytesIO(data)).read(STYLES)
    row = only(read(tmp_path, data, Format.XLSX))
    assert [row.text[one.start : one.end] for one in row.remarks if one.kind is RemarkKind.HIDDEN] == [PROSE]


def test_a_remark_beyond_the_last_value_of_an_attached_workbook_has_its_cell() -> None:
    """A comment may stand where no value does."""
    made, sheet = book()
    sheet["H2"].comment = Comment("Ask again.", "A colleague")
    found = read_attachment(saved(made), Source(file="intake.xlsx"), Limits())
    assert [str(one.source) for one in found.remarks] == ["intake.xlsx, sheet Q3, row 2, cell H2"]
