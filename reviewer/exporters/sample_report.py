"""A sample and what its answers say, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.exporters.outline import visible
from reviewer.exporters.plain import MOST_LISTED, as_line, listed
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.sampling import Miss, Sample

_DECIDED = {Decision.APPROVE: "approved", Decision.REFER: "referred", Decision.REJECT: "rejected"}
_CAUTION = "Every decision beside these entries counts, also one that was taken with the run's decision in sight."


def as_json(sample: Sample) -> str:
    """Give the sample and its answers as one line of JSON."""
    return as_line(sample)


def as_text(sample: Sample) -> str:
    """Give the sample for people: what was drawn, the miss rate of the answers, and who has not answered."""
    return "\n".join(_lines(sample)) + "\n"


def _lines(sample: Sample) -> Iterator[str]:
    told, decided = sample.check, _DECIDED[sample.decision]
    what = f"{sample.drawn:,} of the {sample.population:,} entries that run {visible(sample.run)} {decided}"
    yield f"Drawn with seed {sample.seed}: {what}."
    if sample.drawn < sample.n:
        yield f"These are all there are; {sample.n:,} were asked for."
    yield f"Answered: {told.rate.n:,} of {sample.drawn:,}; {len(told.unanswered):,} answers are still missing."
    if told.rate.n:
        yield f"Misses: people would not have {decided} {told.rate}."
        yield _CAUTION
        yield from listed([_miss(miss) for miss in told.misses], None)
    if told.unanswered:
        numbers = [f"#{row.number}" for row in told.unanswered]
        more = len(numbers) - MOST_LISTED
        yield f"Still to answer: {', '.join(numbers[:MOST_LISTED])}{f' and {more:,} more' if more > 0 else ''}."


def _miss(miss: Miss) -> str:
    reason = f": {visible(miss.reason)}" if miss.reason else ""
    return f"{visible(str(miss.row))}: {visible(miss.name) or 'somebody'} says {miss.decision}{reason}"
