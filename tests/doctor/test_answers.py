"""What the doctor says of a model's answers, of its calibration and of the store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reviewer import loading
from reviewer.call import Failure, Reply, Step, Trace
from reviewer.doctor import Fault, Outcome, examine
from reviewer.errors import ModelRejected
from reviewer.receipt import WhyNotModel
from reviewer.reviewer import Reviewer
from reviewer.testing import ScriptedModel, finding, reply
from reviewer.verdict import Calibration
from tests.doctor.world import KEY, failures, seams, the

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.call import ModelCall
    from reviewer.configuration import Configuration

CONTROLS = loading.controls()


@pytest.mark.parametrize(
    ("said", "name", "says"),
    [
        (ModelRejected("The endpoint refuses the key (401)."), "answer", "refuses the key"),
        (Failure(why=WhyNotModel.RATE_LIMIT, detail="Too often."), "answer", "rate limit was reached: Too often."),
        ("I would approve this.", "form", "does not fit the form"),
        (reply("reject", finding("no-such-clause", "words")), "form", "'no-such-clause' is no clause"),
    ],
    ids=["rejected", "failure", "talk", "invented clause"],
)
def test_an_answer_of_no_use_is_the_endpoints_fault(
    known: Configuration, said: str | Failure | ModelRejected, name: str, says: str
) -> None:
    """What the endpoint made of the question is told in its own words."""
    model = ScriptedModel([said])
    checks = list(examine(known, seams=seams(model)))
    assert failures(checks) == [(name, Fault.ENDPOINT)]
    assert says in the(name, checks).told
    assert len(model.calls) == 1


@pytest.mark.parametrize("why", [WhyNotModel.OUTAGE, WhyNotModel.RATE_LIMIT, WhyNotModel.TOO_LONG])
def test_a_model_that_says_nothing_is_not_calibrated(known: Configuration, why: WhyNotModel) -> None:
    """Thirty more calls into an outage help nobody."""
    model = ScriptedModel([Failure(why=why, detail="No.")])
    checks = list(examine(known, calibrate=True, seams=seams(model)))
    assert the("calibration", checks).outcome is Outcome.NOTE
    assert len(model.calls) == 1


@pytest.mark.parametrize("said", ["I would approve this.", Failure(why=WhyNotModel.CUT_OFF, detail="Too long.")])
def test_a_model_that_answers_badly_is_calibrated_all_the_same(known: Configuration, said: str | Failure) -> None:
    """Whether it always does is what the control texts tell, and what its next verdicts must show."""
    checks = list(examine(known, calibrate=True, seams=seams(ScriptedModel(lambda _: said))))
    assert failures(checks)[-1] == ("calibration", Fault.READING)


@pytest.mark.parametrize(
    ("step", "content", "outcome", "says"),
    [
        (Step.STRICT_SCHEMA, reply(), Outcome.OK, "takes the schema (strict), and the model keeps to it"),
        (Step.STRICT_SCHEMA, f"Here it is:\n```{reply()}```", Outcome.NOTE, "does not hold the model to it"),
        (Step.SCHEMA, reply(), Outcome.OK, "(but not strictly)"),
        (Step.JSON_OBJECT, reply(), Outcome.NOTE, "takes no schema"),
        (Step.TEXT, reply(), Outcome.NOTE, "neither schema nor JSON mode"),
    ],
)
def test_it_says_where_the_ladder_settled(
    known: Configuration, step: Step, content: str, outcome: Outcome, says: str
) -> None:
    """People learn in words whether the endpoint holds the model to the schema, by what came and not by its claim."""
    said = Reply(content=content, trace=Trace(model="reader-2", step=step, cost=0.25))
    checks = list(examine(known, seams=seams(ScriptedModel([said]))))
    assert the("schema", checks).outcome is outcome
    assert says in the("schema", checks).told
    assert "'reader-2' answers (asked for 'scripted')" in the("answer", checks).told
    assert "0.250000 US dollars" in the("answer", checks).told


def test_a_store_that_cannot_be_used_is_told(known: Configuration, tmp_path: Path) -> None:
    """A folder in the store's place is a wrong set-up, and nothing is calibrated that could not be kept."""
    model = ScriptedModel([reply()])
    checks = list(examine(replace(known, cache=tmp_path), calibrate=True, seams=seams(model)))
    assert failures(checks) == [("store", Fault.SETUP)]
    assert "is a folder" in the("store", checks).told
    assert len(model.calls) == 1


def reads(call: ModelCall) -> Reply:
    """Read every control text rightly, under a name that is the key, as a server that echoes gives it."""
    text = call.messages[-1].content
    control = next(control for control in CONTROLS if control.text.strip() in text)
    words = control.text.strip().splitlines()[2]
    said = reply("reject", finding(control.clauses[0], words)) if control.clauses else reply()
    return Reply(content=said, trace=Trace(model=KEY, cost=0.001))


def test_a_model_that_reads_passes_and_no_key_is_kept(known: Configuration) -> None:
    """The result is announced with its cost, told, and kept for reviews; a key in a server's reply is not."""
    checks = list(examine(known, calibrate=True, seams=seams(ScriptedModel(reads))))
    announced, passed = [check for check in checks if check.name == "calibration"]
    assert failures(checks) == []
    assert f"makes {len(CONTROLS)} calls" in announced.told
    assert "roughly 0.03" in announced.told
    assert "The model passed" in passed.told
    again = list(examine(known, seams=seams(ScriptedModel(reads))))
    assert the("calibration", again).outcome is Outcome.OK
    assert KEY not in str([*checks, *again])
    assert known.cache
    assert all(KEY.encode() not in file.read_bytes() for file in known.cache.parent.iterdir())


def test_a_model_that_does_not_read_fails(known: Configuration) -> None:
    """A model that approves everything is told text by text, is kept as failed, and fails the next visit, too."""
    checks = list(examine(known, calibrate=True, seams=seams(ScriptedModel(lambda _: reply()))))
    assert failures(checks) == [("calibration", Fault.READING)]
    wrong = [check.told for check in checks if check.name == "control text"]
    assert "breach-tenants (breach): would approve; held against it: nothing; 0 of 0 quotes stand in the text." in wrong
    assert failures(list(examine(known, seams=seams(ScriptedModel([reply()]))))) == [("calibration", Fault.READING)]


def test_an_outage_is_no_failed_calibration(known: Configuration) -> None:
    """A model that was cut off in the middle has not shown how it reads, so nothing is kept against it."""
    gone = Failure(why=WhyNotModel.OUTAGE, detail="Gone.")
    model = ScriptedModel([reply(), *[gone for _ in CONTROLS]])
    checks = list(examine(known, calibrate=True, seams=seams(model)))
    assert failures(checks) == [("calibration", Fault.ENDPOINT)]
    assert known.cache
    reader = Reviewer(model=model, cache=known.cache).desk.reader()
    assert reader is not None
    assert reader.asking.model.calibration is Calibration.NEVER
