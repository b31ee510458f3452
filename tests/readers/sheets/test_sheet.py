"""Sheets as a whole: each call anew, limits, standard input, the look."""

from __future__ import annotations

import gc
import io
import tracemalloc
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.readers.sheets import Template, open_sheet, open_stream
from tests.readers.sheets.making import HEADER, PROSE, broken, delimited, opened, read, texts

if TYPE_CHECKING:
    from pathlib import Path

TEXT = f"Purpose\n{PROSE}"
DATA = delimited(HEADER, ("1", PROSE), ("2", "-"), ("3", f"{PROSE} again"))


def test_each_call_begins_anew(tmp_path: Path) -> None:
    """Two readers of one sheet do not take rows from each other."""
    sheet = opened(tmp_path, DATA)
    first, second = sheet.submissions(), sheet.submissions()
    assert texts([next(first), next(second)]) == [TEXT, TEXT]
    assert len(list(first)) == len(list(second)) == 2


def test_standard_input_is_read_more_than_once() -> None:
    """Its copy is gone when the sheet is closed."""
    with open_stream(io.BytesIO(DATA.encode()), "standard input", Format.CSV, Limits()) as sheet:
        assert sheet.look().rows == 3
        assert texts(list(sheet.submissions())) == texts(list(sheet.submissions()))
    with pytest.raises(FileNotFoundError):
        next(sheet.submissions())


def test_a_refused_stream_leaves_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a sheet that is only forgotten."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(EmptySubmission):
        open_stream(io.BytesIO(b""), "standard input", Format.CSV, Limits())
    open_stream(io.BytesIO(DATA.encode()), "standard input", Format.CSV, Limits())
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_the_look_counts_what_would_be_read(tmp_path: Path) -> None:
    """Rows, words and characters of the columns read, and what is amiss."""
    (table,) = opened(tmp_path, DATA).look().tables
    assert (table.name, table.header, table.header_row) == ("intake.csv", ("ID", "Purpose"), 1)
    assert (table.text_columns, table.id_column) == (("Purpose",), "ID")
    assert (table.rows, table.blank, table.broken) == (3, 1, 0)
    assert table.words == 2 * len(PROSE.split()) + 1
    assert table.characters == 2 * len(PROSE) + len(" again")


def test_the_look_and_the_rows_agree(tmp_path: Path) -> None:
    """What is announced is what comes, broken rows among it."""
    sheet = opened(tmp_path, f'{DATA}4,"{PROSE}')
    look = sheet.look()
    rows = texts(list(sheet.submissions()))
    assert look.rows == len(rows) == 4
    assert (look.tables[0].blank, look.tables[0].broken) == (1, 1)
    assert rows.count("EmptySubmission") == rows.count("UnreadableDocument") == 1


def test_more_rows_than_the_limit(tmp_path: Path) -> None:
    """The rows up to it are read, then one error names the limit, and that is the end."""
    rows = read(tmp_path, DATA, limits=Limits(max_rows=1))
    assert texts(rows) == [TEXT, "TooLarge"]
    error = broken(rows[1])
    assert isinstance(error, TooLarge)
    assert "limit of 1 rows" in str(error)
    assert error.about is not None
    assert error.about.source.row == 3
    look = opened(tmp_path, DATA, limits=Limits(max_rows=1)).look()
    assert look.rows == 1
    assert "more rows than the limit (max_rows)" in look.tables[0].notes[0]


def test_as_many_rows_as_the_limit(tmp_path: Path) -> None:
    """Are no more than the limit."""
    assert len(read(tmp_path, DATA, limits=Limits(max_rows=3))) == 3


def test_memory_is_flat_in_the_number_of_rows(tmp_path: Path) -> None:
    """Ten times the rows take no more memory, once the survey is full."""
    peaks = []
    for count in (1_500, 15_000):
        sheet = opened(tmp_path, "ID,Purpose\n" + f"1,{PROSE}\n" * count)
        tracemalloc.start()
        assert sum(1 for _ in sheet.submissions()) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 100_000


def test_reading_may_stop_early(tmp_path: Path) -> None:
    """The file is let go of: no warning of one left open may come."""
    sheet = opened(tmp_path, DATA * 500)
    assert len(list(islice(sheet.submissions(), 2))) == 2
    gc.collect()


def test_a_document_is_no_sheet(tmp_path: Path) -> None:
    """A PDF has no rows."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableDocument, match="no sheet but 'pdf'"):
        open_sheet(path, "plan.pdf", Format.PDF, Limits())


def test_a_template_holds_for_a_stream() -> None:
    """The same columns are read wherever the rows come from."""
    template = Template(text_columns=("ID",))
    with open_stream(io.BytesIO(DATA.encode()), "standard input", Format.CSV, Limits(), template) as sheet:
        assert texts(list(sheet.submissions()))[0] == "ID\n1"
