"""`reviewer sample`: draws, sheets for the checker, and the miss rate of the answers."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reviewer.cli import run
from reviewer.cli.status import Status
from reviewer.receipt import WhyNotModel
from reviewer.store.store import Keep
from tests import entries
from tests.cli import shelf

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = (("Title", "=SUM(A1)"), ("Name", "Timetable bot"), ("Outcome", "Accepted"))


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Path:
    """Make a store with a run of 40 approvals and 20 referrals."""
    path = tmp_path / "intake.db"
    shelf.stock(path, [entries.entry(i, "approve" if i % 3 else "refer", fields=FIELDS) for i in range(60)])
    return path


def sampled(store: Path, *options: str) -> list[str]:
    """Give the command line of a draw of ten."""
    return ["sample", "--store", str(store), "--n", "10", "--seed", "7", *options]


def rows(sheet: Path) -> list[dict[str, str]]:
    """Read a sheet back."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_draw_says_how_many_of_how_many(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The run, the seed, the population, and that nobody has answered yet are said."""
    assert run(sampled(store)) == Status.APPROVE
    shown = capsys.readouterr().out
    assert "Drawn with seed 7: 10 of the 40 entries that run 1 approved." in shown
    assert "Answered: 0 of 10; 10 answers are still missing." in shown
    assert "Misses" not in shown


def test_the_sheet_hides_what_the_run_decided(store: Path, tmp_path: Path) -> None:
    """A checker sees number, place, the columns of the input and empty ones, no decision, tier or reason."""
    assert run(sampled(store, "--out", str(tmp_path / "check.csv"))) == Status.APPROVE
    told = rows(tmp_path / "check.csv")
    theirs = ["Title", "Name", "Outcome"]
    to_fill_in = ["Your decision", "Reason", "Review: Name", "Valid until"]
    assert list(told[0]) == [*theirs, "Number", "Source", *to_fill_in, "Verdict"]
    assert len(told) == 10
    assert {row[column] for row in told for column in to_fill_in} == {""}
    assert {row["Title"] for row in told} == {"'=SUM(A1)"}
    digests = {f"#{one.id}": one.verdict.review_digest for one in shelf.of_run(store) if one.verdict}
    assert all(row["Verdict"] == digests[row["Number"]] for row in told)
    shown = (tmp_path / "check.csv").read_text(encoding="utf-8").casefold()
    assert "approve" not in shown
    assert "objection" not in shown


def test_a_workbook_is_the_same_sheet(store: Path, tmp_path: Path) -> None:
    """What Excel opens has the rows of the CSV, and a formula in it is a text."""
    for name in ("check.csv", "check.xlsx"):
        assert run(sampled(store, "--out", str(tmp_path / name))) == Status.APPROVE
    page = openpyxl.load_workbook(tmp_path / "check.xlsx")["Results"]
    head, *body = page.iter_rows(values_only=True)
    told = rows(tmp_path / "check.csv")
    assert list(head) == list(told[0])
    assert [row[3] for row in body] == [row["Number"] for row in told]
    assert (page["A2"].value, page["A2"].data_type) == ("=SUM(A1)", "s")


def test_a_column_may_be_kept_from_the_checker(store: Path, tmp_path: Path) -> None:
    """Former decisions in the input would tell the checker too much, and a slip in the name is an error."""
    assert run(sampled(store, "--out", str(tmp_path / "check.csv"), "--leave-out", "Outcome")) == Status.APPROVE
    assert "Outcome" not in rows(tmp_path / "check.csv")[0]
    assert run(sampled(store, "--out", str(tmp_path / "b.csv"), "--leave-out", "Result")) == Status.USAGE
    assert run(sampled(store, "--leave-out", "Outcome")) == Status.USAGE


