"""How many entries of a run came to what, counted by the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from reviewer.receipt import WhyNotModel
from reviewer.store.schema import rows, verdicts
from reviewer.verdict import Decision, Tier

if TYPE_CHECKING:
    from reviewer.store.line import Line

_COUNT = (
    select(
        *verdicts.c["decision", "tier", "why_not_model"],
        rows.c.vanished,
        rows.c.error.is_not(None).label("failed"),
        func.count().label("entries"),
    )
    .select_from(rows.outerjoin(verdicts, verdicts.c.id == rows.c.verdict))
    .where(rows.c.run == bindparam("run"))
    .group_by(*verdicts.c["decision", "tier", "why_not_model"], rows.c.vanished, rows.c.error.is_not(None))
)


@dataclass
class Counts:
    """Entries of a run by what came of them; what has vanished from the input is in no other count.

    `errors` could not be read, `not_read` have no verdict yet.
    """

    total: int = 0
    errors: int = 0
    not_read: int = 0
    vanished: int = 0
    decisions: Counter[Decision] = field(default_factory=Counter)
    tiers: Counter[Tier] = field(default_factory=Counter)
    why_not_model: Counter[WhyNotModel] = field(default_factory=Counter)


def count(line: Line, run: int) -> Counts:
    """Count the entries of a run."""
    counts = Counts()
    with line.taken() as connection:
        found = connection.execute(_COUNT, {"run": run}).all()
    for row in found:
        if row.vanished:
            counts.vanished += row.entries
            continue
        counts.total += row.entries
        if row.decision is None:
            counts.errors += row.entries if row.failed else 0
            counts.not_read += 0 if row.failed else row.entries
            continue
        counts.decisions[Decision(row.decision)] += row.entries
        counts.tiers[Tier(row.tier)] += row.entries
        if row.why_not_model:
            counts.why_not_model[WhyNotModel(row.why_not_model)] += row.entries
    return counts
