"""`reviewer batch`, and the commands that show and forget what it has kept."""

from __future__ import annotations

import csv
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from reviewer.cli import run
from reviewer.cli.status import Status
from reviewer.store.store import Store
from reviewer.testing import FakeEndpoint, behaviours

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = "The assistant drafts answers to questions about bus timetables, and staff check and send every answer."
BREACH = "It compares the faces of passers-by with the watch list of the US city police, live on body cameras."
SHEET = f"""ID,Description,Outcome
A-1,"{CLEAN}",Accepted
A-2,"{BREACH}",Declined
A-3,,Declined
A-4,"{CLEAN} Twice.",Odd
"""


@pytest.fixture(name="sheet")
def _sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a sheet of four rows, one of them blank, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "intake.csv").write_text(SHEET, encoding="utf-8")
    return "intake.csv"


@pytest.fixture(name="kept")
def _kept(sheet: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Give a store in which the sheet was reviewed by rules."""
    assert run(["batch", sheet, "--offline", "--store", "x.db"]) == Status.INPUT
    capsys.readouterr()
    return "x.db"


def test_a_batch_tells_what_it_came_to(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row that cannot be read is named, the others are counted, and the store is said."""
    assert run(["batch", sheet, "--offline", "--store", "x.db"]) == Status.INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert "Error: intake.csv, row 4: " in err
    assert "4 submissions under Microsoft Enterprise AI Services Code of Conduct, version 4.0." in err
    assert "1 reject, 2 refer, 0 no objection; 1 could not be read, 0 not reached yet." in err
    assert "It is kept in 'x.db'." in err


@pytest.mark.parametrize(("gate", "status"), [("reject", Status.REJECT), ("refer", Status.REJECT)])
def test_a_gate_earns_the_status_of_a_review(sheet: str, tmp_path: Path, gate: str, status: Status) -> None:
    """`--fail-on` makes it a gate; what cannot be read is graver."""
    assert run(["batch", sheet, "--offline", "--store", "x.db", "--fail-on", gate]) == Status.INPUT
    rows = SHEET.splitlines(keepends=True)
    (tmp_path / "whole.csv").write_text("".join([*rows[:3], *rows[4:]]), encoding="utf-8")
    assert run(["batch", "whole.csv", "--offline", "--store", "y.db"]) == Status.APPROVE
    assert run(["batch", "whole.csv", "--offline", "--store", "y.db", "--fail-on", gate]) == status


def test_a_look_reads_and_keeps_nothing(sheet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what would be read, how many rows, and how long; no store is made."""
    assert run(["batch", sheet, "--offline", "--look"]) == Status.APPROVE
    out = capsys.readouterr().out
    assert "intake.csv: 4 rows" in out
    assert "Read: 'Description'" in out
    assert "Named by: 'ID'." in out
    assert "With nothing in these columns: 1 row." in out
    assert "the rules alone take about a second" in out
    assert [path.name for path in tmp_path.iterdir()] == ["intake.csv"]


def test_a_look_with_a_model_estimates_calls_and_cost(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What it would cost is told before anything is spent, and nobody is asked."""
    arguments = ["batch", sheet, "--look", "--model", "gpt-4o-mini", "--base-url", "https://model.example/v1"]
    assert run(arguments) == Status.APPROVE
    out = capsys.readouterr().out
    assert "calls to 'gpt-4o-mini' at model.example" in out
    assert "US dollars" in out


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_run_is_held_against_what_people_decided(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The comparison comes first to standard output, with what it cannot compare; nothing is guessed."""
    with FakeEndpoint() as fake:
        arguments = ["batch", sheet, "--store", "x.db", "--model", "fake", "--base-url", fake.base_url]
        compared = [*arguments, "--compare-column", "outcome", "--map", "Declined=reject,Accepted=approve"]
        assert run(compared) == Status.INPUT
        assert run(compared) == Status.INPUT
    out, err = capsys.readouterr()
    assert "Compared with what people decided before: 2 rows that a model read." in out
    assert "'Odd'" in out
    assert "1 reject, 0 refer, 2 no objection" in err
    assert fake.served == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--compare-column", "Outcome"], "--compare-column and --map go together"),
        (["--compare-column", "Result", "--map", "Declined=reject"], "No row has a column 'Result'"),
        (["--compare-column", "Outcome", "--map", "Declined=no"], "is no WORD=DECISION"),
        (["--out", "result.pdf"], "names no format"),
        (["--text-column", "Descripton"], "the nearest is 'Description'"),
        (["--template", "missing.toml"], "The template 'missing.toml' cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_read(
    sheet: str, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    """A slip of the pen costs nothing, and the sentence names the cure."""
    assert run(["batch", sheet, "--offline", "--store", "x.db", *arguments]) in {Status.USAGE, Status.INPUT}
    assert says in capsys.readouterr().err


def test_no_store_is_named(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a store there is no batch; the sentence says how to name one."""
    assert run(["batch", sheet, "--offline"]) == Status.USAGE
    assert "Name the store with --store" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "md", "html", "sarif", "xml"])
def test_a_run_is_exported_in_each_format(kept: str, tmp_path: Path, ending: str) -> None:
    """The ending names the format, and every row is in it."""
    assert run(["export", "--store", kept, "--to", f"out.{ending}"]) == Status.APPROVE
    data = (tmp_path / f"out.{ending}").read_bytes()
    assert data
    if ending not in {"xlsx", "md"}:
        assert b"us-police-facial-recognition" in data or b"Facial recognition for US police" in data


def test_a_sheet_comes_back_with_its_own_columns(sheet: str, tmp_path: Path) -> None:
    """The rows stand in their order with all that they held, and with what came of them."""
    run(["batch", sheet, "--offline", "--store", "x.db", "--out", "out.csv"])
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["ID"], row["Outcome"]) for row in rows] == [
        ("A-1", "Accepted"),
        ("A-2", "Declined"),
        ("A-3", "Declined"),
        ("A-4", "Odd"),
    ]
    assert [row["Decision"] for row in rows] == [
        "Refer to a person",
        "Reject",
        "Could not be read",
        "Refer to a person",
    ]


