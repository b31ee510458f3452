"""The fake endpoint breaks what it is told to break."""

from __future__ import annotations

import gzip
import http.client
import socket
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from reviewer.testing import FakeEndpoint, behaviours
from reviewer.testing.limiter import RateLimited
from tests.testing.client import PATH, Client

if TYPE_CHECKING:
    from reviewer.testing import Behaviour

pytestmark = pytest.mark.enable_socket

AT_ONCE = 2.0


def one(behaviour: Behaviour) -> tuple[int, Any]:
    """Give status and JSON of the one answer of a fake that behaves so."""
    with FakeEndpoint([behaviour]) as fake, closing(Client(fake)) as client:
        return client.answer()


def headers(behaviour: Behaviour) -> dict[str, str]:
    """Give the headers of such an answer."""
    with FakeEndpoint([behaviour]) as fake, closing(Client(fake)) as client:
        return {name.lower(): value for name, value in client.ask().getheaders()}


@pytest.mark.parametrize(
    ("behaviour", "status", "code"),
    [
        (behaviours.status(401), 401, "invalid_api_key"),
        (behaviours.status(403), 403, "access_denied"),
        (behaviours.status(404), 404, "model_not_found"),
        (behaviours.too_many(), 429, "rate_limit_exceeded"),
        (behaviours.quota(), 429, "insufficient_quota"),
        (behaviours.status(500), 500, None),
        (behaviours.loading(), 503, None),
        (behaviours.content_filter(), 400, "content_filter"),
        (behaviours.blocked(), 400, "cyber_policy"),
        (behaviours.too_long(), 400, "context_length_exceeded"),
        (behaviours.schema_refused(), 400, None),
        (behaviours.schema_refused(500), 500, None),
        (behaviours.status(418, '{"error": {"code": "teapot"}}'), 418, "teapot"),
    ],
)
def test_errors_have_the_codes_of_the_big_endpoints(behaviour: Behaviour, status: int, code: str | None) -> None:
    """A client can tell them apart by what real ones send."""
    given, told = one(behaviour)
    assert (given, told["error"]["code"]) == (status, code)


def test_azures_filter_names_its_categories() -> None:
    """What the filter saw stands where Azure puts it."""
    _, told = one(behaviours.content_filter(["hate", "jailbreak"]))
    seen = told["error"]["innererror"]["content_filter_result"]
    assert [name for name, result in seen.items() if result["filtered"]] == ["hate", "jailbreak"]


@pytest.mark.parametrize(
    ("when", "told"),
    [(2, "2"), (0.25, "0.25"), (datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC), "Wed, 02 Jan 2030 03:04:05 GMT")],
)
def test_retry_after_has_both_its_forms(when: float | datetime, told: str) -> None:
    """Seconds and dates are both in use."""
    assert headers(behaviours.too_many(when))["retry-after"] == told
    assert headers(behaviours.loading(when))["retry-after"] == told


@pytest.mark.parametrize(
    ("behaviour", "content", "finish_reason"),
    [
        (behaviours.answer("Hello."), "Hello.", "stop"),
        (behaviours.empty_content(), "", "stop"),
        (behaviours.no_finish_reason(), None, None),
        (behaviours.no_finish_reason("Hello."), "Hello.", None),
        (behaviours.filtered(), "", "content_filter"),
        (behaviours.cut_off("Hel"), "Hel", "length"),
        (behaviours.refusal(), None, "stop"),
    ],
)
def test_odd_completions(behaviour: Behaviour, content: str | None, finish_reason: str | None) -> None:
    """Each shape of a 200 that is no good answer can be played."""
    _, done = one(behaviour)
    (choice,) = done["choices"]
    assert (choice["message"]["content"], choice["finish_reason"]) == (content, finish_reason)


def test_a_refusal_stands_in_its_own_field() -> None:
    """As the endpoints with structured output send it."""
    assert one(behaviours.refusal("No."))[1]["choices"][0]["message"]["refusal"] == "No."


def test_a_completion_without_choices() -> None:
    """Some filters leave none."""
    assert one(behaviours.empty_choices())[1]["choices"] == []


def test_model_and_usage_can_be_set() -> None:
    """A model that was renamed, and any bill, can be played."""
    _, done = one(behaviours.answer("x", model="other", usage={"prompt_tokens": 7, "completion_tokens": 1}))
    assert (done["model"], done["usage"]["prompt_tokens"]) == ("other", 7)


def test_pages_in_place_of_answers() -> None:
    """A proxy's page comes with 200, and its login by a redirect."""
    assert headers(behaviours.html())["content-type"].startswith("text/html")
    assert headers(behaviours.login_page("https://login.example/x"))["location"] == "https://login.example/x"


def test_any_bytes_can_be_sent() -> None:
    """What is not foreseen can still be played."""
    with FakeEndpoint([behaviours.raw(b"\xff\x00", "text/plain")]) as fake, closing(Client(fake)) as client:
        assert client.ask().read() == b"\xff\x00"


