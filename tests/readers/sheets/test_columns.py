"""Which columns are read, and which one holds the ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.errors import UnreadableDocument
from reviewer.readers.sheets import Template
from tests.readers.sheets.making import PROSE, delimited, only, opened, read, texts

if TYPE_CHECKING:
    from pathlib import Path


def columns(folder: Path, *rows: tuple[str, ...], template: Template | None = None) -> tuple[str, ...]:
    """Give the columns that are read."""
    return opened(folder, delimited(*rows), template=template).look().tables[0].text_columns


@pytest.mark.parametrize(
    "header",
    [
        "description",
        "Use Case Name",
        "use_case_name",
        "problemSolved",
        "Expected benefits",
        "system_outputs",
        "Doel",
        "Projectomschrijving",
        "Begr\u00fcndung",
        "Zweck der Anwendung",
        "R\u00e9sum\u00e9",
        "Finalit\u00e9 du syst\u00e8me",
        "Descripci\u00f3n",
        "Prop\u00f3sito",
        "Who will see the results?",
        "What does the system decide",
        "\u00bfQui\u00e9n lo usa?",
    ],
)
def test_a_header_tells_that_its_column_describes(tmp_path: Path, header: str) -> None:
    """Words of five languages, and questions, make it plain, however short the answers."""
    assert columns(tmp_path, ("Stage", header), ("Pilot", "Wheels"), ("Live", "Doors")) == (header,)


@pytest.mark.parametrize(
    "header", ["Stage", "contact_email", "Link to the description", "Date of the request", "Vendor"]
)
def test_other_columns_are_not_read(tmp_path: Path, header: str) -> None:
    """What names people, days, addresses or stages does not describe a project."""
    assert columns(tmp_path, (header, "Purpose"), ("Pilot", "Wheels"), ("Live", "Doors")) == ("Purpose",)


@pytest.mark.parametrize("value", ["ops@rail.example", "https://rail.example/wheels", "2026-11-01"])
def test_addresses_and_dates_are_never_read(tmp_path: Path, value: str) -> None:
    """Not even where the header asks for them."""
    assert columns(tmp_path, ("Where can we find it?", "Purpose"), (value, "Wheels"), (value, "Doors")) == ("Purpose",)


def test_prose_is_read_under_any_header(tmp_path: Path) -> None:
    """A quarter of the cells with six words or more is enough."""
    rows = [("Pilot", "short"), ("Pilot", PROSE), ("Pilot", "short"), ("Pilot", "short")]
    assert columns(tmp_path, ("Stage", "Field 7"), *rows) == ("Field 7",)


@pytest.mark.parametrize(
    "header", ["id", "Key", "No.", "Ticket", "Use case ID", "case_id", "caseId", "Reference number"]
)
def test_ids_are_found(tmp_path: Path, header: str) -> None:
    """By a header that is plainly one, over values that differ."""
    rows = read(tmp_path, delimited((header, "Purpose"), ("A-1", PROSE), ("A-2", PROSE)))
    assert [getattr(row, "id", None) for row in rows] == ["A-1", "A-2"]


def test_a_column_of_equal_values_holds_no_ids(tmp_path: Path) -> None:
    """A number that nearly all rows share calls none of them."""
    rows = [("7", PROSE)] * 4
    assert opened(tmp_path, delimited(("Number", "Purpose"), *rows)).look().tables[0].id_column is None


def test_a_blank_id_is_none(tmp_path: Path) -> None:
    """The row is then called by its place, and the look counts such rows."""
    sheet = opened(tmp_path, delimited(("ID", "Purpose"), ("A-1", PROSE), ("", PROSE)))
    assert [getattr(row, "id", "") for row in sheet.submissions()] == ["A-1", None]
    assert sheet.look().tables[0].without_id == 1


def test_no_plain_column_lists_what_there_is(tmp_path: Path) -> None:
    """The message has the names to choose from and the option to do so."""
    with pytest.raises(UnreadableDocument, match=r"--text-column, of A: 'Stage', B: 'Colour'"):
        opened(tmp_path, delimited(("Stage", "Colour"), ("Pilot", "red"), ("Live", "blue")))


def test_named_columns_are_read_in_the_order_named(tmp_path: Path) -> None:
    """Only those, whatever else looks like prose; capitals do not matter."""
    template = Template(text_columns=("colour", "Stage"), id_column="Purpose")
    data = delimited(("Stage", "Purpose", "Colour"), ("Pilot", "Wheels", "red"))
    row = only(read(tmp_path, data, template=template))
    assert (row.text, row.id) == ("Colour\nred\n\nStage\nPilot", "Wheels")


def test_columns_may_be_named_by_letter(tmp_path: Path) -> None:
    """As a spreadsheet shows them; a header of that name goes first."""
    data = delimited(("Stage", "A", "Purpose"), ("Pilot", "Wheels", PROSE))
    assert only(read(tmp_path, data, template=Template(text_columns=("C",)))).text == f"Purpose\n{PROSE}"
    assert only(read(tmp_path, data, template=Template(text_columns=("A",)))).text == "A\nWheels"


def test_a_wrong_name_gets_the_nearest(tmp_path: Path) -> None:
    """A slip of the pen is put right by the message."""
    with pytest.raises(UnreadableDocument, match="no column 'Purpsoe'; the nearest is 'Purpose'"):
        opened(tmp_path, delimited(("ID", "Purpose"), ("1", PROSE)), template=Template(text_columns=("Purpsoe",)))


def test_a_name_like_none_gets_the_list(tmp_path: Path) -> None:
    """Where nothing is near, all are named."""
    with pytest.raises(UnreadableDocument, match="it has 'ID', 'Purpose'"):
        opened(tmp_path, delimited(("ID", "Purpose"), ("1", PROSE)), template=Template(text_columns=("Xylophone",)))


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    """The name alone is refused with both letters; with a letter it is taken; fields carry both."""
    data = delimited(("Purpose", "Stage", "Purpose"), ("Wheels", "Pilot", "Doors"))
    with pytest.raises(UnreadableDocument, match=r"'Purpose \(A\)' or 'Purpose \(C\)'"):
        opened(tmp_path, data, template=Template(text_columns=("Purpose",)))
    row = only(read(tmp_path, data, template=Template(text_columns=("Purpose (C)",))))
    assert row.text == "Purpose\nDoors"
    assert row.fields == (("Purpose", "Wheels"), ("Stage", "Pilot"), ("Purpose", "Doors"))


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    """Exports put one to three lines there; rows keep their numbers, and the look says so."""
    data = delimited(("AI intake 2026", "", ""), (), ("ID", "Purpose", "Stage"), ("1", PROSE, "Pilot"))
    sheet = opened(tmp_path, data)
    row = only(list(sheet.submissions()))
    assert (row.source.row, row.id) == (4, "1")
    assert "The header is row 3; what stands above it is not read." in sheet.look().tables[0].notes


def test_the_header_may_be_told(tmp_path: Path) -> None:
    """Where lines above it look like one."""
    data = delimited(("Exported by", "Intake"), ("ID", "Purpose"), ("1", PROSE))
    assert only(read(tmp_path, data, template=Template(header_row=2))).text == f"Purpose\n{PROSE}"
    with pytest.raises(UnreadableDocument, match="row 9 holds no header"):
        opened(tmp_path, data, template=Template(header_row=9))


@pytest.mark.parametrize("first", [("A-1", f"{PROSE} at night and by day."), ("17", "2026-11-01")])
def test_rows_without_a_header(tmp_path: Path, first: tuple[str, str]) -> None:
    """The first row is not lost as one: a header or a letter is asked for, and then all rows are read."""
    data = delimited(first, ("A-2", PROSE))
    with pytest.raises(UnreadableDocument, match="--text-column C"):
        opened(tmp_path, data)
    rows = read(tmp_path, data, template=Template(text_columns=("B",)))
    assert texts(rows) == [f"column 2\n{first[1]}", f"column 2\n{PROSE}"]


def test_a_header_that_comes_again_is_no_row(tmp_path: Path) -> None:
    """Sheets are put one below the other with their headers."""
    header = ("ID", "Purpose")
    assert len(read(tmp_path, delimited(header, ("1", PROSE), header, ("2", PROSE)))) == 2


def test_one_column_of_texts(tmp_path: Path) -> None:
    """A list under a plain word is a sheet, too."""
    assert texts(read(tmp_path, f"Description\n{PROSE}\n{PROSE} again\n"))[1] == f"Description\n{PROSE} again"


def test_a_column_without_a_name_is_called_by_its_number(tmp_path: Path) -> None:
    """Its values are in the fields all the same, and its prose is read."""
    row = only(read(tmp_path, delimited(("ID", "", "Stage"), ("1", PROSE, "Pilot"))))
    assert (row.text, row.fields[1]) == (f"column 2\n{PROSE}", ("column 2", PROSE))


def test_the_long_options_of_a_closed_list_are_the_forms_own(tmp_path: Path) -> None:
    """What was only picked from a few sentences of the form is not read, and a yes or no to a question is."""
    kinds = ("Generative: it writes texts and draws pictures.", "Agentic: it takes decisions with no human at all.")
    asks = "Does it use data of persons?"
    rows = [(kinds[number % 2], ("Yes", "No")[number % 2], f"{number} {PROSE}") for number in range(40)]
    assert columns(tmp_path, ("Kind", asks, "What it does"), *rows) == (asks, "What it does")
