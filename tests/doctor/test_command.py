"""`reviewer doctor` as a person runs it, against a real server on this machine."""

from __future__ import annotations

import json
import logging
import os
import socket
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from reviewer import Reviewer, cli
from reviewer.cli.doctor import as_line, as_object
from reviewer.cli.status import Status
from reviewer.configuration import cache_file, configure
from reviewer.doctor.check import Fault, failed
from reviewer.testing import FakeEndpoint, behaviours
from reviewer.verdict import Calibration, DecidedBy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reviewer.doctor import Check
    from reviewer.testing import Behaviour

KEY = "house-key-0123456789"
QUIET = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."

Run = tuple[int, str]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no settings and no proxies of the person who runs the tests."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(name="serve")
def _serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., FakeEndpoint]]:
    """Give a function that starts an endpoint which behaves so, and names it in the environment with a key."""
    started: list[FakeEndpoint] = []

    def serve(*behaving: Behaviour) -> FakeEndpoint:
        started.append(FakeEndpoint(behaving))
        environ = {"BASE_URL": started[-1].base_url, "MODEL": "fake", "API_KEY": KEY}
        for name, value in environ.items():
            monkeypatch.setenv(f"REVIEWER_{name}", value)
        return started[-1]

    yield serve
    for fake in started:
        fake.close()


@pytest.fixture(name="run")
def _run(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Callable[..., Run]:
    """Give a function that runs the command and gives status and output; the key is in neither output nor log."""
    caplog.set_level(logging.DEBUG)

    def run(*options: str) -> Run:
        status = cli.run(["doctor", *options])
        out, err = capsys.readouterr()
        assert KEY not in out + err + caplog.text
        return status, out + err

    return run


@pytest.mark.enable_socket
def test_all_is_well(serve: Callable[..., FakeEndpoint], run: Callable[..., Run]) -> None:
    """With an endpoint that answers the command leaves with 0, and the endpoint was asked once, with the key."""
    fake = serve()
    status, out = run()
    assert status == Status.APPROVE
    assert "takes the schema (strict), and the model keeps to it" in out
    assert out.endswith("All is well.\n")
    (asked,) = fake.requests
    assert asked.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("behaving", "says"),
    [
        (behaviours.status(401, f'{{"error":{{"message":"Incorrect API key provided: {KEY}"}}}}'), "refuses the key"),
        (behaviours.status(403, f'{{"error":{{"message":"No access with {KEY}"}}}}'), "forbids it"),
        (behaviours.html(), "a web page"),
        (behaviours.status(500, f'{{"error":{{"message":"Broken {KEY}"}}}}'), "fails (500)"),
        (behaviours.answer(f"I like {KEY}.", model=KEY), "'[key]' answers"),
    ],
    ids=["wrong key", "forbidden", "HTML", "broken", "echo"],
)
def test_an_endpoint_of_no_use_is_status_6(
    serve: Callable[..., FakeEndpoint], run: Callable[..., Run], behaving: Behaviour, says: str
) -> None:
    """The command says what the endpoint did, leaves with 6, and shows no key, even one that is sent back."""
    fake = serve(behaving)
    status, out = run()
    assert status == Status.MODEL_REFUSED
    assert says in out
    assert fake.served >= 1


@pytest.mark.parametrize("write", [as_line, as_object])
def test_no_control_character_reaches_the_terminal(write: Callable[[Check], str]) -> None:
    """A certificate or a server that sends commands for the terminal has them shown and not obeyed."""
    told = "a certificate by Evil\x1b[2J\x9b2J\u202e\x07\x7f\rInc\nok      answer        all is well"
    lines = write(failed("TLS", told, f"ask {told}", Fault.ENDPOINT)).split("\n")
    assert [char for line in lines for char in line if not char.isprintable()] == []
    assert not [line for line in lines if line.startswith("ok")]
    assert "001B" in lines[0].upper()


@pytest.mark.enable_socket
def test_nobody_listens(serve: Callable[..., FakeEndpoint], run: Callable[..., Run]) -> None:
    """A server that is not running is told as a refused connection, without waiting for the adapter's attempts."""
    serve().close()
    status, out = run()
    assert status == Status.MODEL_REFUSED
    assert "failed  connection" in out


@pytest.mark.enable_socket
def test_a_server_without_tls(run: Callable[..., Run]) -> None:
    """An address with https:// for a server that speaks plain HTTP is told at the handshake, with the cure."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        speaking = Thread(target=_speak_plainly, args=(server,))
        speaking.start()
        status, out = run("--model", "m", "--base-url", f"https://127.0.0.1:{server.getsockname()[1]}/v1")
        speaking.join()
    assert status == Status.MODEL_REFUSED
    assert "failed  TLS" in out
    assert "wrong version number" in out.lower()
    assert "begins with http://" in out


def _speak_plainly(server: socket.socket) -> None:
    connection = server.accept()[0]
    with connection:
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.recv(1)


@pytest.mark.enable_socket
def test_a_lower_step_is_told(serve: Callable[..., FakeEndpoint], run: Callable[..., Run]) -> None:
    """A server without schemas is no failure, but people are told how it is asked."""
    serve(behaviours.unsupported("json_schema"))
    status, out = run()
    assert status == Status.APPROVE
    assert "takes no schema; it answers in JSON" in out


@pytest.mark.enable_socket
def test_a_calibration_shows_on_the_next_verdict(serve: Callable[..., FakeEndpoint], run: Callable[..., Run]) -> None:
    """What the control texts showed is kept, and a verdict of that model says it; one that failed is status 3."""
    serve()
    status, out = run("--calibrate", "--format", "json")
    checks = [json.loads(line) for line in out.splitlines()]
    passed = checks[-1]["outcome"] == "ok"
    assert checks[-1]["name"] == "calibration"
    assert status == (Status.APPROVE if passed else Status.REFER)
    with Reviewer(model=configure(os.environ).endpoint, cache=cache_file()) as reviewer:
        verdict = reviewer.review(QUIET)
    assert verdict.decided_by is DecidedBy.MODEL
    assert verdict.model
    assert verdict.model.calibration is (Calibration.PASSED if passed else Calibration.FAILED)
    assert KEY.encode() not in cache_file().read_bytes()


@pytest.mark.parametrize(
    ("options", "variables", "says"),
    [
        ([], {}, "set REVIEWER_MODEL"),
        (["--model", "m", "--base-url", "ftp://x"], {}, "is no web address"),
        (["--model", "m"], {"REVIEWER_ALLOWED_HOSTS": "models.house.example"}, "not among allowed_hosts"),
        (
            ["--model", "m"],
            {"SSL_CERT_FILE": "/no/such.pem", "OPENAI_API_KEY": KEY},
            "cannot be read (/no/such.pem: No such file or directory)",
        ),
        (["--model", "m"], {"SSL_CERT_FILE": "", "SSL_CERT_DIR": "/no/such"}, "SSL_CERT_DIR names no folder"),
        (["--model", "m", "--policy", "nobody"], {}, "There is no policy 'nobody'"),
        (["--model", "m", "--base-url", "https://x.example:99999"], {}, "a port that is no number"),
    ],
)
def test_a_wrong_set_up_is_status_2(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, options: list[str], variables: dict[str, str], says: str
) -> None:
    """What can be told before anything is sent is told, and nothing is sent: the tests forbid it."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    status, out = run(*options)
    assert status == Status.USAGE
    assert says in out
