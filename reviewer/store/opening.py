"""How a store is opened by its address; all that is SQLite's own is here."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from reviewer.errors import StoreError
from reviewer.store import serving
from reviewer.store.failing import telling
from reviewer.store.line import Line, exclusive
from reviewer.store.migrations import migrate

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_SECONDS = 5.0
_MAGIC = b"SQLite format 3\0"
# A drive has one letter. A slip in a URL must not become the name of a file with a password in it.
_MEANT_AS_URL = re.compile(r"[A-Za-z][A-Za-z0-9+]+:(?!//).*@")
# No part of the address is shown: it may hold a password.
_NO_URL = (
    "The address of the store is no URL that can be read; write postgresql://user@host/name,"
    " and signs such as @ or / in a password as %40 or %2F."
)


def dial(address: Path | str, busy_seconds: float = BUSY_SECONDS, *, survives_server: bool = True) -> Line:
    """Open a path or a URL, and bring its tables up to date.

    `busy_seconds` is how long to wait for others that write.
    `survives_server`: what is written waits for the disk of a server, so that even its crash loses nothing.
    Raises `StoreError`, and its kind `UnwritableStore` where the database is sound but cannot be written now.
    """
    if isinstance(address, str) and _MEANT_AS_URL.match(address):
        raise StoreError(_NO_URL)
    if isinstance(address, Path) or "://" not in address:
        return Line(connect(Path(address), busy_seconds), str(address))
    url = _read(address)
    backend = url.get_backend_name()
    if backend == "sqlite" and url.database:
        return Line(connect(Path(url.database), busy_seconds), url.database)
    if backend not in serving.BACKENDS:
        message = (
            f"A store of the kind {backend!r} is not known; name a file, or a URL such as postgresql://user@host/db."
        )
        raise StoreError(message)
    return Line(serving.connect(url, busy_seconds, survives_server=survives_server), serving.where(url))


def _read(address: str) -> URL:
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        raise StoreError(_NO_URL) from None


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
    # Of a new file only: a row with its text takes some 2.6 kB, so that a page of 4 kB would hold one and a hole.
    connection.exec_driver_sql("PRAGMA page_size = 8192")
    # From the first look at the tables to the last change: it proves that we may write, too.
    with exclusive(connection):
        migrate(connection, where)
    # Only now that the database is known to be ours: this one stays in the file.
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("PRAGMA synchronous = NORMAL")
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    # 16 MB in place of 4: a batch writes some 5 kB a row, and each checkpoint waits for the disk.
    connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 2000")
