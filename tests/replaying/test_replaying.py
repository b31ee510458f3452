"""A run under another policy: what flips and why, and who is asked again for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reviewer import Batch, Reviewer, SettingsError, Store, Submission, changes
from reviewer.cli import run
from reviewer.policy import Clause, Effect, Policy
from reviewer.replay import How, Replayed
from reviewer.replaying import Replay
from reviewer.testing import ScriptedModel, finding, reply
from reviewer.verdict import DecidedBy, Decision
from tests import makers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.call import ModelCall

TEXTS = {
    "badges": "Employees badge in by face: the door camera compares each face with the photo in the staff register.",
    "timetables": "The assistant answers questions on bus timetables, and staff check and send every single answer.",
    "scores": "The city gives residents a social credit score from their behaviour; a low score costs them services.",
}
BADGES = ("badges", "compares each face with the photo")
SCORES = ("scores", "a social credit score from their behaviour")


def house(*clauses: Clause, version: str) -> Policy:
    """Make a version of the house's policy."""
    return makers.policy(*clauses).model_copy(update={"version": version})


SCORING = makers.clause("social-scoring")
FLAT = makers.clause("faces", uses=("biometric-identification",)).model_copy(update={"flat": True})
MILD = makers.clause("faces", Effect.RESTRICTED, uses=("biometric-identification",))
OLD, NEW = house(FLAT, SCORING, version="1"), house(MILD, SCORING, version="2")


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "runs.db") as store:
        yield store


def reading(call: ModelCall) -> str:
    """Answer as a careful model would, by the text and the clauses that it is shown."""
    system, text = call.messages[0].content, call.messages[-1].content
    found = [
        finding(clause, words)
        for clause, (_, words) in (("faces", BADGES), ("social-scoring", SCORES))
        if words in text and f"[{clause}] prohibited" in system
    ]
    if BADGES[1] in text and "[faces] restricted" in system:
        found.append(finding("faces", BADGES[1], kind="review"))
    decisions = {"fail": "reject", "review": "refer"}
    return reply(next((decisions[one.kind] for one in found), "approve"), *found)


def made(store: Store, policy: Policy, model: ScriptedModel | None) -> None:
    """Make a run over the three texts."""
    submissions = [Submission(text=text, id=name) for name, text in TEXTS.items()]
    with Batch(Reviewer(policy, model=model), store, name="first", inputs=["planted"]) as batch:
        for _ in batch.review(submissions):
            pass


def replayed(store: Store, older: Policy, newer: Policy, model: ScriptedModel | None = None) -> dict[str, Replayed]:
    """Replay the run, and give what became of each text."""
    chosen = store.run("first")
    reviewer = Reviewer(newer, model=model, cache=store.replies)
    going = Replay(chosen.plan, [older], reviewer, store.replies)
    return {found.before.submission.id or "": found for found in going.replayed(store.entries(chosen.id))}


def decisions(found: dict[str, Replayed]) -> dict[str, tuple[Decision, Decision]]:
    """Give the decisions before and after."""
    pairs = {name: (one.before.verdict, one.after.verdict) for name, one in found.items()}
    return {name: (before.decision, after.decision) for name, (before, after) in pairs.items() if before and after}


def test_rules_read_again_at_once(store: Store) -> None:
    """What rules rejected under a flat ban is referred under a restriction; the others stay."""
    made(store, OLD, None)
    found = replayed(store, OLD, NEW)
    assert {one.how for one in found.values()} == {How.RULES}
    assert decisions(found) == {
        "badges": (Decision.REJECT, Decision.REFER),
        "timetables": (Decision.REFER, Decision.REFER),
        "scores": (Decision.REJECT, Decision.REJECT),
    }


def test_the_flip_names_its_clause(store: Store) -> None:
    """The difference says which decisions flip, and by which clause."""
    made(store, OLD, None)
    newer = house(FLAT, version="2")
    found = replayed(store, OLD, newer)
    diff = changes.diff((one.before for one in found.values()), (one.after for one in found.values()))
    assert [(flip.row.id, flip.clauses) for flip in diff.flips] == [("scores", (("social-scoring",), ()))]


