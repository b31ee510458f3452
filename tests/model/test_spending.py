"""Prices and the budget."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from reviewer.call import Message, ModelCall, Role, Usage
from reviewer.endpoint import Endpoint
from reviewer.errors import SettingsError
from reviewer.model import spending
from reviewer.model.spending import Budget, Cost, OverBudget, Reservation, budget_of
from reviewer.receipt import WhyNotModel

MILLION = 1_000_000


def endpoint(**settings: object) -> Endpoint:
    """Make an endpoint, by default with a small OpenAI model whose price is in the list."""
    return Endpoint.model_validate({"model": "gpt-4o-mini", **settings})


def call(characters: int = 3000, *, most: int = 1000) -> ModelCall:
    """Make a call of so many characters, the schema's among them."""
    content = "a" * (characters - 2)
    return ModelCall(messages=(Message(role=Role.USER, content=content),), answer_schema="{}", max_output_tokens=most)


def cost(of: Endpoint, usage: Usage | None, answered: str | None = None) -> Cost:
    """Give what one answered call costs there."""
    budget = Budget(of)
    return budget.settle(reserved(budget, call()), usage, answered)


def reserved(budget: Budget, asked: ModelCall) -> Reservation:
    """Reserve a call where there is room for it at once."""
    return asyncio.run(asyncio.wait_for(budget.reserve(asked), 1.0))


def test_a_known_model_has_its_listed_price() -> None:
    """Nobody needs to look up prices for a well-known model."""
    assert cost(endpoint(), Usage(input=MILLION, output=MILLION)) == Cost(0.75, None)


def test_cached_input_is_cheaper() -> None:
    """The policy that comes first in every call, and that the provider has cached, costs what it costs."""
    assert cost(endpoint(), Usage(input=MILLION, cached=MILLION)) == Cost(0.075, None)


def test_more_cached_than_input_is_no_error() -> None:
    """An endpoint that counts oddly does not stop a review."""
    assert cost(endpoint(), Usage(input=MILLION, cached=2 * MILLION)) == Cost(0.075, None)


def test_the_own_price_goes_first() -> None:
    """Who has a contract gives its prices, and they hold whoever answers."""
    own = endpoint(price=(1.0, 10.0))
    assert cost(own, Usage(input=MILLION, output=MILLION), "gpt-4o") == Cost(11.0, None)


def test_the_model_that_answered_is_priced() -> None:
    """A dearer model that answers in place of the one asked for shows in the cost; an unknown name does not matter."""
    usage = Usage(input=MILLION, output=MILLION)
    assert cost(endpoint(), usage, "gpt-4o-2024-08-06") == Cost(12.5, None)
    assert cost(endpoint(), usage, "something-else") == Cost(0.75, None)


def test_a_deployment_is_priced_by_its_model_name() -> None:
    """On Azure the deployment's name says nothing; `model_name` or the answer does."""
    azure = "https://house.openai.azure.com/openai/v1/"
    usage = Usage(input=MILLION)
    assert cost(endpoint(model="reviews", base_url=azure, model_name="gpt-4o-mini"), usage) == Cost(0.15, None)
    assert cost(endpoint(model="reviews", base_url=azure), usage, "gpt-4o-mini-2024-07-18") == Cost(0.15, None)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:1", "0.0.0.0:80"])
def test_a_local_server_is_unpriced(host: str) -> None:
    """A model on this machine costs nothing that is known here, also where it bears a service's name."""
    found = cost(endpoint(model="gpt-4o", base_url=f"http://{host}/v1"), Usage(input=MILLION), "gpt-4o")
    assert found == Cost(None, "no price is known for 'gpt-4o'; set `price`")


def test_a_local_gateway_is_priced_by_its_model_name() -> None:
    """Who runs a gateway to a service on this machine says so with `model_name`."""
    gateway = endpoint(model="small", base_url="http://localhost:4000/v1", model_name="gpt-4o-mini")
    assert cost(gateway, Usage(input=MILLION)) == Cost(0.15, None)


def test_a_private_server_with_an_unknown_model_is_unpriced() -> None:
    """No price is made up for a house's own model."""
    own = endpoint(model="house/legal-7b", base_url="https://llm.house.example/v1")
    assert cost(own, Usage(input=MILLION)).dollars is None


def test_a_listed_service_is_priced_by_its_own_list() -> None:
    """What a model costs at one service says nothing about another."""
    elsewhere = endpoint(model="gpt-4o-mini", base_url="https://api.mistral.ai/v1")
    assert cost(elsewhere, Usage(input=MILLION)).dollars is None


