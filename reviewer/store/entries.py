"""Entries: rows with their verdicts and what people decided, one by one or streamed."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select

from reviewer.errors import StoreError
from reviewer.run import Entry, SignOff
from reviewer.store.schema import rows, shared, sign_offs, verdicts
from reviewer.store.sharing import Shared, joined
from reviewer.store.texts import from_json, key_of, name_of, unescaped
from reviewer.submission import Submission
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from reviewer.store.line import Line
    from reviewer.verdict import Verdict

    _Row = Row[tuple[object, ...]]

AT_ONCE = 200
_STREAMED: Mapping[str, object] = {"stream_results": True, "yield_per": AT_ONCE}
_MOST_SHARED = 256
_MOST_NAMED = 5
_LONGEST_NUMBER = 18  # a longer one is no number of ours, and neither database could compare it

_ENTRIES = select(
    *rows.c["id", "name", "key", "position", "submission", "error", "vanished"],
    *verdicts.c["value", "shared", "receipt", "reached_at"],
).outerjoin(verdicts, verdicts.c.id == rows.c.verdict)
_OF_RUN = _ENTRIES.where(rows.c.run == bindparam("run")).order_by(rows.c.position, rows.c.id)
_SIGN_OFFS = (
    select(sign_offs)
    .where(sign_offs.c.entry.in_(bindparam("entries", expanding=True)))
    .order_by(sign_offs.c.entry, sign_offs.c.id)
)
_HISTORY = (
    select(*verdicts.c["value", "shared", "receipt", "reached_at"])
    .join(rows, rows.c.id == verdicts.c.entry)
    .where(rows.c.id == bindparam("entry"), or_(rows.c.verdict.is_(None), verdicts.c.id != rows.c.verdict))
    .order_by(verdicts.c.id.desc())
)
_UNREADABLE = (
    "The store {where!r} holds an entry that this version cannot read ({what});"
    " upgrade use-case-reviewer, or name another."
)


class Entries:
    """The entries of all runs of a store."""

    def __init__(self, line: Line) -> None:
        """Take the line to the database."""
        self._line = line

    def of_run(self, run: int) -> Generator[Entry, None, None]:
        """Give the entries of a run in the order of its input, as they are when the first is asked for."""
        with self.view(run) as entries:
            yield from entries()

    @contextmanager
    def view(self, run: int) -> Iterator[Callable[[], Iterator[Entry]]]:
        """Give what streams the entries of a run, one time after another, the same each time."""
        with self._line.stream() as connection:
            reading = _Reading(connection, self._line.where)
            yield lambda: reading.of_run(run)

    def find(self, run: int | None, key: str) -> Entry:
        """Give an entry by its key, by the requester's id, or by its number as `#12`; None looks in every run.

        Raises `StoreError` if there is none, or more than one.
        """
        with self._line.taken() as connection:
            for query in _by(key):
                found = connection.execute(query if run is None else query.where(rows.c.run == run)).all()
                if len(found) > 1:
                    raise StoreError(self._several(key, [row.id for row in found]))
                if found:
                    return next(_Reading(connection, self._line.where).entries(found))
        message = (
            f"There is no submission {key!r} in the store {self._line.where!r}; name it by its id, key, or #number."
        )
        raise StoreError(message)

    def history(self, entry: int) -> tuple[tuple[datetime, Verdict], ...]:
        """Give the verdicts of an entry that do not hold any more, the newest first, and when they were reached."""
        with self._line.taken() as connection:
            found = connection.execute(_HISTORY, {"entry": entry}).all()
            reading = _Reading(connection, self._line.where)
            return tuple((row.reached_at, reading.verdict(row)) for row in found)

    def _several(self, key: str, numbers: Sequence[int]) -> str:
        named = ", ".join(f"#{number}" for number in numbers[:_MOST_NAMED])
        more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
        return (
            f"{len(numbers)} submissions are called {key!r} ({named}{more}); name one by its number, or name the run."
        )


class _Reading:
    """One look at some entries; what many verdicts share is read once."""

    def __init__(self, connection: Connection, where: str) -> None:
        self._connection = connection
        self._where = where
        self._shared: dict[str, Shared] = {}

    def of_run(self, run: int) -> Iterator[Entry]:
        with self._connection.execute(_OF_RUN, {"run": run}, execution_options=_STREAMED) as found:
            for part in found.partitions():
                yield from self.entries(part)

    def entries(self, found: Sequence[_Row]) -> Iterator[Entry]:
        signed = self._sign_offs([row.id for row in found])
        for row in found:
            try:
                yield self._entry(row, signed.get(row.id, ()))
            except (KeyError, ValueError) as error:
                raise StoreError(_UNREADABLE.format(where=self._where, what=f"#{row.id}")) from error

    def verdict(self, row: _Row) -> Verdict:
        return joined(row.value, self._common(row.shared), row.receipt)

    def _entry(self, row: _Row, signed: tuple[SignOff, ...]) -> Entry:
        return Entry(
            id=row.id,
            position=row.position,
            key=key_of(row.name, row.key),
            submission=from_json(Submission, row.submission),
            verdict=None if row.value is None else self.verdict(row),
            error=row.error and unescaped(row.error),
            at=row.reached_at,
            sign_offs=signed,
            vanished=row.vanished,
        )

    def _common(self, digest: str) -> Shared:
        if digest not in self._shared:
            if len(self._shared) >= _MOST_SHARED:
                self._shared.clear()
            text = self._connection.execute(select(shared.c.value).where(shared.c.digest == digest)).scalar_one()
            self._shared[digest] = from_json(Shared, text)
        return self._shared[digest]

    def _sign_offs(self, entries: Sequence[int]) -> dict[int, tuple[SignOff, ...]]:
        found = self._connection.execute(_SIGN_OFFS, {"entries": entries}).all()
        return {entry: tuple(map(sign_off, group)) for entry, group in groupby(found, lambda row: row.entry)}


def sign_off(row: _Row) -> SignOff:
    """Read a decision of a person."""
    return SignOff(
        decision=Decision(row.decision),
        reason=unescaped(row.reason),
        name=unescaped(row.name),
        valid_until=row.valid_until,
        at=row.at,
        review_digest=row.review_digest,
    )


def matching(key: str) -> tuple[ColumnElement[bool], ...]:
    """Give the ways in which a key may mean a row, the surest first."""
    named = name_of(key)
    number = key.removeprefix("#")
    is_number = key.startswith("#") and number.isdecimal() and len(number) <= _LONGEST_NUMBER
    by_number = (rows.c.id == int(number),) if is_number else ()
    return (*by_number, rows.c.name == named, rows.c.requester == named)


def _by(key: str) -> Iterator[Select[tuple[object, ...]]]:
    yield from (_ENTRIES.where(condition).order_by(rows.c.id) for condition in matching(key))
