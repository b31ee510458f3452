"""The decision table, and nothing beside it decides.

Every fact about a review that matters gives a reason; each reason has its row;
the strictest row is the decision, and the most urgent one is the tier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reviewer.policy import Effect, Needs
from reviewer.verdict import Condition, DecidedBy, Decision, FoundBy, Kind, Question, Reason, Tier

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from reviewer.policy import Ask, Clause
    from reviewer.verdict import ClauseRef, Finding, Warning

MOST_QUESTIONS = 5


class Row(NamedTuple):
    """What a reason leads to."""

    decision: Decision
    tier: Tier


TABLE: dict[Reason, Row] = {
    Reason.CLAUSE_BREACHED: Row(Decision.REJECT, Tier.BREACH_IN_WORDS),
    Reason.QUOTE_NOT_FOUND: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.CLAUSE_IN_QUESTION: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.CLAUSE_NOT_YET_IN_FORCE: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.REQUIREMENT_REFUSED: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.SECOND_READER_DISAGREES: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.REPLY_CONTRADICTS_ITSELF: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.INSTRUCTIONS_TO_REVIEWER: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.HIDDEN_TEXT: Row(Decision.REFER, Tier.CLAUSE_IN_QUESTION),
    Reason.APPROVAL_NEEDED: Row(Decision.REFER, Tier.APPROVAL_NEEDED),
    Reason.ANSWER_NEEDED: Row(Decision.REFER, Tier.ANSWER_NEEDED),
    Reason.TOO_LITTLE_SAID: Row(Decision.REFER, Tier.ANSWER_NEEDED),
    Reason.PARTLY_READ: Row(Decision.REFER, Tier.NOT_READ_YET),
    Reason.NOT_READ_IN_FULL: Row(Decision.REFER, Tier.NOT_READ_YET),
    Reason.LANGUAGE_NOT_COVERED: Row(Decision.REFER, Tier.NOT_READ_YET),
    Reason.MODEL_FAILED_CALIBRATION: Row(Decision.REFER, Tier.NOT_READ_YET),
    Reason.NOT_READ_BY_MODEL: Row(Decision.REFER, Tier.NOT_READ_YET),
    Reason.NOTHING_FOUND: Row(Decision.APPROVE, Tier.NO_OBJECTION),
}
STRICTNESS = {Decision.APPROVE: 0, Decision.REFER: 1, Decision.REJECT: 2}
_ORDER = {reason: place for place, reason in enumerate(TABLE)}


@dataclass(frozen=True)
class Bench:
    """Who sits in judgement: who read the text in the end, and whether rules may reject by themselves.

    `unread` are clauses whose words no model has read, so that the rules are alone with them;
    `barred` are those whose breach cannot reject.
    """

    decided_by: DecidedBy = DecidedBy.RULES
    unread: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    rules_may_reject: bool = True

    def is_disputed(self, finding: Finding) -> bool:
        """Tell whether a model has read what only the rules object to."""
        by_rules = finding.found_by is FoundBy.RULES and self.decided_by is DecidedBy.MODEL
        return by_rules and finding.clause.id not in self.unread


def reasons_of(findings: Iterable[Finding], clauses: dict[str, Clause], bench: Bench) -> dict[str, frozenset[Reason]]:
    """Give the rows that hold because of the findings on each clause, by clause id."""
    return {
        finding.clause.id: frozenset(_of_finding(finding, clauses[finding.clause.id], bench)) for finding in findings
    }


def reasons(
    of_findings: dict[str, frozenset[Reason]], warnings: Iterable[Warning], decided_by: DecidedBy, *others: Reason
) -> tuple[Reason, ...]:
    """Give every row of the table that holds, strictest first.

    `of_findings` is what `reasons_of` gave; `decided_by` is who read the text in the end;
    `others` hold because of how it was read.
    """
    found = {*others, *(reason for held in of_findings.values() for reason in held)}
    if decided_by is DecidedBy.RULES and not found:
        found.add(Reason.NOT_READ_BY_MODEL)
    found.update(warning.reason for warning in warnings if warning.reason)
    return in_order(found) or (Reason.NOTHING_FOUND,)


def in_order(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """Give rows of the table, strictest first."""
    return tuple(sorted(found, key=_ORDER.__getitem__))


def _of_finding(finding: Finding, clause: Clause, bench: Bench) -> Iterator[Reason]:
    if finding.kind is Kind.FAIL:
        yield _of_failure(finding, clause, bench)
    elif finding.kind is Kind.REVIEW:
        yield from _of_question(clause)


def _of_failure(finding: Finding, clause: Clause, bench: Bench) -> Reason:
    if bench.is_disputed(finding):
        return Reason.SECOND_READER_DISAGREES
    if clause.effect is Effect.REQUIRED:
        return Reason.REQUIREMENT_REFUSED
    if not finding.is_located:
        return Reason.QUOTE_NOT_FOUND
    if not clause.in_force:
        return Reason.CLAUSE_NOT_YET_IN_FORCE
    barred = clause.id in bench.barred or (finding.found_by is FoundBy.RULES and not bench.rules_may_reject)
    return Reason.CLAUSE_IN_QUESTION if barred else Reason.CLAUSE_BREACHED


def _of_question(clause: Clause) -> Iterator[Reason]:
    if not clause.in_force:
        if clause.effect is Effect.PROHIBITED:
            yield Reason.CLAUSE_NOT_YET_IN_FORCE
        return
    if clause.effect is not Effect.RESTRICTED:
        yield Reason.REQUIREMENT_REFUSED if clause.effect is Effect.REQUIRED else Reason.CLAUSE_IN_QUESTION
        return
    if clause.needs is Needs.APPROVAL:
        yield Reason.APPROVAL_NEEDED
    yield Reason.ANSWER_NEEDED


def decision(held: Iterable[Reason]) -> Decision:
    """Give the strictest decision of the rows that held."""
    return strictest(TABLE[reason].decision for reason in held)


def strictest(decisions: Iterable[Decision]) -> Decision:
    """Give the strictest of some decisions."""
    return max(decisions, key=STRICTNESS.__getitem__)


def tier(held: Iterable[Reason]) -> Tier:
    """Give the most urgent tier of the rows that held."""
    return min((TABLE[reason].tier for reason in held), key=lambda tier: tier or len(Tier))


def questions(
    findings: Sequence[Finding], clauses: dict[str, Clause], stated: Container[str] = ()
) -> tuple[Question, ...]:
    """Give at most five questions, those first whose answer alone could change the decision.

    A model's own question is asked in place of the clause's; after the clauses' come the facts that they need
    and the text does not state, each asked once. `stated` are the facts that the rules saw.
    """
    asked = [finding for finding in findings if finding.is_against and _is_asked(clauses[finding.clause.id])]
    asked.sort(key=lambda finding: _urgency(finding, clauses[finding.clause.id]))
    texts = ((finding.clause, finding.question or clauses[finding.clause.id].question) for finding in asked)
    missing = {ask.fact: (found.clause, ask.question) for found, ask in _missing(reversed(asked), clauses, stated)}
    return tuple(Question(clause=ref, text=text) for ref, text in (*texts, *missing.values()) if text)[:MOST_QUESTIONS]


def _is_asked(clause: Clause) -> bool:
    """Tell whether an answer on a clause matters today; a restriction of next year is a condition, and no question."""
    return clause.in_force or clause.effect is Effect.PROHIBITED


def _missing(
    asked: Iterable[Finding], clauses: dict[str, Clause], stated: Container[str]
) -> Iterator[tuple[Finding, Ask]]:
    for finding in asked:
        for ask in clauses[finding.clause.id].asks:
            if ask.fact not in stated:
                yield finding, ask


def _urgency(finding: Finding, clause: Clause) -> int:
    if finding.kind is Kind.FAIL:
        return 2
    return 0 if clause.effect is Effect.RESTRICTED else 1


def conditions(
    findings: Iterable[Finding], clauses: dict[str, Clause], refs: dict[str, ClauseRef]
) -> tuple[Condition, ...]:
    """Give what an approval is tied to: what the findings ask for, then what holds for every project."""
    spoken = {finding.clause.id: finding for finding in findings}
    tied = ((clauses[name], _tie(finding, clauses[name])) for name, finding in spoken.items())
    standing = (clause for clause in clauses.values() if clause.effect is Effect.REQUIRED and clause.id not in spoken)
    return tuple(
        Condition(clause=refs[clause.id], text=_dated(text, clause), standing=stands)
        for clause, text, stands in (
            *((clause, text, False) for clause, text in tied),
            *((clause, _standing(clause), True) for clause in standing),
        )
        if text
    )


def _tie(finding: Finding, clause: Clause) -> str | None:
    """Give the model's own condition, or that of a restriction which the text meets, or which comes into force."""
    is_tied = clause.effect is Effect.RESTRICTED and (finding.kind is Kind.PASS or not clause.in_force)
    return finding.condition or (_standing(clause) if is_tied else None)


def _standing(clause: Clause) -> str | None:
    """Give what a clause asks for, or what the house has answered to it for all its projects."""
    if not clause.answer:
        return clause.condition
    until = f", until {clause.answer.until}" if clause.answer.until else ""
    return f"Answered for the house: {clause.answer.text.rstrip('.')} ({clause.answer.by}{until})"


def _dated(text: str, clause: Clause) -> str:
    """Put the day before what holds only from one, unless the words name it themselves."""
    is_told = clause.in_force or str(clause.applies_from) in text
    return text if is_told else f"From {clause.applies_from}: {text}"
