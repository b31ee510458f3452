"""A run as an Excel workbook."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import openpyxl
import pytest
from defusedxml import ElementTree

from reviewer.errors import SettingsError
from reviewer.exporters import xlsx
from reviewer.exporters.xlsx import MOST_CHARACTERS, shown
from reviewer.spreadsheet import SHEET, Column
from reviewer.verdict import Tier
from tests.exporters import makers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reviewer.run import Entry


def written(*entries: Entry) -> bytes:
    """Give the workbook of some entries."""
    file = io.BytesIO()
    xlsx.write(file, makers.run(), makers.entries(*entries))
    return file.getvalue()


def opened(*entries: Entry) -> Workbook:
    """Read the workbook of some entries back."""
    return openpyxl.load_workbook(io.BytesIO(written(*entries)))


def column(sheet: Worksheet, name: str) -> list[Cell]:
    """Give the cells under a heading."""
    headings = [cell.value for cell in sheet[1]]
    return [row[headings.index(name)] for row in sheet.iter_rows(min_row=2)]  # type: ignore[misc]  # no merged cells


def test_it_opens_with_three_sheets_in_the_order_of_reading() -> None:
    """The summary first, then what to take up, then every row in the order of the input."""
    book = opened(*makers.every_kind())
    assert book.sheetnames == ["Summary", "To do", SHEET]
    results = book[SHEET]
    assert [cell.value for cell in column(results, Column.NUMBER)] == [f"#{number}" for number in range(1, 10)]
    assert [cell.value for cell in column(results, "Title")] == [f"Project {number}" for number in range(1, 10)]


def test_what_to_do_is_sorted_by_tier() -> None:
    """Only what a reviewer has to look at is listed, the most urgent first; what has vanished is not."""
    question = makers.verdict("referred").model_copy(update={"tier": Tier.CLAUSE_IN_QUESTION})
    entries = [makers.entry(1, verdict=question), *makers.every_kind()[1:]]
    to_do = opened(*entries)["To do"]
    assert [cell.value for cell in column(to_do, Column.NUMBER)] == ["#2", "#3", "#1"]
    assert [cell.value for cell in column(to_do, Column.TIER)][-1] == "2 Clause in question"


def test_what_to_do_says_which_project_it_is() -> None:
    """Id and project stand after the number, so that nobody has to look them up; the results stay as they were."""
    project = [("Ref", "UC-2"), ("Project name", " Body\ncameras "), ("Purpose", makers.FACES)]
    book = opened(makers.entry(1, "rejected"), makers.with_fields(2, "rejected", *project))
    to_do = book["To do"]
    assert [cell.value for cell in to_do[1]][:4] == [Column.NUMBER, "Id", "Project", Column.DECISION]
    assert [cell.value for cell in column(to_do, "Id")] == ["UC-1", "UC-2"]
    assert [cell.value for cell in column(to_do, "Project")] == ["Project 1", "Body cameras"]
    assert "Project" not in [cell.value for cell in book[SHEET][1]]


def test_every_cost_has_four_decimals() -> None:
    """A column of sums can be read down, whatever a row has cost."""
    verdict = makers.verdict("approved")
    assert verdict.receipt
    receipt = verdict.receipt.model_copy(update={"cost": 0.25, "cost_unknown": None})
    (cost,) = column(opened(makers.entry(1, verdict=verdict.model_copy(update={"receipt": receipt})))[SHEET], "Cost")
    assert (cost.value, cost.number_format) == (0.25, "0.0000")


def test_the_summary_says_what_the_run_came_to() -> None:
    """Its numbers are those of the run, and the policy's page is its one link."""
    book = opened(*makers.every_kind())
    rows = {row[0].value: row[1].value for row in book["Summary"].iter_rows()}
    assert (rows["In all"], rows["Reject"], rows["Could not be read"]) == (8, 2, 1)
    assert rows["Keyword rules only, and they found something"] == 1
    links = [cell.hyperlink.target for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [makers.run().plan.policy.url]


def test_nothing_is_a_formula_or_a_link() -> None:
    """Every text stays a text; one that would run if typed in is marked as text, and is otherwise as it was."""
    given = ["=1+1", "@x", "-5", "https://x.example", "mailto:a@b.example", "internal:Results!A1", "{=1}", "'=2"]
    fields = [(f"Column {number}", value) for number, value in enumerate(given)]
    book = opened(makers.with_fields(1, "approved", *fields))
    cells = list(book[SHEET][2])[: len(given)]
    assert [cell.value for cell in cells] == given
    assert {cell.data_type for cell in cells} == {"s"}
    assert [int(cell.quotePrefix) for cell in cells] == [1, 1, 1, 0, 0, 0, 0, 1]
    assert not [cell for cell in cells if cell.hyperlink]


def test_a_text_cannot_break_the_file() -> None:
    """Marked-up runs, Excel's own escapes, control characters and half letters come out as text."""
    given = ["<r><t>x</t>&oops</r>", "_x0041_", "a\x00\x0b\x1fb", "c\ud800d\uffff", "<b>&amp;", " two\nlines ", "]]>"]
    fields = [(f"Column {number}", value) for number, value in enumerate(given)]
    data = written(makers.with_fields(1, "approved", *fields))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            try:
                ElementTree.fromstring(file.read(name))
            except ParseError as error:  # pragma: no cover
                pytest.fail(f"{name}: {error}")
    cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))[SHEET][2]][: len(given)]
    assert cells[0] == "<r><t>x</t>&oops</r> "
    assert str(cells[1]).replace("_x005F_", "_") == "_x0041_"
    assert cells[2:4] == ["a<U+0000><U+000B><U+001F>b", "c<U+D800>d<U+FFFF>"]
    assert cells[4:] == given[4:]


