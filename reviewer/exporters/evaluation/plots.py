"""Figures as places on a plot: recall with its interval, and how often clauses were taken for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.score import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.score import Score, Table

# In the units of the drawing, which the page scales.
LEFT, WIDTH, ROW, TOP = 270, 380, 26, 8
LONGEST_NAME = 42
DARKEST = 5


class Bar(NamedTuple):
    """A row of the plot: a name, its figure in words, and where its point and the ends of its interval stand."""

    name: str
    told: str
    y: int
    at: float
    low: float
    high: float


class Cell(NamedTuple):
    """A cell of a table by heat: a count, how dark it is (0 to 5), and whether it is what was expected."""

    found: str
    times: int
    heat: int
    is_same: bool


def bars(groups: Mapping[str, Score]) -> list[Bar]:
    """Give the rows of a plot of recall, those alone where something is expected."""
    told = [(name, one) for name, one in groups.items() if one.recall.value is not None]
    return [_bar(name, one, TOP + ROW * place + ROW // 2) for place, (name, one) in enumerate(told)]


def _bar(name: str, one: Score, y: int) -> Bar:
    value = one.recall.value or 0.0
    low = value if one.recall.low is None else one.recall.low
    high = value if one.recall.high is None else one.recall.high
    shown = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 3]}..."
    return Bar(shown, f"{one.found:,} of {one.expected:,}: {one.recall}", y, _x(value), _x(low), _x(high))


def _x(share: float) -> float:
    return round(LEFT + WIDTH * share, 1)


def heat(confusion: Table) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """Give the clauses that were found, in order, and for each expected one its cells; dark is often, in its row."""
    columns = sorted({found for row in confusion.values() for found in row}, key=_nothing_last)
    rows = sorted(confusion, key=_nothing_last)
    return columns, [(expected, list(_cells(expected, confusion[expected], columns))) for expected in rows]


def _nothing_last(clause: str) -> tuple[bool, str]:
    return clause == NOTHING, clause


def _cells(expected: str, row: Mapping[str, int], columns: list[str]) -> Iterator[Cell]:
    most = max(row.values(), default=1)
    for found in columns:
        count = row.get(found, 0)
        yield Cell(found, count, -(-DARKEST * count // most), expected == found)
