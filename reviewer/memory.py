"""A model that remembers: what it was asked before, it is not asked again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from reviewer import identity
from reviewer.call import Closable, Failure
from reviewer.errors import StoreError
from reviewer.verdict import WhyNotModel

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
        """Give the answer that was kept, or ask and keep what comes."""
        digest = identity.call_digest(call, self.identity)
        if (known := self._shelf.get(digest)) is not None:
            return known
        outcome = await self._model.answer(call)
        if self._writable and not (isinstance(outcome, Failure) and outcome.why in _PASSING):
            self._keep(digest, outcome)
        return outcome

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
