"""The adapter as a whole: secrets, budget, pace, identity."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from reviewer.call import Failure, Reply
from reviewer.receipt import WhyNotModel
from tests.model import makers
from tests.model.makers import Asked, bad, failed, good, route

if TYPE_CHECKING:
    import pytest
    import respx


def test_the_key_shows_nowhere(httpx2_mock: respx.Router, caplog: pytest.LogCaptureFixture) -> None:
    """A server that echoes the key does not bring it into an error, a failure, a log or a repr."""
    caplog.set_level(0)
    answered = route(httpx2_mock, bad(503, f"Key {makers.KEY} (Bearer {makers.KEY}) is known."))
    asked = Asked(makers.endpoint(attempts=1))
    failure = failed(asked)
    assert answered.called
    shown = (repr(failure), caplog.text, repr(asked.model), asked.model.identity, failure.model_dump_json())
    assert not [text for text in shown if makers.KEY in text]
    assert "is known" in failure.detail


def test_a_long_complaint_is_cut(httpx2_mock: respx.Router) -> None:
    """What a server says of itself does not fill the page."""
    answered = route(httpx2_mock, bad(500, "y" * 5000))
    assert failed(Asked(makers.endpoint(attempts=1))).detail.count("y") < 310
    assert answered.called


def test_an_open_breaker_is_an_outage(httpx2_mock: respx.Router) -> None:
    """Where the pace lets nobody through, nothing is sent and the failure says so."""
    asked = Asked(makers.endpoint())
    asked.pace.closed = True
    failure = failed(asked)
    assert (failure.why, failure.trace.attempts, failure.trace.cost) == (WhyNotModel.OUTAGE, 0, 0.0)
    assert not httpx2_mock.calls


def test_a_used_up_budget(httpx2_mock: respx.Router) -> None:
    """A call that the budget has no room for is not sent."""
    answered = route(httpx2_mock, good())
    first, second = makers.ask(Asked(makers.endpoint(max_calls=1)), makers.call(), makers.call())
    assert isinstance(first, Reply)
    assert isinstance(second, Failure)
    assert (second.why, second.trace.attempts) == (WhyNotModel.BUDGET, 0)
    assert answered.call_count == 1


def test_an_outage_uses_up_no_budget(httpx2_mock: respx.Router) -> None:
    """What was reserved for a call that nobody answered is given back."""
    answered = route(httpx2_mock, bad(503), good())
    first, second = makers.ask(Asked(makers.endpoint(max_calls=1, attempts=1)), makers.call(), makers.call())
    assert isinstance(first, Failure)
    assert isinstance(second, Reply)
    assert answered.call_count == 2


def test_the_identity() -> None:
    """A digest of a call tells models, places and temperatures apart, and neither keys nor limits."""
    same = [makers.endpoint(), makers.endpoint(api_key="sk-other"), makers.endpoint(timeout=1, transport="aiohttp")]
    other = [
        makers.endpoint(model="writer"),
        makers.endpoint(temperature=None),
        makers.endpoint(base_url="http://a/v1"),
    ]
    assert len({Asked(at).model.identity for at in same}) == 1
    assert len({Asked(at).model.identity for at in (same[0], *other)}) == 4
    model = Asked().model
    assert (model.name, model.host) == ("reader", "models.example")


def test_the_sdk_is_imported_when_it_is_needed() -> None:
    """Making a model is quick; only the first call imports the SDK."""
    program = (
        "import sys\n"
        "from reviewer.endpoint import Endpoint\n"
        "from reviewer.model.openai import OpenAIModel\n"
        "OpenAIModel(Endpoint(model='m'))\n"
        "sys.exit('openai' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
