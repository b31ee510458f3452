"""The rows of a run: what is known of them, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import BindParameter, bindparam, case, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from reviewer.identity import text_digest
from reviewer.receipt import WhyNotModel
from reviewer.store.keep import Keep, of_submission, of_verdict
from reviewer.store.row import Known
from reviewer.store.runs import lock, refuse_forgotten
from reviewer.store.schema import asked, replies, rows, shared, state, verdicts
from reviewer.store.sharing import Parts, Splitter
from reviewer.store.texts import escaped, name_of, to_json
from reviewer.verdict import DecidedBy, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Executable, Row, Table

    from reviewer.run import Run
    from reviewer.store.line import Line
    from reviewer.store.row import Recorded

MOST_NAMES = 500  # SQLite may have been built to take no more than 999 values in a statement
_Values = dict[str, object]

# Made once: what SQLAlchemy compiles from a statement is remembered under the statement.
_NAMES: BindParameter[str] = bindparam("names", expanding=True)
# A text in JSON cannot hold this: its quotation marks are escaped.
_PARTLY_READ = verdicts.c.value.contains(f'"{Reason.PARTLY_READ.value}"', autoescape=True).label("partly_read")
_KNOWN = (
    select(*rows.c["id", "name", "digest", "verdict", "error", "seen"], *verdicts.c["decided_by", "why_not_model"])
    .add_columns(_PARTLY_READ)
    .outerjoin(verdicts, verdicts.c.id == rows.c.verdict)
    .where(rows.c.run == bindparam("run"), rows.c.name.in_(_NAMES))
)
_THERE = (
    select(*rows.c["name", "id", "digest", "verdict"], *verdicts.c["shared", "value"])
    .outerjoin(verdicts, verdicts.c.id == rows.c.verdict)
    .where(rows.c.run == bindparam("run"), rows.c.name.in_(_NAMES))
)
_FORGET = delete(replies).where(
    replies.c.call_digest.in_(
        select(asked.c.call_digest)
        .join(rows, rows.c.id == asked.c.entry)
        .where(rows.c.run == bindparam("run"), rows.c.name.in_(_NAMES))
    )
)
# Another process may be in a later pass of the same run.
_SEEN = case((rows.c.seen > bindparam("pass"), rows.c.seen), else_=bindparam("pass"))
_TOUCH = (
    update(rows)
    .where(rows.c.run == bindparam("of_run"), rows.c.name == bindparam("of_name"))
    .values(position=bindparam("at_position"), seen=_SEEN, vanished=False)
)
_RENEW = (
    update(rows)
    .where(rows.c.id == bindparam("of_id"))
    .values({column: bindparam(f"new_{column}") for column in ("position", "submission", "digest", "requester")})
    .values(verdict=bindparam("new_verdict"), error=bindparam("new_error"), at=bindparam("new_at"))
    .values(seen=_SEEN, vanished=False)
)


class _Made(NamedTuple):
    """A row as it goes into the tables; made before they are locked."""

    name: str
    row: _Values
    parts: Parts | None
    verdict: _Values
    calls: tuple[str, ...]


class Rows:
    """The rows of all runs of a store."""

    def __init__(self, line: Line, now: Callable[[], datetime], keep: Keep) -> None:
        """Take the line to the database, a clock, and which words are kept."""
        self._line = line
        self._now = now
        self._keep = keep

    def known(self, run: int, keys: Sequence[str]) -> dict[str, Known]:
        """Tell what is known of those keys that the run has."""
        keys_of = {name_of(key): key for key in keys}
        with self._line.taken() as connection:
            found = list(_by_name(connection, _KNOWN, run, list(keys_of)))
        return {keys_of[row.name]: _known(row) for row in found}

    def touch(self, run: Run, places: Sequence[tuple[str, int]]) -> None:
        """Say that rows are as they were in the input of this pass, and where."""
        if not places:
            return
        seen = {"of_run": run.id, "pass": run.passes}
        with self._line.transaction() as connection:
            lock(connection)
            connection.execute(_TOUCH, [{**seen, "of_name": name_of(key), "at_position": at} for key, at in places])

    def forget(self, run: int, keys: Sequence[str]) -> int:
        """Forget the replies to the calls that were made for these rows."""
        if not keys:
            return 0
        names = [name_of(key) for key in keys]
        with self._line.transaction() as connection:
            lock(connection)
            parts = (names[start : start + MOST_NAMES] for start in range(0, len(names), MOST_NAMES))
            return sum(connection.execute(_FORGET, {"run": run, "names": part}).rowcount for part in parts)

    def record(self, run: Run, recorded: Sequence[Recorded]) -> None:
        """Keep rows and what came of them, all of them or, if this raises `StoreError`, none.

        A key that the run has already is given what is new; its earlier verdicts stay readable,
        and a verdict that says the same as the current one, but for its receipt, is not kept again.
        One that was not read, and is as it was, keeps the verdict that it has.
        Processes that record at the same time take turns, and of the same key the later one holds.
        Raises `ValueError` where a key stands twice.
        """
        if not recorded:
            return
        now = self._now()
        splitter = Splitter()
        made = [self._made(run, row, now, splitter) for row in recorded]
        _refuse_repeated([one.name for one in made], recorded)
        with self._line.transaction() as connection:
            last = lock(connection)
            refuse_forgotten(connection, run)
            there = {row.name: row for row in _by_name(connection, _THERE, run.id, [one.name for one in made])}
            batch = _Batch(made, there, last.rows, last.verdicts)
            batch.write(connection, run.passes)

    def _made(self, run: Run, given: Recorded, now: datetime, splitter: Splitter) -> _Made:
        submission, verdict = given.submission, given.verdict
        whole, name = to_json(submission), name_of(given.key)
        row: _Values = {
            "run": run.id,
            "name": name,
            "key": None if name == given.key else escaped(given.key),
            "requester": submission.id and name_of(submission.id),
            "position": given.position,
            "submission": whole if self._keep is Keep.FULL else to_json(of_submission(self._keep, submission)),
            "digest": text_digest(whole),
            "error": given.error and escaped(given.error),
            "at": now,
        }
        if verdict is None:
            return _Made(name, row, None, {}, given.calls)
        columns: _Values = {
            "review_digest": verdict.review_digest,
            "decision": verdict.decision.value,
            "tier": verdict.tier.value,
            "decided_by": verdict.decided_by.value,
            "why_not_model": verdict.why_not_model and verdict.why_not_model.value,
            "reached_at": now,
        }
        return _Made(name, row, splitter.split(of_verdict(self._keep, verdict)), columns, given.calls)


class _Batch:
    """What one call of `record` writes into each table."""

    def __init__(
        self, made: Sequence[_Made], there: dict[str, Row[tuple[object, ...]]], row: int, verdict: int
    ) -> None:
        """Number the new rows and verdicts, from the last numbers given on."""
        self.last_row, self.last_verdict = row, verdict
        self.added: list[_Values] = []
        self.renewed: list[_Values] = []
        self.verdicts: list[_Values] = []
        self.calls: list[_Values] = []
        self.shared: dict[str, str] = {}  # digests by value: the same few come again and again
        for one in made:
            self._take(one, there.get(one.name))

    def _take(self, one: _Made, old: Row[tuple[object, ...]] | None) -> None:
        entry = self._numbered() if old is None else old.id
        verdict = self._verdict(one, entry, old)
        if old is None:
            self.added.append({**one.row, "id": entry, "verdict": verdict, "vanished": False})
        else:
            self.renewed.append(
                {"of_id": entry, "new_verdict": verdict, **{f"new_{name}": value for name, value in one.row.items()}}
            )
        self.calls.extend({"entry": entry, "call_digest": call} for call in one.calls)

    def _numbered(self) -> int:
        self.last_row += 1
        return self.last_row

    def _verdict(self, one: _Made, entry: int, old: Row[tuple[object, ...]] | None) -> object:
        """Give the number of the row's verdict: a new one, that of the same value, or None."""
        if one.parts is None:
            holds = old is not None and one.row["error"] is None and old.digest == one.row["digest"]
            return old.verdict if old is not None and holds else None
        own, common, receipt = one.parts
        digest = self.shared.get(common) or self.shared.setdefault(common, text_digest(common))
        if old is not None and (old.shared, old.value) == (digest, own):
            return old.verdict
        self.last_verdict += 1
        numbered = {"id": self.last_verdict, "entry": entry, "shared": digest, "value": own, "receipt": receipt}
        self.verdicts.append({**one.verdict, **numbered})
        return self.last_verdict

    def write(self, connection: Connection, passed: int) -> None:
        """Write everything, within the caller's transaction."""
        _add_missing(connection, shared, [{"digest": digest, "value": value} for value, digest in self.shared.items()])
        if self.added:
            connection.execute(insert(rows), [{**row, "seen": passed} for row in self.added])
        if self.verdicts:
            connection.execute(insert(verdicts), self.verdicts)
        if self.renewed:
            connection.execute(_RENEW, [{**row, "pass": passed} for row in self.renewed])
        _add_missing(connection, asked, self.calls)
        connection.execute(update(state).values(rows=self.last_row, verdicts=self.last_verdict))


def _add_missing(connection: Connection, table: Table, values: list[_Values]) -> None:
    if values:
        add = sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
        connection.execute(add.on_conflict_do_nothing(), values)


def _by_name(
    connection: Connection, query: Executable, run: int, names: Sequence[str]
) -> Iterator[Row[tuple[object, ...]]]:
    for start in range(0, len(names), MOST_NAMES):
        yield from connection.execute(query, {"run": run, "names": names[start : start + MOST_NAMES]})


def _refuse_repeated(names: Sequence[str], recorded: Sequence[Recorded]) -> None:
    if len(set(names)) == len(names):
        return
    key = next(given.key for at, given in enumerate(recorded) if names[at] in names[:at])
    message = f"The key {key!r} stands twice among the rows to record; give each row a key of its own."
    raise ValueError(message)


def _known(row: Row[tuple[object, ...]]) -> Known:
    return Known(
        number=row.id,
        submission_digest=row.digest,
        decided_by=row.decided_by and DecidedBy(row.decided_by),
        why_not_model=row.why_not_model and WhyNotModel(row.why_not_model),
        has_verdict=row.verdict is not None,
        has_error=row.error is not None,
        passed=row.seen,
        is_partly_read=bool(row.partly_read),
    )
