"""A store with runs in it, on SQLite, for the commands that read one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.store.store import Keep, Recorded, Store
from tests import entries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reviewer.run import Entry, Run


def stock(path: Path, made: Iterable[Entry], name: str | None = None, keep: Keep | None = None) -> Run:
    """Put entries into the store as a run that was read to its end."""
    with Store.open(path, keep=keep, now=lambda: entries.NOON) as store:
        run, _ = store.begin(entries.plan(name, inputs=("intake.csv", f"{name}.csv")))
        store.record(run, [Recorded(one.position, one.key, one.submission, one.verdict, one.error) for one in made])
        store.end(run, complete=True)
        return run


def of_run(path: Path, run: str | None = None) -> list[Entry]:
    """Read a run back."""
    with Store.open(path) as store:
        return list(store.entries(store.run(run).id))


def sign(path: Path, number: int, decision: str) -> None:
    """Let a person decide beside an entry."""
    with Store.open(path) as store:
        assert store.sign(number, entries.sign_off(decision))
