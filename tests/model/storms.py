"""Virtual time, servers with a rate limit, and storms of calls."""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reviewer.model.pacing import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class Clockwork(selectors.DefaultSelector):
    """Lets the time pass that a loop would have waited."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Give what is ready, at once."""
        assert timeout is not None, "Everybody waits, and nobody will ever wake them."
        self.now += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is the clockwork's."""

    def __init__(self) -> None:
        """Start at zero."""
        self.clockwork = Clockwork()
        super().__init__(self.clockwork)

    def time(self) -> float:
        """Give the virtual seconds."""
        return self.clockwork.now


class Server(Protocol):
    """Says whether it takes a call now, or how many seconds it asks to wait."""

    def retry_after(self, now: float) -> float | None:
        """Count a call."""


class FixedWindow:
    """Takes so many calls in each second of its own clock, which is ahead by `phase`."""

    def __init__(self, limit: int, phase: float = 0.0) -> None:
        """Start with nothing taken."""
        self.limit = limit
        self.phase = phase
        self.taken: dict[int, int] = {}

    def retry_after(self, now: float) -> float | None:
        """Count a call."""
        second = int(now + self.phase)
        self.taken[second] = self.taken.get(second, 0) + 1
        return 1.0 if self.taken[second] > self.limit else None


class TokenBucket:
    """Fills by so many tokens a second, up to a second's worth, and takes one for a call."""

    def __init__(self, limit: int) -> None:
        """Start full."""
        self.limit = limit
        self.tokens = float(limit)
        self.at = 0.0

    def retry_after(self, now: float) -> float | None:
        """Count a call."""
        self.tokens = min(float(self.limit), self.tokens + (now - self.at) * self.limit)
        self.at = now
        if self.tokens < 1.0:
            return 1.0
        self.tokens -= 1.0
        return None


class Boundless:
    """Takes every call."""

    def retry_after(self, now: float) -> float | None:  # noqa: ARG002  as the protocol has it
        """Count a call."""
        return None


class Storm(NamedTuple):
    """What became of a storm of calls."""

    answered: int
    refused: int
    seconds: float


def run(main: Callable[[Pace], Coroutine[object, object, None]], in_flight: int = 16) -> float:
    """Run with a new pace, and give the virtual seconds that it took."""

    async def with_pace() -> float:
        clock = asyncio.get_running_loop().time
        await main(Pace(in_flight, clock=clock, jitter=lambda: 0.5))
        return clock()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(with_pace())


def now() -> float:
    """Give the virtual time."""
    return asyncio.get_running_loop().time()


def storm(server: Server, calls: int, *, latency: float, in_flight: int = 16) -> Storm:
    """Let so many calls loose at once, each tried until it is answered."""
    ends: list[bool] = []

    async def one(pace: Pace) -> None:
        wait: float | None = 0.0
        while wait is not None:
            async with pace.slot():
                await asyncio.sleep(latency / 2)
                wait = server.retry_after(now())
                await asyncio.sleep(latency / 2)
                ends.append(wait is None)
                pace.succeeded() if wait is None else pace.refused(wait)

    async def main(pace: Pace) -> None:
        await asyncio.gather(*(one(pace) for _ in range(calls)))

    seconds = run(main, in_flight)
    return Storm(ends.count(True), ends.count(False), seconds)
