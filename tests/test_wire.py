"""The true HTTP stack, both transports, against a server of our own that misbehaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.endpoint import Endpoint
from reviewer.errors import ModelRejected
from reviewer.receipt import WhyNotModel
from reviewer.reviewer import Reviewer
from reviewer.settings import Settings
from reviewer.testing import FakeEndpoint, behaviours, reply
from reviewer.verdict import Calibration, DecidedBy, Decision, Verdict

if TYPE_CHECKING:
    from reviewer.testing import Behaviour

pytestmark = pytest.mark.enable_socket

QUIET = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."
KEY = "sk-test-0123456789abcdefghijklmnop"

OUTAGES: dict[str, Behaviour] = {
    "drip": behaviours.drip(0.05),
    "never-ending": behaviours.never_ending(),
    "never-ending error": behaviours.never_ending(500),
    "hang": behaviours.hang(),
    "closed at once": behaviours.slam(),
    "closed in the middle": behaviours.slam(in_body=True),
    "garbage": behaviours.garbage(),
    "500": behaviours.status(500),
    "503 while loading": behaviours.loading(),
    "a bomb": behaviours.bomb(),
}
WRONG: dict[str, Behaviour] = {
    "a wrong key": behaviours.status(401),
    "a forbidden model": behaviours.status(403),
    "an unknown model": behaviours.status(404),
    "used up": behaviours.quota(),
    "a web page": behaviours.html(),
    "a login page": behaviours.login_page(),
}


@pytest.fixture(name="transport", params=["httpx", "aiohttp"])
def _transport(request: pytest.FixtureRequest) -> str:
    """Give each of the two transports."""
    return str(request.param)


def endpoint(fake: FakeEndpoint, transport: str, **limits: float) -> Endpoint:
    """Describe the fake with limits that a test can wait for."""
    quick = {"timeout": 0.5, "deadline": 1.0, "attempts": 1, "max_reply_bytes": 100_000, **limits}
    return Endpoint.model_validate(
        {"model": "m", "base_url": fake.base_url, "api_key": KEY, "transport": transport, **quick}
    )


def reviewed(model: Endpoint) -> Verdict:
    """Review a harmless text, and leave nothing open."""
    with Reviewer(model=model) as reviewer:
        return reviewer.review(QUIET)


def test_a_good_answer_comes_through(transport: str) -> None:
    """The whole way works, and the key goes to the server as a bearer token."""
    with FakeEndpoint([behaviours.answer(reply("approve"))]) as fake:
        verdict = reviewed(endpoint(fake, transport))
        assert (verdict.decision, verdict.decided_by) == (Decision.APPROVE, DecidedBy.MODEL)
        assert verdict.model is not None
        assert verdict.model.calibration is Calibration.NEVER
        assert [asked.headers["authorization"] for asked in fake.requests] == [f"Bearer {KEY}"]


@pytest.mark.parametrize("name", OUTAGES)
def test_an_outage_of_any_shape_leaves_the_rules_to_decide(name: str, transport: str) -> None:
    """Nothing hangs, nothing fills the memory, and the verdict says that no model read the text."""
    with FakeEndpoint(otherwise=OUTAGES[name]) as fake:
        verdict = reviewed(endpoint(fake, transport))
        assert fake.served == 1
    assert (verdict.decision, verdict.decided_by) == (Decision.REFER, DecidedBy.RULES)
    assert verdict.why_not_model is WhyNotModel.OUTAGE


def test_a_refused_connection_leaves_the_rules_to_decide(transport: str) -> None:
    """A server that is gone is an outage."""
    with FakeEndpoint() as fake:
        gone = endpoint(fake, transport)
    verdict = reviewed(gone)
    assert (verdict.decided_by, verdict.why_not_model) == (DecidedBy.RULES, WhyNotModel.OUTAGE)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_set_up_is_loud(name: str, transport: str) -> None:
    """It raises one sentence, without the key in it."""
    with FakeEndpoint(otherwise=WRONG[name]) as fake:
        with pytest.raises(ModelRejected) as caught:
            reviewed(endpoint(fake, transport))
        assert fake.served == 1
    assert KEY not in str(caught.value)
    assert not caught.value.only_this


def test_a_login_page_in_the_middle_is_an_outage(transport: str) -> None:
    """An endpoint that has answered before is not wrongly set up because a proxy steps in."""
    script: list[Behaviour] = [behaviours.answer(reply("approve")), behaviours.login_page()]
    with FakeEndpoint(script) as fake, Reviewer(model=endpoint(fake, transport)) as reviewer:
        first, second = reviewer.review(QUIET), reviewer.review(QUIET)
    assert first.decided_by is DecidedBy.MODEL
    assert (second.decided_by, second.why_not_model) == (DecidedBy.RULES, WhyNotModel.OUTAGE)


def test_a_limited_server_answers_everybody(transport: str) -> None:
    """Calls that are asked to wait are answered in the end, one shared wait for all."""
    texts = [f"{QUIET} Line {number} of the network is covered." for number in range(20)]
    limited = behaviours.rate_limited(10, 0.3, then=behaviours.answer(reply("approve")))
    with (
        FakeEndpoint(otherwise=limited) as fake,
        Reviewer(model=endpoint(fake, transport, timeout=5, deadline=20, attempts=6)) as reviewer,
    ):
        verdicts = [verdict for verdict in reviewer.review_many(texts) if isinstance(verdict, Verdict)]
    assert [verdict.decided_by for verdict in verdicts] == [DecidedBy.MODEL] * len(texts)


def test_an_outage_in_the_middle_of_windows_keeps_the_rest(transport: str) -> None:
    """What was answered is kept, nothing is approved, and the verdict says that a part is missing."""
    text = "\n\n".join(f"{QUIET} Chapter {number} tells of line {number}." for number in range(40))
    script: list[Behaviour] = [behaviours.answer(reply("approve")), behaviours.status(500)]
    with FakeEndpoint(script, otherwise=behaviours.answer(reply("approve"))) as fake:
        settings = Settings(window_characters=2_000, window_overlap=100)
        with Reviewer(model=endpoint(fake, transport), settings=settings) as reviewer:
            verdict = reviewer.review(text)
        assert fake.served > 2
    assert (verdict.decision, verdict.decided_by) == (Decision.REFER, DecidedBy.MODEL)
    assert verdict.reasons == ("partly_read",)