@pytest.mark.parametrize(
    ("what", "body", "param"),
    [
        ("temperature", {"temperature": 0}, "temperature"),
        ("system", {"messages": [{"role": "system", "content": "x"}]}, "messages[0].role"),
        ("json_schema", {"response_format": {"type": "json_schema"}}, "response_format"),
        ("strict", {"response_format": {"type": "json_schema", "json_schema": {"strict": True}}}, "response_format"),
    ],
)
def test_what_is_not_supported_is_named(what: str, body: dict[str, Any], param: str) -> None:
    """An endpoint that lacks one thing refuses it, and answers those that do without."""
    script = [behaviours.unsupported(what, then=behaviours.answer("fine"))]
    with FakeEndpoint(script) as fake, closing(Client(fake)) as client:
        status, told = client.answer(body)
        assert (status, told["error"]["param"]) == (400, param)
        assert client.answer({"messages": [{"role": "user", "content": "x"}]})[0] == 200


def test_a_drip_goes_on() -> None:
    """Byte after byte comes, so that no time-out between bytes ends it, and the server can still be closed."""
    with FakeEndpoint([behaviours.drip(0.01)]) as fake, closing(Client(fake)) as client:
        assert client.ask().read(5) == b"     "
        began = time.monotonic()
        fake.close()
        assert time.monotonic() - began < AT_ONCE


def test_an_answer_without_end() -> None:
    """More comes than anybody wants to read, and the server can still be closed while a client stops reading."""
    with FakeEndpoint([behaviours.never_ending()]) as fake, closing(Client(fake)) as client:
        assert len(client.ask().read(3_000_000)) == 3_000_000
        began = time.monotonic()
        fake.close()
        assert time.monotonic() - began < AT_ONCE


def test_a_small_body_that_unpacks_to_a_large_one() -> None:
    """A cap on what is read must count what comes out."""
    with FakeEndpoint([behaviours.bomb(2)]) as fake, closing(Client(fake)) as client:
        packed = client.ask().read()
    assert len(packed) < 10_000
    assert len(gzip.decompress(packed)) == 2 << 20


def test_a_server_that_hangs() -> None:
    """Nothing comes until the client has had enough."""
    with FakeEndpoint([behaviours.hang()]) as fake, closing(Client(fake, timeout=0.1)) as client:
        with pytest.raises(TimeoutError):
            client.ask()
        assert fake.served == 1


def test_a_connection_that_is_slammed() -> None:
    """It is closed without an answer, or in the middle of one."""
    with FakeEndpoint([behaviours.slam(), behaviours.slam(in_body=True)]) as fake, closing(Client(fake)) as client:
        with pytest.raises(http.client.RemoteDisconnected):
            client.ask()
        client.close()
        with pytest.raises(http.client.IncompleteRead):
            client.ask().read()


def test_what_is_no_http() -> None:
    """A server that speaks something else can be played."""
    with (
        FakeEndpoint([behaviours.garbage()]) as fake,
        closing(Client(fake)) as client,
        pytest.raises(http.client.BadStatusLine),
    ):
        client.ask()


def test_a_rate_limit_is_shared() -> None:
    """Two clients together get what the limit allows, and the rest is told when to come again."""
    limit = behaviours.rate_limited(3, per=60, then=behaviours.answer("x"))
    with FakeEndpoint([limit]) as fake, closing(Client(fake)) as first, closing(Client(fake)) as second:
        statuses = [client.answer()[0] for client in (first, second, first, second)]
        assert statuses == [200, 200, 200, 429]
        told = second.ask()
        assert told.getheader("retry-after") == "20"
        told.read()
    assert (limit.passed, limit.refused) == (3, 2)


def test_a_rate_limit_lets_pass_again() -> None:
    """After the time that it told, one more request passes; with decimals if a test wants them."""
    now = [0.0]
    limit = RateLimited(2, 1.0, then=behaviours.answer("x"), exact=True, clock=lambda: now[0])
    with FakeEndpoint([limit]) as fake, closing(Client(fake)) as client:
        assert [client.answer()[0] for _ in range(2)] == [200, 200]
        refused = client.ask()
        assert (refused.status, refused.getheader("retry-after")) == (429, "0.500")
        refused.read()
        now[0] = 0.5
        assert client.answer()[0] == 200


@pytest.mark.parametrize("name", behaviours.NAMED)
def test_every_named_behaviour_can_be_closed(name: str) -> None:
    """Whatever it is doing, the server ends when it is told to, once or twice."""
    with FakeEndpoint([behaviours.NAMED[name]()]) as fake:
        with socket.create_connection(("127.0.0.1", fake.port), timeout=5) as line:
            line.sendall(f"POST {PATH} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}".encode())
            if name != "hang":
                line.recv(1)
            began = time.monotonic()
            fake.close()
        fake.close()
    assert time.monotonic() - began < AT_ONCE
