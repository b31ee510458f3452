"""Many calls at once to an endpoint that answers one at a time: waiting in line is no outage and costs nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from reviewer.call import Failure, Reply
from reviewer.model.ladder import Ladder
from reviewer.model.openai import OpenAIModel
from reviewer.model.pacing import Pace
from reviewer.model.spending import Budget
from reviewer.receipt import WhyNotModel
from tests.model import makers
from tests.model.makers import good

if TYPE_CHECKING:
    import httpx
    import respx

    from reviewer.endpoint import Endpoint


def slow(mock: respx.Router, seconds: float, response: httpx.Response | None = None) -> respx.Route:
    """Answer well, but after so many seconds."""

    async def answer(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(seconds)
        return response or good()

    return mock.post(makers.URL).mock(side_effect=answer)


def ask_many(at: Endpoint, calls: int, pace: Pace | None = None) -> Counter[str]:
    """Ask so many calls at once, and count what came of them, by why there is no answer where there is none."""

    async def run() -> Counter[str]:
        ladder = Ladder()
        ladder.proven = True
        model = OpenAIModel(at, pace=pace or Pace(at.in_flight), budget=Budget(at), ladder=ladder)
        try:
            answers = await asyncio.gather(*(model.answer(makers.call()) for _ in range(calls)))
        finally:
            await model.aclose()
        return Counter("reply" if isinstance(answer, Reply) else str(answer.why) for answer in answers)

    return asyncio.run(run())


def test_waiting_for_a_slot_is_not_counted(httpx2_mock: respx.Router) -> None:
    """A healthy endpoint that answers one at a time answers all, however long the line is beside the deadline."""
    answered = slow(httpx2_mock, 0.05)
    assert ask_many(makers.endpoint(in_flight=1, deadline=0.5), 20) == {"reply": 20}
    assert answered.call_count == 20


def test_waiting_at_a_gate_is_not_counted(httpx2_mock: respx.Router) -> None:
    """A rate limit that another call met holds up the next, and takes none of its time."""
    answered = slow(httpx2_mock, 0.0)
    pace = Pace(4)
    pace.refused(0.5)
    assert ask_many(makers.endpoint(deadline=0.4), 2, pace) == {"reply": 2}
    assert answered.call_count == 2


def test_a_gate_that_is_shut_for_long_ends_the_waiting(httpx2_mock: respx.Router) -> None:
    """Nobody waits for an hour: the reason is the rate limit, and nothing is sent."""
    pace = Pace(4)
    pace.refused(3600.0)
    assert ask_many(makers.endpoint(), 2, pace) == {WhyNotModel.RATE_LIMIT: 2}
    assert not httpx2_mock.calls


def test_an_opened_breaker_ends_the_waiting(httpx2_mock: respx.Router) -> None:
    """A line before an endpoint that has died is told so, and does not ask it one after another."""
    answered = slow(httpx2_mock, 0.01, makers.bad(503))
    assert ask_many(makers.endpoint(in_flight=1, attempts=1), 30) == {WhyNotModel.OUTAGE: 30}
    assert answered.call_count == 5


def test_the_deadline_counts_from_the_first_slot(httpx2_mock: respx.Router) -> None:
    """Once it is a call's turn, the deadline holds."""
    hung = makers.hang(httpx2_mock)
    assert ask_many(makers.endpoint(in_flight=1, deadline=0.1, timeout=60), 2) == {WhyNotModel.OUTAGE: 2}
    assert hung.call_count == 2


def test_many_at_once_do_not_exhaust_the_budget(httpx2_mock: respx.Router) -> None:
    """What calls might cost refuses none while what they do cost is little."""
    answered = slow(httpx2_mock, 0.001)
    # At its dearest a call costs half a cent, and these cost 0.0002 dollars each.
    at = makers.endpoint(price=(0.0, 10.0), max_cost=0.03, in_flight=16)
    assert ask_many(at, 100) == {"reply": 100}
    assert answered.call_count == 100


def test_a_budget_that_is_spent_refuses(httpx2_mock: respx.Router) -> None:
    """What is refused is over the budget, and the budget is used to its last dearest call."""
    answered = slow(httpx2_mock, 0.001)
    at = makers.endpoint(price=(0.0, 10.0), max_cost=0.01, in_flight=16)
    assert ask_many(at, 100) == {"reply": 26, WhyNotModel.BUDGET: 74}
    assert answered.call_count == 26


def test_calls_are_counted_as_they_are_answered(httpx2_mock: respx.Router) -> None:
    """Exactly `max_calls` of a crowd are answered."""
    answered = slow(httpx2_mock, 0.001)
    assert ask_many(makers.endpoint(max_calls=10), 30) == {"reply": 10, WhyNotModel.BUDGET: 20}
    assert answered.call_count == 10


def test_waiting_for_the_budget_takes_none_of_the_deadline(httpx2_mock: respx.Router) -> None:
    """Calls that wait until others have given back what they held are in no hurry."""
    answered = slow(httpx2_mock, 0.05)
    at = makers.endpoint(price=(0.0, 10.0), max_cost=0.0095, deadline=0.4)
    assert ask_many(at, 12) == {"reply": 12}
    assert answered.call_count == 12


def test_a_call_that_waits_can_be_interrupted(httpx2_mock: respx.Router) -> None:
    """Ctrl-C on a call in line leaves the line in order."""
    answered = slow(httpx2_mock, 0.01)

    async def run() -> Reply | Failure:
        at = makers.endpoint(in_flight=1, max_calls=1)
        model = OpenAIModel(at, pace=Pace(1), budget=Budget(at), ladder=Ladder())
        tasks = [asyncio.create_task(model.answer(makers.call())) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            return await model.answer(makers.call())
        finally:
            await model.aclose()

    assert isinstance(asyncio.run(run()), Reply)
    assert answered.called