def test_only_texts_that_a_changed_clause_can_touch_are_asked_again(store: Store) -> None:
    """Two texts are derived from what the model said; one is about the clause that changed."""
    made(store, OLD, ScriptedModel(reading))
    model = ScriptedModel(reading)
    found = replayed(store, OLD, NEW, model)
    assert {name: one.how for name, one in found.items()} == {
        "badges": How.ASKED,
        "timetables": How.REPLIES,
        "scores": How.REPLIES,
    }
    assert len(model.calls) == 1
    assert decisions(found) == {
        "badges": (Decision.REJECT, Decision.REFER),
        "timetables": (Decision.APPROVE, Decision.APPROVE),
        "scores": (Decision.REJECT, Decision.REJECT),
    }
    assert found["scores"].after.verdict is not None
    assert found["scores"].after.verdict.decided_by is DecidedBy.MODEL


def test_without_a_model_what_must_be_asked_is_told(store: Store) -> None:
    """The entry stands as it was, and the clauses that can touch it are named."""
    made(store, OLD, ScriptedModel(reading))
    found = replayed(store, OLD, NEW)
    assert (found["badges"].how, found["badges"].touching) == (How.NOT_ASKED, ("faces",))
    assert found["badges"].after == found["badges"].before


def test_a_clause_that_goes_takes_its_findings_with_it(store: Store) -> None:
    """What the model said of a clause that is no more is left out, and its own decision with it."""
    made(store, OLD, ScriptedModel(reading))
    found = replayed(store, OLD, house(FLAT, version="2"))
    assert {one.how for one in found.values()} == {How.REPLIES}
    assert decisions(found)["scores"] == (Decision.REJECT, Decision.APPROVE)
    assert decisions(found)["badges"] == (Decision.REJECT, Decision.REJECT)


def test_a_clause_under_a_new_id_is_carried_over(store: Store) -> None:
    """A clause that only got another name is no reason to ask again."""
    made(store, OLD, ScriptedModel(reading))
    renamed = SCORING.model_copy(update={"id": "points", "supersedes": "social-scoring"})
    found = replayed(store, OLD, house(FLAT, renamed, version="2"))
    verdict = found["scores"].after.verdict
    assert found["scores"].how is How.REPLIES
    assert verdict is not None
    assert [one.clause.id for one in verdict.findings] == ["points"]


def test_a_clause_that_no_rule_can_tell_touches_every_text(store: Store) -> None:
    """Where nothing can tell that a new clause does not apply, the model is asked about all."""
    made(store, OLD, ScriptedModel(reading))
    shadow = makers.clause("shadow").model_copy(update={"uses": ()})
    found = replayed(store, OLD, house(FLAT, SCORING, shadow, version="2"))
    assert {one.how for one in found.values()} == {How.NOT_ASKED}


def test_replies_that_were_not_kept_are_asked_for(tmp_path: Path) -> None:
    """A store without the replies derives nothing from them, and does not guess."""
    with Store.open(tmp_path / "runs.db") as store:
        made(store, OLD, ScriptedModel(reading))
        chosen = store.run("first")
        going = Replay(chosen.plan, [OLD], Reviewer(house(FLAT, SCORING, version="2")), None)
        assert {one.how for one in going.replayed(store.entries(chosen.id))} == {How.NOT_ASKED}


def test_a_run_under_another_text_is_refused(store: Store) -> None:
    """Replies to other words say nothing of these."""
    made(store, OLD, None)
    with pytest.raises(SettingsError, match="name the file with --from"):
        replayed(store, house(FLAT, version="1"), NEW)


def test_the_command_lists_the_planted_flips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A store made with 2023, tried under the versions after it: the planted cases flip, and nothing is written."""
    lines = "\n".join(json.dumps({"id": name, "text": text}) for name, text in TEXTS.items())
    (tmp_path / "in.jsonl").write_text(lines)
    store = str(tmp_path / "runs.db")
    old = ["--policy", "microsoft-ai-services@2023", "--offline", "--store", store]
    assert run(["batch", str(tmp_path / "in.jsonl"), *old]) == 0
    capsys.readouterr()
    arguments = ["replay", "--store", store, "--policy", "microsoft-ai-services@4.0"]
    assert run([*arguments, "--format", "json", "--fail-on-change"]) == 3
    told = json.loads(capsys.readouterr().out)
    flips = {
        flip["row"]["id"]: (flip["before"]["decision"], flip["after"]["decision"])
        for flip in told["difference"]["flips"]
    }
    assert flips["badges"] == ("reject", "refer")
    assert told["counts"]["rules"] == 3
    assert run(arguments) == 0
    shown = capsys.readouterr().out
    assert "badges" in shown
    assert "3 read by the rules again." in shown
    with Store.open(store) as kept:
        assert len(kept.runs()) == 1
