"""The one adapter: any OpenAI-compatible endpoint as a `Model`.

A call is reserved in the budget, asked as the ladder says, at the pace of all calls, again where that may help,
and settled; whatever comes of it is a reply or a failure, but for a set-up that is wrong.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

from reviewer.call import Failure, Reply, Trace
from reviewer.errors import BlockedByProvider, ModelError, ModelRejected, ModelUnavailable
from reviewer.model import encoding
from reviewer.model.ladder import ladder_of
from reviewer.model.outcome import NoToken, Outcome, ReplyTooLong, Where, read
from reviewer.model.pacing import pace_of
from reviewer.model.retrying import retrying
from reviewer.model.spending import budget_of
from reviewer.verdict import WhyNotModel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reviewer.call import ModelCall, Step
    from reviewer.endpoint import Endpoint
    from reviewer.model.client import Client
    from reviewer.model.ladder import Ladder, Stand
    from reviewer.model.pacing import Pace
    from reviewer.model.spending import Budget, Reservation


class _Course:
    """One call under way: until when it may take, what has been sent for it, and what came last."""

    def __init__(self, call: ModelCall, until: float) -> None:
        self.call = call
        self.until = until
        self.attempts = 0
        self.begun: float | None = None
        self.step: Step | None = None
        self.last = Outcome()


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
        self._pace = pace or pace_of(endpoint)
        self._budget = budget or budget_of(endpoint)
        self._ladder = ladder or ladder_of(endpoint)
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

    async def answer(self, call: ModelCall) -> Reply | Failure:
        """Answer a call.

        Raises:
            ModelRejected: the set-up is wrong, or the endpoint takes no such request.
        """
        try:
            reservation = self._budget.reserve(call)
        except ModelError as error:
            return _failure(error, Trace(cost=0.0, attempts=0))
        course = _Course(call, self._clock() + self._endpoint.deadline)
        try:
            outcome = await self._asked(course)
        finally:
            cost = self._settled(reservation, course)
        trace = self._trace(course, cost)
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
            async with asyncio.timeout(endpoint.deadline):
                return await retrying(
                    partial(self._attempt, course),
                    attempts=endpoint.attempts,
                    until=course.until,
                    sleep=self._sleep,
                    clock=self._clock,
                )
        except TimeoutError:
            return Outcome(error=self._late(course.last.error))
        except ModelUnavailable as error:
            # The pace lets nobody through for now.
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
        async with self._pace.slot():
            course.begun = self._clock() if course.begun is None else course.begun
            course.attempts += 1
            course.step = stand.step
            try:
                outcome = await self._received(body)
            except asyncio.CancelledError:
                if self._clock() >= course.until:
                    self._pace.failed()
                raise
            self._tell(outcome)
        self._ladder.proven = self._ladder.proven or outcome.proves
        return outcome

    async def _received(self, body: bytes) -> Outcome:
        client = self._opened()
        try:
            # The SDK's own limit is for each wait; an endpoint that drips would never reach it.
            async with asyncio.timeout(self._endpoint.timeout):
                answer = await client.send(body)
        except TimeoutError:
            message = f"The endpoint {self.host} did not answer in time ({self._endpoint.timeout:g} s)."
            return Outcome(error=ModelUnavailable(message), retry=True)
        except ModelUnavailable as error:
            if isinstance(error, NoToken) and not self._ladder.proven:
                return Outcome(error=ModelRejected(str(error)))
            return Outcome(error=error, retry=not isinstance(error, ReplyTooLong))
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
        return Where(endpoint.host, endpoint.address, endpoint.model, self._ladder.proven, client.keyed, client.secrets)

    def _tell(self, outcome: Outcome) -> None:
        """Tell the pace of all calls how this one went."""
        error = outcome.error
        if not isinstance(error, ModelUnavailable) or outcome.change:
            self._pace.succeeded()
        elif error.why == WhyNotModel.RATE_LIMIT:
            self._pace.refused(error.retry_after)
        else:
            self._pace.failed()

    def _settled(self, reservation: Reservation, course: _Course) -> tuple[float | None, str | None]:
        """Charge what a model answered, be it badly; give back the rest."""
        last = course.last
        if last.proves:
            return self._budget.settle(reservation, last.usage, last.model)
        self._budget.release(reservation)
        return (None, "no model answered") if course.attempts else (0.0, None)

    def _trace(self, course: _Course, cost: tuple[float | None, str | None]) -> Trace:
        last = course.last
        return Trace(
            model=last.model,
            response_id=last.response_id,
            step=course.step,
            usage=last.usage,
            attempts=course.attempts,
            seconds=0.0 if course.begun is None else self._clock() - course.begun,
            cost=cost[0],
            cost_unknown=cost[1],
        )


def _failure(error: ModelError, trace: Trace) -> Failure:
    return Failure(
        why=WhyNotModel(error.why),
        detail=str(error),
        too_long=error.why == WhyNotModel.TOO_LONG,
        categories=error.categories if isinstance(error, BlockedByProvider) else (),
        trace=trace,
    )
