"""The steps from an empty database to the tables of today, each applied once and never changed again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    inspect,
    select,
)

from reviewer.errors import StoreError
from reviewer.store.schema import Utc, applied

if TYPE_CHECKING:
    from collections.abc import Callable


def keep_replies(connection: Connection) -> None:
    """Make the tables of replies and of calibrations."""
    # Written out, and not taken from `schema`: this step must make the same tables when those have moved on.
    tables = MetaData()
    Table(
        "replies",
        tables,
        Column("call_digest", String(64), primary_key=True),
        Column("kind", String(16), nullable=False),
        Column("value", Text, nullable=False),
        Column("kept_at", Utc, nullable=False),
    )
    Table(
        "calibrations",
        tables,
        Column("id", Integer, primary_key=True),
        Column("key", String(128), nullable=False, index=True),
        Column("value", Text, nullable=False),
        Column("kept_at", Utc, nullable=False),
    )
    tables.create_all(connection, checkfirst=False)


def keep_runs(connection: Connection) -> None:
    """Make the tables of runs, their rows, verdicts, and the decisions of people."""
    tables = MetaData()
    _add_runs(tables)
    _add_rows(tables)
    _add_verdicts(tables)
    _add_people(tables)
    tables.create_all(connection, checkfirst=False)
    connection.execute(insert(tables.tables["state"]).values(id=1, runs=0, rows=0, verdicts=0))


def _add_runs(tables: MetaData) -> None:
    Table(
        "state",
        tables,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("runs", Integer, nullable=False),
        Column("rows", Integer, nullable=False),
        Column("verdicts", Integer, nullable=False),
        Column("keep", String(16)),
    )
    Table(
        "runs",
        tables,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("name", String(96), index=True),
        Column("digest", String(64), nullable=False, unique=True),
        Column("plan", Text, nullable=False),
        Column("passes", Integer, nullable=False),
        Column("started_at", Utc, nullable=False),
        Column("passed_at", Utc, nullable=False),
        Column("ended_at", Utc),
    )


def _add_rows(tables: MetaData) -> None:
    Table(
        "rows",
        tables,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("run", Integer, ForeignKey("runs.id"), nullable=False),
        Column("name", String(96), nullable=False),
        Column("key", Text),
        Column("requester", String(96), index=True),
        Column("position", Integer, nullable=False),
        Column("submission", Text, nullable=False),
        Column("digest", String(64), nullable=False),
        Column("verdict", Integer),
        Column("error", Text),
        Column("seen", Integer, nullable=False),
        Column("vanished", Boolean, nullable=False),
        Column("at", Utc, nullable=False),
        UniqueConstraint("run", "name", name="rows_run_name"),
        UniqueConstraint("verdict", name="rows_verdict"),
        Index("rows_run_position", "run", "position"),
    )


def _add_verdicts(tables: MetaData) -> None:
    Table(
        "shared",
        tables,
        Column("digest", String(64), primary_key=True),
        Column("value", Text, nullable=False),
    )
    Table(
        "verdicts",
        tables,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("entry", Integer, ForeignKey("rows.id"), nullable=False, index=True),
        Column("review_digest", String(64), nullable=False, index=True),
        Column("decision", String(16), nullable=False),
        Column("tier", SmallInteger, nullable=False),
        Column("decided_by", String(16), nullable=False),
        Column("why_not_model", String(32)),
        Column("shared", String(64), nullable=False),
        Column("value", Text, nullable=False),
        Column("receipt", Text),
        Column("reached_at", Utc, nullable=False),
        Index("verdicts_decision_tier", "decision", "tier"),
    )


def _add_people(tables: MetaData) -> None:
    Table(
        "sign_offs",
        tables,
        Column("id", Integer, primary_key=True),
        Column("entry", Integer, ForeignKey("rows.id"), nullable=False, index=True),
        Column("decision", String(16), nullable=False),
        Column("reason", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("valid_until", Date),
        Column("at", Utc, nullable=False),
        Column("review_digest", String(64)),
    )
    Table(
        "asked",
        tables,
        Column("entry", Integer, ForeignKey("rows.id"), primary_key=True, autoincrement=False),
        Column("call_digest", String(64), primary_key=True, index=True),
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (keep_replies, keep_runs)


def migrate(connection: Connection, where: str) -> None:
    """Apply what is still to be applied, within the caller's transaction.

    Raises `StoreError` where the database is another program's, or was written by a newer version.
    """
    tables = inspect(connection).get_table_names()
    if tables and applied.name not in tables:
        message = f"The store {where!r} is a database of another program; name another."
        raise StoreError(message)
    applied.create(connection, checkfirst=True)
    done = set(connection.scalars(select(applied.c.name)))
    known = {step.__name__: step for step in MIGRATIONS}
    if unknown := sorted(done - known.keys()):
        message = (
            f"The store {where!r} was written by a newer version (it has {unknown[0]!r});"
            " upgrade use-case-reviewer, or name another."
        )
        raise StoreError(message)
    for name, step in known.items():
        if name not in done:
            step(connection)
            connection.execute(insert(applied).values(name=name, applied_at=datetime.now(UTC)))
