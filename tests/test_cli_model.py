"""The command line with a model behind it, as a person or a gate meets it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reviewer import Verdict
from reviewer.cli import run
from reviewer.cli.status import Status
from reviewer.receipt import WhyNotModel
from reviewer.testing import FakeEndpoint, behaviours, finding, reply
from reviewer.verdict import DecidedBy, Decision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.enable_socket, pytest.mark.usefixtures("home")]

QUIET = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."
CLERK = "The model ranks applicants for a loan by their chance to pay, and a clerk decides on every case by hand."
KEY = "sk-test-0123456789abcdefghijklmnop"
MAIN = "from reviewer.cli import main; main()"


@pytest.fixture(name="home")
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty home and working folder, with a key in the environment and no model."""
    folder = tmp_path / "work"
    folder.mkdir()
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("REVIEWER_API_KEY", KEY)
    monkeypatch.chdir(folder)
    (folder / "quiet.txt").write_text(QUIET, encoding="utf-8")
    (folder / "clerk.txt").write_text(CLERK, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="fake")
def _fake(monkeypatch: pytest.MonkeyPatch) -> FakeEndpoint:
    """Give a model that approves, configured through the environment; it is closed by the test that uses it."""
    fake = FakeEndpoint(otherwise=behaviours.answer(reply("approve")))
    monkeypatch.setenv("REVIEWER_BASE_URL", fake.base_url)
    monkeypatch.setenv("REVIEWER_MODEL", "m")
    return fake


def shown(capsysbinary: pytest.CaptureFixture[bytes]) -> Verdict:
    """Give the verdict that was printed."""
    return Verdict.model_validate_json(capsysbinary.readouterr().out)


