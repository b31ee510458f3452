"""What a run came to, in numbers: shared by every export that opens with a summary, and by the terminal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.verdict import DecidedBy, Decision, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.receipt import WhyNotModel
    from reviewer.run import Entry
    from reviewer.verdict import ClauseRef, PolicyRef, Tier, Verdict


@dataclass(slots=True)
class ClauseCount:
    """How often something stands against a clause: where it is breached and the text rejected, and elsewhere.

    `policies` are all that the texts were reviewed under.
    """

    clause: ClauseRef
    policies: tuple[PolicyRef, ...]
    rejected: int = 0
    in_question: int = 0


@dataclass(slots=True)
class Summary:
    """Counts of entries; what has vanished from the input is counted as that, and nowhere else.

    `errors` could not be read at all, the run has not reached `not_read` yet; all others have a verdict.
    `rules_found` were read by rules, which found something; `unread_by_model` are those in which the rules
    found nothing that stands against them, so that nobody has cleared them.
    `with_conditions` are approvals that are tied to more than what holds for every project.
    `signed` have a decision of a person on the verdict that stands.
    `cost` is in US dollars, without the entries of `cost_unknown`.
    """

    total: int = 0
    decisions: Counter[Decision] = field(default_factory=Counter)
    tiers: Counter[Tier] = field(default_factory=Counter)
    decided_by: Counter[DecidedBy] = field(default_factory=Counter)
    why_not_model: Counter[WhyNotModel] = field(default_factory=Counter)
    rules_found: int = 0
    unread_by_model: int = 0
    with_conditions: int = 0
    clauses: tuple[ClauseCount, ...] = ()
    errors: int = 0
    not_read: int = 0
    vanished: int = 0
    signed: int = 0
    cost: float = 0.0
    cost_unknown: int = 0

    @property
    def read(self) -> int:
        """How many have a verdict."""
        return self.decisions.total()


def summarise(entries: Iterable[Entry]) -> Summary:
    """Count what came of the entries, in one pass and without holding them."""
    summary, clauses = Summary(), dict[str, ClauseCount]()
    for entry in entries:
        _count(entry, summary, clauses)
    summary.clauses = tuple(sorted(clauses.values(), key=lambda one: (-one.rejected, -one.in_question, one.clause.id)))
    return summary


def _count(entry: Entry, summary: Summary, clauses: dict[str, ClauseCount]) -> None:
    if entry.vanished:
        summary.vanished += 1
        return
    summary.total += 1
    summary.signed += entry.sign_off is not None
    if entry.verdict:
        _count_verdict(entry.verdict, summary)
        _count_clauses(entry.verdict, clauses)
    elif entry.error:
        summary.errors += 1
    else:
        summary.not_read += 1


def _count_verdict(verdict: Verdict, summary: Summary) -> None:
    summary.decisions[verdict.decision] += 1
    summary.tiers[verdict.tier] += 1
    summary.decided_by[verdict.decided_by] += 1
    if verdict.why_not_model:
        summary.why_not_model[verdict.why_not_model] += 1
    if verdict.decided_by is DecidedBy.RULES:
        summary.rules_found += any(finding.is_against for finding in verdict.findings)
        summary.unread_by_model += not any(finding.is_against for finding in verdict.findings)
    if verdict.decision is Decision.APPROVE:
        summary.with_conditions += any(not condition.standing for condition in verdict.conditions)
    if verdict.receipt:
        summary.cost += verdict.receipt.cost or 0.0
        summary.cost_unknown += verdict.receipt.cost is None


def _count_clauses(verdict: Verdict, clauses: dict[str, ClauseCount]) -> None:
    policies = verdict.policies
    against = {wording.address(found.clause, policies): found for found in verdict.findings if found.is_against}
    for name, finding in against.items():
        counted = clauses.setdefault(name, ClauseCount(finding.clause, policies))
        if verdict.decision is Decision.REJECT and finding.kind is Kind.FAIL:
            counted.rejected += 1
        else:
            counted.in_question += 1
