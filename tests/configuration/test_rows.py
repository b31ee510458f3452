"""A configuration as people see it."""

from __future__ import annotations

import pytest

from reviewer.configuration import describe
from tests.configuration.house import AZURE_MODEL, KEY, MODEL, OWN, House, key


def test_the_rows_say_all_and_show_no_secret(house: House) -> None:
    """`describe` gives each value with its place, and of a key its length alone."""
    environ = {**MODEL, "REVIEWER_API_KEY": KEY, "REVIEWER_BASE_URL": OWN, "REVIEWER_PRICE": "1,2"}
    made = house.configure(environ)
    rows = {row.name: row for row in describe(made)}
    assert rows["api_key"] == ("api_key", "set (25 characters)", "REVIEWER_API_KEY")
    assert rows["base_url"] == ("base_url", OWN, "REVIEWER_BASE_URL")
    assert rows["price"] == ("price", "1.0, 2.0", "REVIEWER_PRICE")
    assert rows["mask"] == ("mask", "no", "the default")
    assert rows["max_cost"] == ("max_cost", "not set", "the default")
    assert KEY not in str(rows)
    assert KEY not in str(made.told)


def test_the_rows_say_how_to_name_a_model(house: House) -> None:
    """Without a model the rows end with the variable that names one."""
    assert describe(house.configure({"OPENAI_API_KEY": KEY}))[-1] == ("model", "none", "name one with REVIEWER_MODEL")


@pytest.mark.parametrize(
    "where", [{"REVIEWER_API_KEY": KEY}, {"OPENAI_API_KEY": KEY}, {**AZURE_MODEL, "AZURE_OPENAI_API_KEY": KEY}]
)
def test_a_key_shows_in_no_form_of_a_configuration(house: House, where: dict[str, str]) -> None:
    """Printed, logged or dumped, a configuration does not tell its key."""
    made = house.configure({**MODEL, **where})
    assert key(made) == KEY
    assert all(KEY not in text for text in (repr(made), str(made), str(describe(made))))