def test_answers_give_the_miss_rate(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same command draws the same ones, and tells the share that people would not have approved."""
    run(sampled(store, "--out", str(tmp_path / "check.csv")))
    numbers = [int(row["Number"].removeprefix("#")) for row in rows(tmp_path / "check.csv")]
    for number in numbers[:8]:
        shelf.sign(store, number, "reject" if number == numbers[0] else "approve")
    capsys.readouterr()
    assert run(sampled(store)) == Status.APPROVE
    shown = capsys.readouterr().out
    assert "Answered: 8 of 10; 2 answers are still missing." in shown
    assert "Misses: people would not have approved 1 of 8 (12.5 %, 95 % interval 2.2 to 47.1 %)." in shown
    assert f"#{numbers[0]} (intake.csv, row {numbers[0] - 1}): A reviewer says reject: It should reject." in shown
    assert f"Still to answer: #{numbers[8]}, #{numbers[9]}." in shown


def test_a_second_sheet_asks_nobody_twice(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is unanswered is written, and nothing where all is answered."""
    run(sampled(store, "--out", str(tmp_path / "first.csv")))
    numbers = [row["Number"] for row in rows(tmp_path / "first.csv")]
    for number in numbers[:-1]:
        shelf.sign(store, int(number.removeprefix("#")), "approve")
    run(sampled(store, "--out", str(tmp_path / "second.csv")))
    assert [row["Number"] for row in rows(tmp_path / "second.csv")] == numbers[-1:]
    shelf.sign(store, int(numbers[-1].removeprefix("#")), "approve")
    run(sampled(store, "--out", str(tmp_path / "third.csv")))
    assert not (tmp_path / "third.csv").exists()
    assert "All of them are answered" in capsys.readouterr().err


def test_a_sheet_with_answers_is_not_overwritten(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever asks for the same file again does not lose what a checker has filled in."""
    sheet = tmp_path / "check.csv"
    sheet.write_text("filled in")
    assert run(sampled(store, "--out", str(sheet))) == Status.USAGE
    assert sheet.read_text() == "filled in"
    assert "may hold answers" in capsys.readouterr().err


def test_another_ending_is_refused(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A format that is not written is named with those that are."""
    assert run(sampled(store, "--out", str(tmp_path / "check.ods"))) == Status.USAGE
    assert "name it .xlsx or .csv" in capsys.readouterr().err


def test_fewer_than_asked_for_are_said(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All there are is drawn, and nobody takes it for what was asked for."""
    assert run(["sample", "--store", str(store), "--n", "100", "--seed", "7", "--decision", "refer"]) == Status.APPROVE
    shown = capsys.readouterr().out
    assert "20 of the 20 entries that run 1 referred." in shown
    assert "These are all there are; 100 were asked for." in shown


def test_a_run_of_rules_alone_has_nothing_to_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules never approve, and the message says so and what to do."""
    path = tmp_path / "rules.db"
    shelf.stock(path, [entries.entry(i, "refer", by_rules=WhyNotModel.OFFLINE) for i in range(3)], "rules only")
    assert run(sampled(path)) == Status.USAGE
    shown = capsys.readouterr().err
    assert "Error: Run 'rules only' approved nothing, so there is nothing to sample; rules alone never approve" in shown


def test_programs_get_the_whole(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has the rate with its limits, and each entry that is unanswered."""
    assert run(sampled(store, "--format", "json")) == Status.APPROVE
    told = json.loads(capsys.readouterr().out)
    assert (told["run"], told["seed"], told["population"], told["drawn"]) == ("1", 7, 40, 10)
    assert told["check"]["rate"] == {"k": 0, "n": 0, "low": 0.0, "high": 1.0}
    assert len(told["check"]["unanswered"]) == 10


def test_documents_show_their_text(tmp_path: Path) -> None:
    """What has no columns is read in one."""
    path = tmp_path / "intake.db"
    shelf.stock(path, [entries.entry(i) for i in range(3)])
    assert run(sampled(path, "--out", str(tmp_path / "check.csv"))) == Status.APPROVE
    assert {row["Text"] for row in rows(tmp_path / "check.csv")} == {f"Text of row {i}." for i in range(3)}


def test_a_store_without_texts_says_that_files_are_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A checker with an empty sheet is told where the texts are."""
    path = tmp_path / "intake.db"
    shelf.stock(path, [entries.entry(i) for i in range(3)], keep=Keep.QUOTES)
    assert run(sampled(path, "--out", str(tmp_path / "check.csv"))) == Status.APPROVE
    assert "hand the checker the files" in capsys.readouterr().err
    assert {row["Source"] for row in rows(tmp_path / "check.csv")} == {f"intake.csv, row {i}" for i in range(3)}
