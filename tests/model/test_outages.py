"""What may pass: outages, rate limits, time-outs and replies without an end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import httpx2
import pytest

from reviewer.call import Failure
from reviewer.model.ladder import Ladder
from reviewer.model.openai import OpenAIModel
from reviewer.receipt import WhyNotModel
from tests.model import makers
from tests.model.makers import Asked, bad, failed, good, hang, replied, route

if TYPE_CHECKING:
    import respx

HTML = httpx.Response(200, html="<html>Please log in</html>")


OUTAGES: dict[str, httpx.Response | Exception] = {
    "408": bad(408),
    "409": bad(409),
    "500": bad(500, "Oops"),
    "500 with a page": httpx.Response(500, html="<h1>Oops</h1>"),
    "502": httpx.Response(502, text="Bad gateway"),
    "503 loading": bad(503, "Loading model", code=503, type="unavailable_error"),
    "refused": httpx2.ConnectError("All connection attempts failed"),
    "read": httpx2.ReadTimeout("Slow"),
    "connect": httpx2.ConnectTimeout("Slow"),
    "protocol": httpx2.RemoteProtocolError("Server disconnected"),
    "error in a 200": httpx.Response(200, json={"error": {"message": "Overloaded"}}),
    "error with a status in a 200": httpx.Response(200, json={"error": {"message": "Bad gateway", "code": 502}}),
    "broken off": good("{", finish="error"),
}


@pytest.mark.parametrize("shape", OUTAGES)
def test_an_outage(httpx2_mock: respx.Router, shape: str) -> None:
    """What may pass is tried again with pauses, and is an outage when all attempts are used up."""
    answered = route(httpx2_mock, OUTAGES[shape])
    asked = Asked(makers.endpoint(attempts=3))
    failure = failed(asked)
    assert answered.call_count == 3
    assert (failure.why, failure.trace.attempts) == (WhyNotModel.OUTAGE, 3)
    assert "models.example" in failure.detail
    assert len(asked.clock.slept) == 2
    assert asked.pace.told == ["failed"] * 3


@pytest.mark.parametrize("shape", OUTAGES)
def test_an_outage_that_passes(httpx2_mock: respx.Router, shape: str) -> None:
    """One bad moment costs an attempt and nothing else."""
    answered = route(httpx2_mock, OUTAGES[shape], good())
    assert replied(Asked()).trace.attempts == 2
    assert answered.call_count == 2


@pytest.mark.parametrize("response", [HTML, httpx.Response(302, headers={"location": "https://login.example/"})])
def test_a_login_page_in_between(httpx2_mock: respx.Router, response: httpx.Response) -> None:
    """A proxy that wants a login after the endpoint has answered is an outage, and may pass."""
    answered = route(httpx2_mock, response)
    assert failed(Asked(makers.endpoint(attempts=2), proven=True)).why == WhyNotModel.OUTAGE
    assert answered.call_count == 2


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
        ({"retry-after": "Wed, 01 Jan 2020 00:00:09 GMT", "date": "Wed, 01 Jan 2020 00:00:04 GMT"}, 5.0),
        ({}, None),
    ],
)
def test_a_rate_limit(httpx2_mock: respx.Router, headers: dict[str, str], wait: float | None) -> None:
    """The pace of all calls learns how long the endpoint asks to wait, whatever our own clock shows."""
    answered = route(httpx2_mock, bad(429, "Slow down", headers=headers), good())
    asked = Asked()
    assert replied(asked).trace.attempts == 2
    assert answered.call_count == 2
    assert asked.pace.told == [("refused", wait), "succeeded"]


def test_a_rate_limit_that_stays(httpx2_mock: respx.Router) -> None:
    """A limit that outlasts all attempts is named as one."""
    answered = route(httpx2_mock, bad(429, "Slow down", code="rate_limit_exceeded"))
    failure = failed(Asked(makers.endpoint(attempts=4)))
    assert (failure.why, answered.call_count) == (WhyNotModel.RATE_LIMIT, 4)


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_longer_than_the_deadline(httpx2_mock: respx.Router, status: int) -> None:
    """Who is told to come back after the deadline gives up now."""
    answered = route(httpx2_mock, bad(status, headers={"retry-after": "600"}))
    asked = Asked(makers.endpoint(deadline=300))
    failed(asked)
    assert answered.call_count == 1
    assert not asked.clock.slept


def test_the_deadline_ends_the_attempts(httpx2_mock: respx.Router) -> None:
    """Pauses count: no attempt begins after the deadline."""
    answered = route(httpx2_mock, bad(503, headers={"retry-after": "40"}))
    asked = Asked(makers.endpoint(deadline=100))
    assert failed(asked).why == WhyNotModel.OUTAGE
    assert answered.call_count == 3
    assert asked.clock.slept == [40.0, 40.0]


def test_an_attempt_has_a_limit(httpx2_mock: respx.Router) -> None:
    """An endpoint that never answers costs no more than the time-out, each time."""
    hung = hang(httpx2_mock)
    asked = Asked(makers.endpoint(timeout=0.1, attempts=2))
    failure = failed(asked)
    assert (failure.why, hung.call_count) == (WhyNotModel.OUTAGE, 2)
    assert "in time" in failure.detail
    assert asked.pace.told == ["failed", "failed"]


def test_a_call_has_a_limit(httpx2_mock: respx.Router) -> None:
    """The deadline ends a call in the middle of an attempt."""
    hung = hang(httpx2_mock)
    failure = failed(Asked(makers.endpoint(timeout=60, deadline=0.2)))
    assert (failure.why, hung.call_count) == (WhyNotModel.OUTAGE, 1)
    assert "within 0.2 s" in failure.detail


def test_an_endpoint_that_outlasts_the_deadline_is_ill(httpx2_mock: respx.Router) -> None:
    """The pace of all calls learns of an endpoint that lets them run into the deadline."""
    hung = hang(httpx2_mock)
    pace = makers.OpenPace()
    model = OpenAIModel(makers.endpoint(timeout=60, deadline=0.2), pace=pace, ladder=Ladder())
    assert isinstance(asyncio.run(model.answer(makers.call())), Failure)
    assert hung.called
    assert pace.told == ["failed"]


@pytest.mark.parametrize("declared", [True, False])
def test_a_reply_too_long(httpx2_mock: respx.Router, *, declared: bool) -> None:
    """A reply that is longer than allowed is not read, and not asked for again."""
    response = httpx.Response(200, text="x" * 3000)
    if not declared:
        del response.headers["content-length"]
    answered = route(httpx2_mock, response)
    failure = failed(Asked(makers.endpoint(max_reply_bytes=2000)))
    assert (failure.why, answered.call_count) == (WhyNotModel.OUTAGE, 1)
    assert "max_reply_bytes (2000)" in failure.detail


def test_an_error_too_long(httpx2_mock: respx.Router) -> None:
    """The cap is on the bodies of errors, too."""
    answered = route(httpx2_mock, httpx.Response(500, text="x" * 3000))
    assert "max_reply_bytes" in failed(Asked(makers.endpoint(max_reply_bytes=2000))).detail
    assert answered.call_count == 1
