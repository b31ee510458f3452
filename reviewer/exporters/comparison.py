"""A run beside what people decided before, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.exporters.outline import visible
from reviewer.exporters.plain import MOST_LISTED, as_line, listed, table
from reviewer.verdict import Decision
from reviewer.wording import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.comparing import Case, Comparison, Table

_CAUTION = (
    "What people decided before is no ground truth: "
    "where the two differ, either may be right, and somebody has to look."
)
_PEOPLE = {Decision.APPROVE: "people approved", Decision.REFER: "people referred", Decision.REJECT: "people rejected"}
_RUN = {Decision.APPROVE: "run approves", Decision.REFER: "refers", Decision.REJECT: "rejects"}


def as_json(comparison: Comparison) -> str:
    """Give the whole comparison as one line of JSON."""
    return as_line(comparison)


def as_text(comparison: Comparison) -> str:
    """Give the comparison for people: what to look at first, then shares, counts, and what could not be compared."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(told: Comparison) -> Iterator[str]:
    if told.compared == 0:
        yield from _before_a_model(told)
        return
    yield f"Compared with what people decided before: {told.compared:,} rows that a model read."
    yield _CAUTION
    yield from _cases("People rejected it, and the run approves it; look at these first", told.let_through, None)
    yield ""
    yield "How often"
    yield f"  Work saved: of what people approved, the run approves {told.saved}."
    yield f"  Misses: of what people rejected, the run approves {told.missed}."
    yield ""
    yield from _table(told.table)
    yield from _cases("People had referred it or sent it back, and the run approves it", told.sent_back)
    yield from _cases("People rejected it, and the run stops it, too", told.caught)
    yield from _cases("Extra work: people approved it, and the run does not", told.extra_work)
    if told.by_rules:
        yield ""
        yield f"Rules alone decided {told.by_rules:,} rows; they approve nothing, so the shares above leave them out."
        yield from _table(told.rules)
    yield from _not_compared(told)


def _before_a_model(told: Comparison) -> Iterator[str]:
    """Say that there are no shares, and what the rules made of the rows."""
    yield "No model has read any of these rows, and before one has, nothing can be said of work saved or of misses."
    if told.by_rules:
        yield _CAUTION
        yield ""
        yield f"Rules alone decided {told.by_rules:,} rows; they approve nothing."
        yield from _table(told.rules)
        yield from _cases("People rejected it, and the rules stop it, too", told.caught)
    yield from _not_compared(told)


def _cases(title: str, cases: tuple[Case, ...], most: int | None = MOST_LISTED) -> Iterator[str]:
    yield ""
    yield f"{title}: {len(cases):,}" if cases else f"{title}: none"
    yield from listed([_case(case) for case in cases], most)


def _case(case: Case) -> str:
    said = f"people said {visible(case.said)!r}, the run says {DECISIONS[case.decision]!r}"
    return f"{visible(str(case.row))}: {said}. {visible(case.summary)}"


def _table(counts: Table) -> Iterator[str]:
    rows: list[list[str | int]] = [[_PEOPLE[former], *row.values()] for former, row in counts.items()]
    yield from (f"  {line}" for line in table(["", *_RUN.values()], rows))


def _not_compared(told: Comparison) -> Iterator[str]:
    reasons = {
        "no former decision in the row": told.blank,
        "a word that the map does not know": sum(told.unmapped.values()),
        "no verdict: not reached yet, or not readable": told.without_verdict,
        "no longer in the input": told.vanished,
    }
    if not any(reasons.values()):
        return
    yield ""
    yield f"Not compared: {sum(reasons.values()):,}"
    yield from (f"  {count:,} {why}" for why, count in reasons.items() if count)
    yield from listed([f"{visible(word)!r}: {count:,}" for word, count in told.unmapped.items()])
