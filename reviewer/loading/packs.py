"""Where packs lie: among the shipped ones, in an installed package, or in a folder of one's own."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import PolicyError
from reviewer.loading.tables import entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

ENTRY_POINTS = "reviewer.policies"
USES = "_uses"

_FIRST_TABLE = "\n["


class Edition(NamedTuple):
    """One version of a policy on disk; `since` is the first day on which it is known to hold."""

    name: str
    version: str
    file: Traversable
    since: date | None

    @property
    def address(self) -> str:
        """The policy as `name@version`."""
        return f"{self.name}@{self.version}"


def packs() -> Traversable:
    """Give the folder of the shipped packs."""
    return resources.files("reviewer") / "packs"


def uses() -> Traversable:
    """Give the folder of the shipped rules, concepts, languages and cases."""
    return packs() / USES


@cache
def shipped() -> tuple[Edition, ...]:
    """Give the shipped editions, by name and from the oldest on."""
    return tuple(edition for folder in _policies_in(packs()) for edition in editions(folder))


@cache
def installed() -> tuple[Edition, ...]:
    """Give the editions of installed packages, which name a module with a folder for each policy beside it.

    Raises `PolicyError` for an entry point whose module cannot be imported.
    """
    return tuple(
        edition
        for point in metadata.entry_points(group=ENTRY_POINTS)
        for folder in _policies_in(_folder_of(point))
        for edition in editions(folder)
    )


def _folder_of(point: metadata.EntryPoint) -> Traversable:
    try:
        return resources.files(point.module)
    except Exception as error:  # whatever somebody else's module raises when it is imported
        message = f"The entry point {point.name!r} of {ENTRY_POINTS!r} cannot be used: {error}; install it again."
        raise PolicyError(message) from error


def _policies_in(folder: Traversable) -> Iterator[Traversable]:
    for sub in entries(folder):
        if sub.is_dir() and not sub.name.startswith(("_", ".")) and any(editions(sub)):
            yield sub


def editions(folder: Traversable) -> list[Edition]:
    """Give the versions of the policy in a folder, from the oldest on; one without a day comes first."""
    found = [_edition(folder.name, file) for file in entries(folder) if file.name.endswith(".toml")]
    return sorted(found, key=lambda edition: (edition.since or date.min, edition.version))


def _edition(name: str, file: Traversable) -> Edition:
    """Read the head of a file only: its clauses are many, and most versions are not asked for."""
    try:
        head = tomllib.loads(file.read_text(encoding="utf-8").split(_FIRST_TABLE)[0])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        head = {}  # told in full when the policy itself is loaded
    days = (head.get("effective"), head.get("attested_from"), _new_year(head.get("attested_in")))
    since = next((day for day in days if isinstance(day, date)), None)
    if isinstance(since, datetime):
        since = since.date()  # told as a mistake when the policy itself is loaded
    return Edition(str(head.get("name", name)), file.name.removesuffix(".toml"), file, since)


def _new_year(year: object) -> date | None:
    return date(year, 1, 1) if isinstance(year, int) and date.min.year <= year <= date.max.year else None
