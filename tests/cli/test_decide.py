"""`reviewer decide`: what people filled in, taken in beside the verdicts."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reviewer.cli import run
from reviewer.cli.status import Status
from reviewer.spreadsheet import Column
from reviewer.verdict import Decision
from tests import entries
from tests.cli import shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = [Column.NUMBER, Column.YOUR_DECISION, Column.REASON, Column.NAME, Column.VALID_UNTIL, Column.VERDICT]


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Path:
    """Make a store with a run of six approvals."""
    path = tmp_path / "intake.db"
    shelf.stock(path, [entries.entry(i, fields=(("Number", "17"), ("Name", "Bot"))) for i in range(6)], "march")
    return path


@pytest.fixture(name="fill")
def _fill(tmp_path: Path) -> Callable[..., str]:
    """Give a function that writes a sheet with these rows and names it."""

    def fill(*rows: tuple[str, ...], name: str = "result.csv") -> str:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        return str(tmp_path / name)

    return fill


def decided(store: Path, sheet: str, *options: str) -> list[str]:
    """Give the command line that takes a sheet in."""
    return ["decide", "--store", str(store), "--from", sheet, *options]


def test_decisions_stand_beside_the_verdicts(
    store: Path, fill: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Decision, reason, name and date are kept, the verdict stays, and those that differ are counted."""
    sheet = fill(("#1", "Reject", "Too risky", "A reviewer", "2027-12-31"), ("#2", "approve", "Fine", "A reviewer"))
    assert run(decided(store, sheet)) == Status.APPROVE
    assert capsys.readouterr().out == "Taken in: 2; 1 of them differ from the recommendation.\n"
    first, second, *others = shelf.of_run(store)
    (told,) = first.sign_offs
    assert (told.decision, told.reason, told.name, str(told.valid_until)) == (
        Decision.REJECT,
        "Too risky",
        "A reviewer",
        "2027-12-31",
    )
    assert first.verdict
    assert first.verdict.decision is Decision.APPROVE
    assert len(second.sign_offs) == 1
    assert all(not entry.sign_offs for entry in others)


def test_the_same_sheet_again_changes_nothing(
    store: Path, fill: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever is not sure whether it was taken in may do it again."""
    sheet = fill(("#1", "Reject", "Too risky", "A reviewer"))
    run(decided(store, sheet))
    capsys.readouterr()
    assert run(decided(store, sheet)) == Status.APPROVE
    assert "There already: 1." in capsys.readouterr().out
    assert len(shelf.of_run(store)[0].sign_offs) == 1


def test_a_row_that_cannot_be_meant_is_named_and_the_others_are_done(
    store: Path, fill: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A word that is no decision and a number that there is not give 5, with their rows."""
    rows = [("#1", "Maybe", "?", "A reviewer"), ("#99", "Reject", "No", "A reviewer"), ("#3", "Refer", "Ask", "B")]
    assert run(decided(store, fill(*rows))) == Status.INPUT
    shown = capsys.readouterr()
    assert "row 2: 'Maybe'" in shown.err
    assert "'#99'" in shown.err
    assert "Taken in: 1; 1 of them differ from the recommendation.\nNot taken in: 2" in shown.out
    assert [len(entry.sign_offs) for entry in shelf.of_run(store)] == [0, 0, 1, 0, 0, 0]


def test_a_decision_on_an_earlier_verdict_is_said(
    store: Path, fill: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A sheet that was out while rows were reviewed anew is taken in, and these are to be looked at again."""
    (before, *_) = shelf.of_run(store)
    shelf.stock(store, [replace(before, verdict=entries.verdict(text="It has changed."))], "march")
    assert before.verdict
    sheet = fill(("#1", "Approve", "Fine", "A reviewer", "", before.verdict.review_digest))
    assert run(decided(store, sheet)) == Status.APPROVE
    assert "On an earlier verdict: 1" in capsys.readouterr().out


def test_a_sheet_of_another_store_decides_nothing(
    store: Path, fill: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A decision on a verdict that the submission never had is about another one, and stands beside none."""
    assert run(decided(store, fill(("#1", "Approve", "Fine", "A reviewer", "", "another digest")))) == Status.INPUT
    assert "#1 in the store" in capsys.readouterr().err
    assert not shelf.of_run(store)[0].sign_offs


def test_numbers_of_another_run_are_refused(
    store: Path, fill: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever names the run does not decide on rows of another by mistake."""
    shelf.stock(store, [entries.entry(1)], "april")
    sheet = fill(("#1", "Reject", "Too risky", "A reviewer"))
    assert run(decided(store, sheet, "--run", "april")) == Status.INPUT
    assert run(decided(store, sheet, "--run", "march")) == Status.APPROVE
    assert "'#1'" in capsys.readouterr().err


def test_an_empty_sheet_says_what_to_fill_in(
    store: Path, fill: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A sheet that was sent back as it came is no silent success."""
    assert run(decided(store, fill(("#1", "", "", "")))) == Status.APPROVE
    assert "Nobody has decided anything" in capsys.readouterr().out


def test_a_file_that_is_no_sheet_is_an_input_error(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong file is named, and nothing is taken in."""
    assert run(decided(store, str(tmp_path / "missing.xlsx"))) == Status.INPUT
    assert "missing.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_blind_sheet_comes_back_as_answers(
    store: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the draw to the miss rate by way of the checker's file, where the input has a Number and a Name, too."""
    sheet = tmp_path / f"check.{ending}"
    sampled = ["sample", "--store", str(store), "--n", "4", "--seed", "1"]
    assert run([*sampled, "--out", str(sheet)]) == Status.APPROVE
    (fill_in_csv if ending == "csv" else fill_in_xlsx)(sheet)
    assert run(decided(store, str(sheet))) == Status.APPROVE
    assert run(sampled) == Status.APPROVE
    assert "would not have approved 4 of 4 (100.0 %, 95 % interval 51.0 to 100.0 %)" in capsys.readouterr().out
    answers = [told for entry in shelf.of_run(store) for told in entry.sign_offs]
    assert {told.name for told in answers} == {"A checker"}
    assert all(told.review_digest for told in answers)


ANSWER = {"Your decision": "Reject", "Reason": "No", "Review: Name": "A checker"}


def fill_in_csv(sheet: Path) -> None:
    """Reject everything, as a checker would in an editor."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = [row | ANSWER for row in csv.DictReader(file)]
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def fill_in_xlsx(sheet: Path) -> None:
    """Reject everything, as a checker would in Excel."""
    import openpyxl

    book = openpyxl.load_workbook(sheet)
    page = book["Results"]
    places = {str(cell.value): place for place, cell in enumerate(page[1], 1)}
    for row in range(2, page.max_row + 1):
        for heading, said in ANSWER.items():
            page.cell(row, places[heading], said)
    book.save(sheet)
