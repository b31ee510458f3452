"""What a call cost: nothing where it was refused, unknown only where nobody tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import httpx2
import pytest

from tests.model import makers
from tests.model.makers import Asked, bad, failed, good, replied, route

if TYPE_CHECKING:
    import respx

FREE: dict[str, httpx.Response | Exception] = {
    "too long": bad(400, "Too many.", code="context_length_exceeded"),
    "filtered": bad(400, "Filtered.", code="content_filter"),
    "429": bad(429),
    "503": bad(503),
    "connect": httpx2.ConnectError("All connection attempts failed"),
    "connect time-out": httpx2.ConnectTimeout("Slow"),
    "error in a 200": httpx.Response(200, json={"error": {"message": "Overloaded"}}),
}
UNTOLD: dict[str, httpx.Response | Exception] = {
    "read time-out": httpx2.ReadTimeout("Slow"),
    "broken off": httpx2.RemoteProtocolError("Server disconnected"),
    "broken body": httpx.Response(200, text='{"choices": [{"mess'),
    "504": bad(504),
    "no choice": httpx.Response(200, json={"choices": []}),
}


@pytest.mark.parametrize("shape", FREE)
def test_what_was_refused_costs_nothing(httpx2_mock: respx.Router, shape: str) -> None:
    """One window that was refused does not make the cost of a review unknown."""
    answered = route(httpx2_mock, FREE[shape])
    trace = failed(Asked(makers.endpoint(attempts=2, price=(1.0, 1.0)))).trace
    assert answered.called
    assert (trace.cost, trace.cost_unknown) == (0.0, None)


@pytest.mark.parametrize("shape", UNTOLD)
def test_what_may_be_billed_is_unknown(httpx2_mock: respx.Router, shape: str) -> None:
    """Nobody is told that a call was free that may stand on the bill, and the reason is named."""
    answered = route(httpx2_mock, UNTOLD[shape])
    trace = failed(Asked(makers.endpoint(attempts=2, price=(1.0, 1.0)))).trace
    assert answered.called
    assert trace.cost is None
    assert "may be billed" in str(trace.cost_unknown)


def test_a_time_out_that_passes_stays_unknown(httpx2_mock: respx.Router) -> None:
    """The answer of the second attempt says nothing of what the first one cost; a refused one cost nothing."""
    answered = route(httpx2_mock, httpx2.ReadTimeout("Slow"), good(), bad(503), good())
    asked = Asked(makers.endpoint(price=(1_000.0, 0.0)))
    first, second = makers.ask(asked, makers.call(), makers.call())
    assert answered.call_count == 4
    assert first.trace.cost is None
    assert second.trace.cost == pytest.approx(0.1)


def test_every_answer_of_a_call_is_paid(httpx2_mock: respx.Router) -> None:
    """An answer that the provider broke off, with its tokens counted, is part of the cost."""
    answered = route(httpx2_mock, good("{", finish="error"), good())
    assert replied(Asked(makers.endpoint(price=(1_000.0, 0.0)))).trace.cost == pytest.approx(0.2)
    assert answered.call_count == 2


def test_tokens_without_a_choice_are_paid(httpx2_mock: respx.Router) -> None:
    """Who counts tokens bills them, also where nothing came of them."""
    answered = route(httpx2_mock, good(choices=[]))
    assert failed(Asked(makers.endpoint(price=(1_000.0, 0.0)))).trace.cost == pytest.approx(0.1)
    assert answered.called
