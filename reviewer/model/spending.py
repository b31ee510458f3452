"""What calls cost, and the budget: each attempt is reserved at its dearest before it is sent, and settled after."""

from __future__ import annotations

import asyncio
import math
import os
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from reviewer.call import Usage
from reviewer.errors import ModelError, SettingsError
from reviewer.model.prices import dollars

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reviewer.call import ModelCall
    from reviewer.endpoint import Endpoint

# A token is hardly ever shorter: about four letters of English, one character of Chinese (three bytes).
BYTES_PER_TOKEN = 3
# A billionth of a dollar.
PLACES = 9


class OverBudget(ModelError):
    """The budget of the process is used up, or the next call could exceed it."""

    why = "budget"


class Cost(NamedTuple):
    """What a call cost in US dollars; where that is None, `unknown` says why."""

    dollars: float | None
    unknown: str | None


class Spent(NamedTuple):
    """What the process has spent: dollars, calls that were answered, calls that were refused for the budget."""

    dollars: float
    calls: int
    refused: int


@dataclass(frozen=True, eq=False)
class Reservation:
    """A call that may still be answered, and what is held for it; nothing is where no cost is limited."""

    call: ModelCall
    dollars: Decimal


class Budget:
    """The budget of this process for one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Start with nothing spent.

        Raises:
            SettingsError: a cost is limited, but no price is known.
        """
        self._endpoint = endpoint
        self._open: set[Reservation] = set()
        # Taken by those who wait for a reservation to end; there is a new one after each end.
        self._ended = asyncio.Event()
        self._spent = Decimal(0)
        self._calls = 0
        self._refused = 0
        if endpoint.max_cost is not None and dollars(endpoint, Usage()) is None:
            message = (
                f"max_cost is {endpoint.max_cost!r}, but {_no_price(endpoint)}: "
                "what a million tokens of input and of output cost, in dollars; "
                "or set `model_name` to the model whose price it has."
            )
            raise SettingsError(message)

    @property
    def spent(self) -> Spent:
        """What is spent so far, without what is reserved."""
        return Spent(_rounded(self._spent), self._calls, self._refused)

    async def reserve(self, call: ModelCall) -> Reservation:
        """Hold the most that a call may cost, as soon as what is held for others leaves room for it.

        Raises:
            OverBudget: that, with what is spent, is more than the budget allows, whatever comes of the others.
        """
        reservation = Reservation(call, Decimal(0) if self._endpoint.max_cost is None else self._dearest(call))
        while self._lack(reservation, self._open):
            if lack := self._lack(reservation, ()):
                self._refused += 1
                raise OverBudget(lack)
            # The others are hardly ever as dear as they might be, and some are never answered.
            await self._ended.wait()
        self._open.add(reservation)
        return reservation

    def settle(self, reservation: Reservation, usage: Usage | None, model: str | None) -> Cost:
        """Charge an answered call, and give what it cost; `model` is the one that answered."""
        cost = self._charge(reservation, usage, model)
        self.release(reservation)
        return cost

    def release(self, reservation: Reservation) -> None:
        """Give back what was held for a call that was never answered; one that is settled stays so."""
        self._open.discard(reservation)
        ended, self._ended = self._ended, asyncio.Event()
        ended.set()

    def in_child(self) -> None:
        """Keep what is spent in a process that was forked, and not what is held for calls of its parent."""
        self._open.clear()
        self._ended = asyncio.Event()

    def _charge(self, reservation: Reservation, usage: Usage | None, model: str | None) -> Cost:
        self._calls += 1
        if usage is None:
            # It cost something all the same: the budget takes it at its dearest.
            self._spent += self._dearest(reservation.call)
            return Cost(None, "the endpoint gave no usage")
        price = dollars(self._endpoint, usage, model)
        if price is None:
            return Cost(None, _no_price(self._endpoint))
        self._spent += price
        return Cost(_rounded(price), None)

    def _dearest(self, call: ModelCall) -> Decimal:
        texts = (call.answer_schema, *(message.content for message in call.messages))
        return dollars(self._endpoint, Usage(input=_most_tokens(texts), output=call.max_output_tokens)) or Decimal(0)

    def _lack(self, reservation: Reservation, held: Collection[Reservation]) -> str:
        """Say why there is no room beside what is held for others; nothing where there is."""
        most, limit = self._endpoint.max_calls, self._endpoint.max_cost
        if most is not None and self._calls + len(held) >= most:
            return f"The budget of {most!r} calls (max_calls) is used up; raise max_calls."
        if limit is None:
            return ""
        reserved = sum((other.dollars for other in held), reservation.dollars)
        if self._spent + reserved <= Decimal(str(limit)):
            return ""
        return (
            f"The budget of {limit!r} dollars (max_cost) has no room for this call: "
            f"{_rounded(self._spent)} are spent, and it may cost {_rounded(reservation.dollars)}; raise max_cost."
        )


def _most_tokens(texts: Iterable[str]) -> int:
    # A lone surrogate cannot be encoded, and must not stop the count.
    return math.ceil(sum(len(text.encode("utf-8", "replace")) for text in texts) / BYTES_PER_TOKEN)


def _rounded(amount: Decimal) -> float:
    return round(float(amount), PLACES)


def _no_price(endpoint: Endpoint) -> str:
    return f"no price is known for {endpoint.model_name or endpoint.model!r}; set `price`"


_Key = tuple[str, str, tuple[float, float] | None, str | None, float | None, int | None]
_budgets: dict[_Key, Budget] = {}


def budget_of(endpoint: Endpoint) -> Budget:
    """Give the one budget of this process for an endpoint, whatever its time-outs and attempts.

    Raises:
        SettingsError: a cost is limited, but no price is known.
    """
    limits = (endpoint.max_cost, endpoint.max_calls)
    key = (endpoint.base_url, endpoint.model, endpoint.price, endpoint.model_name, *limits)
    if key not in _budgets:
        _budgets[key] = Budget(endpoint)
    return _budgets[key]


def forget() -> None:
    """Forget what was spent, as a new process would."""
    _budgets.clear()


def _in_child() -> None:
    for budget in _budgets.values():
        budget.in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
