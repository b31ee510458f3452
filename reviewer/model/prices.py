"""What tokens cost: the operator's own price, or the list that `genai-prices` brings with it; nothing is fetched."""

from __future__ import annotations

import ipaddress
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from reviewer.call import Usage
    from reviewer.endpoint import Endpoint

MILLION = 1_000_000


def dollars(endpoint: Endpoint, usage: Usage, answered: str | None = None) -> Decimal | None:
    """Give the price of a call, or None where none is known.

    `answered` is the model that answered, by its own account; its price goes before that of the one asked for.
    """
    if endpoint.price is not None:
        return _by_own_price(endpoint.price, usage)
    if endpoint.model_name is None and _on_this_machine(endpoint):
        # A local model's name may be that of a service's model, but nobody sends a bill.
        return None
    asked = endpoint.model_name or endpoint.model
    prices = (_by_list(name, endpoint.base_url, usage) for name in (answered, asked) if name)
    return next((price for price in prices if price is not None), None)


def _by_own_price(price: tuple[float, float], usage: Usage) -> Decimal:
    # By way of `str`: 0.15 is meant as it is written, and not as the nearest binary fraction.
    per_input, per_output = (Decimal(str(part)) for part in price)
    return (per_input * usage.input + per_output * usage.output) / MILLION


def _on_this_machine(endpoint: Endpoint) -> bool:
    host = urlsplit(endpoint.base_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # A name, and no address.
        return False
    return address.is_loopback or address.is_unspecified


def _by_list(model: str, url: str, usage: Usage) -> Decimal | None:
    # Loading the list takes 0.2 s, and a review without a model needs none.
    import genai_prices

    tokens = genai_prices.Usage(
        input_tokens=max(0, usage.input),
        # Some endpoints count the cached tokens apart from the input; the list does not take more of them than of all.
        cache_read_tokens=max(0, min(usage.cached, usage.input)),
        output_tokens=max(0, usage.output),
    )
    try:
        if _is_listed(url):
            price = genai_prices.calc_price(tokens, model, provider_api_url=url)
        else:
            price = genai_prices.calc_price(tokens, model)
    except LookupError:
        return None
    has_price = price.model_price.input_mtok is not None or price.model_price.output_mtok is not None
    return price.total_price if has_price else None


def _is_listed(url: str) -> bool:
    """Say whether the list knows the service at an address; then a model's price elsewhere says nothing."""
    from genai_prices.data_snapshot import get_snapshot

    try:
        get_snapshot().find_provider(None, None, url)
    except LookupError:
        return False
    return True
