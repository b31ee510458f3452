"""The one adapter: any OpenAI-compatible endpoint as a `Model`.

A call is asked as the ladder says, at the pace of all calls, again where that may help, and each attempt is reserved
in the budget and settled; whatever comes of it is a reply or a failure, but for a set-up that is wrong.
"""

from __future__ import annotations

import asyncio
import math
import time
from functools import partial
from typing import TYPE_CHECKING

from reviewer.call import Failure, Reply, Trace
from reviewer.errors import BlockedByProvider, ModelError, ModelRejected, ModelUnavailable
from reviewer.model import encoding
from reviewer.model.ladder import ladder_of
from reviewer.model.outcome import NoToken, NotSent, Outcome, ReplyTooLong, Where, read
from reviewer.model.pacing import pace_of
from reviewer.model.retrying import retrying
from reviewer.model.spending import Cost, OverBudget, budget_of
from reviewer.receipt import WhyNotModel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reviewer.call import ModelCall, Step
    from reviewer.endpoint import Endpoint
    from reviewer.model.client import Client
    from reviewer.model.ladder import Ladder, Stand
    from reviewer.model.pacing import Pace
    from reviewer.model.spending import Budget, Reservation

_UNTOLD = "an attempt that brought no answer may be billed all the same"


class _Course:
    """One call under way: since when and until when, what has been sent for it, what came last, and what it cost."""

    def __init__(self, call: ModelCall) -> None:
        self.call = call
        self.begun: float | None = None
        self.until = math.inf
        self.limit = asyncio.timeout(None)
        self.attempts = 0
        self.step: Step | None = None
        self.last = Outcome()
        self.cost = Cost(0.0, None)

    def begin(self, now: float, seconds: float) -> None:
        """Count the time from the first attempt: the wait for one's turn says nothing of the endpoint's health."""
        if self.begun is None:
            self.begun, self.until = now, now + seconds
            self.limit.reschedule(asyncio.get_running_loop().time() + seconds)

    def charge(self, cost: Cost) -> None:
        """Add what an attempt cost; the sum is known where each of them is."""
        before = self.cost
        unknown = before.unknown or cost.unknown
        self.cost = Cost(None if unknown else (before.dollars or 0.0) + (cost.dollars or 0.0), unknown)


