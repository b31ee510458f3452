"""What calls cost, and the budget: each call is reserved at its dearest before it is sent, and settled after."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from reviewer.call import Usage
from reviewer.errors import ModelError, SettingsError
from reviewer.model.prices import dollars

if TYPE_CHECKING:
    from collections.abc import Iterable

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

    def reserve(self, call: ModelCall) -> Reservation:
        """Hold the most that a call may cost.

        Raises:
            OverBudget: that, with what is spent and reserved, is more than the budget allows.
        """
        reservation = Reservation(call, Decimal(0) if self._endpoint.max_cost is None else self._dearest(call))
        try:
            self._check_calls()
            self._check_cost(reservation)
        except OverBudget:
            self._refused += 1
            raise
        self._open.add(reservation)
        return reservation

    def settle(self, reservation: Reservation, usage: Usage | None, model: str | None) -> Cost:
        """Charge an answered call, and give what it cost; `model` is the one that answered."""
        self._open.discard(reservation)
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

    def release(self, reservation: Reservation) -> None:
        """Give back what was held for a call that was never answered; one that is settled stays so."""
        self._open.discard(reservation)

    def _dearest(self, call: ModelCall) -> Decimal:
        texts = (call.answer_schema, *(message.content for message in call.messages))
        return dollars(self._endpoint, Usage(input=_most_tokens(texts), output=call.max_output_tokens)) or Decimal(0)

    def _check_calls(self) -> None:
        most = self._endpoint.max_calls
        if most is not None and self._calls + len(self._open) >= most:
            raise OverBudget(f"The budget of {most!r} calls (max_calls) is used up; raise max_calls.")

    def _check_cost(self, reservation: Reservation) -> None:
        if (most := self._endpoint.max_cost) is None:
            return
        held = sum((other.dollars for other in self._open), Decimal(0))
        if self._spent + held + reservation.dollars > Decimal(str(most)):
            message = (
                f"The budget of {most!r} dollars (max_cost) has no room for this call: "
                f"{_rounded(self._spent)} are spent, {_rounded(held)} reserved, "
                f"and it may cost {_rounded(reservation.dollars)}; raise max_cost."
            )
            raise OverBudget(message)


def _most_tokens(texts: Iterable[str]) -> int:
    # A lone surrogate cannot be encoded, and must not stop the count.
    return math.ceil(sum(len(text.encode("utf-8", "replace")) for text in texts) / BYTES_PER_TOKEN)


def _rounded(amount: Decimal) -> float:
    return round(float(amount), PLACES)


def _no_price(endpoint: Endpoint) -> str:
    return f"no price is known for {endpoint.model_name or endpoint.model!r}; set `price`"


_budgets: dict[Endpoint, Budget] = {}


def budget_of(endpoint: Endpoint) -> Budget:
    """Give the one budget of this process for an endpoint.

    Raises:
        SettingsError: a cost is limited, but no price is known.
    """
    if endpoint not in _budgets:
        _budgets[endpoint] = Budget(endpoint)
    return _budgets[endpoint]


def forget() -> None:
    """Forget what was spent, as a new process would."""
    _budgets.clear()
