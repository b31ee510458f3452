"""How an endpoint has to be asked: as firmly as it allows, found out by one call and remembered for all others."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reviewer.call import Step

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from reviewer.endpoint import Endpoint

_STEPS = list(Step)
_LENGTHS = ("max_tokens", "max_completion_tokens", None)


class Change(StrEnum):
    """What an endpoint does not take of a request, so that it is asked without."""

    STEP = "step"
    TEMPERATURE = "temperature"
    LENGTH = "length"
    SYSTEM = "system"


class Stand(NamedTuple):
    """What a request may hold: the step, and the habits that not every endpoint shares.

    `length` is the parameter that limits the answer, if any; `system` is whether that role is known.
    """

    step: Step = Step.STRICT_SCHEMA
    temperature: bool = True
    length: str | None = "max_tokens"
    system: bool = True


def lowered(stand: Stand, change: Change) -> Stand | None:
    """Give the next lower stand; None where there is none."""
    if change is Change.STEP:
        below = _STEPS[_STEPS.index(stand.step) + 1 :]
        return stand._replace(step=below[0]) if below else None
    if change is Change.LENGTH:
        others = _LENGTHS[_LENGTHS.index(stand.length) + 1 :]
        return stand._replace(length=others[0]) if others else None
    if change is Change.TEMPERATURE:
        return stand._replace(temperature=False) if stand.temperature else None
    return stand._replace(system=False) if stand.system else None


class Ladder:
    """Where one endpoint stands in this process; `proven` after its first answer."""

    def __init__(self) -> None:
        """Begin at the top."""
        self.stand = Stand()
        self.proven = False
        self._probe: asyncio.Event | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Let one call find the stand while the others wait; none waits once it is found.

        A probe that met an outage found nothing; then nobody waits for the next one.
        """
        if self.proven:
            yield
        elif self._probe is not None:
            await self._probe.wait()
            yield
        else:
            self._probe = probe = asyncio.Event()
            try:
                yield
            finally:
                self._probe = None
                probe.set()

    def lower(self, stand: Stand, change: Change) -> bool:
        """Go down from this stand, and tell whether there is another to try.

        Where another call went down in the meantime, that is the other.
        """
        if stand == self.stand:
            lower = lowered(stand, change)
            if lower is None:
                return False
            self.stand = lower
        return True


_LADDERS: dict[tuple[str, str], Ladder] = {}


def ladder_of(endpoint: Endpoint) -> Ladder:
    """Give the ladder that all calls of this process to an endpoint share."""
    return _LADDERS.setdefault((endpoint.base_url, endpoint.model), Ladder())


def forget() -> None:
    """Forget how every endpoint has to be asked, as a new process would."""
    _LADDERS.clear()


# A probe of the parent's never ends in a forked process, which would wait for it on an event loop that is not its own.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget)
