"""The summary of a run as bars and facts, as the top of its page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encoded

from reviewer import wording
from reviewer.exporters.html import words
from reviewer.exporters.summary import Summary, summarise
from reviewer.verdict import DecidedBy, Decision, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.run import Entry

MOST_ERRORS = 10
MOST_CLAUSES = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A count with its name; `share` is how long its bar is and `before` where it starts, both from 0 to 1.

    `filter` is what the address says to see only these.
    """

    key: str
    name: str
    count: int
    share: float
    before: float = 0.0
    note: str = ""
    filter: str = ""


@dataclass(slots=True)
class Figures:
    """A run in numbers; `errors` are the first few sentences on what could not be read."""

    summary: Summary = field(default_factory=Summary)
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Figures:
        """Count the entries in one pass."""
        figures = cls()
        figures.summary = summarise(figures._watched(entries))
        return figures

    @property
    def decisions(self) -> list[Bar]:
        """The decisions, strictest first, each with where its part of one long bar starts."""
        counts = {**{decision.value: self.summary.decisions[decision] for decision in Decision}, **self._others}
        return list(_bars(counts, words.DECISIONS, "decision=", self.summary.total))

    @property
    def piles(self) -> list[Bar]:
        """What to do with them, in the order in which people take them up."""
        counts = {**{str(tier.value): self.summary.tiers[tier] for tier in Tier}, **self._others}
        counts[words.GONE] = self.summary.vanished
        bars = _bars(counts, words.PILES, "pile=p", self.summary.total)
        return [replace(bar, note=words.GOES.get(bar.key, "")) for bar in bars]

    @property
    def readers(self) -> list[Bar]:
        """Who read them: what rules found is told from what no model has read yet."""
        summary = self.summary
        by = {words.MODEL: summary.decided_by[DecidedBy.MODEL], words.FOUND: summary.rules_found}
        counts = {**by, words.SILENT: summary.unread_by_model, **self._others}
        return list(_bars(counts, words.READERS, "reader=", summary.total))

    @property
    def why_not_model(self) -> list[Bar]:
        """Why the model did not read the others, the most frequent reason first."""
        counts = {why.value: count for why, count in self.summary.why_not_model.most_common()}
        names = {why.value: wording.WHY_NOT_MODEL[why].capitalize() for why in self.summary.why_not_model}
        return list(_bars(counts, {key: names[key] for key in counts}, "why=", self.summary.total))

    @property
    def clauses(self) -> list[Bar]:
        """The clauses most hit, the most frequent first."""
        hit = sorted(self.summary.clauses, key=lambda one: -(one.rejected + one.in_question))[:MOST_CLAUSES]
        most = max((one.rejected + one.in_question for one in hit), default=1)
        return [
            Bar(
                key := wording.address(one.clause, one.policies),
                words.clause_title(one.clause, one.policies),
                count := one.rejected + one.in_question,
                count / most,
                note=f"{one.rejected:,} rejected" if one.rejected else "",
                filter=f"clause={percent_encoded(key)}",
            )
            for one in hit
        ]

    @property
    def costs(self) -> list[tuple[str, str]]:
        """What it took, and what people have done since."""
        summary = self.summary
        unknown = f", without {summary.cost_unknown:,} whose cost is unknown" if summary.cost_unknown else ""
        return [
            ("Submissions", f"{summary.total:,}"),
            ("With a verdict", f"{summary.read:,}"),
            ("No objection, but conditions of their own", f"{summary.with_conditions:,}"),
            ("Signed by a person", f"{summary.signed:,}"),
            ("Cost", f"{wording.dollars(summary.cost)}{unknown}"),
        ]

    @property
    def more_errors(self) -> int:
        """How many could not be read beside those in `errors`."""
        return self.summary.errors - len(self.errors)

    @property
    def _others(self) -> Mapping[str, int]:
        return {words.UNREADABLE: self.summary.errors, words.WAITING: self.summary.not_read}

    def _watched(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            if words.pile(entry) == words.UNREADABLE and len(self.errors) < MOST_ERRORS:
                self.errors.append(entry.error or "")
            yield entry


def _bars(counts: Mapping[str, int], names: Mapping[str, str], by: str, total: int) -> Iterator[Bar]:
    """Give a bar for each name in its order, but for those that only sometimes happen and did not.

    `by` is the filter with what stands before its keys: `decision=`.
    """
    before = 0.0
    for key, name in names.items():
        count = counts[key]
        if not count and key in {words.UNREADABLE, words.WAITING, words.GONE}:
            continue
        share = count / total if total else 0.0
        yield Bar(key, name, count, min(share, 1.0), before, filter=f"{by}{key}")
        before += share
