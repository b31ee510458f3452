"""The driver: texts to a reviewer, once or again, and what is kept of each verdict."""

from __future__ import annotations

from itertools import count, cycle
from typing import TYPE_CHECKING

import pytest

from reviewer import Reviewer, evaluating, trial
from reviewer.answer import ReaderName
from reviewer.errors import InputError
from reviewer.labelled import Labelled
from reviewer.testing import ScriptedModel, finding, reply
from reviewer.verdict import DecidedBy, Decision, Kind
from tests.evaluating.makers import answer, case, reading, result

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "whether the agents are sad or angry"
SAD = f"It listens to the calls of our staff and tells their supervisor {WORDS}, and stores it for a year."
BUS = "The assistant drafts answers about bus timetables for passengers, and staff check and send every answer."
CASES = [
    Labelled(id="sad", kind="breach", text=SAD, expect=("emotion-inference",)),
    Labelled(id="bus", kind="benign", text=BUS, expect=()),
]
REJECTED = reply("reject", finding("emotion-inference", WORDS))


def test_a_model_is_scored_with_its_receipts() -> None:
    """Decisions, findings with their quotes, and what it took are those of the model's verdicts."""
    model = ScriptedModel(lambda call: REJECTED if "sad or angry" in str(call) else reply())
    told = trial.read(CASES, lambda _: Reviewer(model=model), ReaderName.MODEL)
    sad, bus = told.answers
    assert told.model == "scripted at script"
    assert (sad.decision, sad.decided_by) == (Decision.REJECT, DecidedBy.MODEL)
    assert sad.flagged == {"emotion-inference"}
    (quote,) = sad.findings[0].quotes
    assert SAD[quote.start : quote.end] == quote.text == WORDS
    assert (bus.decision, bus.spent[0].calls) == ("approve", 1)
    scores = evaluating.evaluate(CASES, told, trial.drawing(times=5))
    assert (scores.overall.right.k, scores.misses) == (2, ())


def test_a_model_that_wavers_is_asked_anew_each_time() -> None:
    """Every repeat makes a reviewer and asks again; what differs shows in the agreement."""
    replies = cycle([REJECTED, reply(), reply()])
    models: list[ScriptedModel] = []

    def make(_: str | None) -> Reviewer:
        models.append(ScriptedModel(lambda call: next(replies) if "sad or angry" in str(call) else reply()))
        return Reviewer(model=models[-1])

    told = trial.read(CASES, make, ReaderName.MODEL, repeats=3)
    assert [len(model.calls) for model in models] == [2, 2, 2]
    assert len(told.answers[0].readings) == len(told.answers[0].spent) == 3
    agreed = evaluating.evaluate(CASES, told, trial.drawing(times=5)).agreement
    assert agreed is not None
    assert (agreed.repeats, agreed.same.k, agreed.same.n, agreed.unsteady) == (3, 1, 2, ("sad",))


def test_rules_are_timed_by_the_clock() -> None:
    """Each text is timed for itself, and reading costs nothing."""
    ticks = count()
    told = trial.read(CASES, lambda _: Reviewer(), ReaderName.RULES, clock=lambda: float(next(ticks)))
    assert [answer.spent[0].seconds for answer in told.answers] == [1.0, 1.0]
    assert {answer.decided_by for answer in told.answers} == {DecidedBy.RULES}
    assert told.seconds == 5.0


def test_each_case_is_read_under_its_own_policy() -> None:
    """A policy that a case names is asked of whoever makes the reviewer, and answers come in the order of the cases."""
    asked: list[str | None] = []

    def make(policy: str | None) -> Reviewer:
        asked.append(policy)
        return Reviewer()

    cases = [case("1"), case("2").model_copy(update={"policy": "microsoft-ai-services@4.0"}), case("3")]
    told = trial.read(cases, make, ReaderName.RULES)
    assert asked == [None, "microsoft-ai-services@4.0"]
    assert [one.id for one in told.answers] == ["1", "2", "3"]
    assert told.answers[1].policy == "microsoft-ai-services@4.0"


def test_a_text_that_cannot_be_read_keeps_its_place() -> None:
    """An error stands in place of the verdict, and the others are read."""
    cases = [CASES[1].model_copy(update={"id": "blank", "text": " "}), CASES[1]]
    told = trial.read(cases, lambda _: Reviewer(), ReaderName.RULES)
    assert told.answers[0].decision is None
    assert "there is no text in it" in (told.answers[0].error or "")
    assert told.answers[1].decision is not None


def test_expected_clauses_that_the_policy_lacks_are_named() -> None:
    """A slip in a label is told, and does not hide among the misses."""
    told = trial.read([case("1", "emotion-inferance")], lambda _: Reviewer(), ReaderName.RULES)
    assert told.unknown == ("emotion-inferance",)


def test_a_met_restriction_and_a_question_are_kept_apart() -> None:
    """What the model says to be met is found, and not flagged."""
    met = finding("consequential-decisions", "staff check and send every answer", kind=Kind.PASS)
    told = trial.read(CASES[1:], lambda _: Reviewer(model=ScriptedModel([reply("approve", met)])), ReaderName.MODEL)
    assert [(one.clause, one.kind) for one in told.answers[0].findings] == [("consequential-decisions", Kind.PASS)]
    assert told.answers[0].flagged == set()


def test_a_result_is_read_back(tmp_path: Path) -> None:
    """What `--json` wrote is the same result again."""
    told = result([case("1", "a", language="fr", decision="reject")], reading(answer("1", "a")))
    file = tmp_path / "before.json"
    file.write_text(told.model_dump_json(), encoding="utf-8")
    assert trial.earlier(file) == told


@pytest.mark.parametrize("text", ["", "{}", '{"engine": "1", "files": [], "cases": [], "trials": [], "later": 1}'])
def test_what_is_no_result_is_refused(tmp_path: Path, text: str) -> None:
    """A file of another kind is told with how to make one."""
    file = tmp_path / "before.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"no result of this version .* write one with `reviewer eval --json`"):
        trial.earlier(file)
    with pytest.raises(InputError, match="cannot be read"):
        trial.earlier(tmp_path / "none.json")
