"""The workbook in another program's hands: LibreOffice opens it, and what it saves is read back."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reviewer.exporters import formats
from reviewer.readers import sign_offs
from reviewer.readers.limits import Limits
from reviewer.run import SignOff
from reviewer.spreadsheet import SHEET, Column
from reviewer.verdict import Decision
from tests.exporters import makers

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser


def convert(book: Path, target: str) -> None:
    """Let LibreOffice save a workbook in another format beside it, with a profile of its own."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed; install it with: apt-get install libreoffice-calc-nogui"
    profile = f"-env:UserInstallation={(book.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", target, "--outdir", str(book.parent / "out"), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Path:
    """Give a workbook with entries of every kind."""
    path = tmp_path / "result.xlsx"
    formats.write(path, makers.run(), makers.entries(*makers.every_kind()))
    return path


def test_libreoffice_sees_every_row_as_it_was_written(book: Path) -> None:
    """Headings, order, decisions and text that looks like a formula come through as text."""
    convert(book, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1")
    (sheet,) = (book.parent / "out").glob(f"*{SHEET}.csv")
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8").splitlines()))
    written = list(openpyxl.load_workbook(book)[SHEET].iter_rows(values_only=True))
    assert list(rows[0]) == list(written[0])
    number, decision = (written[0].index(name) for name in (Column.NUMBER, Column.DECISION))
    assert [(row[Column.NUMBER], row[Column.DECISION]) for row in rows] == [
        (row[number], row[decision]) for row in written[1:]
    ]


def test_what_people_fill_in_there_is_read_back(book: Path) -> None:
    """A decision that was typed, and saved by LibreOffice, is taken in with its date."""
    filled = openpyxl.load_workbook(book)
    sheet = filled[SHEET]
    places = {cell.value: cell.column or 0 for cell in sheet[1]}
    signed: dict[Column, str | date] = {
        Column.YOUR_DECISION: "refer",
        Column.REASON: "Ask legal.",
        Column.NAME: "A reviewer",
    }
    for name, value in {**signed, Column.VALID_UNTIL: date(2027, 12, 31)}.items():
        sheet.cell(2, places[name], value)
    filled.save(book)
    convert(book, "xlsx")
    (first, *_) = sign_offs.read(book.parent / "out" / "result.xlsx", Limits(), now=makers.NOW)
    assert isinstance(first, tuple)
    number, sign_off = first
    assert isinstance(sign_off, SignOff)
    assert (number, sign_off.decision, sign_off.valid_until) == ("#1", Decision.REFER, date(2027, 12, 31))
