"""A run as CSV."""

from __future__ import annotations

import csv
import io
import tracemalloc
from typing import TYPE_CHECKING

from reviewer.exporters import csv as exported
from reviewer.exporters import formats
from reviewer.spreadsheet import Column, plain
from tests.exporters import makers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.run import Entry


def written(*entries: Entry) -> str:
    """Give the CSV of some entries."""
    file = makers.Text()
    exported.write(file, makers.run(), makers.entries(*entries))
    return file.getvalue()


def read(text: str) -> list[dict[str, str]]:
    """Read CSV back."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_rows_come_in_the_order_of_the_input() -> None:
    """Every entry has a row, one that could not be read and one that has vanished among them."""
    rows = read(written(*makers.every_kind()))
    assert [row[Column.NUMBER] for row in rows] == [f"#{number}" for number in range(1, 10)]
    assert [row[Column.DECISION] for row in rows] == [
        *("No objection", "Reject", "Reject", "No objection", "Could not be read"),
        *("Not reached yet", "Refer to a person", "Refer to a person", "Reject"),
    ]
    assert rows[6][Column.VALID_UNTIL] == "2027-12-31"


def test_excel_is_told_that_it_is_utf_8(tmp_path: Path) -> None:
    """The file begins with the mark, and every letter survives."""
    path = tmp_path / "out.csv"
    words = "Żółć, \u4f60\u597d, \U0001f600; \u05e9\u05dc\u05d5\u05dd"
    formats.write(path, makers.run(), makers.entries(makers.with_fields(1, "approved", ("Title", words))))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(path.read_text("utf-8-sig"))[0]["Title"] == words


def test_no_cell_can_run() -> None:
    """Formulas in cells and in headings are neutralised, and undoing gives what was there."""
    given = [("=HYPERLINK(A1)", "=cmd|' /C calc'!A0"), ("Note", "  +1"), ("Delta", "-5"), ("Break", "a\n=b\r\nc")]
    (row,) = read(written(makers.with_fields(1, "approved", *given)))
    assert all(not value.startswith(("=", "+", "-", "@", " ")) for value in (*row, *row.values()))
    assert [(plain(name), plain(value)) for name, value in row.items()][:4] == given


def test_long_cells_and_half_letters_survive(tmp_path: Path) -> None:
    """40,000 characters are written whole; half of a surrogate pair is shown by its code."""
    path = tmp_path / "out.csv"
    entry = makers.with_fields(1, "approved", ("Text", "x" * 40_000), ("Odd", "a\ud800b"))
    formats.write(path, makers.run(), makers.entries(entry))
    (row,) = read(path.read_text("utf-8-sig"))
    assert len(row["Text"]) == 40_000
    assert row["Odd"] == "a\\ud800b"


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Ten megabytes of rows take no more than one."""

    def many() -> Iterator[Entry]:
        return (makers.with_fields(1, "", ("Text", "x" * 10_000)) for _ in range(1_000))

    path = tmp_path / "out.csv"
    makers.run()
    tracemalloc.start()
    try:
        formats.write(path, makers.run(), many)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 10_000_000
    assert peak < 1_000_000
