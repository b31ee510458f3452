"""The steps from an empty database to the tables of today, each applied once and never changed again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, insert, inspect, select

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


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (keep_replies,)


def migrate(connection: Connection, where: str) -> None:
    """Apply what is still to be applied, within the caller's transaction.

    Raises `StoreError` where the database is another program's, or was written by a newer version.
    """
    tables = inspect(connection).get_table_names()
    if tables and applied.name not in tables:
        message = f"The store {where!r} is a database of another program; name another file."
        raise StoreError(message)
    applied.create(connection, checkfirst=True)
    done = set(connection.scalars(select(applied.c.name)))
    known = {step.__name__: step for step in MIGRATIONS}
    if unknown := sorted(done - known.keys()):
        message = (
            f"The store {where!r} was written by a newer version (it has {unknown[0]!r});"
            " upgrade use-case-reviewer, or name another file."
        )
        raise StoreError(message)
    for name, step in known.items():
        if name not in done:
            step(connection)
            connection.execute(insert(applied).values(name=name, applied_at=datetime.now(UTC)))
