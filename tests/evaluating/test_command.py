"""The command: cases to figures and files, labels from a store, bounds, and whatever does not fit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
import pytest

from reviewer import Reviewer, trial
from reviewer.answer import ReaderName
from reviewer.cli import commands
from reviewer.cli.status import Status
from reviewer.errors import InputError, ReviewerError, SettingsError
from reviewer.labelled import Labelled
from reviewer.labelling import signed
from reviewer.store.keep import Keep
from tests import entries
from tests.cli import shelf
from tests.evaluating.test_trial import BUS, SAD

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    {"id": "sad", "kind": "breach", "text": SAD, "expect": ["emotion-inference"]},
    {"id": "bus", "kind": "benign", "text": BUS, "expect": [], "decision": "refer"},
    {"id": "odd", "kind": "breach", "text": f"{BUS} It opens at nine.", "expect": ["social-scoring"], "language": "en"},
]


def invoke(*arguments: str | Path) -> int:
    """Run the command as part of its group."""
    return int(commands.main(["eval", *map(str, arguments)], standalone_mode=False))


@pytest.fixture(name="cases")
def _cases(tmp_path: Path) -> Path:
    """Write three cases: a breach, a harmless text, and one whose label nobody can find."""
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return file


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Path:
    """Make a store in which people have decided on three of four rows."""
    path = tmp_path / "intake.db"
    rows = [entries.entry(1, "approve"), entries.entry(2, "refer"), entries.entry(3, "refer"), entries.entry(4)]
    shelf.stock(path, rows, "march")
    for number, decision in ((1, "approve"), (2, "refer"), (3, "reject")):
        shelf.sign(path, number, decision)
    return path


def test_rules_are_scored(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, JSON and page come of one run, and the JSON has every case with its findings and quotes."""
    told, page = tmp_path / "told.json", tmp_path / "told.html"
    assert invoke(cases, "--offline", "--json", told, "--html", page) == Status.APPROVE
    shown = capsys.readouterr().out
    assert "Read by the rules alone: 3 cases, under microsoft-ai-services@4.0" in shown
    assert "odd (breach): not found: social-scoring" in shown
    result: Any = json.loads(told.read_text(encoding="utf-8"))
    assert [one["text"] for one in result["cases"]] == [row["text"] for row in ROWS]
    (found,) = [one for one in result["trials"][0]["reading"]["answers"] if one["id"] == "sad"]
    assert found["findings"][0]["clause"] == "emotion-inference"
    assert found["findings"][0]["quotes"][0]["text"] in SAD
    assert 'id="rules-odd"' in page.read_text(encoding="utf-8")


def test_the_same_cases_give_the_same_figures(cases: Path, tmp_path: Path) -> None:
    """All but the time is the same when it is run again."""
    files = [tmp_path / "1.json", tmp_path / "2.json"]
    for file in files:
        invoke(cases, "--offline", "--json", file)
    first, second = (trial.earlier(file).trials[0].scores for file in files)
    assert first.model_copy(update={"costs": second.costs}) == second


