"""The command with a model behind it: both readers, repeats that ask anew, a budget and a refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reviewer import trial
from reviewer.cli.status import Status
from reviewer.errors import ModelRejected
from reviewer.testing import FakeEndpoint, behaviours, reply
from tests.evaluating.test_command import ROWS, invoke

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.enable_socket


@pytest.fixture(name="cases")
def _cases(tmp_path: Path) -> Path:
    """Write the cases, each of which the model approves."""
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return file


@pytest.fixture(name="fake")
def _fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEndpoint]:
    """Give a model that finds nothing, configured through the environment, and a cache folder of its own."""
    with FakeEndpoint(otherwise=behaviours.answer(reply("approve"))) as fake:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("REVIEWER_BASE_URL", fake.base_url)
        monkeypatch.setenv("REVIEWER_MODEL", "m")
        monkeypatch.setenv("REVIEWER_API_KEY", "sk-test-0123456789")
        yield fake


def test_both_readers_read_the_same_cases(
    cases: Path, fake: FakeEndpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rules and model stand in one result, side by side, with tokens and time of the model."""
    told = tmp_path / "told.json"
    assert invoke(cases, "--readers", "rules,model", "--json", told) == Status.APPROVE
    shown = capsys.readouterr()
    assert "Asking 'm' about" in shown.err
    assert "rules and model: " in shown.out
    rules, model = trial.earlier(told).trials
    assert (fake.served, model.scores.costs.calls, rules.scores.costs.calls) == (3, 3, 0)
    assert model.scores.costs.output_tokens > 0
    assert model.scores.costs.median is not None


def test_the_model_is_the_reader_where_one_is_configured(
    cases: Path, fake: FakeEndpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    """Replies are kept for the next time, unless --no-cache says otherwise."""
    invoke(cases)
    invoke(cases)
    assert fake.served == 3
    assert "answers from memory: 3" in capsys.readouterr().out
    invoke(cases, "--no-cache")
    assert fake.served == 6


def test_repeats_ask_anew(cases: Path, fake: FakeEndpoint, capsys: pytest.CaptureFixture[str]) -> None:
    """What was kept before is not taken for a second reading."""
    invoke(cases)
    assert invoke(cases, "--repeats", "2", "--least", "overall.same=1") == Status.APPROVE
    assert fake.served == 3 + 2 * 3
    assert "Same decision and clauses in all 2 readings: 3 of 3" in capsys.readouterr().out


def test_a_budget_that_ends_earns_7(
    cases: Path, fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the budget does not reach, the rules read alone, which the result says and the status, too."""
    monkeypatch.setenv("REVIEWER_MAX_CALLS", "0")
    assert invoke(cases) == Status.BUDGET
    assert fake.served == 0
    assert "3 cases were read by the rules alone (the budget is used up: 3)." in capsys.readouterr().out


def test_a_wrong_key_is_loud(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal of the endpoint ends the evaluation, and no figure of the rules stands in for the model's."""
    with FakeEndpoint(otherwise=behaviours.status(401)) as fake:
        monkeypatch.setenv("REVIEWER_BASE_URL", fake.base_url)
        monkeypatch.setenv("REVIEWER_MODEL", "m")
        monkeypatch.setenv("REVIEWER_API_KEY", "sk-test-0123456789")
        with pytest.raises(ModelRejected):
            invoke(cases, "--no-cache")
