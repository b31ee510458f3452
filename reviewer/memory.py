"""A model that remembers: what it was asked before, it is not asked again."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reviewer import identity
from reviewer.call import Closable, Failure
from reviewer.errors import StoreError, UnwritableStore
from reviewer.receipt import WhyNotModel

if TYPE_CHECKING:
    from reviewer.call import Model, ModelCall, Reply

_PASSING = {
    WhyNotModel.OUTAGE,
    WhyNotModel.RATE_LIMIT,
    WhyNotModel.QUOTA,
    WhyNotModel.BUDGET,
    WhyNotModel.INVALID_REPLY,
}
_LOG = logging.getLogger("reviewer")


@dataclass
class _Going:
    """An answer that is on its way, and how many wait for it."""

    answer: asyncio.Future[Reply | Failure]
    waiting: int = 0


class Shelf(Protocol):
    """Where replies are kept under the digest of their call."""

    def get(self, digest: str) -> Reply | Failure | None:
        """Give what was kept, or None."""

    def put(self, digest: str, outcome: Reply | Failure) -> None:
        """Keep it, for good; raises `StoreError`."""


class Remembering:
    """A model and the shelf that its replies are kept on, each written the moment it arrives.

    Failures that may pass, such as an outage or an answer without content, are not kept.
    A shelf that cannot be written to is told of once, and left alone from then on.
    """

    def __init__(self, model: Model, shelf: Shelf) -> None:
        """Put `shelf` in front of `model`."""
        self._model, self._shelf = model, shelf
        self._writable = True
        self._going: dict[str, _Going] = {}

    @property
    def name(self) -> str:
        """The model that is asked for."""
        return self._model.name

    @property
    def host(self) -> str:
        """Where it runs."""
        return self._model.host

    @property
    def identity(self) -> str:
        """What names the model and its parameters in a call digest."""
        return self._model.identity

    async def answer(self, call: ModelCall) -> Reply | Failure:
        """Give the answer that was kept, or that another review is just waiting for, or ask and keep what comes."""
        digest = identity.call_digest(call, self.identity)
        if (known := self._known(digest)) is not None:
            return known
        going = self._going.get(digest)
        if going is None:
            going = self._going[digest] = _Going(asyncio.ensure_future(self._asked(digest, call)))
            return await self._awaited(digest, going)
        return _remembered(await self._awaited(digest, going))

    async def _awaited(self, digest: str, going: _Going) -> Reply | Failure:
        """Wait with all others for one answer; when nobody waits any more, nobody is asked any more."""
        going.waiting += 1
        try:
            return await asyncio.shield(going.answer)
        finally:
            going.waiting -= 1
            if not going.waiting:
                going.answer.cancel()
                self._going.pop(digest, None)

    async def _asked(self, digest: str, call: ModelCall) -> Reply | Failure:
        outcome = await self._model.answer(call)
        if self._writable and not (isinstance(outcome, Failure) and outcome.why in _PASSING):
            self._keep(digest, outcome)
        return outcome

    def _known(self, digest: str) -> Reply | Failure | None:
        try:
            return self._shelf.get(digest)
        except UnwritableStore:
            return None

    async def aclose(self) -> None:
        """Close the model, if it holds anything open; the shelf is its owner's."""
        if isinstance(self._model, Closable):
            await self._model.aclose()

    def _keep(self, digest: str, outcome: Reply | Failure) -> None:
        try:
            self._shelf.put(digest, outcome)
        except StoreError as error:
            self._writable = False
            _LOG.warning("%s Replies are not kept from here on.", error)


def _remembered(outcome: Reply | Failure) -> Reply | Failure:
    """Mark an answer as one that somebody else has paid for."""
    return outcome.model_copy(update={"trace": outcome.trace.model_copy(update={"from_memory": True})})
