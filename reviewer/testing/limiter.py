"""A rate limit that all clients of a fake endpoint share."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from reviewer.testing import bodies
from reviewer.testing.exchange import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.testing.exchange import Behaviour, Line, Request


class RateLimited:
    """Lets `limit` requests pass at once and as many again in each `per` seconds; the rest get 429 with Retry-After.

    What passes is answered by `then`.
    Retry-After is in whole seconds, as the standard has it, unless `exact` asks for decimals.
    `passed` and `refused` count the requests.
    """

    def __init__(
        self,
        limit: int,
        per: float,
        *,
        then: Behaviour,
        exact: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start with a full bucket."""
        self.passed = self.refused = 0
        self._limit, self._per, self._then, self._exact, self._clock = limit, per, then, exact, clock
        self._left, self._filled_at = float(limit), clock()

    async def act(self, request: Request, line: Line) -> bool:
        """Let the request pass, or tell it when to come again."""
        wait = self._take()
        if wait <= 0:
            self.passed += 1
            return await self._then.act(request, line)
        self.refused += 1
        told = f"{wait:.3f}" if self._exact else str(math.ceil(wait))
        body = bodies.error("Rate limit reached for requests.", kind="requests", code="rate_limit_exceeded")
        return await Response(429, body, headers=(("retry-after", told),)).act(request, line)

    def _take(self) -> float:
        """Take one of what is left; gives the seconds until there is one, if there is none."""
        now = self._clock()
        self._left = min(self._limit, self._left + (now - self._filled_at) * self._limit / self._per)
        self._filled_at = now
        if self._left >= 1:
            self._left -= 1
            return 0
        return (1 - self._left) * self._per / self._limit
