"""What the doors read: files, environment and options, to settings and an endpoint.

Later wins: what is built in; the user's own `reviewer.toml`; the one in the working folder, for review options only;
the file that the user names; the variables `REVIEWER_*`; the options of the call.
What none of them says of the endpoint, the usual variables `OPENAI_*` and `AZURE_OPENAI_*` may.
A model is asked only where one is named: a key alone sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import platformdirs
from pydantic import BaseModel, ValidationError

from reviewer.configuration import addresses, files
from reviewer.configuration.layer import Layer, Layers, of_environment, of_options
from reviewer.configuration.rows import Row, describe
from reviewer.errors import SettingsError
from reviewer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.endpoint import Endpoint

__all__ = ["Configuration", "Row", "cache_file", "configure", "describe", "user_file"]

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Configuration:
    """What was configured, and by whom.

    `endpoint` is None where no model is named, and `cache` where nobody chose another than the default;
    `policies` is empty where nobody chose any, and `as_of` None where nobody named a day.
    `told` says of each name that is not left at its default where its value comes from.
    """

    settings: Settings = field(default_factory=Settings)
    endpoint: Endpoint | None = None
    cache: Path | None = None
    policies: tuple[str, ...] = ()
    as_of: date | None = None
    told: Mapping[str, str] = field(default_factory=dict, repr=False)


def user_file() -> Path:
    """Give the place of the user's own `reviewer.toml`."""
    return platformdirs.user_config_path("use-case-reviewer") / files.NAME


def cache_file() -> Path:
    """Give the place of the replies where nobody names another: the user's own cache folder."""
    return platformdirs.user_cache_path("use-case-reviewer") / "replies.db"


def configure(
    environ: Mapping[str, str],
    *,
    config: Path | None = None,
    folder: Path | None = None,
    user: Path | None = None,
    offline: bool = False,
    **overrides: object,
) -> Configuration:
    """Read every place there is; raises `SettingsError` for what cannot be meant.

    `config` is the file that the user names, `folder` the working folder, `user` the user's own file.
    `offline` leaves the endpoint out, whatever names one.
    `overrides` are settings, fields of the endpoint, `policy` or `cache` by name; None stands for not given.
    """
    read = files.read(config, folder or Path.cwd(), user or user_file())
    layers = Layers(read, of_environment(environ), of_options(overrides))
    told = layers.merged
    endpoint = None
    if not offline:
        told = addresses.fall_back(told, environ) | told
        endpoint, told = _endpoint(told, layers, environ)
    return Configuration(
        settings=_valid(Settings, told),
        endpoint=endpoint,
        cache=_cache(told),
        policies=_policies(told),
        as_of=_day(told),
        told={name: value.where for name, value in told.items()},
    )


def _endpoint(told: Layer, layers: Layers, environ: Mapping[str, str]) -> tuple[Endpoint | None, Layer]:
    """Give the endpoint, if a model is named, and what was told with the key's place among it."""
    without_key = {name: value for name, value in told.items() if name != "api_key"}
    if "model" not in told:
        return None, without_key
    from reviewer.configuration import keys
    from reviewer.endpoint import Endpoint

    endpoint = _valid(Endpoint, without_key)
    key = keys.key_for(endpoint.base_url, layers, environ)
    # Put in at the very end, so that no message about a wrong value can hold it.
    keyed = endpoint.model_copy(update={"api_key": key.value})
    return keyed, without_key | ({"api_key": key} if key.where else {})


def _cache(told: Layer) -> Path | None:
    if "cache" not in told:
        return None
    value, where = told["cache"]
    if isinstance(value, Path):
        return value
    raise SettingsError(f"{where} is {value!r}; it must be a text.")


def _day(told: Layer) -> date | None:
    """Read a day: TOML has a kind for it, everywhere else it is a text."""
    if "as_of" not in told:
        return None
    value, where = told["as_of"]
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise SettingsError(f"{where} is {value!r}; write the day as YYYY-MM-DD.") from error


def _policies(told: Layer) -> tuple[str, ...]:
    if "policy" not in told:
        return ()
    value, where = told["policy"]
    if isinstance(value, tuple) and all(isinstance(address, str) for address in value):
        return value
    raise SettingsError(f"{where} is {value!r}; it must be a text, or a list of texts.")


def _valid(kind: type[T], told: Layer) -> T:
    values = {name: told[name].value for name in kind.model_fields if name in told}
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        message = "\n".join(f"{_subject(issue['loc'], told)}: {issue['msg']}." for issue in error.errors())
    raise SettingsError(message)


def _subject(place: tuple[int | str, ...], told: Layer) -> str:
    found = told.get(str(place[0])) if place else None
    return f"{found.where} is {found.value!r}" if found else ".".join(map(str, place))
