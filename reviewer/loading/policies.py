"""An address to a policy: its version in force on a day, laid over what it extends, with the rules of its own."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import PolicyError, SettingsError
from reviewer.loading.packs import USES, Edition, editions, installed, shipped
from reviewer.loading.tables import table, valid
from reviewer.overlay import Overlay
from reviewer.overlaying import laid_over, on
from reviewer.policy import Policy, is_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

DEFAULT_POLICY = "microsoft-ai-services"

_MOST_LAYERS = 5


class Pack(NamedTuple):
    """A policy, and the folders of the rules that it and those below it bring themselves."""

    policy: Policy
    own_rules: tuple[Traversable, ...] = ()


def policies() -> tuple[str, ...]:
    """Give the policies that can be named, shipped and installed, as `name@version`, by name and from the oldest on."""
    return tuple(edition.address for edition in (*shipped(), *installed()))


def policy(address: str = DEFAULT_POLICY, as_of: date | None = None) -> Policy:
    """Load a policy as it stands on a day; raises what `pack` raises."""
    return pack(address, as_of).policy


def pack(address: str = DEFAULT_POLICY, as_of: date | None = None) -> Pack:
    """Load a policy with the rules of its own.

    The address is `name`, `name@version`, the path of a file, or that of a folder, with or without `@version`.
    Where it names no version, the one in force on the day `as_of` is meant, by default today (UTC).
    Raises `SettingsError` for an unknown policy or a day before its first version, `PolicyError` for a broken one.
    """
    day = as_of or datetime.now(UTC).date()
    file = _find(address, day)
    return _read_on(file, day) if is_path(address) else _known(file, day)  # type: ignore[arg-type]  # a path is hashable


def _read_on(file: Traversable, day: date) -> Pack:
    found = _read(file, day, ())
    return found._replace(policy=on(found.policy, day))


# What was shipped or installed does not change while a process lives; a file of one's own may.
_known = cache(_read_on)


def _read(file: Traversable, day: date, above: tuple[str, ...]) -> Pack:
    """Read a policy file, and first what it extends."""
    issues: list[str] = []
    read = table(file, issues)
    if issues:
        raise _unusable(file, issues)
    if "extends" in read:
        if overlay := valid(Overlay, read, str(file), issues):
            below = _below(file, overlay, day, above)
            return Pack(laid_over(below.policy, overlay, day), (*below.own_rules, *_own_rules(file)))
    elif value := valid(Policy, read, str(file), issues):
        issues += _clause_slips(value, file)
        if not issues:
            return Pack(value, _own_rules(file))
    raise _unusable(file, issues)


def _clause_slips(policy: Policy, file: Traversable) -> Iterator[str]:
    """Tell of what would make a review silently milder: a clause that hides another, or none at all."""
    if not policy.clauses:
        yield f"{file}: clauses: a policy needs one at least"
    for name, count in Counter(clause.id for clause in policy.clauses).items():
        if count > 1:
            yield f"{file}: clauses: {name!r} stands {count} times; give each clause its own id"


def _unusable(file: Traversable, issues: list[str]) -> PolicyError:
    return PolicyError(f"The policy {str(file)!r} cannot be used:", issues)


def _below(file: Traversable, overlay: Overlay, day: date, above: tuple[str, ...]) -> Pack:
    if len(above) >= _MOST_LAYERS:
        told = f"extends itself, or more than {_MOST_LAYERS} policies one over another"
        raise PolicyError(f"The policy {str(file)!r} {told}: {' -> '.join(above)}.")
    address = overlay.extends
    if is_path(address) and isinstance(file, Path) and not Path(address).is_absolute():
        address = str(file.parent / address)
    return _read(_find(address, day), day, (*above, str(file)))


def _own_rules(file: Traversable) -> tuple[Traversable, ...]:
    folder = file.parent / USES if isinstance(file, Path) else None
    return (folder,) if folder and folder.is_dir() else ()


def _find(address: str, day: date) -> Traversable:
    if not is_path(address):
        return _in_force(address, _named(address), day)
    folder, _, version = address.rpartition("@") if "@" in Path(address).name else (address, "", "")
    if not Path(folder).is_dir():
        return Path(address)
    found = [edition for edition in editions(Path(folder)) if version in {"", edition.version}]
    if not found:
        sought = f"version {version!r}" if version else "policy"
        raise SettingsError(f"The folder {folder!r} holds no {sought}: a file such as {version or '1.0'}.toml.")
    return _in_force(address, found, day)


def versions(address: str) -> tuple[str, ...]:
    """Give the path of each version in a folder; what names one policy is given as it is."""
    if not (is_path(address) and Path(address).is_dir()):
        return (address,)
    return tuple(str(edition.file) for edition in editions(Path(address))) or (address,)


def _named(address: str) -> list[Edition]:
    for known in (shipped, installed):
        if found := [edition for edition in known() if address in {edition.address, edition.name}]:
            return found
    message = f"There is no policy {address!r}; known are {', '.join(policies())}; a file is named by its path."
    raise SettingsError(message)


def _in_force(address: str, found: list[Edition], day: date) -> Traversable:
    """Give the version in force on a day; of one that was named no day is asked."""
    if "@" in address:
        return found[0].file
    begun = [edition for edition in found if edition.since is None or edition.since <= day]
    if not begun:
        first = found[0]
        message = (
            f"No version of {address!r} was in force on {day}; the first known is {first.version} of {first.since}."
        )
        raise SettingsError(message)
    return begun[-1].file
