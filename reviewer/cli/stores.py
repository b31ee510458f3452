"""Options that name a store and a run in it, and the store opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reviewer.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reviewer.store.store import Store

F = TypeVar("F", bound="Callable[..., Any]")

VARIABLE = "REVIEWER_STORE"
_UNNAMED = f"Name the store with --store (a file, or postgresql://...) or {VARIABLE}."

_STORE = click.option("--store", metavar="STORE", help=f"A file, or postgresql://USER@HOST/DB.  [env: {VARIABLE}]")
_RUN = click.option("--run", metavar="RUN", help="A run's name or number.  [default: the latest]")
as_text_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)


def of_the_store(command: F) -> F:
    """Give a command the option that names a store."""
    return _STORE(command)


def of_the_run(command: F) -> F:
    """Give a command the options that name a store and a run in it."""
    return _STORE(_RUN(command))


def open_store(address: str | None, *, make: bool = False, keep: str | None = None) -> Store:
    """Open the store that an option or the environment names; close it, or use it in a `with` block.

    `make`: a file that is not there is made, and not taken for a slip of the pen.
    `keep` says which words are kept from now on; None for what the store was told last.
    Raises `SettingsError` if none is named, and `StoreError` if it cannot be used.
    """
    from reviewer.store.keep import Keep
    from reviewer.store.store import Store

    named = address or os.environ.get(VARIABLE)
    if not named:
        raise SettingsError(_UNNAMED)
    if not make and "://" not in named and not Path(named).exists():
        message = f"There is no store {named!r}; name the one that `reviewer batch --store` has written."
        raise StoreError(message)
    return Store.open(named, keep=Keep(keep) if keep else None)


def refuse_input(path: Path | None, inputs: Iterable[str]) -> None:
    """Raise `SettingsError` if a file to write is one of those that were, or are to be, read."""
    if path and any(_is_same(path, Path(name)) for name in inputs):
        message = f"The file {str(path)!r} is an input, and would be lost; name another file to write."
        raise SettingsError(message)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def say(text: str) -> None:
    """Print a line for people to standard error, beside what a program reads."""
    click.echo(text, err=True)
