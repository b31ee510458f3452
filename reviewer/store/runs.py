"""Runs: begun, gone on with, ended, and found again by name or number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from reviewer.errors import StoreError
from reviewer.identity import text_digest
from reviewer.run import Plan, Run
from reviewer.store.schema import rows, runs, state
from reviewer.store.texts import from_json, name_of, to_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from reviewer.store.line import Line

_TAKEN = (
    "The run {name!r} was made from other inputs, or with another policy or model, or another version of the reviewer;"
    " choose another name, or none."
)
_FORGOTTEN = "The run {name!r} has been forgotten by a purge; begin it again."
_UNKNOWN = "There is no run {name!r} in the store {where!r}; it has {there}."
_NONE = "There is no run in the store {where!r}; make one with reviewer batch."
_MOST_NAMED = 10
_NUMBER = "The run's name {name!r} could be taken for a number of a run; give it a name with a letter in it."


class Runs:
    """The runs of a store."""

    def __init__(self, line: Line, now: Callable[[], datetime]) -> None:
        """Take the line to the database, and a clock."""
        self._line = line
        self._now = now

    def begin(self, plan: Plan) -> tuple[Run, bool]:
        """Go on with the run of this plan, or begin one; tells whether it is gone on with.

        Raises `StoreError` where another plan has its name, and for a name that is a number.
        """
        if plan.name and plan.name.strip().isdigit():
            raise StoreError(_NUMBER.format(name=plan.name))
        text = to_json(plan)
        digest, name = text_digest(text), plan.name and name_of(plan.name)
        with self._line.transaction() as connection:
            number = lock(connection).runs + 1
            if there := connection.execute(select(runs).where(runs.c.digest == digest)).first():
                again = {"passes": there.passes + 1, "ended_at": None}
                connection.execute(update(runs).where(runs.c.id == there.id).values(**again, passed_at=self._now()))
                return _run(there).model_copy(update=again), True
            if name and connection.scalar(select(runs.c.id).where(runs.c.name == name)):
                raise StoreError(_TAKEN.format(name=plan.name))
            run = Run(id=number, plan=plan, passes=1, started_at=self._now())
            row = {"name": name, "digest": digest, "plan": text, "started_at": run.started_at}
            connection.execute(insert(runs).values(id=number, passes=1, passed_at=run.started_at, **row))
            connection.execute(update(state).values(runs=number))
            return run, False

    def end(self, run: Run, *, complete: bool, vanishing: bool = True) -> int:
        """Close a pass; gives how many rows its input had no more.

        `complete`: the input was read to its end, so that rows which this pass has not seen have vanished, and the run
        has ended, unless another process has begun a later pass meanwhile.
        `vanishing`: False where a file of the input could not be read, so that nobody can say what is in it no more.
        """
        if not complete:
            return 0
        unseen = (rows.c.run == run.id) & (rows.c.seen < run.passes)
        latest = (runs.c.id == run.id) & (runs.c.passes == run.passes)
        with self._line.transaction() as connection:
            lock(connection)
            connection.execute(update(runs).where(latest).values(ended_at=self._now()))
            return connection.execute(update(rows).where(unseen).values(vanished=True)).rowcount if vanishing else 0

    def every(self) -> tuple[Run, ...]:
        """Give all runs, the oldest first."""
        with self._line.taken() as connection:
            return tuple(map(_run, connection.execute(select(runs).order_by(runs.c.id))))

    def named(self, name: str | None) -> Run:
        """Give the run of a name or a number; None is the one of the latest pass. Raises `StoreError` for none."""
        every = self.every()
        if not every:
            raise StoreError(_NONE.format(where=self._line.where))
        if name is None:
            return self._latest()
        if found := [run for run in every if name == run.plan.name] or [run for run in every if name == str(run.id)]:
            return found[-1]
        there = ", ".join(repr(run.name) for run in every[-_MOST_NAMED:])
        raise StoreError(_UNKNOWN.format(name=name, where=self._line.where, there=there))

    def _latest(self) -> Run:
        with self._line.taken() as connection:
            latest = select(runs).order_by(runs.c.passed_at.desc(), runs.c.id.desc()).limit(1)
            return _run(connection.execute(latest).one())


def lock(connection: Connection) -> Row[tuple[int, int, int, int, str | None]]:
    """Hold off all others who write until the transaction ends; gives the numbers given last, and what is kept."""
    # SQLite has no row locks and ignores this; there `BEGIN IMMEDIATE` has done it.
    return connection.execute(select(state).with_for_update()).one()


def refuse_forgotten(connection: Connection, run: Run) -> None:
    """Raise `StoreError` where a run is no more, so that no row is left without one."""
    if connection.scalar(select(runs.c.id).where(runs.c.id == run.id)) is None:
        raise StoreError(_FORGOTTEN.format(name=run.name))


def _run(row: Row[tuple[object, ...]]) -> Run:
    plan = from_json(Plan, row.plan)
    return Run(id=row.id, plan=plan, passes=row.passes, started_at=row.started_at, ended_at=row.ended_at)
