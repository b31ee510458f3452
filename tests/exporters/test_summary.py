"""The numbers that every export opens with."""

from __future__ import annotations

from reviewer.exporters import sections
from reviewer.exporters.summary import summarise
from reviewer.receipt import Receipt, WhyNotModel
from reviewer.verdict import DecidedBy, Decision, Tier
from reviewer.wording import TIERS
from tests.exporters import makers

SUMMARY = summarise(makers.every_kind())


def test_every_entry_is_counted_once() -> None:
    """Decisions, errors and what is not read yet add up to all; what has vanished is counted apart."""
    assert SUMMARY.total == SUMMARY.read + SUMMARY.errors + SUMMARY.not_read == 8
    assert SUMMARY.decisions == {Decision.APPROVE: 2, Decision.REJECT: 2, Decision.REFER: 2}
    assert (SUMMARY.errors, SUMMARY.not_read, SUMMARY.vanished, SUMMARY.signed) == (1, 1, 1, 1)
    assert SUMMARY.tiers.total() == SUMMARY.read


def test_found_by_rules_is_not_the_same_as_not_read_by_a_model() -> None:
    """Rules that found something and rules that are silent are two numbers, and why no model read is a third."""
    assert SUMMARY.decided_by == {DecidedBy.MODEL: 4, DecidedBy.RULES: 2}
    assert (SUMMARY.rules_found, SUMMARY.unread_by_model) == (1, 1)
    assert SUMMARY.why_not_model[WhyNotModel.OUTAGE] == 1


def test_the_clause_most_hit_comes_first() -> None:
    """Clauses are counted once a text, and those that rejected lead."""
    counted = {one.clause.id: (one.rejected, one.in_question) for one in SUMMARY.clauses}
    assert SUMMARY.clauses[0].clause.id == "us-police-facial-recognition"
    assert counted["us-police-facial-recognition"] == (2, 0)
    assert counted["biometric-identification"] == (0, 2)
    assert counted["consequential-decisions"] == (0, 1)


def test_unknown_costs_are_counted_and_not_taken_for_nothing() -> None:
    """The sum is of known costs alone, and says how many are missing."""
    verdict = makers.verdict("approved")
    assert verdict.receipt
    known = verdict.receipt.model_copy(update={"cost": 0.25, "cost_unknown": None})
    assert isinstance(known, Receipt)
    paid = makers.entry(1, verdict=verdict.model_copy(update={"receipt": known}))
    summary = summarise([paid, paid, makers.entry(2, "approved")])
    assert (summary.cost, summary.cost_unknown) == (0.5, 1)
    rows = dict(row for section in sections.of(summary) for row in section.rows)
    assert rows["Cost"] == "0.5000 US dollars, and 1 at an unknown cost"


def test_approvals_under_conditions_are_told_from_plain_ones() -> None:
    """Only a condition of the project's own counts: those that hold for every project are in each verdict."""
    assert SUMMARY.with_conditions == 1


def test_every_tier_has_plain_words() -> None:
    """Tiers come in the order of taking them up, and none is missing."""
    assert list(TIERS) == [1, 2, 3, 4, 5, 0]
    assert set(TIERS) == set(Tier)


def test_the_words_tell_rules_that_found_something_from_silence() -> None:
    """The lines that people read keep the two apart, with their numbers."""
    rows = dict(row for section in sections.of(SUMMARY) for row in section.rows)
    assert rows["Keyword rules only, and they found something"] == 1
    assert rows["Keyword rules only, which found nothing: not read by a model yet"] == 1
    assert rows["Why not the model: the model could not be reached"] == 1


def test_an_empty_run_has_a_summary_too() -> None:
    """No entries are no error, and no clause is listed."""
    summary = summarise([])
    assert (summary.total, summary.clauses) == (0, ())
    assert not [section for section in sections.of(summary) if "lauses" in section.title]
