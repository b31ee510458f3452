"""What two runs decide differently, and why.

Entries are matched by key, and by text those whose key only one run knows.
Of each entry a short line is held, and no verdict.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reviewer.identity import text_digest
from reviewer.mention import Mention
from reviewer.receipt import WhyNotModel
from reviewer.value import Value
from reviewer.verdict import Decision, Kind, Reason
from reviewer.wording import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.run import Entry
    from reviewer.verdict import ClauseRef, Verdict

T = TypeVar("T")

UNREAD = "none"  # stands where a decision would, if there is no verdict


class Cause(StrEnum):
    """What is not the same on both sides; the first ones bring about the later ones.

    A verdict does not name its engine, so that `ENGINE` is told only where nothing else is: by elimination.
    """

    UNREAD = "unread"
    TEXT = "text"
    POLICY = "policy"
    READER = "reader"
    MODEL = "model"
    PROMPTS = "prompts"
    CALIBRATION = "calibration"
    ENGINE = "engine"
    REPLY = "reply"


class Side(Value):
    """What one run made of an entry: decision (None: no verdict), reasons, and the clauses that stand against it.

    `policy` names them all; where either run has several, the clauses bear the name of theirs, such as `house/logging`.
    """

    decision: Decision | None
    reasons: tuple[Reason, ...]
    clauses: tuple[str, ...]
    kinds: tuple[Kind, ...] = ()
    policy: str | None
    why_not_model: WhyNotModel | None


_UNREAD = Side(decision=None, reasons=(), clauses=(), policy=None, why_not_model=None)


class Flip(Value):
    """An entry that was decided otherwise, and what is not the same on both sides."""

    row: Mention
    before: Side
    after: Side
    causes: tuple[Cause, ...]

    @property
    def reasons(self) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """Which reasons went, and which came."""
        return _gone(self.before.reasons, self.after.reasons), _gone(self.after.reasons, self.before.reasons)

    @property
    def shifts(self) -> tuple[tuple[str, Kind, Kind], ...]:
        """Which clauses stand against it on both sides, but not as surely."""
        before = dict(zip(self.before.clauses, self.before.kinds, strict=False))
        after = dict(zip(self.after.clauses, self.after.kinds, strict=False))
        return tuple(
            (name, before[name], after[name]) for name in before if after.get(name, before[name]) != before[name]
        )

    @property
    def clauses(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Which clauses went, and which came."""
        return _gone(self.before.clauses, self.after.clauses), _gone(self.after.clauses, self.before.clauses)


class Diff(Value):
    """How the second run differs from the first.

    `table` counts decision by decision, `none` for no verdict; `restated` have the same decision for other reasons or
    clauses; `added` and `removed` are entries that only one run has.
    """

    flips: tuple[Flip, ...]
    table: dict[str, dict[str, int]]
    restated: int
    added: tuple[Mention, ...]
    removed: tuple[Mention, ...]

    @property
    def matched(self) -> int:
        """How many entries both runs have."""
        return sum(sum(row.values()) for row in self.table.values())


class Grounds(NamedTuple):
    """What a verdict was derived from, but for the text; the same for most entries of a run."""

    policies: tuple[tuple[str, str, str], ...] = ()
    reader: tuple[str, str | None] | None = None
    model: tuple[str, str] | None = None
    prompts: str | None = None
    calibration: str | None = None


class Line(NamedTuple):
    """An entry as a comparison holds it, in little room; `text` and `review` are digests."""

    number: int
    key: str
    id: str | None
    place: str
    text: str | None
    side: Side
    grounds: Grounds
    review: str | None

    def row(self) -> Mention:
        """Mention it in a report."""
        return Mention(number=self.number, key=self.key, id=self.id, place=self.place)


def diff(before: Iterable[Entry], after: Iterable[Entry]) -> Diff:
    """Compare two runs; entries that had vanished from a run's input are none of it.

    An entry whose key is found in one run only is looked for by its text before it is said to be new, or gone.
    """
    book, old = _Book(), {line.key: line for line in _lines(before)}
    left = [line for line in _lines(after) if not book.enter(_steady(old, line), line)]
    by_text: dict[str | None, list[str]] = {}
    for line in reversed(old.values()):
        by_text.setdefault(line.text, []).append(line.key)
    left = [line for line in left if not book.enter(_moved(old, by_text, line), line)]
    left = [line for line in left if not book.enter(old.pop(line.key, None), line)]
    return book.close(added=left, removed=old.values())


def _steady(old: dict[str, Line], line: Line) -> Line | None:
    """Take the entry with the same key, if it is surely the same one."""
    same = old.get(line.key)
    sure = same and (line.id or not line.text or not same.text or line.text == same.text)
    return old.pop(line.key) if sure else None


def _moved(old: dict[str, Line], by_text: dict[str | None, list[str]], line: Line) -> Line | None:
    """Take the first entry that is left with the same text, if the text is known."""
    keys = by_text.get(line.text) if line.text else None
    return old.pop(keys.pop()) if keys else None