def test_a_record_is_found_by_id_and_number(kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The requester's id and our number lead to the same record, printed or written."""
    assert run(["record", "A-2", "--store", kept]) == Status.APPROVE
    printed = capsys.readouterr().out
    assert run(["record", "#2", "--store", kept, "--to", "a.html"]) == Status.APPROVE
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    for text in (printed, page):
        assert "Facial recognition for US police" in text
        assert "A person signs" in text or "a person signs" in text
    assert run(["record", "Z-9", "--store", kept]) == Status.USAGE
    assert "There is no submission 'Z-9'" in capsys.readouterr().err


def test_a_document_is_opened_as_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One command makes the page of one document; nothing else is kept."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.md").write_text(BREACH, encoding="utf-8")
    assert run(["open", "plan.md", "--offline", "--to", "plan.html", "--no-browser"]) == Status.APPROVE
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert "Facial recognition for US police" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.html", "plan.md"]


def test_a_purge_asks_first_and_says_what_is_gone(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is forgotten by a slip, and afterwards the words are in no export."""
    assert run(["purge", "--store", kept]) == Status.USAGE
    assert run(["purge", "--store", kept, "--submission", "A-2", "--yes"]) == Status.APPROVE
    assert "Forgotten: 1 row, 1 verdict" in capsys.readouterr().out
    assert run(["export", "--store", kept, "--to", "out.jsonl"]) == Status.APPROVE
    with Store.open(kept) as store:
        assert [entry.submission.id for entry in store.entries(1)] == ["A-1", "A-3", "A-4"]


def test_the_store_keeps_what_words_the_settings_say(
    sheet: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `none` no word of a submission is in the file."""
    monkeypatch.setenv("REVIEWER_STORE_TEXT", "none")
    assert run(["batch", sheet, "--offline", "--store", "x.db"]) == Status.INPUT
    capsys.readouterr()
    with Store.open("x.db") as store:
        assert all(not entry.submission.text for entry in store.entries(1))
        store.close()
    with open("x.db", "rb") as file:  # noqa: PTH123  the working folder is the test's own
        assert b"passers-by" not in file.read()


def test_a_batch_from_standard_input(
    sheet: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` is a sheet that is piped in."""
    with (tmp_path / sheet).open("rb") as file:
        monkeypatch.setattr("sys.stdin", type("Pipe", (), {"buffer": file, "isatty": lambda: False}))
        assert run(["batch", "-", "--offline", "--store", "x.db", "--run", "piped"]) == Status.INPUT
    assert "4 submissions" in capsys.readouterr().err


def test_a_read_only_output_is_told_before_anything_is_read(
    sheet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that must not be written stays as it is, and no hour of work is spent before that is said."""
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    out.chmod(stat.S_IRUSR)
    assert run(["batch", sheet, "--offline", "--store", "x.db", "--out", "out.csv"]) == Status.USAGE
    assert "The file 'out.csv' cannot be written" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(["batch", sheet, "--offline", "--store", "x.db", "--out", "missing/out.csv"]) == Status.USAGE
    assert "make its folder first" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["intake.csv", "out.csv"]


def test_a_number_is_no_name(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that is called by a number could hide the run of that number."""
    assert run(["batch", sheet, "--offline", "--store", "x.db", "--run", "1"]) == Status.USAGE
    assert "give it a name with a letter in it" in capsys.readouterr().err


def test_a_folder_is_no_store(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in place of a file is told in a sentence, the one we are in as well."""
    assert run(["batch", sheet, "--offline", "--store", "."]) == Status.USAGE
    assert "is a folder; name a file in it" in capsys.readouterr().err


def test_a_store_without_columns_compares_nothing(
    sheet: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That there will be nothing to compare with is told before anything is read."""
    monkeypatch.setenv("REVIEWER_STORE_TEXT", "quotes")
    compared = ["--compare-column", "Outcome", "--map", "Declined=reject"]
    assert run(["batch", sheet, "--offline", "--store", "x.db", *compared]) == Status.USAGE
    assert "keeps no columns" in capsys.readouterr().err


def test_a_batch_runs_in_any_thread(sheet: str) -> None:
    """Where signals cannot be handled, they are left alone."""
    with ThreadPoolExecutor() as pool:
        done = pool.submit(run, ["batch", sheet, "--offline", "--store", "x.db"])
    assert done.result() == Status.INPUT


@pytest.mark.parametrize("made", [b"no store at all", b""])
def test_a_file_that_is_no_store_is_left_alone(sheet: str, tmp_path: Path, made: bytes) -> None:
    """Another file is refused and stays as it was; an empty one becomes a store."""
    (tmp_path / "x.db").write_bytes(made)
    status = run(["batch", sheet, "--offline", "--store", "x.db"])
    assert status == (Status.USAGE if made else Status.INPUT)
    assert (tmp_path / "x.db").read_bytes().startswith(made or b"SQLite")


def test_json_lines_hold_whole_verdicts(kept: str, tmp_path: Path) -> None:
    """A program reads everything back from one line a row."""
    assert run(["export", "--store", kept, "--to", "out.jsonl"]) == Status.APPROVE
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["A-1", "A-2", "A-3", "A-4"]
    assert lines[1]["verdict"]["decision"] == "reject"
    assert lines[2]["error"]


def test_review_takes_a_sheet_and_a_folder(sheet: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """`reviewer review` reads what a batch reads, and prints a verdict for each row."""
    assert run(["review", "--offline", "--format", "json", sheet, os.curdir]) == Status.INPUT
    verdicts = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [verdict["submission"]["id"] for verdict in verdicts] == ["A-1", "A-2", "A-4"]
    assert verdicts[0]["submission"]["source"]["row"] == 2


def test_an_input_is_never_written_over(sheet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No command writes its result over the file that it, or the run, has read."""
    assert run(["batch", sheet, "--offline", "--store", "x.db"]) == Status.INPUT
    (tmp_path / "plan.md").write_text(CLEAN, encoding="utf-8")
    for arguments in (
        ["batch", sheet, "--offline", "--store", "x.db", "--out", f"./{sheet}"],
        ["export", "--store", "x.db", "--to", sheet],
        ["record", "A-2", "--store", "x.db", "--to", sheet],
        ["open", "plan.md", "--offline", "--no-browser", "--to", "plan.md"],
    ):
        capsys.readouterr()
        assert run(arguments) == Status.USAGE
        assert "is an input, and would be lost" in capsys.readouterr().err
    assert (tmp_path / sheet).read_text(encoding="utf-8") == SHEET
    assert (tmp_path / "plan.md").read_text(encoding="utf-8") == CLEAN


def test_a_slip_in_the_name_of_the_input_makes_no_run(
    sheet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing of what was named is there, nothing is kept; where something is, it is reviewed."""
    assert run(["batch", "intkae.csv", "--offline", "--store", "x.db"]) == Status.USAGE
    assert "There is no file or folder 'intkae.csv'" in capsys.readouterr().err
    assert not (tmp_path / "x.db").exists()
    assert run(["batch", "intkae.csv", sheet, "--offline", "--store", "x.db"]) == Status.INPUT
    assert "5 submissions" in capsys.readouterr().err


def test_standard_input_needs_a_name_to_go_on_by(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Two pipes are not the same input because both are called `-`."""
    assert sheet
    assert run(["batch", "-", "--offline", "--store", "x.db"]) == Status.USAGE
    assert "name the run with --run" in capsys.readouterr().err


def test_inputs_of_one_name_in_two_folders_are_two_runs(
    sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Colleagues who share a store do not go on with each other's runs."""
    store = str(tmp_path / "x.db")
    run(["batch", sheet, "--offline", "--store", store])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / sheet).write_text(SHEET, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "other")
    run(["batch", sheet, "--offline", "--store", store])
    with Store.open(store) as opened:
        assert len(opened.runs()) == 2


def test_an_id_of_several_submissions_purges_none(
    sheet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is meant has to be said by its number, and a no to the question forgets nothing."""
    (tmp_path / sheet).write_text(SHEET.replace("A-2", "A-1"), encoding="utf-8")
    run(["batch", sheet, "--offline", "--store", "x.db", "--id-column", "ID"])
    assert run(["purge", "--store", "x.db", "--submission", "A-1", "--yes"]) == Status.USAGE
    assert "(#1, #2)" in capsys.readouterr().err
    with Store.open("x.db") as store:
        assert sum(1 for _ in store.entries(1)) == 4


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_model_can_be_required(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A run in which rules decided for want of an answer leaves with a status of its own."""
    with FakeEndpoint([behaviours.status(503)]) as fake:
        asked = ["batch", sheet, "--store", "x.db", "--model", "fake", "--base-url", fake.base_url, "--require-model"]
        assert run([*asked, "--config", os.devnull]) == Status.RULES_DECIDED
    assert run(["batch", sheet, "--store", "x.db", "--require-model"]) == Status.USAGE
    assert "No model is configured" in capsys.readouterr().err


def test_a_gate_reaches_the_report(sheet: str, tmp_path: Path) -> None:
    """With `--fail-on refer` a referral is a failure in JUnit, too."""
    run(["batch", sheet, "--offline", "--store", "x.db", "--out", "a.xml", "--fail-on", "refer"])
    assert 'failures="3"' in (tmp_path / "a.xml").read_text(encoding="utf-8")


def test_a_kept_run_is_compared(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The comparison can be had later, and whole for a program."""
    told = ["--store", kept, "--column", "Outcome", "--map", "Declined=reject", "--map", "Accepted=approve"]
    assert run(["compare", *told]) == Status.APPROVE
    assert "nothing can be said of work saved" in capsys.readouterr().out
    assert run(["compare", *told, "--format", "json"]) == Status.APPROVE
    assert json.loads(capsys.readouterr().out)["unmapped"] == {"Odd": 1}


def test_a_slip_in_an_address_shows_no_password(sheet: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A URL that lacks its slashes is no file name, and what may be a password is in no message."""
    assert run(["batch", sheet, "--offline", "--store", "postgres:u:hunter2@host/db"]) == Status.USAGE
    err = capsys.readouterr().err
    assert "is no URL that can be read" in err
    assert "hunter2" not in err
