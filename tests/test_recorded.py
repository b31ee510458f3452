"""The replies in `fixtures/replies/`, recorded from servers or written to documented shapes, from wire to status.

Each says where it is from and what it answers, so that a changed prompt or form fails here and passes nowhere
on yesterday's answer.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from reviewer import Verdict, identity
from reviewer.cli import run
from reviewer.endpoint import Endpoint
from reviewer.model.openai import OpenAIModel
from reviewer.reviewer import Reviewer
from reviewer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import respx

ROOT = Path(__file__).resolve().parent.parent
FILES = {file.stem: file for file in sorted((ROOT / "fixtures" / "replies").glob("*.json"))}
KEY = "sk-test-0123456789abcdefghijklmnop"
SECRET = re.compile(r"sk-[A-Za-z0-9_-]{12,}|Bearer\s+\S{8,}|api[-_]key\W+[A-Za-z0-9]{16,}", re.IGNORECASE)
ORIGINS = {"recorded", "written"}
SETTINGS = ("max_output_tokens",)


def kept(name: str) -> dict[str, Any]:
    """Read a kept reply."""
    reply: dict[str, Any] = json.loads(FILES[name].read_text(encoding="utf-8"))
    return reply


def response(told: Mapping[str, Any]) -> httpx.Response:
    """Make the response that a server gave."""
    body = told["text"] if "text" in told else json.dumps(told["json"])
    return httpx.Response(told["status"], headers=told["headers"], content=body.encode())


def endpoint(reply: Mapping[str, Any], name: str) -> Endpoint:
    """Describe the endpoint that answered; each written one has an address of its own, and so a history of its own."""
    url = reply.get("base_url") or f"https://{re.sub('[^a-z0-9]', '-', name)}.example/v1"
    return Endpoint(model=reply.get("model", "m-1"), base_url=url, api_key=KEY)


@pytest.mark.parametrize("name", FILES)
def test_a_reply_answers_what_is_asked_today(name: str) -> None:
    """A recorded one names its very call, a written one the form of the answer; each says where it is from."""
    reply = kept(name)
    asked = endpoint(reply, name)
    settings = Settings.model_validate({name: reply[name] for name in SETTINGS if name in reply})
    (call,) = Reviewer(model=asked, settings=settings).requests((ROOT / reply["text"]).read_text(encoding="utf-8"))
    if reply["origin"] == "recorded":
        assert reply["answers"] == identity.call_digest(call, OpenAIModel(asked).identity)
    else:
        assert reply["answers"] == identity.text_digest(call.answer_schema)
    assert reply["origin"] in ORIGINS
    assert reply["source"]


@pytest.mark.parametrize("name", FILES)
def test_a_reply_holds_no_secret(name: str) -> None:
    """What is recorded is shown to everybody."""
    assert not SECRET.search(FILES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_a_reply_ends_as_it_says(
    name: str,
    httpx2_mock: respx.Router,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Decision, reader, reason and exit status are those that the file expects, and every response was fetched."""
    reply = kept(name)
    asked, expected = endpoint(reply, name), reply["expect"]
    route = httpx2_mock.post(f"{asked.base_url}/chat/completions")
    route.mock(side_effect=[response(told) for told in reply["responses"]])
    for variable, value in {"BASE_URL": asked.base_url, "MODEL": asked.model, "API_KEY": KEY, "ATTEMPTS": "2"}.items():
        monkeypatch.setenv(f"REVIEWER_{variable}", value)
    for setting in SETTINGS:
        if setting in reply:
            monkeypatch.setenv(f"REVIEWER_{setting.upper()}", str(reply[setting]))
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    status = run(["review", "--format", "json", str(ROOT / reply["text"])])
    out, err = capsysbinary.readouterr()
    assert route.call_count == len(reply["responses"])
    assert status == expected["status"]
    assert KEY.encode() not in out + err
    if "says" in expected:
        assert not out
        assert all(part in err.decode() for part in expected["says"])
        return
    verdict = Verdict.model_validate_json(out)
    assert (verdict.decided_by, verdict.why_not_model) == (expected["decided_by"], expected["why_not_model"])
    assert verdict.decision == expected["decision"]
    assert set(expected["reasons"]) <= set(verdict.reasons)
    told = " ".join(warning.text for warning in verdict.warnings)
    assert all(word in told for word in expected.get("warns", []))
