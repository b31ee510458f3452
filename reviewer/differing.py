"""What differs between two policies, clause by clause.

What a version declares to have changed is a change.
That a clause is found in one of two versions only is none: the facts leave gaps, and a gap is told as one.
Absence counts where everything is known of both sides: in an organisation's own policies, and over the policy that
one of them extends.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from reviewer.policy import Changed, Clause, Deviates, Effect, Standing
from reviewer.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.policy import Change, Policy

_WHOLLY_KNOWN = {Standing.OWN, Standing.VERBATIM}
_SEVERITY = {Effect.REQUIRED: 0, Effect.RESTRICTED: 1, Effect.PROHIBITED: 2}
_DECLARED_BY = {Deviates.OFF: Changed.REMOVED, Deviates.ADDED: Changed.ADDED}


class Differs(StrEnum):
    """In which way a clause differs.

    `first_attested`, `not_attested`: only one version is known to have it, and nobody says that it changed.
    `only_before`, `only_after`: the two are different policies, and only one has such a clause.
    `perhaps_before`: a change is declared since a version older than both, and may have come before either.
    `renamed`: our id of it is another; `renumbered`: the official number is another.
    `exceptions`, `scope` and `text` compare our words, unless both sides are verbatim or an organisation's own.
    """

    ADDED = "added"
    REMOVED = "removed"
    FIRST_ATTESTED = "first_attested"
    NOT_ATTESTED = "not_attested"
    ONLY_BEFORE = "only_before"
    ONLY_AFTER = "only_after"
    WIDENED = "widened"
    NARROWED = "narrowed"
    REWORDED = "reworded"
    PERHAPS_BEFORE = "perhaps_before"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    NEEDS = "needs"
    DATED = "dated"
    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    EXCEPTIONS = "exceptions"
    SCOPE = "scope"
    TEXT = "text"
    STANDING = "standing"


class Declared(Value):
    """A change that a version declares since an older one, with how surely that is known."""

    version: str
    since: str
    kind: Changed
    note: str
    standing: Standing
    source: str


class Difference(Value):
    """One clause that differs, whole on each side that has it; `kinds` are never empty, the gravest first.

    `declared` are the changes that count, and those that may have come before, in the order of the versions.
    """

    clause: str
    kinds: tuple[Differs, ...]
    before: Clause | None
    after: Clause | None
    declared: tuple[Declared, ...] = ()

    @property
    def title(self) -> str:
        """The title of the clause, as the newer side has it."""
        sides = [side for side in (self.after, self.before) if side]
        return sides[0].title

    @property
    def is_paraphrased(self) -> bool:
        """Whether a side is in our own words, so that other words may mean the same."""
        return any(side.standing not in _WHOLLY_KNOWN for side in (self.before, self.after) if side)


class PolicyDiff(Value):
    """What differs between two policies; `between` are the versions whose declared changes counted, oldest first.

    `differences` come in the order of the newer policy, then of the older one; `same` are the clauses without any.
    `gaps_before` and `gaps_after` are what is not known of the sides.
    """

    before: str
    after: str
    between: tuple[str, ...]
    differences: tuple[Difference, ...]
    same: tuple[str, ...]
    gaps_before: tuple[str, ...]
    gaps_after: tuple[str, ...]

    def of(self, *kinds: Differs) -> tuple[Difference, ...]:
        """Give the differences of any of these kinds."""
        return tuple(difference for difference in self.differences if not set(kinds).isdisjoint(difference.kinds))


def versions_between(before: Policy, after: Policy, versions: Iterable[Policy]) -> tuple[Policy, ...]:
    """Choose the versions of the same policy that came between two, oldest first; undated ones cannot be placed."""
    if before.name != after.name or not before.since or not after.since:
        return ()
    dated = [(version.since, version.version, version) for version in versions if version.since]
    ends = {before.version, after.version}
    return tuple(
        version
        for since, name, version in sorted(dated, key=lambda row: row[:2])
        if version.name == before.name and name not in ends and before.since <= since <= after.since
    )


def differences(before: Policy, after: Policy, between: Sequence[Policy] = ()) -> PolicyDiff:
    """Tell what differs from `before` to `after`, over the versions between them, oldest first."""
    pairs = list(_pairs(before, after, between))
    declared = _declared(before, after, between)
    absence = _Absence(before, after)
    told = [_difference(old, new, declared, absence) for old, new in pairs]
    return PolicyDiff(
        before=before.address,
        after=after.address,
        between=tuple(version.address for version in between),
        differences=tuple(difference for difference in told if difference.kinds),
        same=tuple(difference.clause for difference in told if not difference.kinds),
        gaps_before=before.gaps,
        gaps_after=after.gaps,
    )


class _Absence:
    """What it means that only one of two policies has a clause."""

    def __init__(self, before: Policy, after: Policy) -> None:
        """Look at what is known of both."""
        roots = {policy.extends or policy.address for policy in (before, after)}
        known = not (before.gaps or after.gaps) and all(
            clause.standing in _WHOLLY_KNOWN for clause in chain(before.clauses, after.clauses)
        )
        self.counts = known or len(roots) == 1
        self._is_other = before.name != after.name

    def word(self, *, new: bool) -> Differs:
        """Give the word for a clause that only the newer, or only the older, has."""
        if self.counts:
            return Differs.ADDED if new else Differs.REMOVED
        if self._is_other:
            return Differs.ONLY_AFTER if new else Differs.ONLY_BEFORE
        return Differs.FIRST_ATTESTED if new else Differs.NOT_ATTESTED


def _pairs(before: Policy, after: Policy, between: Sequence[Policy]) -> Iterator[tuple[Clause | None, Clause | None]]:
    """Pair the clauses by id, else by the one that a newer clause took the place of."""
    earlier: dict[str, str] = {}
    for version in (*between, after):
        earlier |= {clause.id: clause.supersedes for clause in version.clauses if clause.supersedes}
    paired = set()
    for new in after.clauses:
        old = before.by_id.get(_former(new.id, earlier, before.by_id))
        paired.add(old.id if old else "")
        yield old, new
    yield from ((old, None) for old in before.clauses if old.id not in paired)


def _former(clause: str, earlier: Mapping[str, str], known: Mapping[str, Clause]) -> str:
    """Follow a clause back to the id that the older policy knows it by."""
    seen = {clause}
    while clause not in known and (name := earlier.get(clause)) and name not in seen:
        seen.add(clause := name)
    return clause


def _declared(before: Policy, after: Policy, between: Sequence[Policy]) -> dict[str, list[tuple[bool, Declared]]]:
    """Give the declared changes under their clause, in order, each with whether it surely came after `before`."""
    found: dict[str, list[tuple[bool, Declared]]] = {}
    known = {before.version}
    for version in (*between, after):
        if version.name == before.name and version.version != before.version:
            for change in version.changes:
                found.setdefault(change.clause, []).append((change.since in known, _said(change, version)))
            known.add(version.version)
    for clause, said in _deviations(before, after):
        found.setdefault(clause, []).append((True, said))
    return found


def _deviations(before: Policy, after: Policy) -> Iterator[tuple[str, Declared]]:
    """Give what an organisation left out of the policy that it extends, or added, as declared changes."""
    for deviation in after.deviations if after.extends == before.address else ():
        if kind := _DECLARED_BY.get(deviation.kind):
            yield (
                deviation.clause,
                Declared(
                    version=after.version,
                    since=before.address,
                    kind=kind,
                    note=f"{deviation.reason} ({deviation.by})",
                    standing=Standing.OWN,
                    source=f"the deviations of {after.address}",
                ),
            )


def _said(change: Change, version: Policy) -> Declared:
    return Declared(
        version=version.version,
        since=change.since,
        kind=change.kind,
        note=change.note,
        standing=change.standing,
        source=change.source,
    )


def _difference(
    old: Clause | None, new: Clause | None, declared: Mapping[str, list[tuple[bool, Declared]]], absence: _Absence
) -> Difference:
    names = dict.fromkeys(side.id for side in (old, new) if side)
    said = [row for name in names for row in declared.get(name, ()) if not _came_before(row, old)]
    kinds = dict.fromkeys(
        (*_presence(old, new, said, absence), *_as_declared(old, new, said), *_compared(old, new, absence))
    )
    return Difference(
        clause=[*names][-1],
        kinds=tuple(sorted(kinds, key=[*Differs].index)),
        before=old,
        after=new,
        declared=tuple(row for _, row in said),
    )


def _came_before(row: tuple[bool, Declared], old: Clause | None) -> bool:
    """Tell whether a change since a version older than both was done by the time of `before`, as that one shows."""
    is_sure, said = row
    return not is_sure and said.kind is (Changed.ADDED if old else Changed.REMOVED)


def _presence(
    old: Clause | None, new: Clause | None, said: Iterable[tuple[bool, Declared]], absence: _Absence
) -> Iterator[Differs]:
    if old and new:
        return
    word = Changed.ADDED if new else Changed.REMOVED
    # What is only inferred to have come or gone is no attested change.
    is_declared = any(sure and row.kind is word and row.standing is not Standing.INFERRED for sure, row in said)
    yield Differs(word.value) if is_declared else absence.word(new=new is not None)


def _as_declared(old: Clause | None, new: Clause | None, said: Iterable[tuple[bool, Declared]]) -> Iterator[Differs]:
    """Give the declared changes by their words; that a clause came or went is told by which side has it."""
    for sure, row in said:
        if not sure:
            yield Differs.PERHAPS_BEFORE
        elif row.kind not in {Changed.ADDED, Changed.REMOVED} or (old and new):
            yield Differs(row.kind.value)


def _compared(old: Clause | None, new: Clause | None, absence: _Absence) -> Iterator[Differs]:
    """Compare what stands on both sides."""
    if not old or not new:
        return
    if old.effect is not new.effect:
        yield Differs.TIGHTENED if _SEVERITY[new.effect] > _SEVERITY[old.effect] else Differs.LOOSENED
    elif old.needs is not new.needs:
        yield Differs.NEEDS
    # That only one side has a number is mostly a gap in what we know.
    if old.number != new.number and (absence.counts or (old.number and new.number)):
        yield Differs.RENUMBERED
    pairs = {
        Differs.DATED: (old.applies_from or date.min, new.applies_from or date.min),
        Differs.RENAMED: (old.id, new.id),
        Differs.EXCEPTIONS: (old.exceptions, new.exceptions),
        Differs.SCOPE: (old.scope, new.scope),
        Differs.TEXT: (old.text, new.text),
        Differs.STANDING: (old.standing, new.standing),
    }
    yield from (kind for kind, (was, now) in pairs.items() if was != now)
