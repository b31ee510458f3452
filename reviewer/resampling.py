"""Bootstrap intervals: how a figure varies when the cases are drawn anew, with replacement, from those there are.

The percentile method of Efron (1979, "Bootstrap methods: another look at the jackknife"), by whole cases: a case comes
with all that was found in it. The drawing is done elsewhere; here come its results.
A figure of 0 or 1 gives an interval without width, however few the cases: look at their number, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from reviewer.agreeing import quantile
from reviewer.value import Value

RESAMPLES = 1_000
LOW, HIGH = Fraction(25, 1_000), Fraction(975, 1_000)

# How often each case was drawn.
Weights = Sequence[int]
Statistic = Callable[[Weights], tuple[float | None, ...]]
# Gives the weights of every resample of so many cases, the same ones each time.
Draws = Callable[[int], Iterable[Weights]]


class Figure(Value):
    """A figure between which limits it lies with 95 % confidence; all None where it is not defined."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        """Read as `0.83 [0.71, 0.92]`, or `-` where it is not defined."""
        if self.value is None:
            return "-"
        limits = f" [{self.low:.2f}, {self.high:.2f}]" if self.low is not None and self.high is not None else ""
        return f"{self.value:.2f}{limits}"


def total(weights: Weights, cases: Sequence[int]) -> int:
    """Count cases, each as often as it was drawn."""
    return sum(map(weights.__getitem__, cases))


def figures(statistics: Sequence[Statistic], size: int, draws: Draws) -> list[tuple[Figure, ...]]:
    """Give the figures of each statistic over `size` cases with their intervals, all over the same resamples.

    Resamples in which a figure is not defined are left out of its interval.
    """
    told = [statistic([1] * size) for statistic in statistics]
    drawn: list[list[list[float]]] = [[[] for _ in values] for values in told]
    for weights in draws(size) if size else ():
        for statistic, columns in zip(statistics, drawn, strict=True):
            for column, value in zip(columns, statistic(weights), strict=True):
                if value is not None:
                    column.append(value)
    return [tuple(map(_figure, values, columns)) for values, columns in zip(told, drawn, strict=True)]


def _figure(value: float | None, drawn: list[float]) -> Figure:
    if value is None:
        return Figure()
    drawn.sort()
    return Figure(value=value, low=quantile(drawn, LOW), high=quantile(drawn, HIGH))
