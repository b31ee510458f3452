"""Trying again: with what may pass, not longer than the deadline, and never against a server's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt, wait_exponential_jitter

from reviewer.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reviewer.model.outcome import Outcome

LONGEST_BACK_OFF = 30.0
_back_off = wait_exponential_jitter(multiplier=0.5, max=LONGEST_BACK_OFF, jitter=0.5)


async def retrying(
    attempt: Callable[[], Awaitable[Outcome]],
    *,
    attempts: int,
    until: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
    clock: Callable[[], float],
) -> Outcome:
    """Attempt until there is an outcome that stays, and give the last one; `until` tells when the clock ends it."""

    def too_late(state: RetryCallState) -> bool:
        # A server that asks for more time than is left is not waited for at all.
        return clock() + max(state.upcoming_sleep, _asked(_outcome(state)) or 0.0) >= until()

    retry = AsyncRetrying(
        sleep=sleep,
        stop=lambda state: _at_most(attempts)(state) or too_late(state),
        wait=_wait,
        retry=retry_if_result(lambda outcome: outcome.retry),
        retry_error_callback=_outcome,
    )
    last: Outcome = await retry(attempt)
    return last


def _at_most(attempts: int) -> Callable[[RetryCallState], bool]:
    return stop_after_attempt(max(1, attempts))


def _wait(state: RetryCallState) -> float:
    """Wait as long as the server asks, or ever longer; after a rate limit the pace of all calls does the waiting."""
    error = _outcome(state).error
    if isinstance(error, ModelUnavailable) and error.why == "rate_limit":
        return 0.0
    asked = _asked(_outcome(state))
    return _back_off(state) if asked is None else asked


def _asked(outcome: Outcome) -> float | None:
    return outcome.error.retry_after if isinstance(outcome.error, ModelUnavailable) else None


def _outcome(state: RetryCallState) -> Outcome:
    if state.outcome is None:
        raise AssertionError(state)
    outcome: Outcome = state.outcome.result()
    return outcome
