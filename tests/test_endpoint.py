"""What an endpoint may be, and that no message of it shows a secret."""

from __future__ import annotations

import pytest

from reviewer.endpoint import Endpoint
from reviewer.errors import SettingsError


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("htp://h/v1?key=SECRET", "'htp://h' is no web address"),
        ("htp://user:SECRET@h/SECRET", "'htp://h' is no web address"),
        ("user:SECRET@host/v1", "(base_url) is no web address"),
        ("SECRET:x@host/v1", "(base_url) is no web address"),
        ("SECRET", "(base_url) is no web address"),
        ("https:///SECRET", "(base_url) is no web address"),
        ("https://[SECRET/v1", "cannot be read"),
        ("https://user:SECRET/v1", "a port that is no number"),
        ("https://user:SECRET@host/v1", "a user name or a password"),
        ("https://SECRET@host/v1", "a user name or a password"),
        ("https://host/v1?key=SECRET", "holds a query"),
        ("https://host/v1?", "api_version"),
        ("https://host/v1#SECRET", "OPENAI_API_KEY"),
    ],
)
def test_a_wrong_address_is_told_without_its_secrets(address: str, says: str) -> None:
    """Whatever is put in the place of the address, the message names the cure and no more than scheme and host."""
    with pytest.raises(SettingsError) as caught:
        Endpoint(model="m", base_url=address)
    assert says in str(caught.value)
    assert "SECRET" not in repr(caught.value)
    assert "secret" not in repr(caught.value)


@pytest.mark.parametrize("address", ["https://api.house.example/v1", "http://[::1]:8000/v1/", "http://localhost"])
def test_a_plain_address_is_taken_as_it_is(address: str) -> None:
    """Host, port and path are all that an endpoint has."""
    assert Endpoint(model="m", base_url=address).base_url == address


def test_a_host_that_is_not_allowed_is_refused() -> None:
    """A slip in the address sends no text to a stranger."""
    with pytest.raises(SettingsError, match="not among allowed_hosts"):
        Endpoint(model="m", base_url="https://elsewhere.example/v1", allowed_hosts=("models.house.example",))


@pytest.mark.parametrize(
    "wrong", [{"model": ""}, {"timeout": -1}, {"attempts": 0}, {"max_cost": float("nan")}, {"price": (1, -2)}], ids=str
)
def test_a_number_that_cannot_be_meant_is_refused(wrong: dict[str, object]) -> None:
    """A budget that is no number would be no budget."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Endpoint.model_validate({"model": "m", **wrong})
