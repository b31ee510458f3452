"""CSV and TSV as they really come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.readers.sheets import open_sheet
from reviewer.submission import RemarkKind, Source, Submission
from tests.readers.sheets.making import HEADER, PROSE, broken, delimited, only, opened, read, texts

if TYPE_CHECKING:
    from pathlib import Path

TEXT = f"Purpose\n{PROSE}"


def test_a_value_stands_under_its_header_with_its_address(tmp_path: Path) -> None:
    """A quote can be looked up in the sheet, and the header is the form's own."""
    row = only(read(tmp_path, delimited(("Title", "Owner", "Purpose"), ("Trains", "Ops", PROSE))))
    assert row.text == f"Title\nTrains\n\nPurpose\n{PROSE}"
    assert row.source == Source(file="intake.csv", row=2)
    assert row.place(row.text.index("broken")) == Source(file="intake.csv", row=2, cell="C2", label="Purpose")
    assert row.place(row.text.index("Purpose")) == Source(file="intake.csv", row=1, cell="C1", label="Purpose")
    assert [row.text[start:end] for start, end in row.own_words] == ["Title", "Purpose"]
    assert row.fields == (("Title", "Trains"), ("Owner", "Ops"), ("Purpose", PROSE))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    """Whatever parts the cells, also where the texts are full of commas."""
    rows = [(str(at), f"To count cars, vans, and bikes {at}; by camera, at night") for at in range(5)]
    found = read(tmp_path, delimited(HEADER, *rows, delimiter=delimiter))
    assert texts(found) == [f"Purpose\n{purpose}" for _, purpose in rows]


def test_excel_writes_semicolons_and_a_mark(tmp_path: Path) -> None:
    """The mark is no part of the first header."""
    data = b"\xef\xbb\xbf" + f"ID;Purpose\r\n1;{PROSE}, and caf\u00e9s\r\n".encode()
    row = only(read(tmp_path, data))
    assert (row.id, row.text) == ("1", f"{TEXT}, and caf\u00e9s")


def test_excel_may_tell_the_delimiter(tmp_path: Path) -> None:
    """The line `sep=;` is no row, and a spreadsheet does not count it."""
    row = only(read(tmp_path, f"sep=;\r\nID;Purpose\r\n1;{PROSE}\r\n"))
    assert (row.source.row, row.text) == (2, TEXT)


def test_tsv_is_cut_at_tabs(tmp_path: Path) -> None:
    """The ending decides between candidates that do as well."""
    assert texts(read(tmp_path, f"ID\tPurpose\n1\t{PROSE}\n", Format.TSV)) == [TEXT]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """Every encoding in which spreadsheets save gives the same text."""
    data = delimited(HEADER, ("1", f"{PROSE} in M\u00fcnchen"), ("2", f"{PROSE} in K\u00f6ln"))
    assert texts(read(tmp_path, data.encode(encoding))) == [f"{TEXT} in M\u00fcnchen", f"{TEXT} in K\u00f6ln"]


def test_a_file_in_windows_1252_says_so(tmp_path: Path) -> None:
    """It is a guess, so that it is told."""
    sheet = opened(tmp_path, delimited(HEADER, ("1", f"{PROSE} in K\u00f6ln")).encode("cp1252"))
    assert sheet.look().tables[0].notes == ("It is not in UTF-8 and was read as Windows-1252.",)


def test_mixed_encodings_are_read_row_by_row(tmp_path: Path) -> None:
    """A row from another program does not garble the others, and has a note."""
    good, odd = (f"{number},{PROSE} in {city}\n" for number, city in ((1, "K\u00f6ln"), (2, "M\u00fcnchen")))
    data = b"ID,Purpose\n" + good.encode() + odd.encode("cp1252") + good.encode()
    first, second, third = read(tmp_path, data)
    assert texts([first, second, third]) == [f"{TEXT} in K\u00f6ln", f"{TEXT} in M\u00fcnchen", f"{TEXT} in K\u00f6ln"]
    assert isinstance(first, Submission)
    assert isinstance(second, Submission)
    assert isinstance(third, Submission)
    assert [len(row.remarks) for row in (first, second, third)] == [0, 1, 0]
    assert "Windows-1252" in second.remarks[0].text


def test_line_breaks_within_a_cell_are_kept(tmp_path: Path) -> None:
    """Rows are counted as a spreadsheet does, not as lines."""
    data = delimited(HEADER, ("1", f"{PROSE}\r\n\r\nand more"), ("2", PROSE))
    first, second = read(tmp_path, data)
    assert texts([first]) == [f"{TEXT}\n\nand more"]
    assert isinstance(second, Submission)
    assert second.source.row == 3


def test_blank_rows_are_counted_and_passed_over(tmp_path: Path) -> None:
    """A blank row is no submission, and the next keeps its number."""
    row = only(read(tmp_path, f"ID,Purpose\n\n,\n1,{PROSE}\n"))
    assert row.source.row == 4


def test_a_short_row_is_filled_up(tmp_path: Path) -> None:
    """What is missing at the end is blank."""
    rows = read(tmp_path, f"Purpose,ID,Benefits\n{PROSE}\n{PROSE},2,Time\n")
    first = rows[0]
    assert isinstance(first, Submission)
    assert (first.id, first.fields) == (None, (("Purpose", PROSE), ("ID", ""), ("Benefits", "")))


