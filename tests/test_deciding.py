"""The decision table, row by row."""

from __future__ import annotations

import pytest

from reviewer import deciding
from reviewer.policy import Clause, Effect, Needs, Standing
from reviewer.verdict import DecidedBy, Decision, Finding, FoundBy, Kind, Quote, Reason, Tier, Warning
from tests import makers

PROHIBITED = makers.clause("scoring")
RESTRICTED = makers.clause("decisions", Effect.RESTRICTED)
APPROVAL = makers.clause("identification", Effect.RESTRICTED, needs=Needs.APPROVAL)
REQUIRED = makers.clause("disclosure", Effect.REQUIRED)
INFERRED = makers.clause("guess", standing=Standing.INFERRED)
UNLOCATED = (Quote(text="words that stand nowhere"),)

FINDINGS: list[tuple[Clause, Kind, tuple[Quote, ...] | None, Decision, Tier, list[Reason]]] = [
    (PROHIBITED, Kind.FAIL, None, Decision.REJECT, Tier.BREACH_IN_WORDS, [Reason.CLAUSE_BREACHED]),
    (PROHIBITED, Kind.FAIL, UNLOCATED, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.QUOTE_NOT_FOUND]),
    (PROHIBITED, Kind.FAIL, (), Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.QUOTE_NOT_FOUND]),
    (PROHIBITED, Kind.REVIEW, None, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.CLAUSE_IN_QUESTION]),
    (RESTRICTED, Kind.PASS, None, Decision.APPROVE, Tier.NO_OBJECTION, [Reason.NOTHING_FOUND]),
    (RESTRICTED, Kind.REVIEW, None, Decision.REFER, Tier.ANSWER_NEEDED, [Reason.ANSWER_NEEDED]),
    (RESTRICTED, Kind.FAIL, None, Decision.REJECT, Tier.BREACH_IN_WORDS, [Reason.CLAUSE_BREACHED]),
    (
        APPROVAL,
        Kind.REVIEW,
        None,
        Decision.REFER,
        Tier.APPROVAL_NEEDED,
        [Reason.APPROVAL_NEEDED, Reason.ANSWER_NEEDED],
    ),
    (REQUIRED, Kind.PASS, None, Decision.APPROVE, Tier.NO_OBJECTION, [Reason.NOTHING_FOUND]),
    (REQUIRED, Kind.FAIL, None, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.REQUIREMENT_REFUSED]),
    (REQUIRED, Kind.REVIEW, None, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.REQUIREMENT_REFUSED]),
    (INFERRED, Kind.FAIL, None, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.CLAUSE_IN_QUESTION]),
    (PROHIBITED, Kind.NOT_APPLICABLE, None, Decision.APPROVE, Tier.NO_OBJECTION, [Reason.NOTHING_FOUND]),
]


def held(*findings: Finding, clauses: tuple[Clause, ...] = (), rules_may_reject: bool = True) -> tuple[Reason, ...]:
    """Give the reasons where these were found by whoever decides."""
    by_id = {clause.id: clause for clause in (PROHIBITED, RESTRICTED, APPROVAL, REQUIRED, INFERRED, *clauses)}
    of_findings = deciding.reasons_of(
        findings, by_id, deciding.Bench(DecidedBy.RULES, rules_may_reject=rules_may_reject)
    )
    return deciding.reasons(of_findings, (), DecidedBy.MODEL)


@pytest.mark.parametrize(("clause", "kind", "quotes", "decision", "tier", "reasons"), FINDINGS)
def test_a_finding_has_its_row(  # noqa: PLR0913, PLR0917  a row of the table has six cells
    clause: Clause,
    kind: Kind,
    quotes: tuple[Quote, ...] | None,
    decision: Decision,
    tier: Tier,
    reasons: list[Reason],
) -> None:
    """Each row about a clause gives its decision, its tier and its reason."""
    rows = held(makers.finding(clause, kind, quotes=quotes))
    assert (decision, tier, reasons) == (deciding.decision(rows), deciding.tier(rows), list(rows))


@pytest.mark.parametrize(
    ("reason", "tier"),
    [
        (Reason.INSTRUCTIONS_TO_REVIEWER, Tier.CLAUSE_IN_QUESTION),
        (Reason.HIDDEN_TEXT, Tier.CLAUSE_IN_QUESTION),
        (Reason.PARTLY_READ, Tier.NOT_READ_YET),
        (Reason.NOT_READ_IN_FULL, Tier.NOT_READ_YET),
        (Reason.TOO_LITTLE_SAID, Tier.ANSWER_NEEDED),
        (Reason.LANGUAGE_NOT_COVERED, Tier.NOT_READ_YET),
        (Reason.REPLY_CONTRADICTS_ITSELF, Tier.CLAUSE_IN_QUESTION),
        (Reason.SECOND_READER_DISAGREES, Tier.CLAUSE_IN_QUESTION),
    ],
)
def test_a_warning_bars_approval(reason: Reason, tier: Tier) -> None:
    """What is odd about the text itself refers it, whatever the model thought."""
    rows = deciding.reasons({}, [Warning(reason=reason, text="Odd.")], DecidedBy.MODEL)
    assert (Decision.REFER, tier, (reason,)) == (deciding.decision(rows), deciding.tier(rows), rows)


