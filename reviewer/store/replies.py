"""Model replies under their call digest, so that the same question is asked once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from reviewer.call import Failure, Reply
from reviewer.errors import StoreError
from reviewer.store.line import Line
from reviewer.store.opening import BUSY_SECONDS, dial
from reviewer.store.schema import calibrations, replies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy import Connection, Executable, Row

_KINDS: Mapping[str, type[Reply | Failure]] = {"reply": Reply, "failure": Failure}

# Made once: what SQLAlchemy compiles from a statement is remembered under the statement.
_GET = select(replies.c.kind, replies.c.value).where(replies.c.call_digest == bindparam("digest"))
_PUT = insert(replies)
_FORGET = delete(replies)
_CALIBRATIONS = (
    select(calibrations.c.kept_at, calibrations.c.value)
    .where(calibrations.c.key == bindparam("of_key"))
    .order_by(calibrations.c.id.desc())
)
_CALIBRATION = _CALIBRATIONS.limit(1)
_KEEP = insert(calibrations)


class Kept(NamedTuple):
    """A JSON text, and when it was kept."""

    at: datetime
    value: str


def _now() -> datetime:
    return datetime.now(UTC)


class Replies:
    """A store of replies; what it is given is on disk when the call returns.

    One connection, which threads take in turns; any number of processes may share the database.
    """

    def __init__(self, connection: Connection, where: str, now: Callable[[], datetime] = _now) -> None:
        """Take over an open connection; `open` makes one from a path."""
        self.where = where
        self._line = Line(connection, where)
        self._now = now

    @classmethod
    def open(
        cls, address: Path | str, *, busy_seconds: float = BUSY_SECONDS, now: Callable[[], datetime] = _now
    ) -> Replies:
        """Open a file, made where it is missing, or a database by its URL, such as `postgresql://user@host/name`.

        `busy_seconds` is how long to wait for another process that writes.
        Raises `StoreError`, and its kind `UnwritableStore` where a review may as well go on without a store.
        """
        # Measured on PostgreSQL: a put takes 0.2 ms, and 8 ms where it waits for the disk, while all other reviews of
        # the process stand still. It is safe from our own end at once, as in a file; a crash of the server may lose the
        # last half second, and these calls are asked again.
        line = dial(address, busy_seconds, survives_server=False)
        return cls(line.connection, line.where, now)

    def get(self, digest: str) -> Reply | Failure | None:
        """Give what was answered to a call, marked as from memory; None if nobody has asked yet."""
        row = self._first(_GET, {"digest": digest})
        return None if row is None else self._outcome(digest, row.kind, row.value)

    def put(self, digest: str, outcome: Reply | Failure) -> None:
        """Keep what was answered to a call; if there is an answer already, that one stays."""
        kind = "reply" if isinstance(outcome, Reply) else "failure"
        # By json and not by pydantic, which refuses half of a surrogate pair; a model that is cut off sends one.
        value = json.dumps(outcome.model_dump(mode="json"))
        row = {"call_digest": digest, "kind": kind, "value": value, "kept_at": self._now()}
        with self._line.taken() as connection:
            try:
                connection.execute(_PUT, row)
            except IntegrityError:
                return  # another process was quicker, and its answer is as good

    def forget(self) -> int:
        """Remove every reply; gives how many there were."""
        with self._line.taken() as connection:
            return connection.execute(_FORGET).rowcount

    def calibration(self, key: str) -> str | None:
        """Give the newest calibration under a key."""
        row = self._first(_CALIBRATION, {"of_key": key})
        return None if row is None else str(row.value)

    def calibrations(self, key: str) -> tuple[Kept, ...]:
        """Give every calibration under a key, the newest first."""
        with self._line.taken() as connection:
            return tuple(Kept(*row) for row in connection.execute(_CALIBRATIONS, {"of_key": key}))

    def keep_calibration(self, key: str, json_text: str) -> None:
        """Keep a calibration; older ones under the key stay readable."""
        row = {"key": key, "value": json_text, "kept_at": self._now()}
        with self._line.taken() as connection:
            connection.execute(_KEEP, row)

    def close(self) -> None:
        """Let go of the database."""
        self._line.close()

    def __enter__(self) -> Self:
        """Give the store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def _first(self, query: Executable, values: dict[str, str]) -> Row[tuple[object, str]] | None:
        with self._line.taken() as connection:
            return connection.execute(query, values).first()

    def _outcome(self, digest: str, kind: str, value: str) -> Reply | Failure:
        try:
            outcome = _KINDS[kind].model_validate(json.loads(value))
        except (KeyError, ValueError) as error:
            message = (
                f"The store {self.where!r} holds an answer that this version cannot read (call {digest!r});"
                " upgrade use-case-reviewer, or name another file."
            )
            raise StoreError(message) from error
        return outcome.model_copy(update={"trace": outcome.trace.model_copy(update={"from_memory": True})})
