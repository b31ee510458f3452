"""What a file holds beside the tables that are read is never lost without a word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reviewer.errors import UnreadableDocument
from reviewer.readers.formats import Format
from reviewer.readers.sheets import Template
from tests.readers.sheets.making import PROSE, book, broken, opened, read, saved, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXT = f"Purpose\n{PROSE}"
POLICE = [f"The police watch street number {number} and look for known faces in the crowd." for number in range(10)]


def beside(*rows: Sequence[object]) -> bytes:
    """Make a workbook with a sheet of these rows between two that are read."""
    made, _ = book()
    sheet = made.create_sheet("Police")
    for row in rows:
        sheet.append(list(row))
    last = made.create_sheet("Q4")
    last.append(["ID", "Purpose"])
    last.append(["1", PROSE])
    return saved(made)


def test_a_sheet_of_sentences_that_is_not_read_has_its_error_in_its_place(tmp_path: Path) -> None:
    """The error names the sheet, the reason and the cure; the count and the look know of it, too."""
    sheet = opened(tmp_path, beside(*([text] for text in POLICE)), Format.XLSX)
    rows = list(sheet.submissions())
    assert texts(rows) == [TEXT, "UnreadableDocument", TEXT]
    error = broken(rows[1])
    assert isinstance(error, UnreadableDocument)
    assert str(error).startswith(
        "intake.xlsx, sheet Police: it holds sentences that were not read: its first row is no"
    )
    assert str(error).endswith("name the other sheets with --sheet.")
    assert sheet.count() == 3
    assert any("'Police' was not read" in note for note in sheet.look().notes)


def test_one_sentence_is_enough(tmp_path: Path) -> None:
    """A single submission is not lost, either."""
    assert texts(read(tmp_path, beside([POLICE[0]]), Format.XLSX)) == [TEXT, "UnreadableDocument", TEXT]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[1, 2], [3, 4]],
        [["AI intake"], ["Autumn"], ["Version", "3"]],
        [["ID", "What is the purpose of the system, and whom does it serve?"]],
    ],
)
def test_a_sheet_without_sentences_is_noted(tmp_path: Path, rows: list[list[object]]) -> None:
    """Nothing, numbers, a cover and a form that nobody filled in hold no submission."""
    sheet = opened(tmp_path, beside(*rows), Format.XLSX)
    assert texts(list(sheet.submissions())) == [TEXT, TEXT]
    assert any("'Police' was not read" in note for note in sheet.notes)


def test_a_sheet_that_is_not_meant_is_no_error(tmp_path: Path) -> None:
    """Whoever names the sheets has chosen."""
    data = beside(*([text] for text in POLICE))
    assert texts(read(tmp_path, data, Format.XLSX, Template(sheets=("Q3", "Q4")))) == [TEXT, TEXT]


def test_an_array_of_sentences_that_is_not_read_has_its_error_at_the_end(tmp_path: Path) -> None:
    """An array of addresses beside it is only noted."""
    data = {"police": [{"what": POLICE[0]}], "links": [{"url": "x"}], "rows": [{"purpose": PROSE}] * 2}
    sheet = opened(tmp_path, json.dumps(data), Format.JSON)
    rows = list(sheet.submissions())
    assert texts(rows) == [f"purpose\n{PROSE}"] * 2 + ["UnreadableDocument"]
    assert str(rows[-1]).startswith("intake.json, array 'police': it holds sentences that were not read")
    assert sheet.count() == 3
    assert "The array 'links' was not read: another one is longer." in sheet.notes


def test_the_notes_of_a_file_and_of_its_tables_come_together(tmp_path: Path) -> None:
    """A note on one of several tables says which; that of the only one need not."""
    made, sheet = book()
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Autumn"
    header = "The header is row 3; what stands above it is not read."
    assert opened(tmp_path, saved(made), Format.XLSX).notes == (header,)
    made.create_chartsheet("Plot")
    more = made.create_sheet("Q4")
    more.append(["ID", "Purpose"])
    more.append(["1", PROSE])
    assert opened(tmp_path, saved(made), Format.XLSX).notes == (
        "The sheet 'Plot' has no cells, and was not read.",
        f"Sheet 'Q3': {header}",
    )