def test_silence_of_the_rules_refers() -> None:
    """Where no model read and the rules found nothing, a person or a model must still read."""
    rows = deciding.reasons({}, [], DecidedBy.RULES)
    assert rows == (Reason.NOT_READ_BY_MODEL,)
    assert deciding.decision(rows) is Decision.REFER
    assert deciding.tier(rows) is Tier.NOT_READ_YET


def test_rules_alone_never_approve() -> None:
    """Not even where all that they found is that a restriction is met."""
    by_id = {RESTRICTED.id: RESTRICTED}
    of_findings = deciding.reasons_of([makers.finding(RESTRICTED, Kind.PASS)], by_id, deciding.Bench())
    rows = deciding.reasons(of_findings, [], DecidedBy.RULES)
    assert deciding.decision(rows) is Decision.REFER


def test_silence_of_the_model_approves() -> None:
    """Where a model read and found nothing, nothing stands against the text."""
    rows = deciding.reasons({}, [], DecidedBy.MODEL)
    assert rows == (Reason.NOTHING_FOUND,)
    assert deciding.decision(rows) is Decision.APPROVE
    assert deciding.tier(rows) is Tier.NO_OBJECTION


def test_a_remark_without_a_reason_bars_nothing() -> None:
    """A warning that only informs leaves an approval alone."""
    rows = deciding.reasons({}, [Warning(reason=None, text="A note.")], DecidedBy.MODEL)
    assert rows == (Reason.NOTHING_FOUND,)


def test_the_strictest_row_wins() -> None:
    """A breach rejects however many other rows refer, and comes first."""
    rows = held(makers.finding(RESTRICTED, Kind.REVIEW), makers.finding(PROHIBITED, Kind.FAIL))
    assert rows == (Reason.CLAUSE_BREACHED, Reason.ANSWER_NEEDED)
    assert deciding.decision(rows) is Decision.REJECT
    assert deciding.tier(rows) is Tier.BREACH_IN_WORDS


def test_rules_may_be_kept_from_rejecting() -> None:
    """The setting turns a rejection by rules into a referral, and leaves the model's alone."""
    by_rules = makers.finding(PROHIBITED, Kind.FAIL)
    by_model = makers.finding(PROHIBITED, Kind.FAIL, found_by=FoundBy.MODEL)
    assert held(by_rules, rules_may_reject=False) == (Reason.CLAUSE_IN_QUESTION,)
    assert held(by_model, rules_may_reject=False) == (Reason.CLAUSE_BREACHED,)


def test_every_reason_has_a_row() -> None:
    """No reason can be given that the table does not know."""
    assert set(Reason) == set(deciding.TABLE)


def test_at_most_five_questions_and_the_decisive_first() -> None:
    """Answers about restrictions decide alone, so they are asked before those about prohibitions."""
    clauses = [makers.clause(f"matter-{number}") for number in range(6)]
    findings = [*(makers.finding(clause, Kind.REVIEW) for clause in clauses), makers.finding(RESTRICTED, Kind.REVIEW)]
    asked = deciding.questions(findings, {clause.id: clause for clause in (*clauses, RESTRICTED)})
    assert len(asked) == deciding.MOST_QUESTIONS
    assert asked[0].text == RESTRICTED.question


def test_conditions_tell_met_restrictions_from_standing_ones() -> None:
    """A met restriction is a condition of this project; a silent requirement one of every project."""
    clauses = {clause.id: clause for clause in (RESTRICTED, REQUIRED)}
    refs = {name: makers.finding(clause, Kind.PASS).clause for name, clause in clauses.items()}
    found = deciding.conditions([makers.finding(RESTRICTED, Kind.PASS)], clauses, refs)
    assert [(tied.clause.id, tied.standing) for tied in found] == [("decisions", False), ("disclosure", True)]


def test_what_the_text_says_is_no_standing_condition() -> None:
    """A requirement that the text speaks of is not repeated as one for every project."""
    refs = {REQUIRED.id: makers.finding(REQUIRED, Kind.PASS).clause}
    assert deciding.conditions([makers.finding(REQUIRED, Kind.PASS)], {REQUIRED.id: REQUIRED}, refs) == ()