def test_a_model_that_is_named_is_asked(fake: FakeEndpoint, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Environment and command line are enough; the reply is kept in the user's cache folder."""
    with fake:
        assert run(["review", "--format", "json", "quiet.txt"]) == Status.APPROVE
        first = shown(capsysbinary)
        assert run(["review", "--format", "json", "quiet.txt"]) == Status.APPROVE
        assert fake.served == 1
    second = shown(capsysbinary)
    assert first.decided_by is DecidedBy.MODEL
    assert second.receipt is not None
    assert (second.receipt.calls, second.receipt.from_memory) == (0, 1)


def test_no_cache_keeps_nothing(fake: FakeEndpoint, home: Path) -> None:
    """Whoever wants nothing kept gets nothing kept."""
    with fake:
        run(["review", "--no-cache", "quiet.txt"])
        run(["review", "--no-cache", "quiet.txt"])
        assert fake.served == 2
    assert not list(home.rglob("*.db"))


def test_a_key_alone_sends_nothing(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A model is asked only where one is named."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert run(["review", "--format", "json", "quiet.txt"]) == Status.REFER
    assert shown(capsysbinary).why_not_model is WhyNotModel.NO_MODEL_CONFIGURED


def test_offline_asks_nobody(fake: FakeEndpoint, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Whatever the environment says."""
    with fake:
        assert run(["review", "--offline", "--format", "json", "quiet.txt"]) == Status.REFER
        assert fake.served == 0
    assert shown(capsysbinary).why_not_model is WhyNotModel.OFFLINE


@pytest.mark.parametrize("option", ["--require-model", "--show-request"])
def test_a_model_that_is_needed_and_not_named_is_an_error(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says how to name one."""
    assert run(["review", option, "quiet.txt"]) == Status.USAGE
    assert "--model or REVIEWER_MODEL" in capsys.readouterr().err


def test_what_would_leave_is_shown_and_not_sent(
    fake: FakeEndpoint, home: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Receiver, policy and text, whole, for people and for programs."""
    with fake:
        assert run(["review", "--show-request", "quiet.txt"]) == 0
        text = capsysbinary.readouterr().out.decode()
        assert run(["review", "--show-request", "--format", "json", "quiet.txt"]) == 0
        told = json.loads(capsysbinary.readouterr().out)
        assert fake.served == 0
    assert text.startswith(f"To: m at {fake.base_url}\n")
    assert f"\n{QUIET}\n" in text
    assert KEY not in text
    assert (told["to"], told["model"], told["messages"][0]["role"]) == (fake.base_url, "m", "system")
    assert not list(home.rglob("*.db"))


def test_what_is_masked_is_masked_in_what_would_leave(
    fake: FakeEndpoint, home: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The two options together show what the mask hides."""
    file = home / "mail.txt"
    file.write_text(f"{QUIET} Write to jo.bloggs@example.com for more.", encoding="utf-8")
    with fake:
        run(["review", "--show-request", "--mask", str(file)])
    text = capsysbinary.readouterr().out.decode()
    assert "jo.bloggs" not in text
    assert "[e-mail" in text


@pytest.mark.parametrize(
    ("fail_on", "status"), [("reject", Status.APPROVE), ("refer", Status.APPROVE), ("condition", Status.REFER)]
)
def test_a_gate_chooses_what_is_no_success(
    fail_on: str, status: Status, fake: FakeEndpoint, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """An approval that is tied to something of its own fails only where it was asked to."""
    met = finding("consequential-decisions", "a clerk decides on every case by hand", kind="pass")
    fake.close()
    with FakeEndpoint(otherwise=behaviours.answer(reply("approve", met))) as tied:
        arguments = ["--base-url", tied.base_url, "--fail-on", fail_on, "--format", "json", "clerk.txt"]
        assert run(["review", *arguments]) == status
    assert shown(capsysbinary).decision is Decision.APPROVE


def test_a_referral_is_a_success_where_only_rejections_fail(fake: FakeEndpoint) -> None:
    """A gate may let people look afterwards."""
    fake.close()
    with FakeEndpoint(otherwise=behaviours.answer(reply("refer"))) as doubtful:
        arguments = ["--base-url", doubtful.base_url, "quiet.txt"]
        assert run(["review", *arguments]) == Status.REFER
        assert run(["review", "--fail-on", "reject", *arguments]) == Status.APPROVE


def test_a_budget_that_is_used_up_has_a_status_of_its_own(
    fake: FakeEndpoint, home: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Nothing is sent beyond it, and the rules read the rest."""
    config = home / "priced.toml"
    config.write_text("[model]\nprice = [1.0, 4.0]\n", encoding="utf-8")
    options = ["--config", str(config), "--max-cost", "0.000001", "--format", "json", "quiet.txt"]
    with fake:
        assert run(["review", *options]) == Status.BUDGET
        assert fake.served == 0
    assert shown(capsysbinary).why_not_model is WhyNotModel.BUDGET


def test_a_budget_without_a_price_fails_at_the_start(fake: FakeEndpoint, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can keep to a budget that cannot be counted."""
    with fake:
        assert run(["review", "--max-cost", "1", "quiet.txt"]) == Status.USAGE
        assert fake.served == 0
    assert "price" in capsys.readouterr().err


def test_an_endpoint_that_is_no_address_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """The message shows what was given and what is missing."""
    assert run(["review", "--model", "m", "--base-url", "llm.example/v1", "quiet.txt"]) == Status.USAGE
    assert "is no web address; it must begin with https://" in capsys.readouterr().err


def test_a_strangers_folder_cannot_name_an_endpoint(fake: FakeEndpoint, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that comes with a clone must not send text elsewhere."""
    with fake, open("reviewer.toml", "w", encoding="utf-8") as file:  # noqa: PTH123  the working folder's
        file.write('[model]\nbase_url = "https://evil.example/v1"\n')
        file.flush()
        assert run(["review", "quiet.txt"]) == Status.USAGE
        assert fake.served == 0
    assert "reviewer.toml" in capsys.readouterr().err


def test_a_host_that_is_not_allowed_gets_nothing(
    fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Text goes to the hosts that the house names, and nowhere else."""
    monkeypatch.setenv("REVIEWER_ALLOWED_HOSTS", "api.openai.com")
    with fake:
        assert run(["review", "quiet.txt"]) == Status.USAGE
        assert fake.served == 0
    assert "allowed_hosts" in capsys.readouterr().err


LEAKS = {
    "good": behaviours.answer(reply("approve")),
    "echo in a 401": behaviours.status(401, json.dumps({"error": {"message": f"Incorrect API key: {KEY}"}})),
    "echo in a 400": behaviours.status(400, json.dumps({"error": {"message": f"What is {KEY}?"}})),
    "echo in a 500": behaviours.status(500, json.dumps({"error": {"message": f"Broken: Bearer {KEY}"}})),
    "echo in an answer": behaviours.answer(reply("approve", about=KEY)),
    "echo as the model": behaviours.answer(reply("approve"), model=KEY),
    "echo in nonsense": behaviours.answer(f"Your key is {KEY}."),
}


@pytest.mark.parametrize("command", ["review", "doctor"])
@pytest.mark.parametrize("name", LEAKS)
def test_the_key_appears_nowhere(
    name: str,
    command: str,
    home: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not in output, errors, logs, the store or a report, not even where the server says it."""
    config = home / "quick.toml"
    config.write_text("[model]\nattempts = 1\n", encoding="utf-8")
    with FakeEndpoint(otherwise=LEAKS[name]) as fake, caplog.at_level(logging.DEBUG):
        options = ["--config", str(config), "--model", "m", "--base-url", fake.base_url]
        run([command, *options, *(["--format", "json", "quiet.txt"] if command == "review" else [])])
        assert fake.requests[-1].headers["authorization"] == f"Bearer {KEY}"
    out, err = capsysbinary.readouterr()
    kept = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert KEY.encode() not in out + err + kept
    assert KEY not in caplog.text


def test_an_interruption_ends_at_once_and_with_130(fake: FakeEndpoint) -> None:
    """Ctrl-C while a model thinks leaves no traceback and nobody waiting."""
    fake.close()
    with FakeEndpoint(otherwise=behaviours.hang()) as slow:
        environ = {**os.environ, "REVIEWER_BASE_URL": slow.base_url, "REVIEWER_MODEL": "m"}
        child = subprocess.Popen(
            [sys.executable, "-c", MAIN, "review", "quiet.txt"], env=environ, stderr=subprocess.PIPE, text=True
        )
        _until(lambda: bool(slow.requests))
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=10)
    assert (child.returncode, err.strip()) == (Status.INTERRUPTED, "Interrupted.")


def _until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, for half a minute at most."""
    for _ in range(1_500):
        if holds():
            return
        time.sleep(0.02)
    pytest.fail("it never came to that")
