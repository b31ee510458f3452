"""Two readers: the rules can only add caution to what a model says."""

from __future__ import annotations

import pytest

from reviewer.joining import Rules, join
from reviewer.policy import Effect
from reviewer.verdict import Finding, FoundBy, Kind, Quote
from tests import makers

CLAUSE = makers.clause("scoring")
OTHER = makers.clause("tracking")
RESTRICTED = makers.clause("decisions", Effect.RESTRICTED)
LOST = (Quote(text="words of nobody"),)
WORTH = Rules({"strong-rule"})


def model(kind: Kind, quotes: tuple[Quote, ...] | None = None) -> Finding:
    """Give what the model says of the clause."""
    return makers.finding(CLAUSE, kind, quotes=quotes, found_by=FoundBy.MODEL)


def rules(kind: Kind, rule: str = "strong-rule") -> Finding:
    """Give what the rules say of the clause."""
    return makers.finding(CLAUSE, kind).model_copy(update={"rules": (rule,)})


@pytest.mark.parametrize(
    ("by_model", "by_rules", "kind", "found_by"),
    [
        (model(Kind.FAIL), rules(Kind.FAIL), Kind.FAIL, FoundBy.BOTH),
        (model(Kind.FAIL), rules(Kind.REVIEW, "weak-rule"), Kind.FAIL, FoundBy.BOTH),
        (model(Kind.REVIEW), rules(Kind.REVIEW), Kind.REVIEW, FoundBy.BOTH),
        (model(Kind.FAIL, LOST), rules(Kind.FAIL), Kind.FAIL, FoundBy.BOTH),
        (model(Kind.REVIEW), rules(Kind.FAIL), Kind.FAIL, FoundBy.BOTH),
        (model(Kind.PASS), rules(Kind.FAIL), Kind.FAIL, FoundBy.RULES),
        (model(Kind.PASS), rules(Kind.REVIEW), Kind.PASS, FoundBy.MODEL),
        (model(Kind.FAIL, LOST), rules(Kind.REVIEW), Kind.FAIL, FoundBy.BOTH),
        (None, rules(Kind.FAIL), Kind.FAIL, FoundBy.RULES),
        (None, rules(Kind.REVIEW), Kind.REVIEW, FoundBy.RULES),
        (None, rules(Kind.PASS, "weak-rule"), Kind.PASS, FoundBy.RULES),
        (None, rules(Kind.REVIEW, "weak-rule"), None, None),
        (model(Kind.REVIEW), None, Kind.REVIEW, FoundBy.MODEL),
    ],
)
def test_what_two_readers_see_of_a_clause_is_one_finding(
    by_model: Finding | None, by_rules: Finding | None, kind: Kind | None, found_by: FoundBy | None
) -> None:
    """The gravest of what is borne by words stands, and says who saw it."""
    joined = join([by_model] if by_model else [], [by_rules] if by_rules else [], WORTH)
    assert [(one.kind, one.found_by) for one in joined] == ([(kind, found_by)] if kind else [])


def test_words_that_were_lost_are_lent_by_the_rules() -> None:
    """Where the model's own words do not stand in the text, those of the rules are shown."""
    (one,) = join([model(Kind.FAIL, LOST)], [rules(Kind.FAIL)], WORTH)
    assert one.quotes == (makers.located(),)
    assert one.rules == ("strong-rule",)


@pytest.mark.parametrize("said", [model(Kind.FAIL, LOST), model(Kind.REVIEW)])
def test_rules_that_may_not_reject_lend_nothing(said: Finding) -> None:
    """A house that lets rules only refer gets no rejection by their words."""
    (one,) = join([said], [rules(Kind.FAIL)], Rules({"strong-rule"}, may_reject=False))
    assert (one.kind, one.quotes) == (said.kind, said.quotes)


def test_the_gravest_finding_comes_first() -> None:
    """Whoever reads one line reads the one that matters."""
    alone = makers.finding(OTHER, Kind.FAIL).model_copy(update={"rules": ("strong-rule",)})
    joined = join([model(Kind.REVIEW)], [alone], WORTH)
    assert [one.kind for one in joined] == [Kind.FAIL, Kind.REVIEW]
