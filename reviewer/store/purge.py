"""Forgetting: by age, by run, or one submission; and what that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, delete, false, func, or_, select, true

from reviewer.errors import StoreError
from reviewer.store.entries import matching
from reviewer.store.runs import lock
from reviewer.store.schema import asked, replies, rows, runs, sign_offs, verdicts
from reviewer.store.texts import unescaped
from reviewer.verdict import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Delete, Select

    from reviewer.store.line import Line

_MOST_NAMED = 10
_TABLES = ("rows", "verdicts", "sign_offs", "asked", "replies", "runs")
_COPIES = "Copies and backups of the file still hold the words."
_READ_BY_OTHERS = "The file's -wal may hold the words until the other process that reads it has ended."
_SERVER_KEEPS = (
    "The server may keep the words in its files, write-ahead log and backups until it writes over them;"
    " VACUUM FULL clears the tables."
)


class Purged(NamedTuple):
    """How much was forgotten; `says` tells in plain sentences what is gone, and what is not."""

    rows: int
    verdicts: int
    sign_offs: int
    replies: int
    says: str


class _Wish(NamedTuple):
    before: datetime | None
    run: int | None
    key: str | None


class _Gone(NamedTuple):
    rows: int
    verdicts: int
    sign_offs: int
    replies: int
    runs: tuple[str, ...]
    unknown: int  # rows that a model has read, without a word of which calls were made for them


class Purge:
    """The purge of a store."""

    def __init__(self, line: Line, now: Callable[[], datetime]) -> None:
        """Take the line to the database, and a clock."""
        self._line = line
        self._now = now

    def purge(self, before: datetime | None, run: int | None, key: str | None) -> Purged:
        """Forget rows with their verdicts and decisions, and the replies that were made for them alone.

        What is given holds together: `before` and `run` are the rows of this run that were recorded before.
        By age, replies kept before go, too; by run, those kept while it went on, but for those of rows that stay.
        Raises `StoreError` where nothing is named to forget, or no row is called `key`.
        """
        if before is None and run is None and key is None:
            message = "Nothing is named to forget; give a moment, a run, or a submission."
            raise StoreError(message)
        with self._line.transaction() as connection:
            lock(connection)
            gone = self._forget(connection, _Wish(before, run, key))
        return Purged(*gone[:4], says=" ".join([*_sentences(gone), *self._wipe()]))

    def _forget(self, connection: Connection, wish: _Wish) -> _Gone:
        chosen = _chosen(connection, wish, self._line.where)
        named = _runs(connection, chosen, wish)
        unknown = _unknown(connection, chosen)
        counts = {table: _count(connection, query) for table, query in self._steps(connection, chosen, wish).items()}
        left = select(rows.c.id).where(rows.c.run == runs.c.id).exists()
        connection.execute(delete(runs).where(runs.c.id.in_(list(named)), ~left))
        return _Gone(
            counts["rows"], counts["verdicts"], counts["sign_offs"], counts["replies"], tuple(named.values()), unknown
        )

    def _steps(self, connection: Connection, chosen: ColumnElement[bool], wish: _Wish) -> dict[str, Delete]:
        """Give the deletions, in an order in which none takes from the next what it goes by."""
        entries = select(rows.c.id).where(chosen)
        return {
            "replies": delete(replies).where(_replies(connection, entries, wish, self._now())),
            "asked": delete(asked).where(asked.c.entry.in_(entries)),
            "sign_offs": delete(sign_offs).where(sign_offs.c.entry.in_(entries)),
            "verdicts": delete(verdicts).where(verdicts.c.entry.in_(entries)),
            "rows": delete(rows).where(chosen),
        }

    def _wipe(self) -> tuple[str, ...]:
        """Take the words out of the files, too; gives what has to be said of it."""
        try:
            with self._line.taken() as connection:
                return _wipe_file(connection) if connection.dialect.name == "sqlite" else _wipe_server(connection)
        except StoreError as error:
            # The rows are gone for good: an error now would say that they are not.
            return (f"The files may still hold the words, for they could not be written anew: {error}",)


def _wipe_file(connection: Connection) -> tuple[str, ...]:
    # Deleted cells are zeroed at once (secure_delete), but a page that was balanced may keep a copy.
    connection.exec_driver_sql("VACUUM")
    busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
    return (_READ_BY_OTHERS, _COPIES) if busy else (_COPIES,)


def _wipe_server(connection: Connection) -> tuple[str, ...]:
    for table in _TABLES:
        connection.exec_driver_sql(f"VACUUM {table}")
    return (_SERVER_KEEPS,)


def _chosen(connection: Connection, wish: _Wish, where: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if wish.before is not None:
        conditions.append(rows.c.at < wish.before)
    if wish.run is not None:
        conditions.append(rows.c.run == wish.run)
    if wish.key is not None:
        conditions.append(_called(connection, wish.key, and_(*conditions), where))
    return and_(*conditions)


def _called(connection: Connection, key: str, among: ColumnElement[bool], where: str) -> ColumnElement[bool]:
    """Give the rows that a key means, in every run, by the surest way of naming that finds any."""
    for condition in matching(key):
        found = connection.execute(select(rows.c.id, rows.c.run).where(condition, among).order_by(rows.c.id)).all()
        if len({row.run for row in found}) < len(found):
            numbers = ", ".join(f"#{row.id}" for row in found[:_MOST_NAMED])
            message = f"Several submissions of a run are called {key!r} ({numbers}); name each by its number."
            raise StoreError(message)
        if found:
            return condition
    message = f"There is no submission {key!r} to forget in the store {where!r}; name it by its id, key, or #number."
    raise StoreError(message)


def _runs(connection: Connection, chosen: ColumnElement[bool], wish: _Wish) -> dict[int, str]:
    """Give the runs that lose rows, and, where it is wholly meant, one that has none."""
    meant: ColumnElement[bool] = runs.c.id.in_(select(rows.c.run).where(chosen))
    if wish == _Wish(None, wish.run, None):
        meant = or_(meant, runs.c.id == wish.run)
    found = connection.execute(select(runs.c.id, runs.c.name).where(meant).order_by(runs.c.id)).all()
    return {row.id: unescaped(row.name) if row.name else str(row.id) for row in found}


def _unknown(connection: Connection, chosen: ColumnElement[bool]) -> int:
    by_model = select(verdicts.c.entry).where(verdicts.c.decided_by == DecidedBy.MODEL.value)
    query = select(func.count()).where(chosen, rows.c.id.in_(by_model), rows.c.id.not_in(select(asked.c.entry)))
    return connection.scalar(query) or 0


def _replies(connection: Connection, entries: Select[tuple[int]], wish: _Wish, now: datetime) -> ColumnElement[bool]:
    """Give the replies made for these rows, those of the time that is meant, and never those of a row that stays."""
    theirs = replies.c.call_digest.in_(select(asked.c.call_digest).where(asked.c.entry.in_(entries)))
    others = replies.c.call_digest.in_(select(asked.c.call_digest).where(asked.c.entry.not_in(entries)))
    return and_(or_(theirs, _of_time(connection, wish, now)), ~others)


def _of_time(connection: Connection, wish: _Wish, now: datetime) -> ColumnElement[bool]:
    if wish.key is not None:
        return false()
    conditions: list[ColumnElement[bool]] = [true()]
    if wish.before is not None:
        conditions.append(replies.c.kept_at < wish.before)
    if wish.run is not None:
        run = connection.execute(select(runs.c.started_at, runs.c.ended_at).where(runs.c.id == wish.run)).first()
        conditions.append(false() if run is None else replies.c.kept_at.between(run.started_at, run.ended_at or now))
    return and_(*conditions)


def _count(connection: Connection, query: Delete) -> int:
    return connection.execute(query).rowcount


def _sentences(gone: _Gone) -> tuple[str, ...]:
    amounts = [
        _amount(gone.rows, "row"),
        _amount(gone.verdicts, "verdict"),
        _amount(gone.sign_offs, "decision of people", "decisions of people"),
        _amount(gone.replies, "reply of a model", "replies of a model"),
    ]
    told = [f"Forgotten: {', '.join(amounts[:-1])} and {amounts[-1]}."]
    if gone.rows:
        told.append(
            f"Exports of {_named(gone.runs)} show these rows no more, and a run over the same input reviews them anew."
        )
    if gone.unknown:
        told.append(
            f"Which calls were made for {_amount(gone.unknown, 'row')} is not known,"
            " so replies with their words may be left; a purge by age forgets them."
        )
    return tuple(told)


def _named(names: tuple[str, ...]) -> str:
    return ("run " if len(names) == 1 else "runs ") + ", ".join(map(repr, names))


def _amount(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
