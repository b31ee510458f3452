"""A call as bytes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.call import Message, ModelCall, Role, Step
from reviewer.model import encoding
from reviewer.model.ladder import Stand
from tests.model import makers

SYSTEM = Message(role=Role.SYSTEM, content="Read.")
USER = Message(role=Role.USER, content="We count tulips.")
TOP = Stand()
TOLD = 'Answer with one JSON object that fits this JSON Schema: {"type":"object"}'


def encoded(call: ModelCall, stand: Stand = TOP) -> dict[str, object]:
    """Encode a call and read it back."""
    fields: dict[str, object] = json.loads(encoding.body(call, makers.endpoint(), stand))
    return fields


def saying(*messages: Message) -> ModelCall:
    """Make a call of these messages."""
    return ModelCall(messages=messages, answer_schema=makers.SCHEMA, max_output_tokens=500)


def said(call: ModelCall, stand: Stand = TOP) -> list[tuple[str, str]]:
    """Give role and content of each message on the wire."""
    messages = encoded(call, stand)["messages"]
    assert isinstance(messages, list)
    return [(message["role"], message["content"]) for message in messages]


def test_the_whole_body() -> None:
    """At the top of the ladder the endpoint gets model, limits, messages and the strict schema."""
    schema = {"name": "review", "strict": True, "schema": {"type": "object"}}
    assert encoded(makers.call()) == {
        "model": "reader",
        "max_tokens": 500,
        "temperature": 0.0,
        "messages": [{"role": "system", "content": "Read."}, {"role": "user", "content": "We count tulips."}],
        "response_format": {"type": "json_schema", "json_schema": schema},
    }


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (
            Step.SCHEMA,
            {"type": "json_schema", "json_schema": {"name": "review", "strict": False, "schema": {"type": "object"}}},
        ),
        (Step.JSON_OBJECT, {"type": "json_object"}),
        (Step.TEXT, None),
    ],
)
def test_the_lower_steps(step: Step, expected: object) -> None:
    """Each step asks for what the endpoint knows."""
    assert encoded(makers.call(), Stand(step=step)).get("response_format") == expected


@pytest.mark.parametrize("step", [Step.JSON_OBJECT, Step.TEXT])
def test_the_schema_in_words(step: Step) -> None:
    """Where no schema is enforced the model is told it, after all that is the same for every policy."""
    assert said(makers.call(), Stand(step=step))[0] == ("system", f"Read.\n\n{TOLD}")


def test_the_schema_in_words_without_a_system_message() -> None:
    """A call without instructions is told the schema all the same."""
    assert said(saying(USER), Stand(step=Step.TEXT)) == [("system", TOLD), ("user", "We count tulips.")]


def test_no_system_role() -> None:
    """The system's words go before the user's, and the other messages stay as they are."""
    answer = Message(role=Role.ASSISTANT, content="{")
    again = Message(role=Role.USER, content="Again.")
    expected = [("user", "Read.\n\nWe count tulips."), ("assistant", "{"), ("user", "Again.")]
    assert said(saying(SYSTEM, USER, answer, again), Stand(system=False)) == expected


def test_nothing_but_a_system_message() -> None:
    """Its words are not lost where the role is not known."""
    assert said(saying(SYSTEM), Stand(system=False)) == [("user", "Read.")]


def test_what_is_left_out() -> None:
    """A parameter that the endpoint does not take is not sent under any name."""
    fields = encoded(makers.call(), Stand(temperature=False, length=None))
    assert set(fields) == {"model", "messages", "response_format"}
    assert encoded(makers.call(), Stand(length="max_completion_tokens"))["max_completion_tokens"] == 500


def test_no_temperature_is_set() -> None:
    """An endpoint without a temperature is asked for its own."""
    body = encoding.body(makers.call(), makers.endpoint(temperature=None), Stand())
    assert "temperature" not in json.loads(body)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_arrives(text: str) -> None:
    """Whatever the text holds, the server reads the same."""
    assert said(makers.call(text))[1] == ("user", text)


def test_half_a_character() -> None:
    """Half a surrogate pair can not be sent; it does not shift what comes after it."""
    assert said(makers.call("a\ud800b"))[1] == ("user", "a?b")
