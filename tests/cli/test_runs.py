"""`reviewer runs`, and how the commands that stand on a store find it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reviewer.cli import run
from reviewer.cli.status import Status
from reviewer.store.store import Store
from tests import entries
from tests.cli import shelf

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Path:
    """Make a store with a finished run, and one that was begun."""
    path = tmp_path / "intake.db"
    decisions = ("approve", "refer", "refer", "reject", None)
    shelf.stock(path, [entries.entry(i, decision) for i, decision in enumerate(decisions)], "march")
    with Store.open(path) as store:
        store.begin(entries.plan(inputs=("mail/",)))
    return path


def test_runs_are_listed_with_what_came_of_them(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Number, name, policy, model, rows by decision, when and from what: all on one line a run."""
    assert run(["runs", "--store", str(store)]) == Status.APPROVE
    head, march, begun = capsys.readouterr().out.splitlines()
    assert " ".join(head.split()) == "Run Name Policy Model approve refer reject no verdict Begun Ended Inputs"
    when = "2026-03-02 12:00"
    assert " ".join(march.split()) == f"1 march house@1 reader-1 1 2 1 1 {when} {when} intake.csv, march.csv"
    assert begun.split()[-2:] == ["unfinished", "mail/"]


def test_programs_get_one_run_a_line(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is an object with the whole run and its counts."""
    assert run(["runs", "--store", str(store), "--format", "json"]) == Status.APPROVE
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["rows"] == {"approve": 1, "refer": 2, "reject": 1, "no verdict": 1}
    assert (first["run"]["plan"]["name"], second["run"]["ended_at"]) == ("march", None)


def test_the_environment_may_name_the_store(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who works with one store all day names it once."""
    monkeypatch.setenv("REVIEWER_STORE", str(store))
    assert run(["runs"]) == Status.APPROVE
    assert "march" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [["runs"], ["diff", "a", "b"], ["sample", "--seed", "7"], ["decide", "--from", "a.xlsx"]]
)
def test_a_store_must_be_named(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """No command guesses where the decisions of a house are kept."""
    assert run(command) == Status.USAGE
    told = "Error: Name the store with --store (a file, or postgresql://...) or REVIEWER_STORE.\n"
    assert capsys.readouterr().err == told


def test_a_slip_in_the_name_makes_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reading from a store that is not there is an error, and leaves no empty file behind."""
    missing = tmp_path / "intaek.db"
    assert run(["runs", "--store", str(missing)]) == Status.USAGE
    assert f"There is no store {str(missing)!r}" in capsys.readouterr().err
    assert not missing.exists()


def test_an_empty_store_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A store without runs is no error."""
    Store.open(tmp_path / "new.db").close()
    assert run(["runs", "--store", str(tmp_path / "new.db")]) == Status.APPROVE
    assert "no run in this store" in capsys.readouterr().out
