"""A blind check: some entries are drawn, people decide on them without seeing the verdict, and the misses are counted.

Nothing is random here: entries are put in the order of the SHA-256 of seed and key, and the first are taken.
So the same seed draws the same entries on every machine, whatever their order in the input and whoever has answered
since; that the verdict of another entry changes moves at most one entry in or out for each that changed.
Without the seed nobody can tell beforehand which entries will be drawn.
"""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from reviewer.identity import text_digest
from reviewer.intervals import Rate, wilson
from reviewer.mention import Mention
from reviewer.value import Value
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.run import Entry


class Miss(Value):
    """An entry on which a person decided otherwise than the run."""

    row: Mention
    decision: Decision
    reason: str
    name: str


class Check(Value):
    """What the answers to a sample say.

    `rate` is the share of those answered on which people decided otherwise; `unanswered` are the others.
    """

    rate: Rate
    misses: tuple[Miss, ...]
    unanswered: tuple[Mention, ...]


class Sample(Value):
    """A draw and its answers: `n` were asked for, `drawn` of `population` that were decided so came of it."""

    run: str
    decision: Decision
    n: int
    seed: int
    population: int
    drawn: int
    check: Check


def candidates(entries: Iterable[Entry], decision: Decision = Decision.APPROVE) -> Iterator[Entry]:
    """Give the entries that may be drawn: decided so, and still in the input."""
    return (entry for entry in entries if not entry.vanished and entry.verdict and entry.verdict.decision is decision)


def draw(entries: Iterable[Entry], n: int, seed: int, decision: Decision = Decision.APPROVE) -> tuple[Entry, ...]:
    """Draw `n` of the entries that were decided so, or all where there are fewer; holds `n` at a time.

    They come in the order of the draw, which tells a checker nothing of the order of the input.
    """
    return tuple(nsmallest(n, candidates(entries, decision), key=lambda entry: text_digest(f"{seed}:{entry.key}")))


def miss_rate(sampled: Iterable[Entry]) -> Rate:
    """Give the share of the answered ones on which people decided otherwise than the run."""
    return check(tuple(sampled)).rate


def check(sampled: Sequence[Entry]) -> Check:
    """Hold the verdicts of a sample against what people decided on it."""
    misses = tuple(miss for entry in sampled if (miss := _miss(entry)))
    unanswered = tuple(Mention.of(entry) for entry in sampled if entry.sign_off is None)
    return Check(rate=wilson(len(misses), len(sampled) - len(unanswered)), misses=misses, unanswered=unanswered)


def _miss(entry: Entry) -> Miss | None:
    told = entry.sign_off
    if told is None or entry.verdict is None or told.decision is entry.verdict.decision:
        return None
    return Miss(row=Mention.of(entry), decision=told.decision, reason=told.reason, name=told.name)
