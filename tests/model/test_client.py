"""What goes over the wire, where to, with which key, and how much is read of what comes back."""

from __future__ import annotations

import asyncio
import gzip
import socket
import sys
import threading
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx
import pytest

from reviewer.call import Failure, Reply
from reviewer.receipt import WhyNotModel
from tests.model import makers
from tests.model.makers import Asked, failed, rejected, replied

if TYPE_CHECKING:
    from collections.abc import Iterator

    import respx

AZURE = "https://house.openai.azure.com"
OLDER = f"{AZURE}/openai/deployments/reader/chat/completions?api-version=2024-10-21"


async def a_token() -> str:
    """Give a token, later."""
    await asyncio.sleep(0)
    return "token-1"


def test_what_is_sent(httpx2_mock: respx.Router) -> None:
    """The key goes as a bearer, the body as JSON, and nothing tells of the machine that sends it."""
    answered = httpx2_mock.post(makers.URL).mock(return_value=makers.good())
    replied(Asked())
    assert answered.called
    request = answered.calls.last.request
    assert request.headers["authorization"] == f"Bearer {makers.KEY}"
    assert request.headers["content-type"] == "application/json"
    assert not [name for name in request.headers if name.startswith(("x-stainless", "openai-"))]
    assert makers.sent(request)["model"] == "reader"


