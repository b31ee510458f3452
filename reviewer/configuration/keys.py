"""Which key goes to an address: none that is meant for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pydantic import SecretStr

from reviewer.configuration import entra
from reviewer.configuration.addresses import fall_back, origin
from reviewer.configuration.files import KEY_VARIABLE
from reviewer.configuration.layer import Layer, Layers, Told, given, merged
from reviewer.endpoint import OPENAI
from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLAIN_NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


class Candidate(NamedTuple):
    """A key that there is, and the addresses that it is for; None for any."""

    key: Told
    homes: tuple[object, ...] | None


def key_for(base_url: str, layers: Layers, environ: Mapping[str, str]) -> Told:
    """Give the first key that is meant for an address, or None and which ones are kept back."""
    kept_back = []
    for key, homes in _candidates(layers, environ):
        if homes is None or origin(base_url) in map(origin, homes):
            return Told(_sound(key), key.where)
        kept_back.append(key.where)
    note = f"{' and '.join(kept_back)} kept back: not meant for {origin(base_url)}" if kept_back else ""
    return Told(None, note)


def _candidates(layers: Layers, environ: Mapping[str, str]) -> Iterator[Candidate]:
    if "api_key" in layers.options:
        yield Candidate(layers.options["api_key"], None)
    if "api_key" in layers.environment:
        ours = layers.environment.get("base_url")
        yield Candidate(layers.environment["api_key"], (ours.value,) if ours else None)
    yield from _of_files(layers, environ)
    yield from _of_azure(environ)
    yield from _of_openai(layers.environment, environ)


def _of_files(layers: Layers, environ: Mapping[str, str]) -> Iterator[Candidate]:
    """Give the keys whose variables files name, each for the address that holds as far as that file knows."""
    usual = fall_back(layers.merged, environ)
    for place in reversed(range(len(layers.files))):
        if named := layers.files[place].get(KEY_VARIABLE):
            home = merged((usual, *layers.files[: place + 1])).get("base_url")
            yield Candidate(_of_variable(named, environ), (home.value if home else OPENAI,))


def _of_variable(named: Told, environ: Mapping[str, str]) -> Told:
    """Look up a variable; its name is shown only where it looks like one, for it might be the key itself."""
    variable = str(named.value)
    key = given(environ, variable)
    if not key:
        shown = f"{variable!r}, which" if _PLAIN_NAME.fullmatch(variable) else "a variable that"
        message = f"{named.where} names {shown} is not set; set it, or name the one that holds the key."
        raise SettingsError(message)
    return Told(key, variable)


def _of_azure(environ: Mapping[str, str]) -> Iterator[Candidate]:
    endpoint = given(environ, "AZURE_OPENAI_ENDPOINT")
    homes = (endpoint,) if endpoint else ()
    if key := given(environ, "AZURE_OPENAI_API_KEY"):
        yield Candidate(Told(key, "AZURE_OPENAI_API_KEY"), homes)
    elif endpoint:
        yield Candidate(Told(None, entra.WHERE), homes)


def _of_openai(environment: Layer, environ: Mapping[str, str]) -> Iterator[Candidate]:
    if key := given(environ, "OPENAI_API_KEY"):
        ours = environment.get("base_url")
        home = given(environ, "OPENAI_BASE_URL") or OPENAI
        yield Candidate(Told(key, "OPENAI_API_KEY"), (home, ours.value) if ours else (home,))


def _sound(key: Told) -> object:
    """Give a key in its wrapping; raises `SettingsError`, without the key, for what cannot be one."""
    if key.where == entra.WHERE:
        return entra.token_provider()
    if not isinstance(key.value, str):
        return key.value
    text = key.value.strip()
    if not text.isascii() or not text.isprintable() or " " in text:
        message = f"{key.where} holds blanks or letters that no key has ({len(text)} characters); set it anew."
        raise SettingsError(message)
    return SecretStr(text)
