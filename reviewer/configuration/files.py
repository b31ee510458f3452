"""The files `reviewer.toml`: which are read, and what each may say.

The one in the working folder may be a stranger's, so it may not say where text is sent, or where anything is kept.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from reviewer.configuration.layer import MODEL, REVIEW, STORE, Layer, empty, told, unknown
from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "reviewer.toml"
KEY_VARIABLE = "api_key_env"
_TABLES = {"review": REVIEW, "model": MODEL | {KEY_VARIABLE}, "store": STORE}
_OWN = _TABLES["model"] | _TABLES["store"] | {"model", "store"}


def read(config: Path | None, folder: Path, user: Path) -> tuple[Layer, ...]:
    """Give what each file says: the user's own, the one in the working folder, the one that the user names."""
    found = folder / NAME
    mine = _layer(user, own=True) if _is_there(user) else {}
    # A file that the user names is the user's own word, wherever it lies.
    trusted = any(_same(found, own) for own in (user, config) if own)
    here = _layer(found, own=False) if _is_there(found) and not trusted else {}
    _keep_masked(mine, here)
    return mine, here, _layer(config, own=True) if config else {}


def _same(one: Path, other: Path) -> bool:
    return _is_there(one) and _is_there(other) and one.samefile(other)


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a service has no access to the home folder of whoever started it, and so no file of its own
        return False


def _keep_masked(mine: Layer, here: Layer) -> None:
    if "mask" in mine and mine["mask"].value and "mask" in here and not here["mask"].value:
        message = f"{here['mask'].where} is false, but {mine['mask'].where} asks for masking; remove the line."
        raise SettingsError(message)


def _layer(file: Path, *, own: bool) -> Layer:
    layer = {}
    for table, key, value in _entries(file):
        where = f"{file}: {f'{table}.{key}' if table else key}"
        _check(where, table, key, own=own)
        if not empty(value):
            layer[key] = told(key, value, where, file.parent)
    return layer


def _entries(file: Path) -> Iterator[tuple[str, str, object]]:
    """Give each entry with its table, which is empty for what stands outside of one."""
    for name, rows in _toml(file).items():
        if isinstance(rows, dict):
            yield from ((name, key, value) for key, value in rows.items())
        if name not in _TABLES or not isinstance(rows, dict):
            yield "", name, rows


def _toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"{file}: cannot be read: {error.strerror or error}."
        raise SettingsError(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{file}: is no TOML: {error}."
        raise SettingsError(message) from error


def _check(where: str, table: str, key: str, *, own: bool) -> None:
    """Refuse what a file may not say; no message holds a value, for it might be a key."""
    if key == "api_key":
        message = (
            f"{where}: no file may hold a key; put it into the environment (REVIEWER_API_KEY),"
            f" or name the variable that holds it with {KEY_VARIABLE}."
        )
        raise SettingsError(message)
    if not own and (table in {"model", "store"} or key in _OWN):
        message = (
            f"{where}: a file that lies in the working folder may set review options only;"
            " to trust it, name it with --config, and otherwise remove the line."
        )
        raise SettingsError(message)
    if table in _TABLES and key not in _TABLES[table]:
        raise unknown(where, key, _TABLES[table])
    if not table:
        raise _outside(where, key)


def _outside(where: str, key: str) -> SettingsError:
    belongs = [table for table, keys in _TABLES.items() if key in keys and key != table]
    if key in _TABLES:
        return SettingsError(f"{where} must be a table: [{key}], and its keys below.")
    if belongs:
        return SettingsError(f"{where} stands outside of its table; put it below [{belongs[0]}].")
    return unknown(where, key, _TABLES)
