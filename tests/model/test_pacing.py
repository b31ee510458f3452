"""Pacing, in virtual time, against servers that count by the same clock."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import pytest

from reviewer.endpoint import Endpoint
from reviewer.errors import ModelUnavailable
from reviewer.model import pacing
from reviewer.model.breaker import COOL_DOWN, OUTAGES
from reviewer.model.pacing import FIRST_WINDOW, LONGEST_WAIT
from tests.model.storms import Boundless, FixedWindow, TokenBucket, now, run, storm

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reviewer.model.pacing import Pace


async def attempt(pace: Pace, tell: Callable[[], None], seconds: float = 0.0) -> float:
    """Make one call that takes so long, tell how it ended, and give when it was sent."""
    async with pace.slot():
        sent = now()
        await asyncio.sleep(seconds)
        tell()
    return sent


async def fails(made: Awaitable[object]) -> str:
    """Give the word for why there is no slot."""
    with pytest.raises(ModelUnavailable) as caught:
        await made
    return caught.value.why


SERVERS: dict[str, Callable[[], FixedWindow | TokenBucket]] = {
    "20 per second": lambda: FixedWindow(20),
    "10 per second": lambda: FixedWindow(10),
    "20 per shifted second": lambda: FixedWindow(20, phase=0.5),
    "10 per shifted second": lambda: FixedWindow(10, phase=0.5),
    "bucket of 20": lambda: TokenBucket(20),
    "bucket of 10": lambda: TokenBucket(10),
}
# A second that turns while the limit is being found lets through up to twice the limit,
# so that the first pace learnt is too high; it costs one more wait, a fifth of this storm of five seconds.
SLOWER = {("20 per shifted second", 0.2): 1.3}


@pytest.mark.parametrize("latency", [0.02, 0.05, 0.2])
@pytest.mark.parametrize("in_flight", [16, 64])
@pytest.mark.parametrize("server", SERVERS)
def test_a_storm_loses_nothing_and_is_nearly_as_quick_as_allowed(server: str, in_flight: int, latency: float) -> None:
    """A hundred calls against a rate limit are all answered, with few refusals and little time lost."""
    limited = SERVERS[server]()
    result = storm(limited, 100, latency=latency, in_flight=in_flight)
    assert result.answered == 100
    assert result.refused <= 0.25 * result.answered
    assert result.seconds <= SLOWER.get((server, latency), 1.2) * (100 / limited.limit + latency)


def test_without_a_limit_the_window_fills() -> None:
    """At half a second's latency, 64 in flight reach four fifths of the ideal rate over 2,000 calls."""
    result = storm(Boundless(), 2000, latency=0.5, in_flight=64)
    assert result.refused == 0
    assert result.seconds <= 2000 / 64 * 0.5 / 0.8


def test_nobody_sends_before_the_named_moment() -> None:
    """A Retry-After holds for all calls of the process, and they do not all start in the moment it ends."""

    async def main(pace: Pace) -> None:
        await attempt(pace, lambda: pace.refused(7.0))
        sent = await asyncio.gather(*(attempt(pace, pace.succeeded) for _ in range(4)))
        assert min(sent) >= 7.0
        assert len(set(sent)) == 4

    run(main)


def test_without_a_retry_after_the_wait_doubles() -> None:
    """An endpoint that refuses again and again without saying for how long is asked less and less often."""

    async def main(pace: Pace) -> None:
        sent = [await attempt(pace, lambda: pace.refused(None)) for _ in range(5)]
        waits = [after - before for before, after in itertools.pairwise(sent)]
        assert waits == pytest.approx([1.05, 2.1, 4.2, 8.4])

    run(main)


def test_refusals_of_one_round_halve_the_window_once() -> None:
    """Several calls that were under way together and are refused count as one refusal."""

    async def main(pace: Pace) -> None:
        await asyncio.gather(*(attempt(pace, lambda: pace.refused(1.0), 0.1) for _ in range(FIRST_WINDOW)))
        assert await most_under_way(pace, 30, 60.0) == FIRST_WINDOW // 2

    run(main)


async def most_under_way(pace: Pace, calls: int, seconds: float) -> int:
    """Start calls that take long, and give how many run when nothing more starts."""
    tasks = [asyncio.create_task(attempt(pace, pace.succeeded, seconds)) for _ in range(calls)]
    started = now()
    await asyncio.sleep(seconds / 2)
    running = pace._under_way  # noqa: SLF001  what a user sees of it is only how long things take
    assert now() < started + seconds
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return running


