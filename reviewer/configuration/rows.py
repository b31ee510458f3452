"""A configuration as rows for people; no row shows a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import SecretStr

if TYPE_CHECKING:
    from reviewer.configuration import Configuration

DEFAULT = "the default"


class Row(NamedTuple):
    """A name, its value as people may see it, and where it comes from."""

    name: str
    value: str
    where: str


def describe(configuration: Configuration) -> tuple[Row, ...]:
    """Give every value with its place: policy and settings, the cache, then the endpoint or how to name one."""
    asked = {"policy": configuration.policies, "as_of": configuration.as_of or "today"}
    values = {**asked, **dict(configuration.settings), "cache": configuration.cache}
    where = configuration.told
    rows = [Row(name, _shown(name, value), where.get(name, DEFAULT)) for name, value in values.items()]
    if configuration.endpoint is None:
        return (*rows, Row("model", "none", "name one with REVIEWER_MODEL"))
    told = dict(configuration.endpoint).items()
    return (*rows, *(Row(name, _shown(name, value), where.get(name, DEFAULT)) for name, value in told))


def _shown(name: str, value: object) -> str:
    if name == "api_key":
        return _shown_key(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "not set"
    return "not set" if value is None else str(value)


def _shown_key(value: object) -> str:
    if isinstance(value, SecretStr):
        return f"set ({len(value.get_secret_value())} characters)"
    return "not set" if value is None else "a token for each call"