def test_a_bound_that_is_missed_earns_3(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gate hears of each bound that is not kept, and leaves with 0 where all are."""
    assert invoke(cases, "--offline", "--least", "kind.breach.recall=0.5", "--most", "overall.false-alarms=0") == 0
    bounds = ["--least", "kind.breach.recall=0.9", "--least", "overall.same=0.9"]
    assert invoke(cases, "--offline", *bounds) == Status.REFER
    shown = capsys.readouterr().err
    assert "Bound missed by rules: It was to be at least kind.breach.recall=0.9, and it is 0.5." in shown
    assert "overall.same=0.9, and it is not defined" in shown


def test_a_result_is_compared_with_an_earlier_one(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Flips are told with the test's p-value, and another set is refused before anybody reads."""
    before = tmp_path / "before.json"
    invoke(cases, "--offline", "--json", before)
    assert invoke(cases, "--offline", "--compare", before) == Status.APPROVE
    assert "rules before and rules now: 2 right in both, 1 wrong in both, 0 right only" in capsys.readouterr().out
    with pytest.raises(SettingsError, match=r"not of the same cases: .* only in the earlier result"):
        invoke(cases, "--offline", "--split", "score", "--compare", before)


def test_labels_come_from_a_store(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The run's verdicts are held against what people decided on them, and others are counted as left out."""
    assert invoke("--from-decisions", store, "--run", "march") == Status.APPROVE
    shown = capsys.readouterr().out
    assert "Read by a run of the store (reader-1 at models.example): 3 cases, under house@1" in shown
    assert "Left out: 1 nobody has decided on the verdict that stands" in shown
    assert "Decided as expected: 2 of 3" in shown
    # 2/3 agree; by chance 1/3 * 1/3 + 1/3 * 2/3 = 1/3 would.
    assert "Cohen's kappa of the decisions: 0.50" in shown
    assert "#3 (decided): decided refer, not reject" in shown


def test_the_texts_of_a_store_may_be_read_anew(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --readers the texts are read again, and people's decisions are the labels of that."""
    assert invoke("--from-decisions", store, "--readers", "rules", "--offline") == Status.APPROVE
    assert "Read by the rules alone: 3 cases, under microsoft-ai-services@4.0" in capsys.readouterr().out


def test_a_store_without_texts_cannot_be_read_anew(tmp_path: Path) -> None:
    """Where the store keeps no words, what is left out is said, and with nothing left, what to do."""
    path = tmp_path / "bare.db"
    shelf.stock(path, [entries.entry(1)], keep=Keep.NONE)
    shelf.sign(path, 1, "approve")
    (kept,) = shelf.of_run(path)
    assert signed([kept], anew=True).left_out == {"the store keeps no text": 1}
    assert signed([kept]).cases[0].expect is None
    with pytest.raises(SettingsError, match="nobody has decided on a verdict that stands"):
        invoke("--from-decisions", path, "--readers", "rules")


def test_a_half_can_be_kept_blind(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each half reads its own cases, and both together all of them."""
    counts = []
    for half in ("develop", "score"):
        invoke(cases, "--offline", "--split", half)
        shown = capsys.readouterr().out
        assert f"Half: {half}, by the first hexadecimal digit" in shown
        counts.append(int(shown.split("Cases: ")[1].split()[0]))
    assert sum(counts) == len(ROWS)


def test_what_cannot_be_read_earns_5(cases: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A case that is too long is named apart, and its file is told to be looked at."""
    settings = tmp_path / "reviewer.toml"
    settings.write_text(f"[review]\nmax_characters = {len(SAD) - 1}\n", encoding="utf-8")
    assert invoke(cases, "--offline", "--config", settings) == Status.INPUT
    assert "have no verdict, and are in none of the figures." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Name CASES.jsonl, or a store"),
        (["CASES", "--from-decisions", "x.db"], "Name CASES.jsonl, or a store"),
        (["CASES", "--run", "march"], "Name CASES.jsonl, or a store"),
        (["CASES", "--readers", "rules,people"], "write rules, model or rules,model"),
        (["CASES", "--readers", "rules,rules"], "write rules, model or rules,model"),
        (["CASES", "--readers", "model"], "No model is configured"),
        (["CASES", "--readers", "model", "--offline"], "--offline asks no model"),
        (["CASES", "--json", "CASES"], "is an input, and would be lost"),
        (["CASES", "--html", "none/there.html"], "cannot be written"),
        (["CASES", "--least", "recall"], "names no figure"),
        (["CASES", "--least", "kind.beach.recall=1"], "No case is of the kind 'beach'"),
        (["none.jsonl"], "none.jsonl: it cannot be read"),
        (["CASES", "--compare", "none.json"], "none.json: it cannot be read"),
    ],
)
def test_what_does_not_fit_is_told(cases: Path, arguments: list[str], told: str) -> None:
    """A slip is one sentence with the cure, before anything is read or written."""
    with pytest.raises((ReviewerError, click.UsageError)) as error:
        invoke(*(str(cases) if one == "CASES" else one for one in arguments))
    assert told in str(error.value)


def test_a_wrong_row_names_file_line_key_and_cure(cases: Path) -> None:
    """A slip in a file of cases is found by whoever reads the error."""
    cases.write_text(json.dumps(ROWS[0]) + '\n{"id": "2"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"cases\.jsonl, line 2: 'text' is missing; give the words"):
        invoke(cases, "--offline")


def test_two_readers_are_compared_within_one_result() -> None:
    """The rules and a reviewer of another kind read the same cases in the same order."""
    cases = [Labelled.model_validate(row) for row in ROWS]
    readings = [trial.read(cases, lambda _: Reviewer(), name) for name in (ReaderName.RULES, ReaderName.MODEL)]
    assert [one.id for one in readings[0].answers] == [one.id for one in readings[1].answers]
