"""A scripted model gives what a test put into its script."""

from __future__ import annotations

import asyncio
from itertools import repeat

import pytest

from reviewer import Reviewer
from reviewer.call import Failure, Message, ModelCall, Reply, Role
from reviewer.errors import ModelRejected
from reviewer.receipt import WhyNotModel
from reviewer.testing import ScriptedModel, ScriptExhausted, finding, reply
from reviewer.wire import WireReply


def call(text: str = "A text.") -> ModelCall:
    """Make a call with one message."""
    return ModelCall(messages=(Message(role=Role.USER, content=text),), answer_schema="{}", max_output_tokens=10)


def answers(model: ScriptedModel, *calls: ModelCall) -> list[Reply | Failure]:
    """Ask all calls at once, as a round does."""

    async def ask() -> list[Reply | Failure]:
        return await asyncio.gather(*map(model.answer, calls))

    return asyncio.run(ask())


def test_replies_come_in_their_order() -> None:
    """The calls of one round get the script's replies one after another, and are remembered so."""
    model = ScriptedModel(["first", "second"])
    calls = call("one"), call("two")
    assert [given.content for given in answers(model, *calls) if isinstance(given, Reply)] == ["first", "second"]
    assert model.calls == list(calls)


def test_a_text_becomes_a_reply_of_the_model() -> None:
    """A receipt can name the model that a scripted text came from."""
    (given,) = answers(ScriptedModel(["said"], name="parrot"), call())
    assert isinstance(given, Reply)
    assert (given.trace.model, given.trace.attempts) == ("parrot", 1)


def test_values_are_given_as_they_are() -> None:
    """A test can play a failure, or a reply with a trace of its own."""
    outage = Failure(why=WhyNotModel.OUTAGE, detail="Nobody answers.")
    whole = Reply(content="said")
    assert answers(ScriptedModel([outage, whole]), call(), call()) == [outage, whole]


def test_an_exception_is_raised() -> None:
    """A test can play an endpoint that refuses the key."""
    with pytest.raises(ModelRejected, match="wrong key"):
        answers(ScriptedModel([ModelRejected("A wrong key.", only_this=False), "later"]), call())


def test_a_function_may_look_at_the_call() -> None:
    """A script can answer by what it is asked."""
    (given,) = answers(ScriptedModel(lambda asked: asked.messages[-1].content.upper()), call("loud"))
    assert given == Reply(content="LOUD", trace=given.trace)


def test_a_function_may_be_async() -> None:
    """A script can take its time, as a model does."""

    async def slow(asked: ModelCall) -> Failure:
        await asyncio.sleep(0)
        return Failure(why=WhyNotModel.OUTAGE, detail=asked.messages[0].content)

    (given,) = answers(ScriptedModel(slow), call("gone"))
    assert given == Failure(why=WhyNotModel.OUTAGE, detail="gone")


def test_an_exhausted_script_says_how_many_calls_came() -> None:
    """A review that asks more often than expected fails the test, and says at which call."""
    model = ScriptedModel(["only"], name="short")
    answers(model, call())
    with pytest.raises(ScriptExhausted, match="Call 2 came to the scripted model 'short'"):
        answers(model, call())
    assert len(model.calls) == 2
    assert issubclass(ScriptExhausted, AssertionError)


def test_an_endless_script_is_welcome() -> None:
    """Whoever does not care how often a model is asked needs not count."""
    assert len({given.model_dump_json() for given in answers(ScriptedModel(repeat("same")), *[call()] * 5)}) == 1


def test_a_bare_text_is_no_script() -> None:
    """A forgotten pair of brackets is told, and not played letter by letter."""
    with pytest.raises(TypeError, match=r"give a list of replies: \[text\]"):
        ScriptedModel("A reply.")


def test_it_has_what_names_a_model() -> None:
    """Verdicts and call digests name the scripted model as any other."""
    model = ScriptedModel([], name="parrot", host="cage")
    assert (model.name, model.host, model.identity) == ("parrot", "cage", "cage parrot")


def test_a_reply_in_the_form_can_be_made() -> None:
    """Nobody writes the JSON of an answer by hand."""
    content = reply("refer", finding("emotion-inference", "reads their mood", kind="review"), about="Calls.")
    read = WireReply.model_validate_json(content)
    assert (read.decision, read.about) == ("refer", "Calls.")
    assert [(found.clause, found.quotes, found.kind) for found in read.findings] == [
        ("emotion-inference", ["reads their mood"], "review")
    ]


def test_a_review_can_be_scripted() -> None:
    """A user's own test gets the verdict on a reply that it wrote itself, as the docstring of the package shows."""
    found = finding("emotion-inference", "whether the agents are sad or angry")
    model = ScriptedModel([reply("reject", found)])
    ticket = "It listens to the calls of our staff and tells their supervisor whether the agents are sad or angry."
    verdict = Reviewer(model=model).review(ticket)
    assert (verdict.decision, verdict.decided_by) == ("reject", "model")
    assert len(model.calls) == 1
