"""How fast an endpoint is asked: one gate for all calls, a window that adapts, a learnt pace, and a breaker.

A refusal (429) shuts the gate for everybody until the moment that the endpoint names.
The window is how many calls are under way at once; it grows while calls are answered and halves at a refusal.
The window alone runs into the limit again and again where answers are quick,
so that the pace that the endpoint let through is learnt from its refusals, kept a little below, and raised slowly.
The breaker stops all calls to an endpoint that is out of order.

All of it lives on one event loop, so that nothing is locked but the turn of those who wait.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import deque
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import ModelUnavailable
from reviewer.model.breaker import Breaker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from reviewer.endpoint import Endpoint

# The window before anything is known of the endpoint.
FIRST_WINDOW = 8
# What each answer adds to the window before the first refusal.
GROWTH = 0.4
# Who is told to wait for longer than this, in seconds, is told so at once instead of being kept.
LONGEST_WAIT = 300.0
LONGEST_BACK_OFF = 60.0
# The part of the learnt pace that is used, so that a limit counted by the clock's seconds is not met by a hair.
SHARE = 0.95
# The pace is doubled after so many waits without a refusal, and after twice as many if the refusals agree.
PATIENCE = 20.0
LONGEST_PATIENCE = 60.0
# A pace that has grown by this is no bound any more.
OUTGROWN = 8.0
# Whoever waits looks up as often as this, in seconds, and sees an opened breaker.
LOOK = 1.0


@dataclass(slots=True, eq=False)
class _Ticket:
    """One attempt: the how-manieth, when it was sent, and whether its end was told."""

    pace: Pace
    number: int
    sent: float
    told: bool = False


# The attempt of the task that tells how it ended: late refusals are known by when their call was sent.
_ticket: ContextVar[_Ticket | None] = ContextVar("ticket", default=None)


class _Window:
    """How many calls may be under way: two fifths more per round until the first refusal, then one more.

    Doubling each round finds the limit of a quick endpoint by having a third of a hundred calls refused.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = float(min(FIRST_WINDOW, most))
        self.halved_at = 0
        self._starting = True

    def grow(self, number: int) -> None:
        """Count an answer, unless its call was sent before the last halving."""
        if number > self.halved_at:
            self.size = min(float(self.most), self.size + (GROWTH if self._starting else 1.0 / self.size))

    def shrink(self, number: int, last: int) -> bool:
        """Halve once for all refusals of calls that were sent before the halving; say whether it was done."""
        if number <= self.halved_at:
            return False
        self.size = max(1.0, self.size / 2)
        self.halved_at = last
        self._starting = False
        return True


class _Rate:
    """The calls a second that the endpoint lets through; not known before the first refusal."""

    def __init__(self) -> None:
        self._answered: deque[float] = deque(maxlen=10_000)
        self._learnt: float | None = None
        self._since = 0.0
        self._patience = PATIENCE
        self._wait = 1.0
        self._refusal: tuple[float, float, float] | None = None

    def answered(self, sent: float) -> None:
        """Remember when a call was sent that was answered."""
        self._answered.append(sent)

    def refused(self, sent: float, wait: float, now: float) -> None:
        """Remember the first refusal of a round: when its call was sent, how long to wait, and when it was told."""
        self._refusal = (sent, wait, now)

    def learn(self) -> None:
        """Take as the pace what was let through before the refused call, in as long a time as was to be waited.

        It is learnt when the gate opens and not when it shuts: answers to calls that were under way count, too.
        """
        if self._refusal is None:
            return
        (sent, wait, now), self._refusal = self._refusal, None
        period = max(1.0, wait)
        count = sum(1 for other in self._answered if sent - period < other <= sent)
        found = SHARE * count / period
        before = self.at(now)
        if before is None:
            # Few calls may have been let through because few were sent.
            found = max(found, SHARE * FIRST_WINDOW / period)
        else:
            found = min(max(found, before / 2), SHARE * before)
        self._settle(found, wait, now)

    def _settle(self, found: float, wait: float, now: float) -> None:
        agrees = self._learnt is not None and 0.8 * self._learnt <= found <= 1.25 * self._learnt
        self._patience = min(LONGEST_PATIENCE, 2 * self._patience) if agrees else PATIENCE
        self._learnt = found
        self._wait = min(max(wait, 0.2), 10.0)
        self._since = now + wait

    def at(self, now: float) -> float | None:
        """Give the pace now: hardly more than the learnt one for long, then quickly more, then any."""
        if self._learnt is None:
            return None
        waits = max(0.0, now - self._since) / self._wait
        growth = 1.0 + (waits / self._patience) ** 3
        if growth > OUTGROWN:
            self._learnt = None
            return None
        return self._learnt * growth