def test_what_stands_beyond_the_header_is_kept_and_bars_an_approval(tmp_path: Path) -> None:
    """A comma without quotes cuts a text in two: its second half was not read, and that is said."""
    row = only(read(tmp_path, f"ID,Purpose\n1,{PROSE}, and to score people\n"))
    assert row.fields[-1] == ("column 3", "and to score people")
    assert [(remark.kind, remark.text) for remark in row.remarks] == [
        (RemarkKind.UNREAD, "What stands in column 3 was not read: the header has no such column.")
    ]


def test_nul_characters_go_with_a_note(tmp_path: Path) -> None:
    """They can stand in no database, and must not part a word."""
    row = only(read(tmp_path, f"ID,Purpose\n1,{PROSE} sc\0ored\n"))
    assert row.text == f"{TEXT} scored"
    assert [remark.kind for remark in row.remarks] == [RemarkKind.NOTE]


def test_escapes_of_excel_are_resolved(tmp_path: Path) -> None:
    """Exports of workbooks carry `_x000D_` along as plain text."""
    assert texts(read(tmp_path, delimited(HEADER, ("1", f"{PROSE}_x000D_\nand more")))) == [f"{TEXT}\nand more"]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    """The rows after it are read as if it were not there, and the message says where it opens."""
    rows = read(tmp_path, f'ID,Purpose\n1,{PROSE}\n2,"{PROSE}\n3,{PROSE}\n4,{PROSE}\n')
    assert texts(rows) == [TEXT, "UnreadableDocument", TEXT, TEXT]
    assert str(rows[1]) == (
        "intake.csv, row 3: a quote that opens in line 3 of the file is never closed; close it, or take it out."
    )


def test_a_quote_left_open_at_the_very_end(tmp_path: Path) -> None:
    """The last row without a line end is named, too."""
    assert texts(read(tmp_path, f'ID,Purpose\n1,{PROSE}\n2,"{PROSE}')) == [TEXT, "UnreadableDocument"]


def test_an_open_quote_does_not_swallow_the_file(tmp_path: Path) -> None:
    """It is given up at the limit, and reading goes on at the line after the one where it opened."""
    lines = "".join(f"{number},{PROSE}\n" for number in range(3, 60))
    rows = read(tmp_path, f'ID,Purpose\n1,{PROSE}\n2,"{PROSE}\n{lines}', limits=Limits(max_characters=200))
    assert texts(rows) == [TEXT, "TooLarge", *[TEXT] * 57]
    assert "begins in line 3" in str(rows[1])


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A line far over the limit is one broken row, and the next is read."""
    rows = read(tmp_path, f"ID,Purpose\n1,{'word ' * 1000}\n2,{PROSE}\n", limits=Limits(max_characters=100))
    assert texts(rows) == ["TooLarge", TEXT]


def test_a_cell_longer_than_the_csv_module_likes(tmp_path: Path) -> None:
    """The module's own limit of 131,072 characters is not ours."""
    long = "word " * 40_000
    assert texts(read(tmp_path, delimited(HEADER, ("1", long)))) == [f"Purpose\n{long.strip()}"]


def test_a_text_over_the_limit_names_its_row_and_keeps_its_id(tmp_path: Path) -> None:
    """It can still be found in the list of what was asked."""
    rows = read(tmp_path, delimited(HEADER, ("A-1", "word " * 40), ("A-2", PROSE)), limits=Limits(max_characters=100))
    error = broken(rows[0])
    assert isinstance(error, TooLarge)
    assert error.about is not None
    assert (error.about.id, error.about.source.row, error.about.text) == ("A-1", 2, "")
    assert texts(rows[1:]) == [TEXT]


def test_a_row_that_says_nothing_in_the_columns_read(tmp_path: Path) -> None:
    """Dashes are no answer; the row is named with all that is known of it."""
    first, second, third = read(tmp_path, delimited(HEADER, ("A-1", "-"), ("A-2", ""), ("A-3", PROSE)))
    assert isinstance(first, EmptySubmission)
    assert isinstance(second, EmptySubmission)
    assert first.about is not None
    assert first.about.fields == (("ID", "A-1"), ("Purpose", "-"))
    assert "'Purpose'" in str(first)
    assert texts([third]) == [TEXT]


@pytest.mark.parametrize(
    ("data", "told"), [("ID,Purpose\n", "a header and no rows"), ("", "nothing in it"), (",\n,\n", "nothing")]
)
def test_nothing_to_review(tmp_path: Path, data: str, told: str) -> None:
    """A header alone and an empty file say what they lack."""
    with pytest.raises(EmptySubmission, match=told):
        opened(tmp_path, data)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error is one of the file, so that the others go on."""
    with pytest.raises(UnreadableDocument, match=r"gone\.csv: cannot be read: no such file"):
        open_sheet(tmp_path / "gone.csv", "gone.csv", Format.CSV, Limits())


def test_quotes_left_open_in_every_row_end(tmp_path: Path) -> None:
    """Each such row hides all that follow, and reading them again for each of them would never end."""
    good = [("ID", "Purpose"), *((str(number), PROSE) for number in range(5))]
    data = delimited(*good) + 'a"b,"\n' * 2_000
    rows = read(tmp_path, data, limits=Limits(max_characters=1_000))
    assert texts(rows)[:5] == [TEXT] * 5
    assert str(broken(rows[-1])).endswith("of the file on; close them.")
    assert len(rows) < len(range(1_000))