def test_the_window_stays_within_the_setting() -> None:
    """However many answers come, no more than `in_flight` calls are under way."""

    async def main(pace: Pace) -> None:
        await asyncio.gather(*(attempt(pace, pace.succeeded, 0.1) for _ in range(50)))
        assert await most_under_way(pace, 30, 1.0) == 10

    run(main, in_flight=10)


def test_first_come_first_served() -> None:
    """Calls are sent in the order in which they came."""

    async def main(pace: Pace) -> None:
        order: list[int] = []

        async def one(number: int) -> None:
            await attempt(pace, lambda: order.append(number))

        await asyncio.gather(*(one(number) for number in range(20)))
        assert order == list(range(20))

    run(main, in_flight=1)


def test_a_cancelled_call_leaves_its_place() -> None:
    """Ctrl-C on waiting and on running calls leaves room for others."""

    async def main(pace: Pace) -> None:
        for held in (0.0, 0.5):
            tasks = [asyncio.create_task(attempt(pace, pace.succeeded, 10.0)) for _ in range(5)]
            await asyncio.sleep(held)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        before = now()
        await asyncio.gather(*(attempt(pace, pace.succeeded, 1.0) for _ in range(4)))
        assert now() == pytest.approx(before + 2.0)

    run(main, in_flight=2)


def test_outages_in_a_row_open_the_breaker() -> None:
    """A dead endpoint is not asked by each of a thousand texts: all but one probe learn at once that it is out."""

    async def main(pace: Pace) -> None:
        for _ in range(OUTAGES):
            await attempt(pace, pace.failed)
        before = now()
        assert await fails(attempt(pace, pace.succeeded)) == "outage"
        assert now() == before
        await asyncio.sleep(COOL_DOWN)
        probe = asyncio.create_task(attempt(pace, pace.succeeded, 1.0))
        await asyncio.sleep(0.5)
        assert await fails(attempt(pace, pace.succeeded)) == "outage"
        await probe
        await attempt(pace, pace.succeeded)

    run(main)


def test_a_failed_probe_lengthens_the_cool_down() -> None:
    """An endpoint that is still out after the cool-down is left alone for longer; a lost probe blocks nobody."""

    async def main(pace: Pace) -> None:
        for _ in range(OUTAGES):
            await attempt(pace, pace.failed)
        await asyncio.sleep(COOL_DOWN)
        await attempt(pace, lambda: None)
        await attempt(pace, pace.failed)
        await asyncio.sleep(COOL_DOWN * 1.5)
        assert await fails(attempt(pace, pace.succeeded)) == "outage"
        await asyncio.sleep(COOL_DOWN * 0.6)
        await attempt(pace, pace.succeeded)

    run(main)


def test_who_gets_no_slot_has_nothing_to_tell() -> None:
    """An adapter that tells of the breaker's own error as of an outage does not keep the breaker open."""

    async def main(pace: Pace) -> None:
        for _ in range(OUTAGES):
            await attempt(pace, pace.failed)
        for _ in range(3):
            await asyncio.sleep(COOL_DOWN / 3)
            if now() < COOL_DOWN:
                assert await fails(attempt(pace, pace.succeeded)) == "outage"
                pace.failed()
        await attempt(pace, pace.succeeded)

    run(main)


def test_a_gate_that_opens_too_late_is_said_at_once() -> None:
    """Nobody waits for an hour in silence: the rate limit is the reason, with the seconds that remain."""

    async def main(pace: Pace) -> None:
        await attempt(pace, lambda: pace.refused(3600.0))
        with pytest.raises(ModelUnavailable, match="rate limit") as caught:
            await attempt(pace, pace.succeeded)
        assert caught.value.why == "rate_limit"
        assert caught.value.retry_after == pytest.approx(3600, abs=2)
        await asyncio.sleep(3600 - LONGEST_WAIT + 2)
        assert await attempt(pace, pace.succeeded) >= 3600

    run(main)


def test_an_endpoint_has_one_pace() -> None:
    """Two reviewers of the same endpoint share its pace; another model, or a new process, has its own."""
    endpoint = Endpoint(model="one", temperature=0.0)
    pace = pacing.pace_of(endpoint)
    assert pacing.pace_of(endpoint.model_copy(update={"temperature": 1.0})) is pace
    assert pacing.pace_of(endpoint.model_copy(update={"model": "two"})) is not pace
    pacing.forget()
    assert pacing.pace_of(endpoint) is not pace
    pacing.forget()