class Pace:
    """The pace of all calls of this process to one endpoint; `clock` gives seconds that never run backwards."""

    def __init__(
        self,
        in_flight: int,
        *,
        name: str = "The endpoint",
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Start with a small window; `jitter` gives numbers from 0 to 1."""
        self._name = name
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._window = _Window(max(1, in_flight))
        self._rate = _Rate()
        self._breaker = Breaker()
        self._turn = asyncio.Lock()
        self._left = asyncio.Event()
        self._under_way = 0
        self._number = 0
        self._gate = 0.0
        self._next = 0.0
        self._refusals = 0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold one place in the window, when the gate is open and it is this call's turn.

        Raises:
            ModelUnavailable: while the breaker is open (`outage`), or where the gate opens too late (`rate_limit`).
        """
        ticket = await self._enter()
        try:
            yield
        finally:
            self._under_way -= 1
            self._breaker.leave(ticket.number)
            self._left.set()

    async def _enter(self) -> _Ticket:
        # Who gets no place has nothing to tell: what this task tells then is of no call.
        _ticket.set(_Ticket(self, 0, 0.0, told=True))
        self._check()
        # The lock lets in one after another, in order of arrival: only the first in the line waits for anything.
        async with self._turn:
            # The line may have been long, and much may have happened.
            self._check()
            while (delay := self._delay()) != 0.0:
                await (self._sleep(min(delay, LOOK)) if delay > 0 else self._room())
                self._check()
            return self._take()

    def _check(self) -> None:
        now = self._clock()
        self._breaker.check(self._name, now)
        if self._gate - now > LONGEST_WAIT:
            message = f"{self._name} asks to be left alone for {self._gate - now:.0f} s more, by its rate limit."
            raise ModelUnavailable(message, why="rate_limit", retry_after=self._gate - now)

    def _delay(self) -> float:
        """Give the seconds until the next call may go: 0 for now, less than 0 if one must come back first."""
        if self._under_way >= int(self._window.size):
            return -1.0
        return max(0.0, max(self._gate, self._next) - self._clock())

    async def _room(self) -> None:
        self._left.clear()
        await self._left.wait()

    def _take(self) -> _Ticket:
        # Nothing is awaited between here and the caller's block, so that no cancellation can lose the place.
        now = self._clock()
        self._under_way += 1
        self._number += 1
        self._rate.learn()
        if rate := self._rate.at(now):
            # One call late is made up for: timers oversleep.
            self._next = max(self._next, now - 1.0 / rate) + 1.0 / rate
        ticket = _Ticket(self, self._number, now)
        self._breaker.take(ticket.number)
        _ticket.set(ticket)
        return ticket

    def _told(self) -> _Ticket | None:
        """Give the attempt of this task, once; a task that has none is taken to tell of a call sent just now."""
        ticket = _ticket.get()
        if ticket is None or ticket.pace is not self:
            return _Ticket(self, self._number, self._clock())
        known, ticket.told = ticket.told, True
        return None if known else ticket

    def succeeded(self) -> None:
        """Tell that the endpoint answered: with a reply, or with an error that is neither 429 nor an outage."""
        if (ticket := self._told()) is None:
            return
        self._breaker = Breaker()
        self._rate.answered(ticket.sent)
        self._window.grow(ticket.number)
        if ticket.number > self._window.halved_at:
            self._refusals = 0

    def refused(self, retry_after: float | None) -> None:
        """Tell of a 429: nobody sends before `retry_after` seconds, or a time that grows with refusals in a row."""
        if (ticket := self._told()) is None:
            return
        # A refusal is an answer: the endpoint is there.
        self._breaker = Breaker()
        now = self._clock()
        new_round = self._window.shrink(ticket.number, self._number)
        self._refusals += new_round
        wait = self._wait(retry_after)
        if new_round:
            self._rate.refused(ticket.sent, wait, now)
        # A little later than named, and not the same little in every process.
        self._gate = max(self._gate, now + wait + min(1.0, wait / 10) * self._jitter())
        self._next = max(self._next, self._gate)

    def _wait(self, retry_after: float | None) -> float:
        backing_off = min(LONGEST_BACK_OFF, 2.0 ** max(0, self._refusals - 1))
        # An endpoint that names next to nothing, again and again, is not taken at its word.
        return backing_off if retry_after is None else max(retry_after, backing_off / 8)

    def failed(self) -> None:
        """Tell of an outage: no connection, no answer in time, or a 5xx."""
        if ticket := self._told():
            self._breaker.failed(ticket.number, self._clock())


_paces: dict[tuple[str, str, int], Pace] = {}


def pace_of(endpoint: Endpoint) -> Pace:
    """Give the one pace of this process for an endpoint."""
    key = (endpoint.base_url, endpoint.model, endpoint.in_flight)
    if key not in _paces:
        _paces[key] = Pace(endpoint.in_flight, name=f"{endpoint.model!r} at {endpoint.host!r}")
    return _paces[key]


def forget() -> None:
    """Forget what was learnt of every endpoint, as a new process would."""
    _paces.clear()


# A forked process has an event loop of its own; who waits on the parent's, or is under way there, is not with it.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget)