def test_no_usage_is_charged_at_the_dearest() -> None:
    """An endpoint that tells no usage gets no cost made up, but its calls use up the budget."""
    budget = Budget(endpoint(price=(1.0, 1.0)))
    found = budget.settle(reserved(budget, call(3000, most=1000)), None, None)
    assert found == Cost(None, "the endpoint gave no usage")
    assert budget.spent == (0.002, 1, 0)


def test_a_call_that_could_exceed_the_budget_waits_for_those_under_way() -> None:
    """Many at once cannot overrun the budget together, and none is refused while little is spent."""

    async def run() -> None:
        budget = Budget(endpoint(price=(1.0, 1.0), max_cost=0.005))
        first, second = await budget.reserve(call()), await budget.reserve(call())
        third = asyncio.create_task(budget.reserve(call()))
        await asyncio.sleep(0)
        assert not third.done()
        budget.settle(first, Usage(input=100), None)
        await asyncio.wait_for(third, 1.0)
        budget.release(second)
        assert budget.spent == (0.0001, 1, 0)

    asyncio.run(run())


def test_a_call_that_cannot_be_paid_is_refused_at_once() -> None:
    """Where the rest of the budget is too small whatever becomes of the others, nobody waits for them."""

    async def run() -> None:
        budget = Budget(endpoint(price=(1.0, 1.0), max_cost=0.005))
        await budget.reserve(call())
        with pytest.raises(OverBudget, match="max_cost"):
            await asyncio.wait_for(budget.reserve(call(30_000)), 1.0)
        assert budget.spent.refused == 1

    asyncio.run(run())


def test_the_budget_in_calls_holds() -> None:
    """After `max_calls` no call is sent; one that was never answered gives its place to one that waits."""

    async def run() -> None:
        budget = Budget(endpoint(max_calls=2))
        first, second = await budget.reserve(call()), await budget.reserve(call())
        waiting = [asyncio.create_task(budget.reserve(call())) for _ in range(2)]
        budget.settle(first, Usage(), None)
        budget.release(second)
        budget.settle(await asyncio.wait_for(waiting[0], 1.0), Usage(), None)
        with pytest.raises(OverBudget, match="max_calls") as caught:
            await asyncio.wait_for(waiting[1], 1.0)
        assert caught.value.why == WhyNotModel.BUDGET

    asyncio.run(run())


def test_text_that_is_no_latin_counts_for_more() -> None:
    """A Chinese text takes about a token a character, and is reserved so."""
    budget = Budget(endpoint(price=(1.0, 1.0)))
    chinese = Message(role=Role.USER, content="人" * 999)
    asked = ModelCall(messages=(chinese,), answer_schema="{}\n", max_output_tokens=0)
    budget.settle(reserved(budget, asked), None, None)
    assert budget.spent.dollars == pytest.approx(0.001)


def test_a_lone_surrogate_can_be_counted() -> None:
    """Broken text does not stop the count."""
    broken = ModelCall(
        messages=(Message.model_construct(role=Role.USER, content="\ud800"),), answer_schema="", max_output_tokens=0
    )
    reserved(Budget(endpoint(max_cost=1.0)), broken)


def test_a_limit_without_a_price_fails_at_the_start() -> None:
    """A budget that could not be kept is refused before anything is sent, with the setting that cures it."""
    with pytest.raises(SettingsError, match="`price`"):
        budget_of(endpoint(model="house/legal-7b", max_cost=1.0))


def test_sums_do_not_drift() -> None:
    """Ten thousand small costs add up to what they are."""
    budget = Budget(endpoint(price=(0.1, 0.0)))
    for _ in range(10_000):
        budget.settle(reserved(budget, call(3)), Usage(input=1), None)
    assert budget.spent == (0.001, 10_000, 0)


def test_an_endpoint_has_one_budget() -> None:
    """Two reviewers of an endpoint share its budget, however patient; another limit, or a new process, has its own."""
    budget = budget_of(endpoint(max_calls=1))
    assert budget_of(endpoint(max_calls=1)) is budget
    assert budget_of(endpoint(max_calls=1, timeout=1.0, deadline=2.0, attempts=1, in_flight=1)) is budget
    assert budget_of(endpoint(max_calls=2)) is not budget
    spending.forget()
    assert budget_of(endpoint(max_calls=1)) is not budget
    spending.forget()


def test_the_list_of_prices_is_loaded_when_it_is_needed() -> None:
    """Importing the budget loads no list of prices, and pricing starts no thread that would fetch a newer one."""
    script = (
        "import sys, threading\n"
        "from reviewer.call import Usage\n"
        "from reviewer.endpoint import Endpoint\n"
        "from reviewer.model import prices, spending\n"
        "assert 'genai_prices' not in sys.modules and 'openai' not in sys.modules\n"
        "assert prices.dollars(Endpoint(model='gpt-4o-mini'), Usage(input=1))\n"
        "assert threading.active_count() == 1\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
