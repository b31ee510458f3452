"""A run over many submissions, kept in a store: begun, interrupted, gone on with, ended.

Replies are written the moment they arrive, verdicts every second or so: they can be derived again for nothing.
So a process may be killed anywhere, and the next one goes on: what is known is not asked again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Self

from reviewer.errors import InputError
from reviewer.keys import Keys
from reviewer.receipt import WhyNotModel
from reviewer.run import Plan
from reviewer.store.row import Recorded, submission_digest
from reviewer.submission import Source, Submission
from reviewer.underway import AHEAD, begin, cancel, is_over, result
from reviewer.verdict import Decision, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from reviewer.desk import Desk
    from reviewer.errors import ReviewerError
    from reviewer.reviewer import Reviewer
    from reviewer.run import Run
    from reviewer.store.row import Known
    from reviewer.store.store import Store
    from reviewer.underway import Begun

LOOKED_UP = 200
WRITTEN = 200
WRITTEN_EVERY = 1.0

# How long what is under way may take after a stop, in seconds; and how often to look whether there is one.
FINISHING = 30.0
LOOKING = 0.2

# Asking again brings nothing where nobody was, or need be, asked.
_FINAL = {None, WhyNotModel.OFFLINE, WhyNotModel.NO_MODEL_CONFIGURED, WhyNotModel.TOO_LITTLE_SAID}
# An outage and the like leave nothing behind; of these the answer is kept, and would be given again.
_KEPT = {
    WhyNotModel.CONTENT_FILTER,
    WhyNotModel.REFUSAL,
    WhyNotModel.CUT_OFF,
    WhyNotModel.INVALID_REPLY,
    WhyNotModel.TOO_LONG,
}


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one submission: a verdict, an error, or neither where it was not read for want of budget.

    `position` counts from 1 in the order of the input; `key` names it from one pass to the next.
    `known`: an earlier pass has read it, just as it is; `Batch.verdict` gives what it found.
    `calls` are the digests of the calls that were made for it.
    """

    position: int
    key: str
    submission: Submission
    verdict: Verdict | None = None
    error: ReviewerError | None = None
    known: Known | None = None
    calls: tuple[str, ...] = ()

    @property
    def why_not_model(self) -> WhyNotModel | None:
        """Why rules decided, if they did."""
        read = self.verdict or self.known
        return read.why_not_model if read else None

    @property
    def is_fallback(self) -> bool:
        """Whether the model was asked and gave no answer, to all of it or to a part."""
        known = self.known is not None and self.known.is_partly_read
        partly = self.verdict is not None and Reason.PARTLY_READ in self.verdict.reasons
        return known or partly or self.why_not_model not in _FINAL