def test_a_cell_over_excels_limit_is_cut_visibly() -> None:
    """It fills the cell to the last unit, and says how long it was; rare letters count twice, as Excel counts them."""
    fields = [("Long", "x" * 40_000), ("Rare", "\U0001f600" * 20_000), ("Just", "y" * MOST_CHARACTERS)]
    long, rare, just = (cell.value for cell in list(opened(makers.with_fields(1, "", *fields))[SHEET][2])[:3])
    assert len(str(long)) == MOST_CHARACTERS
    assert str(long).endswith("x ... [cut: 40,000 characters; the whole text is in the store]")
    assert MOST_CHARACTERS - 1 <= len(str(rare).encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert "[cut: 20,000 characters" in str(rare)
    assert just == shown("y" * MOST_CHARACTERS) == "y" * MOST_CHARACTERS


def test_people_find_their_way_in_it() -> None:
    """The header stays in sight, every column filters, and a colour says what the word beside it says."""
    results = opened(*makers.every_kind())[SHEET]
    assert results.freeze_panes == "A2"
    assert results.auto_filter.ref == results.dimensions
    decisions = column(results, Column.DECISION)
    colours = {str(cell.value): cell.fill.start_color.rgb for cell in decisions}
    assert len(set(colours.values())) == len(colours) == 5
    assert all(cell.alignment.wrap_text for cell in decisions)


def test_people_choose_their_decision_and_type_a_date() -> None:
    """The cells that they fill in take the three decisions and a date, on every row."""
    entries = makers.every_kind()
    results = opened(*entries)[SHEET]
    rules = {rule.type: rule for rule in results.data_validations.dataValidation}
    assert rules["list"].formula1 == '"Approve,Refer,Reject"'
    place = column(results, Column.YOUR_DECISION)[0].column_letter
    assert str(rules["list"].sqref) == f"{place}2:{place}{len(entries) + 1}"
    until = column(results, Column.VALID_UNTIL)
    assert str(rules["date"].sqref).startswith(f"{until[0].column_letter}2:")
    signed = until[6].value
    assert isinstance(signed, datetime)
    assert signed.date() == date(2027, 12, 31)


def test_the_same_run_gives_the_same_bytes() -> None:
    """The clock is not in it: the day of creation is the run's."""
    entries = makers.every_kind()
    first = written(*entries)
    assert written(*entries) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {part.date_time[0] for part in file.infolist()} == {1980}
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.created == makers.NOW.replace(tzinfo=None)


def test_an_empty_run_opens_too() -> None:
    """A header alone is a workbook."""
    assert opened()[SHEET].max_row == 1


def test_more_columns_than_a_sheet_has_are_refused() -> None:
    """The error says what to export to instead."""
    wide = makers.with_fields(1, "", *((str(number), "") for number in range(16_400)))
    with pytest.raises(SettingsError, match="export to csv or jsonl"):
        written(wide)


def test_a_failure_halfway_leaves_nothing_behind() -> None:
    """What goes wrong in the store comes out as it is, and no half workbook is written when memory is tidied."""

    def broken() -> Iterator[Entry]:
        yield makers.entry(1, "approved")
        if len(calls) == 2:
            raise KeyError("gone")
        calls.append(1)

    calls: list[int] = []
    file = io.BytesIO()
    with pytest.raises(KeyError, match="gone"):
        xlsx.write(file, makers.run(), broken)
    assert file.getvalue() == b""


def test_thousands_of_rows_take_seconds() -> None:
    """3,611 rows, as many as the federal inventory has, are written well within half a minute on a busy machine."""
    entries = [replace(entry, id=number) for number in range(401) for entry in makers.every_kind()]
    started = time.perf_counter()
    written(*entries)
    assert time.perf_counter() - started < 30


def test_a_run_may_have_any_name() -> None:
    """Signs that a file of Excel's cannot hold are shown by their codes, in its properties, too."""
    file, named = io.BytesIO(), makers.run()
    named = named.model_copy(update={"plan": named.plan.model_copy(update={"name": "a\x01b\ud800"})})
    xlsx.write(file, named, makers.entries())
    assert openpyxl.load_workbook(file).properties.title == "Run a<U+0001>b<U+D800>"
