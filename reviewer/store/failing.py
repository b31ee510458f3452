"""What a database's errors mean to the person who runs the reviewer."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, ResourceClosedError

from reviewer.errors import StoreError, UnwritableStore

if TYPE_CHECKING:
    from collections.abc import Iterator


_READ_ONLY = "The store {where!r} cannot be written; give write access to the file and its folder, or name another."
_LOCKED = "The store {where!r} has been locked by another process for too long; end that one, or name another file."
_FULL = "The store {where!r} has no room left on its disk; make room, or name another file."
_FOREIGN = "The store {where!r} is no SQLite database; name another file."
_DAMAGED = "The store {where!r} is damaged; move it away, and a new one is made."

_BY_CODE = {
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


@contextmanager
def telling(where: str) -> Iterator[None]:
    """Turn the errors of a disk or a database into a `StoreError` with its cure."""
    try:
        yield
    except DBAPIError as error:
        raise _of_database(error, where) from error
    except ResourceClosedError as error:
        message = f"The store {where!r} has been closed; close it when no review is under way any more."
        raise UnwritableStore(message) from error
    except OSError as error:
        text = _FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else _READ_ONLY
        message = f"{text.format(where=where)} ({error.strerror or error})"
        raise UnwritableStore(message) from error


def _of_database(error: DBAPIError, where: str) -> StoreError:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None or code & _PRIMARY not in _BY_CODE:
        return StoreError(f"The store {where!r} cannot be used: {error.orig}; name another file.")
    kind, text = _BY_CODE[code & _PRIMARY]
    return kind(text.format(where=where))
