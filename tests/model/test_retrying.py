"""How often, how soon and how long."""

from __future__ import annotations

import asyncio

import pytest

from reviewer.errors import ModelRejected, ModelUnavailable
from reviewer.model.outcome import Outcome
from reviewer.model.retrying import LONGEST_BACK_OFF, retrying
from tests.model.makers import Clock

GOOD = Outcome(content="{}")


def outage(retry_after: float | None = None, why: str = "outage") -> Outcome:
    """Make an outcome that may pass."""
    return Outcome(error=ModelUnavailable("Down.", why=why, retry_after=retry_after), retry=True)


def tried(clock: Clock, *outcomes: Outcome, attempts: int = 6, seconds: float = 300.0) -> tuple[Outcome, int]:
    """Give these outcomes in turn, and tell what came of it and how many were used."""
    left = list(outcomes)

    async def attempt() -> Outcome:
        return left.pop(0)

    end = clock() + seconds
    last = asyncio.run(retrying(attempt, attempts=attempts, until=lambda: end, sleep=clock.sleep, clock=clock))
    return last, len(outcomes) - len(left)


def test_what_stays_is_not_tried_again() -> None:
    """Neither an answer nor a refusal becomes another by asking twice."""
    refused = Outcome(error=ModelRejected("No."))
    assert tried(Clock(), GOOD) == (GOOD, 1)
    assert tried(Clock(), refused, GOOD) == (refused, 1)


def test_what_passes_is_tried_again() -> None:
    """An outage that passes is not seen by anybody."""
    assert tried(Clock(), outage(), outage(), GOOD) == (GOOD, 3)


def test_pauses_grow() -> None:
    """An endpoint that is down is asked ever less often, and never at the same moments by everybody."""
    clock = Clock()
    tried(clock, *[outage()] * 10, attempts=10, seconds=1000)
    assert len(clock.slept) == 9
    assert 0.5 <= clock.slept[0] <= 1.0
    assert 4.0 <= clock.slept[3] <= 4.5
    assert clock.slept[-1] == LONGEST_BACK_OFF


@pytest.mark.parametrize("attempts", [0, 1, 3])
def test_attempts_are_counted(attempts: int) -> None:
    """The last outcome is given when they are used up; at least one is made."""
    last, used = tried(Clock(), *[outage()] * 5, attempts=attempts)
    assert last.retry
    assert used == max(1, attempts)


def test_the_server_says_how_long() -> None:
    """A server's own time is kept to, not rounded up or down."""
    clock = Clock()
    assert tried(clock, outage(7.25), GOOD)[1] == 2
    assert clock.slept == [7.25]


def test_the_pace_waits_after_a_rate_limit() -> None:
    """The wait that all calls share is not waited twice."""
    clock = Clock()
    assert tried(clock, outage(7.0, "rate_limit"), GOOD)[1] == 2
    assert clock.slept == [0.0]


@pytest.mark.parametrize("why", ["outage", "rate_limit"])
def test_a_wait_beyond_the_deadline_is_not_begun(why: str) -> None:
    """Who would come too late gives up now."""
    clock = Clock()
    assert tried(clock, outage(7.0, why), GOOD, seconds=5)[1] == 1
    assert not clock.slept
