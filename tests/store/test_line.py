"""A transaction holds together, or leaves nothing."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy import NullPool, create_engine

from reviewer.errors import StoreError
from reviewer.store.line import Line


def test_a_failed_commit_leaves_the_line_usable() -> None:
    """What a database refuses only at the end is taken back, and the next transaction begins anew."""
    engine = create_engine("sqlite://", isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with closing(engine.connect()) as connection:
        line = Line(connection, "a store")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("CREATE TABLE a (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE b (a INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED)")
        with pytest.raises(StoreError), line.transaction():
            connection.exec_driver_sql("INSERT INTO b VALUES (1)")
        with line.transaction():
            assert connection.exec_driver_sql("SELECT count(*) FROM b").scalar_one() == 0
