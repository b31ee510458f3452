"""One connection to a database, and how it is used: by one thread at a time, all or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

from reviewer.store.failing import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


class Line:
    """A connection that threads take in turns.

    Where a server hung up, what was under way fails, and the next call finds a new connection.
    """

    def __init__(self, connection: Connection, where: str) -> None:
        """Take over an open connection on which each statement is a transaction of its own."""
        self.where = where
        self.connection = connection
        self._lock = RLock()

    @contextmanager
    def taken(self) -> Iterator[Connection]:
        """Give the connection; raises `StoreError` for what the database says against a statement."""
        with telling(self.where), self._lock:
            try:
                yield self.connection
            finally:
                self._forget_lost()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give the connection for several statements that hold together, or not at all."""
        with self.taken() as connection, exclusive(connection):
            yield connection

    @contextmanager
    def stream(self) -> Iterator[Connection]:
        """Give a connection of its own, with one view of the database however long it is read."""
        with telling(self.where), self.connection.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
                yield connection
            else:
                # Not AUTOCOMMIT: a cursor on the server lives within a transaction.
                yield connection.execution_options(isolation_level="REPEATABLE READ")

    def close(self) -> None:
        """Let go of the connection."""
        with self.taken() as connection:
            connection.close()

    def _forget_lost(self) -> None:
        if not self.connection.closed and self.connection.invalidated:
            self.connection.rollback()


@contextmanager
def exclusive(connection: Connection) -> Iterator[None]:
    """Make one transaction of what is done within; on SQLite nobody else writes meanwhile."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else "BEGIN")
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        if _is_open(connection):
            connection.exec_driver_sql("ROLLBACK")
        raise


def _is_open(connection: Connection) -> bool:
    """Tell whether there is still a transaction: a full disk or a lost server has ended it already."""
    if connection.invalidated:
        return False
    driver = connection.connection.driver_connection
    return driver.in_transaction if isinstance(driver, sqlite3.Connection) else True
