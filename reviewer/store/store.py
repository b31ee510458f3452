"""The store: runs, their rows and verdicts, what people decided, and the replies of models, in one database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import select, update

from reviewer.store.counting import Counts, count
from reviewer.store.entries import Entries
from reviewer.store.keep import Keep
from reviewer.store.opening import dial
from reviewer.store.people import People
from reviewer.store.purge import Purge, Purged
from reviewer.store.replies import Replies
from reviewer.store.row import Known, Recorded, submission_digest
from reviewer.store.rows import Rows
from reviewer.store.runs import Runs, lock
from reviewer.store.schema import state

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from reviewer.run import Entry, Plan, Run, SignOff
    from reviewer.store.line import Line
    from reviewer.verdict import Verdict

__all__ = ["Counts", "Keep", "Known", "Purged", "Recorded", "Store", "submission_digest"]

# A purge of many rows, or a batch of another process, may take its time.
BUSY_SECONDS = 30.0


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One database, which any number of threads and processes may share; whoever writes waits for the others.

    Every method raises `StoreError` with one sentence for what the database cannot do, and its kind `UnwritableStore`
    where it is sound but full, locked, read-only or not to be reached now; nothing is then there by half.
    After a lost connection the next call makes a new one.
    `replies` are kept in the same database; None where no words are kept. `line` is the connection of all else.
    """

    def __init__(self, line: Line, keep: Keep, replies: Replies | None, now: Callable[[], datetime] = _now) -> None:
        """Take over open lines; `open` makes a store from an address."""
        self.where = line.where
        self.keep = keep
        self.replies = replies
        self.line = line
        self._runs = Runs(line, now)
        self._rows = Rows(line, now, keep)
        self._entries = Entries(line)
        self._people = People(line)
        self._purge = Purge(line, now)

    @classmethod
    def open(
        cls,
        address: Path | str,
        *,
        keep: Keep | None = None,
        busy_seconds: float = BUSY_SECONDS,
        now: Callable[[], datetime] = _now,
    ) -> Store:
        """Open a file, made where it is missing, or a database by its URL, such as `postgresql://user@host/name`.

        `keep` says which words are kept from now on, and is remembered; None for what the store was told last,
        and everything at first. What is there already stays as it is.
        `busy_seconds` is how long to wait for others that write.
        """
        line = dial(address, busy_seconds)
        try:
            kept = _settle(line, keep)
            # A connection of its own: a reply is not to wait for a thread that reads, or writes a batch of rows.
            replies = None if kept is Keep.NONE else Replies.open(address, busy_seconds=busy_seconds, now=now)
        except BaseException:
            line.close()
            raise
        return cls(line, kept, replies, now)

    def begin(self, plan: Plan) -> tuple[Run, bool]:
        """Go on with the run of this plan (True, with one more pass), or begin one (False).

        Raises `StoreError` where a run of another plan has its name.
        """
        return self._runs.begin(plan)

    def end(self, run: Run, *, complete: bool, vanishing: bool = True) -> int:
        """Close a pass; gives how many rows of the run its input had no more, which are marked as vanished.

        `complete`: the input was read to its end. A run that is not complete stays unfinished, and nothing vanishes;
        nor does anything where `vanishing` is False, because a part of the input could not be read.
        """
        return self._runs.end(run, complete=complete, vanishing=vanishing)

    def runs(self) -> tuple[Run, ...]:
        """Give all runs, the oldest first."""
        return self._runs.every()

    def run(self, name: str | None = None) -> Run:
        """Give the run of a name or a number; None is that of the latest pass; raises `StoreError` if there is none."""
        return self._runs.named(name)

    def counts(self, run_id: int) -> Counts:
        """Count the entries of a run by what came of them, without reading any."""
        return count(self.line, run_id)

    def known(self, run_id: int, keys: Sequence[str]) -> dict[str, Known]:
        """Tell what is known of those keys that the run has; for some 1,000 keys at a time."""
        return self._rows.known(run_id, keys)

    def record(self, run: Run, rows: Sequence[Recorded]) -> None:
        """Keep rows and what came of them, all or, if this raises, none; for some 1,000 rows at a time.

        A key that the run has already gets what is new: its earlier verdicts stay readable in `history`, and a verdict
        of the same value as the current one, but for its receipt, is not kept again. A row with neither verdict nor
        error keeps the verdict that it has, if its submission is the same.
        Where two processes record the same key, the later one holds.
        Raises `ValueError` where a key stands twice.
        """
        self._rows.record(run, rows)

    def forget(self, run_id: int, keys: Sequence[str]) -> int:
        """Forget the replies that rows rest on, so that the model is asked again; gives how many there were."""
        return self._rows.forget(run_id, keys)

    def touch(self, run: Run, places: Sequence[tuple[str, int]]) -> None:
        """Say that rows are as they were: key, and position in the input of this pass."""
        self._rows.touch(run, places)

    def entries(self, run_id: int) -> Generator[Entry, None, None]:
        """Stream the entries of a run in the order of its input, as they are when the first is asked for.

        It reads over a connection of its own; use it up or close it.
        """
        return self._entries.of_run(run_id)

    def view(self, run_id: int) -> AbstractContextManager[Callable[[], Iterator[Entry]]]:
        """Give what streams the entries of a run several times, as they are when the first is asked for.

        So a report that counts first and writes after says one thing, while another process goes on with the run.
        """
        return self._entries.view(run_id)

    def entry(self, run_id: int | None, key: str) -> Entry:
        """Give an entry by its number as `#12`, its key, or the requester's id; None looks in every run.

        Raises `StoreError` if there is none, or several.
        """
        return self._entries.find(run_id, key)

    def history(self, entry_id: int) -> tuple[tuple[datetime, Verdict], ...]:
        """Give the verdicts that an entry had before, the newest first, each with when it was reached."""
        return self._entries.history(entry_id)

    def sign(self, entry_id: int, sign_off: SignOff) -> bool:
        """Append what a person decided; False if it is what they decided last. Raises `StoreError` for no entry."""
        return self._people.sign(entry_id, sign_off)

    def purge(self, *, before: datetime | None = None, run: int | None = None, key: str | None = None) -> Purged:
        """Forget rows by age, run or submission: texts, verdicts, decisions of people, and replies made for them.

        What is given holds together. `before`: recorded before that moment. `key`: as in `entry`, in every run.
        By age, replies kept before go, too; by run, those kept while it went on; but those of a row that stays stay.
        A reply is known to be made for a row by `Recorded.calls`.
        The words are taken out of an SQLite file, too; `Purged.says` tells where they may be left.
        Raises `StoreError` where nothing is named, or no submission is called so.
        """
        return self._purge.purge(before, run, key)

    def close(self) -> None:
        """Let go of the database."""
        self.line.close()
        if self.replies is not None:
            self.replies.close()

    def __enter__(self) -> Self:
        """Give the store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()


def _settle(line: Line, keep: Keep | None) -> Keep:
    """Agree on which words are kept, and remember it."""
    with line.taken() as connection:
        told = connection.scalar(select(state.c.keep))
    if keep is None or keep == told:
        return Keep(told) if told else Keep.FULL
    with line.transaction() as connection:
        lock(connection)
        connection.execute(update(state).values(keep=keep.value))
    return keep