def _causes(before: Line, after: Line) -> Iterator[Cause]:
    """Give all that a verdict names, is not the same on both sides, and may have changed a decision.

    What it does not name (rules, engine, the way of asking) is told where nothing else has changed, and beside another
    cause it may have changed as well.
    """
    if before.review is None or after.review is None:
        yield Cause.UNREAD
    other_text = bool(before.text and after.text and before.text != after.text)
    if other_text:
        yield Cause.TEXT
    if before.review is None or after.review is None:
        return
    changed = [cause for cause, differ in _compared(before.grounds, after.grounds) if differ]
    yield from changed
    if not changed and not other_text:
        yield Cause.REPLY if before.review == after.review else Cause.ENGINE


def _compared(before: Grounds, after: Grounds) -> Iterator[tuple[Cause, bool]]:
    yield Cause.POLICY, before.policies != after.policies
    yield Cause.READER, before.reader != after.reader
    # Where rules decide no model is named, and that it is not the same one says nothing new.
    both = before.model is not None and after.model is not None
    yield Cause.MODEL, both and before.model != after.model
    yield Cause.PROMPTS, both and before.prompts != after.prompts
    yield Cause.CALIBRATION, both and before.calibration != after.calibration


class _Book:
    """What is counted while the entries go by."""

    def __init__(self) -> None:
        self._flips: list[Flip] = []
        self._restated = 0
        self._moves: Counter[tuple[str, str]] = Counter()

    def enter(self, before: Line | None, after: Line) -> bool:
        """Count a pair; False if there is nothing to pair with."""
        if before is None:
            return False
        was, now = _named(before, after), _named(after, before)
        self._moves[was.decision or UNREAD, now.decision or UNREAD] += 1
        if was.decision is not now.decision:
            self._flips.append(Flip(row=after.row(), before=was, after=now, causes=tuple(_causes(before, after))))
        elif (set(was.reasons), set(was.clauses)) != (set(now.reasons), set(now.clauses)):
            self._restated += 1
        return True

    def close(self, *, added: Iterable[Line], removed: Iterable[Line]) -> Diff:
        """Give what was counted, flips in the order of the second run's entries."""
        return Diff(
            flips=tuple(sorted(self._flips, key=lambda flip: flip.row.number)),
            table=self._table(),
            restated=self._restated,
            added=tuple(line.row() for line in added),
            removed=tuple(line.row() for line in removed),
        )

    def _table(self) -> dict[str, dict[str, int]]:
        """Give the counts; no verdict has its row and column only where there is such an entry."""
        names: list[str] = [*Decision, *([UNREAD] if any(UNREAD in move for move in self._moves) else [])]
        return {str(was): {str(now): self._moves[was, now] for now in names} for was in names}


def _lines(entries: Iterable[Entry]) -> Iterator[Line]:
    shared: dict[Grounds, Grounds] = {}
    sides: dict[Side, Side] = {}
    for entry in entries:
        if not entry.vanished:
            line = _line(entry)
            # Most entries share these: one of each is held.
            yield line._replace(
                side=sides.setdefault(line.side, line.side), grounds=shared.setdefault(line.grounds, line.grounds)
            )


def _line(entry: Entry) -> Line:
    verdict, submission = entry.verdict, entry.submission
    named = (entry.id, entry.key, submission.id, str(submission.source))
    if verdict is None:
        text = text_digest(submission.text) if submission.text else None
        return Line(*named, text, _UNREAD, Grounds(), None)
    against = {_clause(found.clause, verdict): found.kind for found in verdict.findings if found.is_against}
    side = Side(
        decision=verdict.decision,
        reasons=verdict.reasons,
        clauses=tuple(against),
        kinds=tuple(against.values()),
        policy=addresses(verdict.policies),
        why_not_model=verdict.why_not_model,
    )
    return Line(*named, verdict.submission.sha256, side, _grounds(verdict), verdict.review_digest)


def _grounds(verdict: Verdict) -> Grounds:
    model = verdict.model
    return Grounds(
        policies=tuple(sorted((policy.name, policy.version, policy.digest) for policy in verdict.policies)),
        reader=(verdict.decided_by, verdict.why_not_model),
        model=(model.name, model.host) if model else None,
        prompts=model.prompts_digest if model else None,
        calibration=model.calibration if model else None,
    )


def _clause(clause: ClauseRef, verdict: Verdict) -> str:
    return f"{clause.policy}/{clause.id}" if verdict.further_policies else clause.id


def _named(line: Line, other: Line) -> Side:
    """Give the side of a line; where only the other has several policies, its clauses get the name of their own."""
    side, policies = line.side, line.grounds.policies
    if len(policies) != 1 or len(other.grounds.policies) <= 1:
        return side
    ((name, _, _),) = policies
    return side.model_copy(update={"clauses": tuple(f"{name}/{clause}" for clause in side.clauses)})


def _gone(these: tuple[T, ...], those: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(one for one in these if one not in those)
