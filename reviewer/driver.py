"""Drives a review: asks its rounds of calls, all at once, and hands the answers back until there is a verdict."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.call import Model
    from reviewer.consulting import Review
    from reviewer.interviewing import Answers, Calls
    from reviewer.verdict import Verdict

LONG_TEXT = 20_000

T = TypeVar("T")


async def drive(review: Review, model: Model, characters: int) -> Verdict:
    """Let `model` answer a review's calls; raises `ModelRejected` where the set-up is wrong.

    A text of many `characters` is read beside the loop, so that it does not hold up the calls of others.
    """
    try:
        calls = await _step(partial(next, review), characters)
        while True:
            answers = await ask(model, calls)
            calls = await _step(partial(review.send, answers), characters)
    except _Concluded as concluded:
        return concluded.verdict
    finally:
        review.close()


async def ask(model: Model, calls: Calls) -> Answers:
    """Ask a round; the first error ends the other calls of it."""
    if len(calls) == 1:
        return (await model.answer(calls[0]),)
    asking = [asyncio.ensure_future(model.answer(call)) for call in calls]
    try:
        return tuple(await asyncio.gather(*asking))
    finally:
        for call in asking:
            call.cancel()


class _Concluded(Exception):
    """A review is over; a `StopIteration` cannot cross from a thread into a coroutine."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


async def _step(step: Callable[[], T], characters: int) -> T:
    if characters <= LONG_TEXT:
        return _stepped(step)
    going = asyncio.ensure_future(asyncio.to_thread(_stepped, step))
    try:
        return await asyncio.shield(going)
    except asyncio.CancelledError:
        # A thread cannot be stopped, and a review cannot be closed while it reads.
        await asyncio.wait({going})
        going.exception()
        raise


def _stepped(step: Callable[[], T]) -> T:
    try:
        return step()
    except StopIteration as stop:
        raise _Concluded(stop.value) from None
