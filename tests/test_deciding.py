"""The decision table, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer import deciding
from reviewer.citing import cite
from reviewer.policy import Answer, Ask, Clause, Confirmation, Effect, Needs, Standing, Unconfirmed
from reviewer.verdict import DecidedBy, Decision, Finding, FoundBy, Kind, Quote, Reason, Tier, Warning
from tests import makers

PROHIBITED = makers.clause("scoring")
RESTRICTED = makers.clause("decisions", Effect.RESTRICTED)
APPROVAL = makers.clause("identification", Effect.RESTRICTED, needs=Needs.APPROVAL)
REQUIRED = makers.clause("disclosure", Effect.REQUIRED)
INFERRED = makers.clause("guess", standing=Standing.INFERRED)
LATER, LATER_RESTRICTED, LATER_REQUIRED = (
    makers.clause(f"later-{effect}", effect).model_copy(update={"in_force": False, "applies_from": date(2027, 1, 1)})
    for effect in (Effect.PROHIBITED, Effect.RESTRICTED, Effect.REQUIRED)
)
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
    (LATER, Kind.FAIL, None, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.CLAUSE_NOT_YET_IN_FORCE]),
    (LATER, Kind.REVIEW, None, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.CLAUSE_NOT_YET_IN_FORCE]),
    (LATER_RESTRICTED, Kind.FAIL, None, Decision.REFER, Tier.CLAUSE_IN_QUESTION, [Reason.CLAUSE_NOT_YET_IN_FORCE]),
    (LATER_RESTRICTED, Kind.REVIEW, None, Decision.APPROVE, Tier.NO_OBJECTION, [Reason.NOTHING_FOUND]),
    (PROHIBITED, Kind.NOT_APPLICABLE, None, Decision.APPROVE, Tier.NO_OBJECTION, [Reason.NOTHING_FOUND]),
]


def held(*findings: Finding, clauses: tuple[Clause, ...] = (), rules_may_reject: bool = True) -> tuple[Reason, ...]:
    """Give the reasons where these were found by whoever decides."""
    known = (PROHIBITED, RESTRICTED, APPROVAL, REQUIRED, INFERRED, LATER, LATER_RESTRICTED, *clauses)
    policy = makers.policy(*known)
    barred = frozenset(clause.id for clause in known if not policy.may_reject(clause))
    bench = deciding.Bench(DecidedBy.RULES, barred=barred, rules_may_reject=rules_may_reject)
    of_findings = deciding.reasons_of(findings, policy.by_id, bench)
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


def test_what_comes_into_force_later_is_a_dated_condition() -> None:
    """A restriction and a safeguard of next year are told today, with their day."""
    policy = makers.policy(LATER_RESTRICTED, LATER_REQUIRED)
    refs = {clause.id: cite(clause, policy) for clause in policy.clauses}
    found = [makers.finding(LATER_RESTRICTED, Kind.REVIEW)]
    told = [(condition.text, condition.standing) for condition in deciding.conditions(found, policy.by_id, refs)]
    assert told == [
        ("From 2027-01-01: Mind later-restricted.", False),
        ("From 2027-01-01: Mind later-required.", True),
    ]
    assert refs["later-required"].applies_from == date(2027, 1, 1)


def test_an_answer_of_the_house_stands_in_for_the_condition() -> None:
    """What a house has answered for all its projects is told instead of asked for, with who said so and until when."""
    answer = Answer(text="met by platform X", by="Head of security", until=date(2027, 6, 30))
    answered = REQUIRED.model_copy(update={"answer": answer})
    policy = makers.policy(answered)
    (condition,) = deciding.conditions((), policy.by_id, {answered.id: cite(answered, policy)})
    assert condition.text == "Answered for the house: met by platform X (Head of security, until 2027-06-30)"


def test_facts_that_a_clause_needs_and_the_text_does_not_state_become_questions() -> None:
    """Who runs it, where, with whose consent: asked once each, after the clause's own question, unless it is stated."""
    asks = (
        Ask(fact="operator-named", question="Who operates it?"),
        Ask(fact="place-named", question="In which country?"),
    )
    policing = makers.clause("policing").model_copy(update={"asks": asks})
    tracking = makers.clause("tracking").model_copy(update={"asks": asks[:1]})
    policy = makers.policy(policing, tracking)
    found = [makers.finding(policing, Kind.REVIEW), makers.finding(tracking, Kind.REVIEW)]
    asked = [question.text for question in deciding.questions(found, policy.by_id, {"place-named"})]
    assert asked == ["What about policing?", "What about tracking?", "Who operates it?"]
    assert "In which country?" in [question.text for question in deciding.questions(found, policy.by_id)]


@pytest.mark.parametrize(
    ("standing", "confirmed", "unconfirmed", "rejects"),
    [
        (Standing.INFERRED, False, Unconfirmed.REJECT, False),
        (Standing.INFERRED, True, Unconfirmed.REFER, True),
        (Standing.SUMMARISED, False, Unconfirmed.REJECT, True),
        (Standing.SUMMARISED, False, Unconfirmed.REFER, False),
        (Standing.OFFICIAL, False, Unconfirmed.REFER, False),
        (Standing.QUOTED, True, Unconfirmed.REFER, True),
        (Standing.VERBATIM, False, Unconfirmed.REFER, True),
        (Standing.OWN, False, Unconfirmed.REFER, True),
    ],
)
def test_only_what_is_known_well_enough_rejects(
    standing: Standing,
    confirmed: bool,  # noqa: FBT001  a cell of the table
    unconfirmed: Unconfirmed,
    rejects: bool,  # noqa: FBT001  the same
) -> None:
    """An inferred clause never rejects; with `refer`, only the house's own words and what was held against the page."""
    by = Confirmation(by="A reviewer", on=date(2026, 11, 1)) if confirmed else None
    clause = makers.clause("scoring", standing=standing).model_copy(update={"confirmed": by})
    policy = makers.policy(clause).model_copy(update={"unconfirmed_clauses": unconfirmed})
    assert policy.may_reject(clause) is rejects
