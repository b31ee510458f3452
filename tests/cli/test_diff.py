"""`reviewer diff`: what flipped between two runs of a store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reviewer.changes import Diff
from reviewer.cli import run
from reviewer.cli.status import Status
from reviewer.exporters.difference import as_text
from reviewer.receipt import WhyNotModel
from tests import entries
from tests.cli import shelf

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Path:
    """Make a store with two runs, of which the second flips one row, loses one and has a new one."""
    path = tmp_path / "intake.db"
    shelf.stock(path, [entries.entry(i, "approve" if i % 2 else "refer") for i in range(6)], "march")
    after = [entries.entry(i, "approve" if i % 2 else "refer") for i in (0, 1, 2, 4, 9)]
    shelf.stock(path, [*after, entries.entry(3, "refer", by_rules=WhyNotModel.OUTAGE)], "april")
    return path


def test_flips_are_told_with_their_reasons(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Row, decisions, why, what came and went, and rows that only one run has stand there for people."""
    assert run(["diff", "march", "2", "--store", str(store)]) == Status.APPROVE
    shown = capsys.readouterr().out
    assert "From run march to run april: 1 of 5 decisions flipped." in shown
    assert "(intake.csv, row 3): approve -> refer" in shown
    assert "Why: another reader decided." in shown
    assert "Read by: the model -> the rules (the model could not be reached)" in shown
    assert "Reasons: -nothing_found +answer_needed" in shown
    assert "Only in run april: 1\n  - #11 (intake.csv, row 9)" in shown
    assert "Only in run march: 1\n  - #6 (intake.csv, row 5)" in shown


def test_the_table_counts_from_and_to(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each pair of decisions has its cell, under headings that say which run is which."""
    run(["diff", "1", "2", "--store", str(store)])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["then", "approve", "then", "refer", "then", "reject"] in lines
    assert ["approve", "1", "1", "0"] in lines
    assert ["refer", "0", "3", "0"] in lines


def test_a_gate_may_ask_for_no_change(store: Path) -> None:
    """With --fail-on-change a flip gives 3, and two runs that agree give 0."""
    asked = ["diff", "--store", str(store), "--fail-on-change"]
    assert run([*asked, "march", "april"]) == Status.REFER
    assert run([*asked, "march", "march"]) == Status.APPROVE


def test_programs_get_the_whole(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line of JSON can be read back as a value."""
    assert run(["diff", "march", "april", "--store", str(store), "--format", "json"]) == Status.APPROVE
    (line,) = capsys.readouterr().out.splitlines()
    told = Diff.model_validate(json.loads(line))
    assert [flip.row.key for flip in told.flips] == ["key-3"]


def test_a_run_that_there_is_not_is_named(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the name of a run is told with those there are."""
    assert run(["diff", "march", "may", "--store", str(store)]) == Status.USAGE
    shown = capsys.readouterr().err
    assert "'may'" in shown
    assert "'april'" in shown


def test_names_cannot_draw_on_a_terminal() -> None:
    """Control characters in the name of a run are shown by their codes."""
    nothing = Diff(flips=(), table={}, restated=0, added=(), removed=())
    assert "a<U+001B>[2J" in as_text(nothing, "a\x1b[2J", "b")