class Batch:
    """Goes through submissions with a reviewer and a store; one that was interrupted is gone on with.

    The replies of the model are kept in the store, and looked up there.
    """

    def __init__(  # noqa: PLR0913  options, each with its default
        self,
        reviewer: Reviewer,
        store: Store,
        *,
        name: str | None = None,
        inputs: Sequence[str] = (),
        reading: str = "",
        retry_fallbacks: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Begin a run, or go on with the one of the same `name`, `inputs`, policy, model and `reading` (of columns).

        `retry_fallbacks`: ask the model again where it gave no answer, to all of a text or to a part.
        Raises `StoreError`, `PolicyError` and `SettingsError`.
        """
        self._desk = replace(reviewer.desk, cache=store.replies)
        self._store, self._retries, self._clock = store, retry_fallbacks, clock
        self.run, self.goes_on = store.begin(plan(self._desk, name, tuple(inputs), reading))
        self.vanished = self.fallbacks = 0
        self.is_out_of_budget = False
        self._has_lost_a_file = False
        self._stop = Event()
        self._stopped_at = 0.0
        self._keys = Keys()
        self._unwritten: list[Recorded] = []
        self._touched: list[tuple[str, int]] = []
        self._written_at = clock()

    def review(self, submissions: Iterable[Submission | InputError]) -> Generator[Row, None, None]:
        """Review what is new or has changed, side by side, and give a row for each in the order of the input.

        Once the budget is used up, what is left is given, and kept, as not read.
        Raises `ModelRejected` where the endpoint refuses us for good, and `StoreError`; what was done by then is kept.
        """
        going: deque[tuple[Row, Begun | None]] = deque()
        complete = False
        try:
            for row in self._rows(submissions):
                going.append((row, self._begun(row)))
                while going and (len(going) >= AHEAD or _is_settled(going[0][1])):
                    yield self._settled(*going.popleft())
            while going:
                yield self._settled(*going.popleft())
            complete = not self._stop.is_set()
        finally:
            cancel(begun for _, begun in going if begun is not None)
            self._write()
            # Rows of a file that cannot be read today have not vanished.
            all_read = complete and not self.is_out_of_budget
            self.vanished = self._store.end(self.run, complete=all_read, vanishing=not self._has_lost_a_file)

    @property
    def repeated(self) -> int:
        """How many rows bear an id that stood there already."""
        return self._keys.repeated

    def verdict(self, row: Row) -> Verdict | None:
        """Give the verdict of a row, out of the store where an earlier pass has reached it."""
        # By number: a key such as `#12` could be taken for another row's.
        return self._store.entry(self.run.id, f"#{row.known.number}").verdict if row.known else row.verdict

    def export(self, path: Path | str, *, fail_on: Decision = Decision.REJECT) -> None:
        """Write the run to a file, as its ending says: csv, xlsx, jsonl, md, html, sarif, or xml for JUnit.

        `fail_on` is the mildest decision that is a failure in JUnit. Raises `SettingsError` where it cannot be written.
        """
        from reviewer.exporters import formats

        with self._store.view(self.run.id) as entries:
            formats.write(Path(path), self.as_it_stands(), entries, fail_on=fail_on)

    def as_it_stands(self) -> Run:
        """Give the run as the store has it now, ended or gone on with; `run` is as it was when this batch began."""
        # By number: another run may have it for a name.
        return next(run for run in self._store.runs() if run.id == self.run.id)

    def stop(self) -> None:
        """Begin no further review; those under way are finished, as far as they are over within half a minute."""
        self._stopped_at = self._clock()
        self._stop.set()

    def close(self) -> None:
        """Let go of the model's connections; the store is its owner's."""
        self._desk.close()

    def __enter__(self) -> Self:
        """Give the batch."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close it."""
        self.close()

    def _rows(self, submissions: Iterable[Submission | InputError]) -> Iterator[Row]:
        """Number the input, name each, and look up what is known of it."""
        given = enumerate(submissions, start=1)
        while not self._stop.is_set() and (some := list(islice(given, LOOKED_UP))):
            rows = [self._named(position, one) for position, one in some]
            known = self._store.known(self.run.id, [row.key for row in rows])
            rows = [replace(row, known=self._still(row, known.get(row.key))) for row in rows]
            if self._retries:
                self._store.forget(self.run.id, [row.key for row in rows if row.why_not_model in _KEPT])
            for row in rows:
                if self._stop.is_set():
                    return
                yield row

    def _named(self, position: int, given: Submission | InputError) -> Row:
        if isinstance(given, InputError):
            self._has_lost_a_file = self._has_lost_a_file or given.about is None
            about = given.about or Submission(text="", source=Source(file=given.source))
            return Row(position, self._keys.key(about), about, error=given)
        return Row(position, self._keys.key(given), given)

    def _still(self, row: Row, known: Known | None) -> Known | None:
        """Give what is known of a row if it still holds."""
        if row.error or known is None or not known.has_verdict:
            return None
        return known if known.submission_digest == submission_digest(row.submission) else None

    def _begun(self, row: Row) -> Begun | None:
        is_asked = not row.known or (self._retries and row.is_fallback)
        if not is_asked or (self.is_out_of_budget and not row.error):
            return None
        return begin(self._desk, row.error if isinstance(row.error, InputError) else row.submission)

    def _settled(self, row: Row, begun: Begun | None) -> Row:
        row = self._concluded(row, None if begun is None else self._awaited(begun))
        if row.known:
            self._touched.append((row.key, row.position))
        else:
            self._unwritten.append(_recorded(row))
        self.fallbacks += row.is_fallback
        self._write_in_time()
        return row

    def _awaited(self, begun: Begun) -> Verdict | ReviewerError | None:
        """Wait for what comes of a row, but not for ever once the run was stopped."""
        while not is_over(begun, 0.0 if self._gives_up() else LOOKING):
            if self._gives_up():
                cancel([begun])
                return None
        return result(begun)

    def _gives_up(self) -> bool:
        return self._stop.is_set() and self._clock() - self._stopped_at > FINISHING

    def _concluded(self, row: Row, outcome: Verdict | ReviewerError | None) -> Row:
        """Put what came of a row to it; where nothing did, what was known of it stays."""
        if outcome is None:
            return row
        if not isinstance(outcome, Verdict):
            return replace(row, error=outcome, known=None)
        calls = outcome.receipt.call_digests if outcome.receipt else ()
        if _is_starved(outcome):
            self.is_out_of_budget = True
            return replace(row, calls=calls)
        return replace(row, verdict=outcome, known=None, calls=calls)

    def _write_in_time(self) -> None:
        waiting = len(self._unwritten) + len(self._touched)
        if waiting >= WRITTEN or self._clock() - self._written_at >= WRITTEN_EVERY:
            self._write()

    def _write(self) -> None:
        """Keep what has come in; what cannot be kept now is tried again at the end."""
        if self._unwritten:
            self._store.record(self.run, self._unwritten)
            self._unwritten = []
        if self._touched:
            self._store.touch(self.run, self._touched)
            self._touched = []
        self._written_at = self._clock()


def _recorded(row: Row) -> Recorded:
    error = None if row.error is None else str(row.error)
    return Recorded(row.position, row.key, row.submission, row.verdict, error, row.calls)


def _is_starved(verdict: Verdict) -> bool:
    """Tell whether the budget left no room for the text, or for a part of it."""
    parts = verdict.receipt.unanswered if verdict.receipt else ()
    return WhyNotModel.BUDGET in {verdict.why_not_model, *parts}


def _is_settled(begun: Begun | None) -> bool:
    return begun is None or is_over(begun)


def plan(desk: Desk, name: str | None, inputs: tuple[str, ...], reading: str) -> Plan:
    """Say what makes a run of this desk the same as another."""
    briefs, reader = desk.briefs, desk.reader()
    askings = reader.askings if reader else ()
    return Plan(
        name=name,
        inputs=inputs,
        reading=reading,
        policy=briefs[0].policy_ref,
        further_policies=tuple(brief.policy_ref for brief in briefs[1:]),
        as_of=desk.as_of,
        clauses=tuple(ref for brief in briefs for ref in brief.refs.values()),
        brief="\n".join(brief.digest for brief in briefs),
        model=reader.asking.model if reader else None,
        asked="\n\n".join(asking.named for asking in askings),
    )
