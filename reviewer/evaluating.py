"""Answers to labelled cases, to figures: precision, recall, F1 by kind, clause and language, agreement and costs.

What counts as found and as a false alarm is said in `reviewer.scoring`, and in every result.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import fsum
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from reviewer.agreeing import cohen, fleiss, quantile
from reviewer.answer import ReaderName
from reviewer.counted import CLAUSE, KIND, LANGUAGE, OVERALL, groups_of
from reviewer.intervals import wilson
from reviewer.resampling import figures, total
from reviewer.score import NOTHING, Agreement, Costs, Decisions, Miss, Score, Scores
from reviewer.scoring import judged
from reviewer.verdict import DecidedBy, Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reviewer.answer import Reading
    from reviewer.counted import Group, GroupName
    from reviewer.labelled import Labelled
    from reviewer.resampling import Draws, Figure, Statistic, Weights
    from reviewer.score import Table
    from reviewer.scoring import Judged

Cell = TypeVar("Cell", tuple[str, str], tuple[int, ...])


def evaluate(cases: Sequence[Labelled], reading: Reading, draws: Draws) -> Scores:
    """Score the answers of a reader; `draws` gives the resamples that the intervals come from.

    Answers come in the order of the cases; raises `ValueError` if there are more or fewer of them.
    """
    told = list(judged(cases, reading.answers))
    groups, ratings, rated = groups_of(told), _ratings(told, reading.repeats), _rated(told)
    statistics: list[Statistic] = [group.statistic for group in groups.values()]
    drawn = figures([*statistics, _of_table(rated, cohen), _of_table(ratings, fleiss)], len(told), draws)
    scored = {name: _score(group, told, drawn[place]) for place, (name, group) in enumerate(groups.items())}
    return Scores(
        overall=scored[OVERALL, ""],
        kinds=_named(scored, KIND),
        clauses=_named(scored, CLAUSE),
        languages=_named(scored, LANGUAGE),
        confusion=_confusion(told),
        decisions=_decisions(rated, drawn[-2][0]),
        agreement=_agreement(told, reading.repeats, drawn[-1][0]),
        costs=_costs(reading),
        unread=tuple(answer.id for answer in reading.answers if answer.decision is None),
        fallbacks=_fallbacks(told) if reading.reader is not ReaderName.RULES else {},
        misses=tuple(_miss(one) for one in told if one.wrong),
    )


def _miss(one: Judged) -> Miss:
    return Miss(id=one.case.id, found=one.found, false=tuple(sorted(one.false)), wrong=one.wrong)


def _named(scored: Mapping[GroupName, Score], sort: str) -> dict[str, Score]:
    return {name: scored[of, name] for of, name in sorted(scored) if of == sort}


def _score(group: Group, told: Sequence[Judged], drawn: tuple[Figure, ...]) -> Score:
    members = [told[place] for place in group.cases]
    clean = [one for one in members if one.is_clean]
    recall, precision, f1 = drawn
    return Score(
        cases=len(members),
        expected=len(group.expected),
        found=len(group.found),
        alarms=len(group.false),
        recall=recall,
        precision=precision,
        f1=f1,
        right=wilson(sum(one.is_right for one in members), len(members)),
        clean_alarms=wilson(sum(bool(one.false) for one in clean), len(clean)),
        clean_flagged=wilson(sum(bool(one.answer.flagged) for one in clean), len(clean)),
    )


# Tables whose cells are the places of the cases in them, so that resamples can weigh each case.


def _rated(told: Sequence[Judged]) -> dict[tuple[str, str], list[int]]:
    """Put each case with a labelled decision where expected and given decision meet."""
    cells: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(told):
        if one.case.decision and one.answer.decision:
            cells.setdefault((one.case.decision.value, one.answer.decision.value), []).append(place)
    return cells


def _ratings(told: Sequence[Judged], repeats: int) -> dict[tuple[int, ...], list[int]]:
    """Put each case where it belongs by how often each decision was reached; only those that were always read."""
    cells: dict[tuple[int, ...], list[int]] = {}
    for place, one in enumerate(told):
        said = Counter(again.decision for again in one.answer.readings)
        if repeats > 1 and sum(said[decision] for decision in Decision) == repeats:
            cells.setdefault(tuple(said[decision] for decision in Decision), []).append(place)
    return cells


def _of_table(cells: Mapping[Cell, Sequence[int]], kappa: Callable[[Mapping[Cell, int]], float | None]) -> Statistic:
    def statistic(weights: Weights) -> tuple[float | None]:
        return (kappa({cell: total(weights, places) for cell, places in cells.items()}),)

    return statistic


def _decisions(rated: Mapping[tuple[str, str], Sequence[int]], kappa: Figure) -> Decisions | None:
    if not rated:
        return None
    table = {
        str(expected): {str(given): len(rated.get((expected, given), ())) for given in Decision}
        for expected in Decision
    }
    agreed = sum(row[decision] for decision, row in table.items())
    return Decisions(table=table, agreed=wilson(agreed, sum(map(len, rated.values()))), kappa=kappa)


def _agreement(told: Sequence[Judged], repeats: int, kappa: Figure) -> Agreement | None:
    if repeats == 1:
        return None
    unsteady = tuple(one.case.id for one in told if len(set(one.answer.readings)) > 1)
    return Agreement(repeats=repeats, same=wilson(len(told) - len(unsteady), len(told)), kappa=kappa, unsteady=unsteady)


def _confusion(told: Sequence[Judged]) -> Table:
    """Count clauses by the clause that a text was written for; a text counts under each that was flagged in it."""
    cells: dict[str, Counter[str]] = {}
    for one in told:
        if one.case.expect is not None:
            row = cells.setdefault(next(iter(one.case.expect), NOTHING), Counter())
            row.update(sorted(one.answer.flagged) or [NOTHING])
    return {expected: dict(sorted(cells[expected].items())) for expected in sorted(cells)}


def _costs(reading: Reading) -> Costs:
    spent = [spent for answer in reading.answers for spent in answer.spent]
    seconds = sorted(one.seconds for one in spent if one.calls or reading.reader is ReaderName.RULES)
    costs = [one.cost for one in spent if one.calls]
    known = [cost for cost in costs if cost is not None]
    return Costs(
        readings=len(spent),
        calls=sum(one.calls for one in spent),
        from_memory=sum(one.from_memory for one in spent),
        input_tokens=sum(one.input_tokens for one in spent),
        output_tokens=sum(one.output_tokens for one in spent),
        cached_tokens=sum(one.cached_tokens for one in spent),
        cost=None if costs and not known else fsum(known),
        cost_unknown=len(costs) - len(known),
        median=median(seconds) if seconds else None,
        percentile_95=quantile(seconds, Fraction(95, 100)),
    )


def _fallbacks(told: Sequence[Judged]) -> dict[str, int]:
    why = Counter(
        one.answer.why_not_model.value
        for one in told
        if one.answer.why_not_model and one.answer.decided_by is DecidedBy.RULES
    )
    return dict(why.most_common())
