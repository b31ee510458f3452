"""How a store in a file is opened; all that is SQLite's own is here."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import URL, NullPool, create_engine

from reviewer.errors import StoreError
from reviewer.store.failing import telling
from reviewer.store.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

BUSY_SECONDS = 5.0
_MAGIC = b"SQLite format 3\0"


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> Connection:
    """Open the file, made where it is missing, and bring its tables up to date.

    Each statement that follows is a transaction of its own.
    """
    where = str(path)
    if path.is_dir():
        message = f"The store {where!r} is a folder; name a file in it."
        raise StoreError(message)
    with telling(where):
        _make(path)
        connection = _engine(path, busy_seconds).connect()
        try:
            _prepare(connection, where)
        except BaseException:
            connection.close()
            raise
    return connection


def _make(path: Path) -> None:
    """Make the file before SQLite does: replies quote submissions, so nobody else may read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "rb") as file:
        start = file.read(len(_MAGIC))
    # SQLite takes a file of a few bytes for an empty one, and writes over it.
    if start not in {b"", _MAGIC}:
        message = f"The store {str(path)!r} is no SQLite database; name another file."
        raise StoreError(message)


def _engine(path: Path, busy_seconds: float) -> Engine:
    return create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )


def _prepare(connection: Connection, where: str) -> None:
    with _exclusive(connection):
        migrate(connection, where)
    # Only now that the database is known to be ours: this one stays in the file.
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("PRAGMA synchronous = NORMAL")
    connection.exec_driver_sql("PRAGMA secure_delete = ON")


@contextmanager
def _exclusive(connection: Connection) -> Iterator[None]:
    """Hold off other processes from the first look at the tables to the last change; proves that we may write, too."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")
