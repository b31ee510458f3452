"""Endpoints that take only a part of a request are asked for less, once, and it is no failure."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from reviewer.call import Failure, Reply, Step
from tests.model import makers
from tests.model.makers import Asked, bad, good, rejected, replied, route

if TYPE_CHECKING:
    import respx


STEPS = {
    "400": bad(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported.", param="format"),
    "400 by parameter": bad(400, "Not supported with this model.", param="response_format.type"),
    "422": httpx.Response(422, json={"detail": [{"loc": ["body", "response_format"], "msg": "extra", "type": "x"}]}),
    "500": bad(500, "Failed to parse json_schema"),
    "500 as text": httpx.Response(500, text="response_format is not implemented"),
}


@pytest.mark.parametrize("server", STEPS)
def test_a_schema_that_is_refused(httpx2_mock: respx.Router, server: str) -> None:
    """A server that does not know the schema is asked less firmly, at once, and it is no outage."""
    answered = route(httpx2_mock, STEPS[server], good())
    asked = Asked()
    trace = replied(asked).trace
    assert (trace.step, trace.attempts, answered.call_count) == (Step.SCHEMA, 2, 2)
    assert asked.pace.told == ["succeeded", "succeeded"]
    assert not asked.clock.slept


def test_all_the_way_down(httpx2_mock: respx.Router) -> None:
    """A server that knows no format at all is told the schema in words; the way down is gone once."""
    answered = route(httpx2_mock, STEPS["400"], STEPS["500"], STEPS["400"], good())
    asked = Asked()
    first, second = makers.ask(asked, makers.call(), makers.call("Another."))
    assert (first.trace.step, first.trace.attempts) == (Step.TEXT, 4)
    assert (second.trace.step, second.trace.attempts) == (Step.TEXT, 1)
    formats = [makers.sent(call.request).get("response_format") for call in answered.calls]
    assert formats[2:] == [{"type": "json_object"}, None, None]


def test_a_schema_that_is_refused_at_every_step(httpx2_mock: respx.Router) -> None:
    """The ladder has an end."""
    answered = route(httpx2_mock, STEPS["400"])
    assert "json_schema" in str(rejected(Asked()))
    assert answered.call_count == 4


PARAMETERS: dict[str, tuple[httpx.Response, dict[str, object]]] = {
    "temperature": (
        bad(400, "Unsupported value: 'temperature'.", code="unsupported_value", param="temperature"),
        {"max_tokens": 500, "temperature": None},
    ),
    "max_tokens": (
        bad(
            400,
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            code="unsupported_parameter",
            param="max_tokens",
        ),
        {"max_tokens": None, "max_completion_tokens": 500, "temperature": 0.0},
    ),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_unsupported_parameter(httpx2_mock: respx.Router, name: str) -> None:
    """A parameter that a model does not take is left out or renamed, once for all calls."""
    response, fields = PARAMETERS[name]
    answered = route(httpx2_mock, response, good())
    first, second = makers.ask(Asked(), makers.call(), makers.call("Another."))
    assert (first.trace.attempts, second.trace.attempts) == (2, 1)
    body = makers.sent(answered.calls.last.request)
    assert {field: body.get(field) for field in fields} == fields


@pytest.mark.parametrize(
    "message",
    [
        "System role not supported",
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "Only user and assistant roles are supported!",
    ],
)
@pytest.mark.parametrize("status", [400, 500])
def test_a_system_role_that_is_refused(httpx2_mock: respx.Router, message: str, status: int) -> None:
    """A model without a system role gets those words from the user, once for all calls."""
    answered = route(httpx2_mock, bad(status, message), good())
    first, second = makers.ask(Asked(), makers.call(), makers.call("Another."))
    assert (first.trace.attempts, second.trace.attempts) == (2, 1)
    assert makers.sent(answered.calls.last.request)["messages"] == [{"role": "user", "content": "Read.\n\nAnother."}]


def test_one_call_probes_for_all(httpx2_mock: respx.Router) -> None:
    """Of many calls at the start one finds out how to ask; the others wait and then ask that way."""
    answered = route(httpx2_mock, STEPS["400"], STEPS["400"], good())
    asked = Asked()

    async def run() -> list[Reply | Failure]:
        try:
            return await asyncio.gather(*(asked.model.answer(makers.call()) for _ in range(64)))
        finally:
            await asked.model.aclose()

    replies = asyncio.run(run())
    assert answered.call_count == 66
    assert {reply.trace.step for reply in replies} == {Step.JSON_OBJECT}
