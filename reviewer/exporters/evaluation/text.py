"""A result for a terminal: the figures, and the first misses by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.exporters.evaluation import wordings
from reviewer.exporters.outline import visible
from reviewer.exporters.plain import listed, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.score import Evaluation, Paired, Score, Scores, Table, Trial

MOST_CONFUSIONS = 15
_WHOLE = "--html or --json"


def as_text(told: Evaluation) -> str:
    """Give the result for people."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Evaluation) -> Iterator[str]:
    yield from _facts(wordings.sources(told))
    kinds = {case.id: case.kind for case in told.cases}
    for trial in told.trials:
        yield ""
        yield from _trial(trial, kinds)
    for pair in told.pairs:
        yield ""
        yield from _pair(pair)
    yield ""
    yield "How it is counted"
    yield from (f"  - {line}" for line in (*told.conventions, wordings.method(told)))


def _trial(trial: Trial, kinds: Mapping[str, str]) -> Iterator[str]:
    scores = trial.scores
    yield f"{visible(wordings.headline(trial.reading))}, under {visible(wordings.policies(trial.reading))}"
    yield from (f"  {visible(line)}" for line in wordings.cautions(trial))
    yield from _facts(wordings.overall(scores))
    if scores.agreement:
        yield from _facts(wordings.agreement(scores.agreement))
    yield from _facts(wordings.costs(scores.costs))
    for name, groups in (("kind", scores.kinds), ("language", scores.languages), ("clause", scores.clauses)):
        yield from _scores(name, groups)
    yield from _clean("kind", scores.kinds)
    yield from _clean("language", scores.languages)
    if scores.decisions:
        yield ""
        yield from _indented(_decisions(scores.decisions.table))
    yield from _confusions(scores)
    yield from _misses(scores, kinds)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (f"  {name}: {visible(value)}" for name, value in facts)


def _scores(name: str, groups: Mapping[str, Score]) -> Iterator[str]:
    rows: list[list[str | int]] = [
        [visible(of), one.cases, one.expected, one.found, one.alarms, *map(str, (one.recall, one.precision, one.f1))]
        for of, one in groups.items()
    ]
    if rows:
        yield ""
        head = [name, "cases", "expected", "found", "false", "recall", "precision", "F1"]
        yield from _indented(table(head, rows))


def _clean(name: str, groups: Mapping[str, Score]) -> Iterator[str]:
    rows = [
        [visible(of), wordings.share(one.clean_alarms), wordings.share(one.clean_flagged)]
        for of, one in groups.items()
        if one.clean_flagged.n
    ]
    if rows:
        yield ""
        yield from _indented(table([f"clean texts by {name}", "false alarms", "any finding"], rows))


def _decisions(counts: Table) -> Iterator[str]:
    rows: list[list[str | int]] = [[f"expected {name}", *row.values()] for name, row in counts.items()]
    return table(["decision", *(f"given {name}" for name in counts)], rows)


def _confusions(scores: Scores) -> Iterator[str]:
    """List the clauses that were found where another, or nothing, was expected; nothing for something is a miss."""
    cells = [
        (count, expected, found)
        for expected, row in scores.confusion.items()
        for found, count in row.items()
        if expected != found
    ]
    if cells:
        yield ""
        yield "  Expected -> found, where these are not the same, also beside the expected one; the most frequent first"
        told = sorted(cells, key=lambda cell: (-cell[0], cell[1:]))
        lines = [f"{visible(expected)} -> {visible(found)}: {count:,}" for count, expected, found in told]
        yield from _indented(listed(lines, MOST_CONFUSIONS, _WHOLE))


def _misses(scores: Scores, kinds: Mapping[str, str]) -> Iterator[str]:
    lines = [f"{miss.id} ({kinds[miss.id]}): {'; '.join(miss.wrong)}" for miss in scores.misses]
    yield ""
    yield f"  Wrong: {len(lines):,}" if lines else "  Wrong: none"
    yield from _indented(listed([visible(line) for line in lines], whole=_WHOLE))


def _pair(told: Paired) -> Iterator[str]:
    yield f"{visible(wordings.flips(told))}."
    yield from listed([f"right now: {visible(name)}" for name in told.gained], whole=_WHOLE)
    yield from listed([f"wrong now: {visible(name)}" for name in told.lost], whole=_WHOLE)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines)
