"""A result as one page: no script, nothing fetched, and every miss can be opened from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.exporters.evaluation import plots, wordings
from reviewer.exporters.evaluation.shown import Shown, anchors, shown
from reviewer.exporters.html.rendering import render
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reviewer.labelled import Labelled
    from reviewer.score import Evaluation, Miss, Paired, Score, Trial

Link = tuple[str, str]  # where it leads, and what it is called


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of scores, with links to the misses that count in it."""

    name: str
    score: Score
    alarms: str
    flagged: str
    misses: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One reading as the page tells it; every part of it is ready to be printed."""

    trial: Trial
    headline: str
    cautions: tuple[str, ...]
    facts: tuple[Link, ...]
    drawn: tuple[tuple[str, list[plots.Bar]], ...]
    tables: tuple[tuple[str, list[Row]], ...]
    heat: tuple[list[str], list[tuple[str, list[plots.Cell]]]]
    cases: tuple[Shown, ...]


def as_html(told: Evaluation) -> str:
    """Give the result as one HTML page, which opens from a disk and fetches nothing."""
    named = {trial.reading.reader: anchors(trial) for trial in told.trials}
    return "".join(
        render(
            "evaluation.html.jinja",
            ("base.css", "evaluation.css"),
            count=len(told.cases),
            sources=list(wordings.sources(told)),
            conventions=(*told.conventions, wordings.method(told)),
            advice=wording.NOT_LEGAL_ADVICE,
            parts=[_part(told, trial, named[trial.reading.reader]) for trial in told.trials],
            pairs=[_pair(pair, named[pair.reader]) for pair in told.pairs],
            decisions=list(map(str, Decision)),
            plot={"left": plots.LEFT, "width": plots.WIDTH, "row": plots.ROW, "top": plots.TOP},
        )
    )


def _part(told: Evaluation, trial: Trial, anchor_of: Mapping[str, str]) -> Part:
    scores = trial.scores
    groups = {"kind": scores.kinds, "language": scores.languages, "clause": scores.clauses}
    return Part(
        trial=trial,
        headline=f"{wordings.headline(trial.reading)}, under {wordings.policies(trial.reading)}",
        cautions=tuple(wordings.cautions(trial)),
        facts=(
            *wordings.overall(scores),
            *(wordings.agreement(scores.agreement) if scores.agreement else ()),
            *wordings.costs(scores.costs),
        ),
        drawn=tuple((name, found) for name, of in groups.items() if (found := plots.bars(of))),
        tables=tuple((name, _rows(name, of, told.cases, trial, anchor_of)) for name, of in groups.items() if of),
        heat=plots.heat(scores.confusion),
        cases=tuple(shown(trial, told.cases, _wanted(told, trial), anchor_of)),
    )


def _wanted(told: Evaluation, trial: Trial) -> Iterable[str]:
    """Name the cases that somebody may want to open: misses, flips, those without a verdict, and unsteady ones."""
    yield from (miss.id for miss in trial.scores.misses)
    yield from trial.scores.unread
    yield from trial.scores.agreement.unsteady if trial.scores.agreement else ()
    for pair in told.pairs:
        if pair.reader is trial.reading.reader:
            yield from (*pair.gained, *pair.lost)


def _rows(
    sort: str, groups: Mapping[str, Score], cases: Iterable[Labelled], trial: Trial, anchor_of: Mapping[str, str]
) -> list[Row]:
    misses = {miss.id: miss for miss in trial.scores.misses}
    missed: dict[str, list[Link]] = {name: [] for name in groups}
    for case in cases:
        if case.id in misses:
            for name in _groups_of(sort, case, misses[case.id]):
                missed[name].append((anchor_of[case.id], case.id))
    return [
        Row(name, one, wordings.share(one.clean_alarms), wordings.share(one.clean_flagged), tuple(missed[name]))
        for name, one in groups.items()
    ]


def _groups_of(sort: str, case: Labelled, miss: Miss) -> tuple[str, ...]:
    """Name the rows in which a miss is linked: of a clause, where it was expected first or found falsely."""
    if sort == "kind":
        return (case.kind,)
    if sort == "language":
        return (case.language,) if case.language else ()
    return (*(case.expect or ())[: miss.found is False], *miss.false)


def _pair(pair: Paired, anchor_of: Mapping[str, str]) -> tuple[str, tuple[tuple[str, list[Link]], ...]]:
    lists = (("Right only in the second", pair.gained), ("Right only in the first", pair.lost))
    return wordings.flips(pair), tuple((title, [(anchor_of[name], name) for name in ids]) for title, ids in lists)
