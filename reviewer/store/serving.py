"""How a store on a PostgreSQL server is opened; all that is PostgreSQL's own is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import URL, NullPool, create_engine, event

from reviewer.errors import StoreError
from reviewer.store.failing import telling
from reviewer.store.line import exclusive
from reviewer.store.migrations import migrate

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection

BACKENDS = ("postgresql", "postgres")
CONNECT_SECONDS = 10
_MIGRATING = 7_345_191_004  # any number that no other program is likely to lock
_NO_DRIVER = (
    "The store {where!r} needs the PostgreSQL driver, which is not installed;"
    " install it with: pip install 'use-case-reviewer[postgres]'"
)


def where(url: URL) -> str:
    """Name a database as messages may: without password, driver or options."""
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
    folder = url.query.get("host")
    return plain.update_query_pairs([("host", folder)] if isinstance(folder, str) else []).render_as_string()


def connect(url: URL, busy_seconds: float, *, survives_server: bool) -> Connection:
    """Open a database on a server and bring its tables up to date; each statement that follows is a transaction."""
    shown = where(url)
    with telling(shown):
        try:
            connection = _engine(url, busy_seconds, survives_server=survives_server).connect()
        except ImportError as error:
            raise StoreError(_NO_DRIVER.format(where=shown)) from error
        try:
            _prepare(connection, shown)
        except BaseException:
            connection.close()
            raise
    return connection


def _engine(url: URL, busy_seconds: float, *, survives_server: bool) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "use-case-reviewer"},
    )

    # At each connection, for a lost one is replaced unasked.
    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {int(busy_seconds * 1000)}")
        cursor.execute("SET client_min_messages = warning")
        if not survives_server:
            cursor.execute("SET synchronous_commit = off")
        cursor.close()
        connection.commit()

    return engine


def _prepare(connection: Connection, shown: str) -> None:
    with exclusive(connection):
        # Two processes that start at once would trip over each other's tables.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
        migrate(connection, shown)
