"""TOML to values, with every issue under its file and key."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R", dict[str, Any], list[Any])


def entries(folder: Traversable) -> list[Traversable]:
    """Give what lies in a folder, by name; nothing if there is no such folder."""
    return sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []


def tables(folder: Traversable, issues: list[str]) -> Iterator[tuple[Traversable, dict[str, Any]]]:
    """Read every TOML file of a folder."""
    for file in entries(folder):
        if file.name.endswith(".toml"):
            yield file, table(file, issues)


def table(file: Traversable, issues: list[str]) -> dict[str, Any]:
    """Read one TOML file; an empty table and an issue if it cannot be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        issues.append(f"{file}: cannot be read: {error.strerror or error}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        issues.append(f"{file}: is no TOML: {error}")
    return {}


def rows(value: Any, kind: type[R], where: str, issues: list[str]) -> R:  # noqa: ANN401  whatever TOML holds
    """Give `value` if it is of `kind`, or an empty one and an issue."""
    if isinstance(value, kind):
        return value
    issues.append(f"{where}: is a {type(value).__name__}, but must be a {kind.__name__}")
    return kind()


def valid(kind: type[T], row: object, where: str, issues: list[str]) -> T | None:
    """Give the value that a row makes, or None and an issue for each key that does not fit."""
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        issues += [f"{where}: {'.'.join(map(str, issue['loc']))}: {issue['msg']}" for issue in error.errors()]
        return None
