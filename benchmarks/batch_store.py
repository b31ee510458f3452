"""What keeping a row costs: time and room in a new store, on SQLite and, where its programs are, on PostgreSQL."""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.model_path import Row
from reviewer import InputError, Reviewer
from reviewer.batch import WRITTEN, plan
from reviewer.readers.intake import Intake
from reviewer.store.row import Recorded
from reviewer.store.store import Store
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from reviewer.run import Plan

ROUNDS = 5
MOST = 2_000


def rows(sheet: Path, folder: Path) -> Iterator[Row]:
    """Give microseconds and bytes a row; the databases take turns."""
    reviewer = Reviewer()
    recorded, of_run = _recorded(reviewer, sheet), plan(reviewer.desk, None, (str(sheet),), "")
    with ExitStack() as stack:
        kinds: dict[str, Callable[[int], tuple[float, float]]] = {
            "SQLite": lambda number: _sqlite(folder / f"store-{number}.db", of_run, recorded)
        }
        try:
            server = stack.enter_context(postgres.serving())
        except LookupError as missing:
            print(f"\nPostgreSQL is left out: {missing}\n")
        else:
            kinds["PostgreSQL"] = lambda number: _postgres(server, f"store_{number}", of_run, recorded)
        taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
        for number in range(ROUNDS):
            for kind, measured in kinds.items():
                taken[kind].append(measured(number))
    for kind, its in taken.items():
        yield Row(f"store on {kind}: time a row", median(seconds for seconds, _ in its) / len(recorded) * 1e6, " µs")
        yield Row(f"store on {kind}: room a row", median(room for _, room in its) / len(recorded), " bytes")


def _recorded(reviewer: Reviewer, sheet: Path) -> list[Recorded]:
    """Review some rows, as a batch hands them to its store."""
    given = (one for one in Intake([str(sheet)]).submissions() if not isinstance(one, InputError))
    some = enumerate(islice(given, MOST), start=1)
    return [Recorded(at, str(one.source), one, reviewer.review(one)) for at, one in some]


def _sqlite(path: Path, of_run: Plan, recorded: Sequence[Recorded]) -> tuple[float, float]:
    with Store.open(path) as store:
        seconds = _written(store, of_run, recorded)
    return seconds, path.stat().st_size


def _postgres(server: postgres.Server, name: str, of_run: Plan, recorded: Sequence[Recorded]) -> tuple[float, float]:
    with server.database(name) as url:
        with Store.open(url) as store:
            before = _size(server, name)
            seconds = _written(store, of_run, recorded)
        return seconds, _size(server, name) - before


def _size(server: postgres.Server, name: str) -> float:
    with closing(server.connect(name)) as connection:
        told = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    if told is None or not isinstance(told[0], int):
        raise AssertionError(told)
    return told[0]


def _written(store: Store, of_run: Plan, recorded: Sequence[Recorded]) -> float:
    run, _ = store.begin(of_run)
    start = time.perf_counter()
    for at in range(0, len(recorded), WRITTEN):
        store.record(run, recorded[at : at + WRITTEN])
    took = time.perf_counter() - start
    store.end(run, complete=True)
    return took
