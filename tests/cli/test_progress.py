"""How far a batch has come: told on a terminal, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import Reviewer
from reviewer.batch import Row
from reviewer.cli import progress
from reviewer.errors import EmptySubmission, ModelRejected
from reviewer.submission import Submission
from reviewer.testing import ScriptedModel, reply
from tests.exporters import makers

if TYPE_CHECKING:
    import pytest

HERE = Submission(text="")


def tally() -> progress.Tally:
    """Count a row of each kind."""
    approved = Reviewer(model=ScriptedModel([reply()])).review(makers.QUIET)
    fallback = Reviewer(model=ScriptedModel([makers.OUTAGE])).review(makers.FACES)
    counted = progress.Tally()
    for row in (
        Row(1, "a", HERE, verdict=approved),
        Row(2, "b", HERE, verdict=fallback),
        Row(3, "c", HERE, error=EmptySubmission("there is no text.")),
        Row(4, "d", HERE, error=ModelRejected("refused.", only_this=True)),
        Row(5, "e", HERE),
    ):
        counted.add(row)
    return counted


def test_a_tally_says_what_has_come_of_the_rows() -> None:
    """Decisions, what is unreadable, what is left for want of budget, and who answered, in a few words."""
    counted = tally()
    assert str(counted) == "1 reject, 1 no objection, 2 unreadable, 1 not read, 1 by rules for want of an answer"
    assert (counted.done, counted.errors, counted.refused, counted.unread) == (5, 2, 1, 1)


def test_a_bar_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It goes to standard error with the rows done, and leaves standard output to programs."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "160")
    with progress.shown(lambda: 8) as show:
        show(tally())
    out, err = capsys.readouterr()
    assert out == ""
    assert "5/8" in err
    assert "1 no objection" in err


def test_without_a_terminal_nothing_is_shown_or_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """A log is not filled with bars, and nobody reads the input twice for it."""
    counted: list[int] = []
    with progress.shown(lambda: counted.append(1)) as show:
        show(tally())
    assert capsys.readouterr().err == ""
    assert counted == []
