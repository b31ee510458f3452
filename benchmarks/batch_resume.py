"""A batch that is killed at random moments and begun again: what is lost, and what is asked twice."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from benchmarks.batch_rows import asked
from benchmarks.model_path import Row
from reviewer.store.store import Store
from reviewer.testing import FakeEndpoint, behaviours, reply
from reviewer.verdict import DecidedBy
from tests.batch.process import finish, start, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY, KILLS, SEED = 2_000, 10, 4
IN_FLIGHT, LATENCY = 32, 0.1


def rows(sheet: Path, folder: Path) -> Iterator[Row]:
    """Give how many rows have one verdict of the model in the end, and how many calls were repeated for it."""
    given, store = asked(sheet, MANY, folder / "killed.csv"), folder / "killed.db"
    moments = sorted(random.Random(SEED).sample(range(1, MANY), KILLS))  # noqa: S311  a seed, so as to be repeatable
    environ = {"REVIEWER_IN_FLIGHT": str(IN_FLIGHT)}
    with FakeEndpoint([behaviours.answer(reply())], latency=LATENCY, keep_requests=False) as fake:
        for moment in moments:
            process = start(given, "--store", store, base_url=fake.base_url, **environ)
            until(lambda: fake.served >= moment, process)  # noqa: B023  used up within its round
            process.kill()
            finish(process)
        status, told = finish(start(given, "--store", store, base_url=fake.base_url, **environ))
        served = fake.served
    if status:
        raise SystemExit(told)
    about = f"killed {KILLS} times over {MANY:,} rows"
    yield Row(f"{about}: rows with a verdict of the model", _read(store), "", MANY)
    most = IN_FLIGHT * KILLS
    yield Row(f"{about}: calls repeated", served - MANY, "", most, at_least=False)


def _read(path: Path) -> int:
    """Count the rows that have exactly one current verdict, by the model; raises where a row stands twice."""
    with Store.open(path) as store:
        (run,) = store.runs()
        read = [one.key for one in store.entries(run.id) if one.verdict and one.verdict.decided_by is DecidedBy.MODEL]
        keys = [one.key for one in store.entries(run.id)]
    if len(set(keys)) != len(keys):
        raise SystemExit("A row stands twice in the store.")
    return len(read)
