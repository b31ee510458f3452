"""The fake endpoint serves real HTTP on this machine."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import openai
import pytest

from reviewer.errors import SettingsError
from reviewer.testing import FakeEndpoint, behaviours, reply
from tests.testing.client import PATH, QUIET, Client

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = pytest.mark.enable_socket

AT_ONCE = 2.0


@pytest.fixture(name="fake")
def _fake() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as fake:
        yield fake


@pytest.fixture(name="client")
def _client(fake: FakeEndpoint) -> Iterator[Client]:
    with closing(Client(fake)) as client:
        yield client


def test_the_sdk_reads_it(fake: FakeEndpoint) -> None:
    """The official client takes the answer for a completion, and the list for models."""
    with openai.OpenAI(api_key="key-1", base_url=fake.base_url, max_retries=0) as client:
        done = client.chat.completions.create(model="m-1", messages=[{"role": "user", "content": QUIET}])
        listed = [model.id for model in client.models.list()]
    assert json.loads(done.choices[0].message.content or "")["decision"] == "approve"
    assert (done.model, done.choices[0].finish_reason, listed) == ("m-1", "stop", ["fake"])
    assert done.usage is not None
    assert done.usage.prompt_tokens > 0


def test_azures_older_address_is_served(fake: FakeEndpoint) -> None:
    """The deployment in the path is the model that answers."""
    path = "/openai/deployments/gpt-house/chat/completions?api-version=2024-10-21"
    with closing(Client(fake)) as client:
        status, done = client.answer({"messages": [{"role": "user", "content": QUIET}]}, path)
    assert (status, done["model"]) == (200, "gpt-house")
    assert fake.requests[0].path == path


def test_requests_are_remembered(fake: FakeEndpoint, client: Client) -> None:
    """A test can look at what left the program, its key included."""
    client.answer({"model": "m-1"})
    ((path, sent, body),) = fake.requests
    assert (path, sent["authorization"], body) == (PATH, "Bearer key-1", {"model": "m-1"})


def test_requests_need_not_be_remembered() -> None:
    """A benchmark spares the memory and still counts."""
    with FakeEndpoint(keep_requests=False) as fake, closing(Client(fake)) as client:
        client.answer()
        assert (fake.requests, fake.served) == ([], 1)


def test_another_address_is_not_found(client: Client) -> None:
    """A wrong base URL shows."""
    assert client.answer(path="/v1/completions")[0] == 404


def test_behaviours_come_one_after_another() -> None:
    """A script of misbehaviour is played in order, and its last entry goes on."""
    script = [behaviours.status(500), behaviours.too_many(), behaviours.answer(reply())]
    with FakeEndpoint(script) as fake, closing(Client(fake)) as client:
        assert [client.answer()[0] for _ in range(5)] == [500, 429, 200, 200, 200]


def test_what_comes_otherwise_can_be_said() -> None:
    """One bad answer, and then what the test wants."""
    with (
        FakeEndpoint([behaviours.status(500)], otherwise=behaviours.status(404)) as fake,
        closing(Client(fake)) as client,
    ):
        assert [client.answer()[0] for _ in range(3)] == [500, 404, 404]


def test_latency_is_waited_for_together() -> None:
    """Slow answers to several clients are slow at the same time, and the most at once is counted."""
    with FakeEndpoint([behaviours.answer("x")], latency=0.1) as fake, ThreadPoolExecutor(8) as pool:
        began = time.monotonic()
        clients = [Client(fake) for _ in range(8)]
        assert {status for status, _ in pool.map(Client.answer, clients)} == {200}
        assert 0.1 <= time.monotonic() - began < AT_ONCE
        assert fake.most_at_once > 1
        for client in clients:
            client.close()


def raw(fake: FakeEndpoint, data: bytes) -> bytes:
    """Send bytes, and give what comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", fake.port), timeout=5) as line:
        line.sendall(data)
        return b"".join(iter(lambda: line.recv(65_536), b""))


def test_http_is_understood_as_clients_write_it() -> None:
    """Chunks, a wish to be told to go on, and a connection that is to be closed are taken as they come."""
    body = b'{"model":"m-1"}'
    head = f"POST {PATH} HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    sent = head.encode() + b"5\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (body[:5], len(body) - 5, body[5:])
    with FakeEndpoint([behaviours.answer("x")]) as fake:
        told = raw(fake, sent)
        assert fake.requests[0].body == {"model": "m-1"}
    assert told.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize("data", [b"\r\n\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"])
def test_a_client_that_speaks_no_http_is_left(fake: FakeEndpoint, client: Client, data: bytes) -> None:
    """It loses its own connection, and the others are served on."""
    assert raw(fake, data) == b""
    assert client.answer()[0] == 400


def test_a_port_that_is_taken_is_told(fake: FakeEndpoint) -> None:
    """Whoever starts a second server on a port reads which one, and the way out."""
    with pytest.raises(SettingsError, match=rf"port {fake.port} of 127.0.0.1 cannot be had .*; choose another"):
        FakeEndpoint(port=fake.port)


def run(*options: str) -> subprocess.Popen[str]:
    """Start the server as a person does."""
    return subprocess.Popen(
        [sys.executable, "-m", "reviewer.testing", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_it_runs_in_the_foreground() -> None:
    """A newcomer starts it, copies two lines, gets an answer, and ends it with Ctrl-C and without a traceback."""
    with run("--misbehave", "401") as server:
        assert server.stdout is not None
        url, model = (server.stdout.readline().strip().removeprefix("export ").split("=", 1) for _ in range(2))
        line = http.client.HTTPConnection(urlsplit(url[1]).netloc, timeout=5)
        line.request("POST", f"{urlsplit(url[1]).path}/chat/completions", "{}")
        assert line.getresponse().status == 401
        line.close()
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=10)
    assert (url[0], model) == ("REVIEWER_BASE_URL", ["REVIEWER_MODEL", "fake"])
    assert (server.returncode, "Traceback" in told) == (0, False)


def test_a_port_that_is_taken_is_told_in_the_foreground(fake: FakeEndpoint) -> None:
    """The command says so in a sentence, with the status of a usage error."""
    with run("--port", str(fake.port)) as server:
        _, told = server.communicate(timeout=10)
    assert server.returncode == 2
    assert "choose another" in told
