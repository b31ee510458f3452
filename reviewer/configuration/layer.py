"""What one place says: values by name, each with the words for where it stands."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reviewer.errors import SettingsError
from reviewer.policy import is_path
from reviewer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REVIEW = frozenset({"as_of", "policy", *Settings.model_fields})
STORE = frozenset({"cache"})
# The fields of `Endpoint`, told here so that a review without a model need not import it.
MODEL = frozenset({
    "model", "base_url", "api_key", "api_version", "model_name", "price", "allowed_hosts", "transport", "temperature",
    "timeout", "deadline", "attempts", "in_flight", "max_reply_bytes", "max_cost", "max_calls",
})  # fmt: skip
VARIABLES = {f"REVIEWER_{name.upper()}": name for name in sorted(REVIEW | STORE | MODEL)}
# Those that other programs use, too, which have variables of their own that are not much unlike.
USUAL = (
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_API_VERSION",
    "AZURE_OPENAI_ENDPOINT",
    "AZURE_OPENAI_API_KEY",
    "AZURE_OPENAI_DEPLOYMENT",
)
_LIKE_OURS, _LIKE_THEIRS = 0.85, 0.94
_LISTS = {"allowed_hosts", "policy", "price"}


class Told(NamedTuple):
    """A value, and where it was found."""

    value: object
    where: str


Layer: TypeAlias = dict[str, Told]


class Layers(NamedTuple):
    """What each place says, weakest first: the files, the environment, the options."""

    files: tuple[Layer, ...]
    environment: Layer
    options: Layer

    @property
    def merged(self) -> Layer:
        """What holds, the strongest of each name."""
        return merged((*self.files, self.environment, self.options))


def merged(layers: Iterable[Layer]) -> Layer:
    """Give what holds where later layers win."""
    return {name: told for layer in layers for name, told in layer.items()}


# Read elsewhere: the store of the commands, and where a test finds axe-core.
_OTHERS = {"REVIEWER_STORE", "REVIEWER_AXE"}


def given(environ: Mapping[str, str], variable: str) -> str | None:
    """Give what a variable holds; blanks around it are dropped, and blanks alone count as unset."""
    return environ.get(variable, "").strip() or None


def of_environment(environ: Mapping[str, str]) -> Layer:
    """Read the variables `REVIEWER_*`; one that is almost the name of one of ours is a slip."""
    for name in environ.keys() - _OTHERS:
        known, likeness = (VARIABLES, _LIKE_OURS) if name.startswith("REVIEWER_") else (USUAL, _LIKE_THEIRS)
        if name not in known and (near := difflib.get_close_matches(name, known, 1, likeness)):
            raise SettingsError(f"The variable {name!r} is unknown; did you mean {near[0]!r}?")
    found = {name: (given(environ, variable), variable) for variable, name in VARIABLES.items()}
    return {name: told(name, value, variable) for name, (value, variable) in found.items() if value}


def of_options(overrides: Mapping[str, object]) -> Layer:
    """Read what a caller gives; None, an empty text and an empty list count as not given."""
    for name in overrides:
        if name not in REVIEW | STORE | MODEL:
            raise unknown(f"the option {name!r}", name, REVIEW | STORE | MODEL)
    return {name: told(name, value, f"the option {name!r}") for name, value in overrides.items() if not empty(value)}


def empty(value: object) -> bool:
    """Say whether a value counts as not given."""
    return value is None or value in ("", (), []) or (isinstance(value, str) and not value.strip())


def told(name: str, value: object, where: str, base: Path | None = None) -> Told:
    """Bring a value to its form: texts to lists where a list is meant, and paths to their folder `base`."""
    if name in _LISTS and isinstance(value, str):
        value = tuple(part.strip() for part in value.split(",") if part.strip())
    if name == "cache" and isinstance(value, str | Path):
        return Told(_path(value, where, base), where)
    if name == "policy" and isinstance(value, tuple | list):
        return Told(tuple(_policy(address, where, base) for address in value), where)
    return Told(value, where)


def _policy(address: object, where: str, base: Path | None) -> object:
    """Let the path of a policy count from the folder of the file that names it."""
    return str(_path(address, where, base)) if base and isinstance(address, str) and is_path(address) else address


def _path(value: str | Path, where: str, base: Path | None) -> Path:
    try:
        path = Path(value).expanduser()
    except RuntimeError as error:
        message = f"{where} is {str(value)!r}, and there is no such home folder; write the path in full."
        raise SettingsError(message) from error
    return base / path if base else path


def unknown(where: str, name: str, known: Iterable[str]) -> SettingsError:
    """Make the error for a name that nothing is known by, with the nearest one that is."""
    near = difflib.get_close_matches(name, known, 1)
    cure = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}."
    return SettingsError(f"{where} is unknown; {cure}")
