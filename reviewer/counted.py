"""Groups of judged cases, and the figures of each: all, by kind, by language, and by clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.resampling import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.resampling import Weights
    from reviewer.scoring import Judged

OVERALL, KIND, LANGUAGE, CLAUSE = "overall", "kind", "language", "clause"
GroupName = tuple[str, str]


@dataclass
class Group:
    """The places of cases, by what they count for.

    `cases` are of the group, `expected` are to be found, and `found` were. For precision, `rightly` and `false` are
    flagged rightly and falsely, and it is defined where any case is `asked` for.
    """

    cases: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    expected: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    rightly: list[int] = field(default_factory=list)
    false: list[int] = field(default_factory=list)

    def statistic(self, weights: Weights) -> tuple[float | None, float | None, float | None]:
        """Give recall, precision and F1 of a resample, each None where it is not defined."""
        recall = _ratio(total(weights, self.found), total(weights, self.expected))
        rightly = total(weights, self.rightly)
        precision = _ratio(rightly, rightly + total(weights, self.false)) if total(weights, self.asked) else None
        return recall, precision, _f1(recall, precision)


def groups_of(told: Iterable[Judged]) -> dict[GroupName, Group]:
    """Put judged cases into their groups, each by its place; there is always the one of all."""
    groups: dict[GroupName, Group] = {(OVERALL, ""): Group()}
    for place, one in enumerate(told):
        for name in _names(one):
            _enter_whole(groups.setdefault(name, Group()), place, one)
        for clause in sorted({*(one.case.expect or ()), *one.false}):
            _enter_clause(groups.setdefault((CLAUSE, clause), Group()), clause, place, one)
    return groups


def _names(one: Judged) -> Iterator[GroupName]:
    yield OVERALL, ""
    yield KIND, one.case.kind
    if one.case.language:
        yield LANGUAGE, one.case.language


def _enter_whole(group: Group, place: int, one: Judged) -> None:
    group.cases.append(place)
    if one.found is not None:
        group.asked.append(place)
        group.expected.append(place)
    if one.found:
        group.found.append(place)
        group.rightly.append(place)
    if one.false:
        group.false.append(place)


def _enter_clause(group: Group, clause: str, place: int, one: Judged) -> None:
    expect = one.case.expect or ()
    if clause in expect:
        group.asked.append(place)
        if clause in one.seen:
            group.rightly.append(place)
    if clause in expect[:1]:
        group.cases.append(place)
        group.expected.append(place)
        if one.found:
            group.found.append(place)
    if clause in one.false:
        group.false.append(place)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(recall: float | None, precision: float | None) -> float | None:
    if recall is None or precision is None:
        return None
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