def test_the_environment_is_not_asked(httpx2_mock: respx.Router, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and headers for another endpoint, found in the environment, are not sent to this one."""
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", "from-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Extra: from-the-environment")
    answered = httpx2_mock.post(makers.URL).mock(return_value=makers.good())
    replied(Asked(makers.endpoint(api_key=None)))
    assert answered.called
    headers = answered.calls.last.request.headers
    assert "from-the-environment" not in headers.values()
    assert "authorization" not in headers


@pytest.mark.parametrize("key", [None, ""])
def test_no_key(httpx2_mock: respx.Router, key: str | None) -> None:
    """A server that asks for no key gets none, and one that does is named with the setting."""
    answered = httpx2_mock.post(makers.URL).mock(return_value=makers.bad(401))
    assert "asks for a key (401); check REVIEWER_API_KEY or OPENAI_API_KEY" in str(
        rejected(Asked(makers.endpoint(api_key=key)))
    )
    assert "authorization" not in answered.calls.last.request.headers


def test_a_key_with_a_line_break(httpx2_mock: respx.Router) -> None:
    """What an editor adds to the end of a file is no part of the key."""
    answered = httpx2_mock.post(makers.URL).mock(return_value=makers.good())
    replied(Asked(makers.endpoint(api_key=f"{makers.KEY}\n")))
    assert answered.called
    assert answered.calls.last.request.headers["authorization"] == f"Bearer {makers.KEY}"


@pytest.mark.parametrize("key", ["sk-te st-0123", "sk-te\nst-0123", "sk-t\u00e9st-0123"])
def test_a_broken_key(httpx2_mock: respx.Router, key: str) -> None:
    """A key that no header can hold is told with the setting and without the key, and nothing is sent."""
    error = rejected(Asked(makers.endpoint(api_key=key)))
    assert "OPENAI_API_KEY" in str(error)
    assert "0123" not in repr(error)
    assert not httpx2_mock.calls


def test_azures_newer_endpoint(httpx2_mock: respx.Router) -> None:
    """The v1 endpoint is asked like any other, with the key as a bearer."""
    answered = httpx2_mock.post(f"{AZURE}/openai/v1/chat/completions").mock(return_value=makers.good())
    replied(Asked(makers.endpoint(base_url=f"{AZURE}/openai/v1/")))
    assert answered.called
    assert answered.calls.last.request.headers["authorization"] == f"Bearer {makers.KEY}"


@pytest.mark.parametrize("base_url", [AZURE, f"{AZURE}/", f"{AZURE}/openai", f"{AZURE}/openai/deployments/reader/"])
def test_azures_older_endpoint(httpx2_mock: respx.Router, base_url: str) -> None:
    """The deployment stands in the address, however much of it was given, and the key in Azure's own header."""
    answered = httpx2_mock.post(OLDER).mock(return_value=makers.good())
    replied(Asked(makers.endpoint(base_url=base_url, api_version="2024-10-21")))
    assert answered.called
    request = answered.calls.last.request
    assert str(request.url) == OLDER
    assert request.headers["api-key"] == makers.KEY
    assert "authorization" not in request.headers


def test_a_token_for_azures_older_endpoint(httpx2_mock: respx.Router) -> None:
    """A token goes as a bearer, without a key beside it."""
    answered = httpx2_mock.post(OLDER).mock(return_value=makers.good())
    replied(Asked(makers.endpoint(base_url=AZURE, api_version="2024-10-21", api_key=a_token)))
    assert answered.called
    headers = answered.calls.last.request.headers
    assert headers["authorization"] == "Bearer token-1"
    assert "api-key" not in headers


def test_no_key_for_azures_older_endpoint(httpx2_mock: respx.Router) -> None:
    """A gateway in front of Azure that asks for no key gets none."""
    answered = httpx2_mock.post(OLDER).mock(return_value=makers.good())
    replied(Asked(makers.endpoint(base_url=AZURE, api_version="2024-10-21", api_key=None)))
    assert answered.called
    assert not {"authorization", "api-key"} & set(answered.calls.last.request.headers)


def test_a_function_that_waits_gives_the_token(httpx2_mock: respx.Router) -> None:
    """An async function is awaited."""
    answered = httpx2_mock.post(makers.URL).mock(return_value=makers.good())
    replied(Asked(makers.endpoint(api_key=a_token)))
    assert answered.called
    assert answered.calls.last.request.headers["authorization"] == "Bearer token-1"


def test_an_expired_token(httpx2_mock: respx.Router) -> None:
    """A fresh token is asked for with every request, outside of the loop that all calls share."""
    tokens = iter(["token-1", "token-2"])
    threads = []

    def provide() -> str:
        threads.append(threading.current_thread())
        return next(tokens)

    answered = httpx2_mock.post(makers.URL).mock(return_value=makers.good())
    makers.ask(Asked(makers.endpoint(api_key=provide)), makers.call(), makers.call())
    assert answered.call_count == 2
    sent = [call.request.headers["authorization"] for call in answered.calls]
    assert sent == ["Bearer token-1", "Bearer token-2"]
    assert threading.main_thread() not in threads


def broken() -> str:
    """Give no token."""
    message = "Please run 'az login'"
    raise LookupError(message)


def test_no_token_at_the_start(httpx2_mock: respx.Router) -> None:
    """Credentials that never worked are a wrong set-up, with the reason."""
    error = rejected(Asked(makers.endpoint(api_key=broken)))
    assert "az login" in str(error)
    assert not httpx2_mock.calls


def test_no_token_later_on(httpx2_mock: respx.Router) -> None:
    """Credentials that worked before may work again."""
    failure = failed(Asked(makers.endpoint(api_key=broken, attempts=2), proven=True))
    assert (failure.why, failure.trace.attempts) == (WhyNotModel.OUTAGE, 2)
    assert not httpx2_mock.calls


def test_a_token_is_scrubbed(httpx2_mock: respx.Router) -> None:
    """A token that the server echoes shows as little as a key."""
    answered = httpx2_mock.post(makers.URL).mock(return_value=makers.bad(500, "Who is token-1?"))
    assert "token-1" not in failed(Asked(makers.endpoint(api_key=a_token, attempts=1))).detail
    assert answered.called


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_packed_reply(httpx2_mock: respx.Router, packing: str) -> None:
    """A proxy that packs replies unasked is understood."""
    body = makers.good().content
    packed = gzip.compress(body) if packing == "gzip" else zlib.compress(body)
    response = httpx.Response(200, stream=httpx.ByteStream(packed), headers={"content-encoding": packing})
    answered = httpx2_mock.post(makers.URL).mock(return_value=response)
    assert replied(Asked()).content == makers.ANSWER
    assert answered.called


def test_a_reply_that_unpacks_to_too_much(httpx2_mock: respx.Router) -> None:
    """The cap is on what is unpacked: a few bytes can not fill the memory."""
    packed = gzip.compress(b" " * 1_000_000)
    response = httpx.Response(200, stream=httpx.ByteStream(packed), headers={"content-encoding": "gzip"})
    answered = httpx2_mock.post(makers.URL).mock(return_value=response)
    failure = failed(Asked(makers.endpoint(max_reply_bytes=10_000)))
    assert "max_reply_bytes" in failure.detail
    assert answered.call_count == 1


def test_an_unknown_packing(httpx2_mock: respx.Router) -> None:
    """A packing that nobody asked for is named."""
    response = httpx.Response(200, stream=httpx.ByteStream(b"x"), headers={"content-encoding": "compress"})
    answered = httpx2_mock.post(makers.URL).mock(return_value=response)
    assert "'compress'" in failed(Asked(makers.endpoint(attempts=1))).detail
    assert answered.called


def test_a_transport_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that is missing is named."""
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    assert "use-case-reviewer[aiohttp]" in str(rejected(Asked(makers.endpoint(transport="aiohttp"))))


def test_a_proxy_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that can not be used is a wrong set-up, and not an outage."""
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example")
    assert "gopher" in str(rejected(Asked()))


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("transport", ["httpx", "aiohttp"])
def test_a_refused_connection(transport: str) -> None:
    """Nobody listens: that is an outage whose detail says so, over either transport."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    at = makers.endpoint(base_url=f"http://127.0.0.1:{port}/v1", transport=transport, attempts=1)
    failure = failed(Asked(at))
    assert failure.why == WhyNotModel.OUTAGE
    assert "cannot be reached" in failure.detail


@pytest.fixture
def server() -> Iterator[str]:
    """Answer two requests on a real socket, the second one with too much."""
    body = makers.good().content
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    replies = [
        head + b"Content-Length: %d\r\n\r\n%b" % (len(body), body),
        head + b"Connection: close\r\n\r\n" + b"x" * 100_000,
    ]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, replies))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        thread.join(5)


def _serve(listening: socket.socket, replies: list[bytes]) -> None:
    connection, _ = listening.accept()
    with connection:
        for reply in replies:
            received = b""
            while b'"response_format"' not in received:
                received += connection.recv(65536)
            # The client hangs up in the middle of what is too long.
            with suppress(ConnectionError):
                connection.sendall(reply)


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("transport", ["httpx", "aiohttp"])
def test_a_true_connection(server: str, transport: str) -> None:
    """Over either transport an answer comes whole, and one that is too long is cut."""
    asked = Asked(makers.endpoint(base_url=server, transport=transport, max_reply_bytes=50_000))
    first, second = makers.ask(asked, makers.call(), makers.call())
    assert isinstance(first, Reply)
    assert first.content == makers.ANSWER
    assert isinstance(second, Failure)
    assert "max_reply_bytes" in second.detail