class OpenAIModel:
    """A model behind an endpoint; all of them in a process share ladder, pace and budget by endpoint."""

    def __init__(  # noqa: PLR0913  seams, each with its default
        self,
        endpoint: Endpoint,
        *,
        pace: Pace | None = None,
        budget: Budget | None = None,
        ladder: Ladder | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember where to ask; nothing is opened or imported before the first call."""
        self._endpoint = endpoint
        self._own_pace = pace
        self._budget = budget or budget_of(endpoint)
        self._own_ladder = ladder
        self._sleep = sleep
        self._clock = clock
        self._client: Client | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def name(self) -> str:
        """The model that is asked for."""
        return self._endpoint.model

    @property
    def host(self) -> str:
        """Where it runs."""
        return self._endpoint.host

    @property
    def identity(self) -> str:
        """What makes the same call give another reply: where, which model, which temperature."""
        endpoint = self._endpoint
        return f"{endpoint.base_url.rstrip('/')} {endpoint.model} temperature={endpoint.temperature}"

    # Looked up each time: in a process that was forked they are others.
    @property
    def _pace(self) -> Pace:
        return self._own_pace or pace_of(self._endpoint)

    @property
    def _ladder(self) -> Ladder:
        return self._own_ladder or ladder_of(self._endpoint)

    async def answer(self, call: ModelCall) -> Reply | Failure:
        """Answer a call.

        Raises:
            ModelRejected: the set-up is wrong, or the endpoint takes no such request.
        """
        course = _Course(call)
        outcome = await self._asked(course)
        trace = self._trace(course)
        if isinstance(outcome.error, ModelRejected):
            raise outcome.error
        return _failure(outcome.error, trace) if outcome.error else Reply(content=outcome.content or "", trace=trace)

    async def aclose(self) -> None:
        """Close the connections, if any were opened."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _asked(self, course: _Course) -> Outcome:
        """Ask until something stays or the deadline is over, whatever it is spent on."""
        endpoint = self._endpoint
        try:
            async with course.limit:
                return await retrying(
                    partial(self._attempt, course),
                    attempts=endpoint.attempts,
                    until=lambda: course.until,
                    sleep=self._sleep,
                    clock=self._clock,
                )
        except TimeoutError:
            return Outcome(error=self._late(course.last.error))
        except (ModelUnavailable, OverBudget) as error:
            # The pace lets nobody through for now, or the budget nobody more.
            return Outcome(error=error)

    def _late(self, last: ModelError | None) -> ModelUnavailable:
        before = f" The last attempt: {last}" if last else ""
        message = f"The endpoint {self.host} gave no answer within {self._endpoint.deadline:g} s.{before}"
        return ModelUnavailable(message, why=last.why if last else None)

    async def _attempt(self, course: _Course) -> Outcome:
        """Ask once, and again at once for as long as the endpoint only wants to be asked otherwise."""
        async with self._ladder.turn():
            while True:
                stand = self._ladder.stand
                course.last = await self._sent(course, stand)
                change = course.last.change
                if change is None or not self._ladder.lower(stand, change):
                    return course.last

    async def _sent(self, course: _Course, stand: Stand) -> Outcome:
        body = encoding.body(course.call, self._endpoint, stand)
        # Before the time is counted: the first call imports the SDK, which takes a while.
        self._opened()
        async with self._pace.slot():
            reservation = await self._budget.reserve(course.call)
            course.begin(self._clock(), self._endpoint.deadline)
            course.attempts += 1
            course.step = stand.step
            outcome = await self._settled(body, reservation, course)
            self._tell(outcome)
        self._ladder.proven = self._ladder.proven or outcome.proves
        return outcome

    async def _settled(self, body: bytes, reservation: Reservation, course: _Course) -> Outcome:
        """Make an attempt and charge it, however it ends."""
        # What is broken off may be billed.
        outcome = Outcome(untold=True)
        try:
            outcome = await self._received(body)
        except asyncio.CancelledError:
            if self._clock() >= course.until:
                self._pace.failed()
            raise
        finally:
            course.charge(self._charged(reservation, outcome))
        return outcome

    async def _received(self, body: bytes) -> Outcome:
        client = self._opened()
        try:
            # The SDK's own limit is for each wait; an endpoint that drips would never reach it.
            async with asyncio.timeout(self._endpoint.timeout):
                answer = await client.send(body)
        except TimeoutError:
            message = f"The endpoint {self.host} did not answer in time ({self._endpoint.timeout:g} s)."
            return Outcome(error=ModelUnavailable(message), retry=True, untold=True)
        except ModelUnavailable as error:
            if isinstance(error, NoToken) and not self._ladder.proven:
                return Outcome(error=ModelRejected(str(error)))
            again, untold = not isinstance(error, ReplyTooLong), not isinstance(error, NotSent)
            return Outcome(error=error, retry=again, untold=untold)
        return read(answer, self._where(client), time.time())

    def _opened(self) -> Client:
        """Give the client of this loop: a process that was forked has a loop, and so connections, of its own."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            from reviewer.model.client import Client

            self._client, self._loop = Client(self._endpoint), loop
        return self._client

    def _where(self, client: Client) -> Where:
        endpoint = self._endpoint
        return Where(
            endpoint.host, endpoint.base_url, endpoint.model, self._ladder.proven, client.keyed, client.secrets
        )

    def _tell(self, outcome: Outcome) -> None:
        """Tell the pace of all calls how this one went."""
        error = outcome.error
        if not isinstance(error, ModelUnavailable) or outcome.change:
            self._pace.succeeded()
        elif error.why == WhyNotModel.RATE_LIMIT:
            self._pace.refused(error.retry_after)
        else:
            self._pace.failed()

    def _charged(self, reservation: Reservation, outcome: Outcome) -> Cost:
        """Charge what a model answered, be it badly; a refusal costs nothing, and of the rest nobody knows."""
        if outcome.proves or outcome.usage:
            return self._budget.settle(reservation, outcome.usage, outcome.model)
        self._budget.release(reservation)
        return Cost(None, _UNTOLD) if outcome.untold else Cost(0.0, None)

    def _trace(self, course: _Course) -> Trace:
        last = course.last
        return Trace(
            model=last.model,
            response_id=last.response_id,
            step=course.step,
            usage=last.usage,
            attempts=course.attempts,
            seconds=0.0 if course.begun is None else self._clock() - course.begun,
            cost=course.cost.dollars,
            cost_unknown=course.cost.unknown,
        )


def _failure(error: ModelError, trace: Trace) -> Failure:
    return Failure(
        why=WhyNotModel(error.why),
        detail=str(error),
        too_long=error.why == WhyNotModel.TOO_LONG,
        categories=error.categories if isinstance(error, BlockedByProvider) else (),
        trace=trace,
    )
