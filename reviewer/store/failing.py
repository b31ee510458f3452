"""What a database's errors mean to the person who runs the reviewer."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, PendingRollbackError, ResourceClosedError

from reviewer.errors import StoreError, UnwritableStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_READ_ONLY = "The store {where!r} cannot be written; give write access to the file and its folder, or name another."
_LOCKED = "The store {where!r} has been locked by another process for too long; end that one, or name another file."
_FULL = "The store {where!r} has no room left on its disk; make room, or name another file."
_FOREIGN = "The store {where!r} is no SQLite database; name another file."
_DAMAGED = "The store {where!r} is damaged; move it away, and a new one is made."

_BY_CODE: Mapping[object, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (UnwritableStore, _LOCKED),
    sqlite3.SQLITE_LOCKED: (UnwritableStore, _LOCKED),
    sqlite3.SQLITE_READONLY: (UnwritableStore, _READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (UnwritableStore, _READ_ONLY),
    sqlite3.SQLITE_PERM: (UnwritableStore, _READ_ONLY),
    sqlite3.SQLITE_FULL: (UnwritableStore, _FULL),
    sqlite3.SQLITE_NOTADB: (StoreError, _FOREIGN),
    sqlite3.SQLITE_CORRUPT: (StoreError, _DAMAGED),
}
_PRIMARY = 0xFF  # an extended code has the primary one in its lowest byte

_LOST = "The connection to the store {where!r} was lost; nothing is there by half: run it again, and it goes on."
_UNREACHABLE = "The store {where!r} cannot be reached ({said}); start its server, or check host and port."
_REFUSED = "The store {where!r} refuses the user or the password ({said}); check both."
_NO_DATABASE = "The store {where!r} is not there ({said}); make the database with createdb, or name another."
_FORBIDDEN = (
    "The store {where!r} may not be used by this user ({said}); grant it CREATE on the schema, or name another."
)
_READ_ONLY_SERVER = (
    "The store {where!r} cannot be written, for its server is read-only; name the one that is written to."
)
_BUSY = "The store {where!r} has been locked by another process for too long; end that one, or try again."
_CROWDED = "The store {where!r} has too many connections; close some, or try again."

_BY_STATE: Mapping[str, tuple[type[StoreError], str]] = {
    "08": (UnwritableStore, _LOST),
    "25006": (UnwritableStore, _READ_ONLY_SERVER),
    "28": (StoreError, _REFUSED),
    "3D": (StoreError, _NO_DATABASE),
    "3F": (StoreError, _FORBIDDEN),
    "40": (UnwritableStore, _BUSY),
    "42501": (StoreError, _FORBIDDEN),
    "53100": (UnwritableStore, _FULL),
    "53300": (UnwritableStore, _CROWDED),
    "55P03": (UnwritableStore, _BUSY),
    "57P": (UnwritableStore, _LOST),
}
# A connection that is never made has no code, only the server's words, which may be in its own language.
_BY_WORDS: Mapping[str, tuple[type[StoreError], str]] = {
    "password": (StoreError, _REFUSED),
    "authentication": (StoreError, _REFUSED),
    "pg_hba.conf": (StoreError, _REFUSED),
    "role ": (StoreError, _REFUSED),
    "too many": (UnwritableStore, _CROWDED),
    "remaining connection": (UnwritableStore, _CROWDED),
    "database ": (StoreError, _NO_DATABASE),
}


@contextmanager
def telling(where: str) -> Iterator[None]:
    """Turn the errors of a disk or a database into a `StoreError` with its cure."""
    try:
        yield
    except DBAPIError as error:
        raise _of_database(error, where) from error
    except PendingRollbackError as error:
        raise UnwritableStore(_LOST.format(where=where)) from error
    except ResourceClosedError as error:
        message = f"The store {where!r} has been closed; close it when no review is under way any more."
        raise UnwritableStore(message) from error
    except OSError as error:
        text = _FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else _READ_ONLY
        message = f"{text.format(where=where)} ({error.strerror or error})"
        raise UnwritableStore(message) from error


def _of_database(error: DBAPIError, where: str) -> StoreError:
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        known = None if code is None else _BY_CODE.get(code & _PRIMARY)
    else:
        known = _of_server(error)
    if known is None:
        return StoreError(f"The store {where!r} cannot be used: {_said(error)}; name another.")
    kind, text = known
    return kind(text.format(where=where, said=_said(error)))


def _of_server(error: DBAPIError) -> tuple[type[StoreError], str] | None:
    if error.connection_invalidated:
        return UnwritableStore, _LOST
    if state := getattr(error.orig, "sqlstate", None):
        return next((known for start, known in _BY_STATE.items() if str(state).startswith(start)), None)
    words = _said(error)
    return next((known for part, known in _BY_WORDS.items() if part in words), (UnwritableStore, _UNREACHABLE))


def _said(error: DBAPIError) -> str:
    """Give the last of what a database says: psycopg puts every address that it tried in front."""
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    told = [line for line in lines if "FATAL:" in line or "ERROR:" in line] or lines or [type(error.orig).__name__]
    return told[-1 if "FATAL:" in told[-1] else 0].rpartition("FATAL:")[2].strip().rstrip(".")
