"""A model's claims are kept as far as the text bears them."""

from __future__ import annotations

import pytest

from reviewer.citing import cite
from reviewer.grounding import Ground, addressed, claims, findings, lost_words
from reviewer.policy import Clause, Effect
from reviewer.quoting import read
from reviewer.submission import Submission
from reviewer.testing import finding, reply
from reviewer.verdict import Context, Finding, FoundBy, Kind
from reviewer.wire import WireFinding, WireReply
from tests import makers
from tests.reading import english

PROHIBITED = makers.clause("scoring")
RESTRICTED = makers.clause("decisions", Effect.RESTRICTED)
REQUIRED = makers.clause("disclosure", Effect.REQUIRED)
POLICY = makers.policy(PROHIBITED, RESTRICTED, REQUIRED)
TEXT = "The city scores tenants by their friends. We will not score children. A clerk checks each score. Call 555-0100."


def ground(text: str = TEXT, *, shown: str | None = None, fought: frozenset[str] = frozenset()) -> Ground:
    """Hold claims against a text, of which a model may have seen another version."""
    given = Submission.of(text)
    seen = given if shown is None else Submission.of(shown)
    refs = {clause.id: cite(clause, POLICY) for clause in POLICY.clauses}
    return Ground(given, seen, read(seen, english()), POLICY.by_id, refs, fought)


def found(*said: WireFinding, on: Ground | None = None) -> tuple[Finding, ...]:
    """Give the findings that are left of what a model said."""
    held = on or ground()
    return findings(claims(WireReply.model_validate_json(reply("reject", *said)), held), held.refs)


@pytest.mark.parametrize(
    ("clause", "said", "quotes", "left"),
    [
        (PROHIBITED, "fail", ["scores tenants by their friends"], Kind.FAIL),
        (PROHIBITED, "fail", ["score children"], Kind.REVIEW),
        (PROHIBITED, "fail", ["We will"], Kind.REVIEW),
        (RESTRICTED, "pass", ["A clerk"], Kind.REVIEW),
        (PROHIBITED, "fail", ["We will not score children"], Kind.REVIEW),
        (PROHIBITED, "fail", ["tenants"], Kind.REVIEW),
        (PROHIBITED, "fail", ["ranks citizens"], Kind.FAIL),
        (PROHIBITED, "fail", [], Kind.FAIL),
        (PROHIBITED, "fail", ["score children", "scores tenants"], Kind.FAIL),
        (PROHIBITED, "fail", ["by their friends. We will not score children"], Kind.REVIEW),
        (PROHIBITED, "review", ["ranks citizens"], Kind.REVIEW),
        (PROHIBITED, "pass", ["scores tenants"], None),
        (PROHIBITED, "notApplicable", ["scores tenants"], None),
        (RESTRICTED, "pass", ["A clerk checks each score"], Kind.PASS),
        (RESTRICTED, "pass", ["a manager checks"], Kind.REVIEW),
        (RESTRICTED, "review", [], Kind.REVIEW),
        (REQUIRED, "review", ["nothing is said"], None),
        (REQUIRED, "review", ["scores tenants"], Kind.REVIEW),
        (REQUIRED, "pass", ["people are told"], None),
    ],
)
def test_a_claim_is_kept_as_far_as_its_words_bear_it(
    clause: Clause, said: str, quotes: list[str], left: Kind | None
) -> None:
    """A breach and a requirement that is met need words that stand in the text and are asserted there."""
    kinds = [finding.kind for finding in found(finding(clause.id, *quotes, kind=said))]
    assert kinds == ([left] if left else [])


def test_a_located_quote_has_its_address_and_its_sentence() -> None:
    """Case and white space may differ; the quote is given as it stands in the text."""
    (one,) = found(finding("scoring", "THE CITY  scores\ntenants"))
    (quote,) = one.quotes
    assert TEXT[quote.start : quote.end] == quote.text == "The city scores tenants"
    assert quote.sentence is not None
    assert quote.sentence.text == "The city scores tenants by their friends."
    assert one.found_by is FoundBy.MODEL


def test_invented_words_are_not_shown_beside_real_ones() -> None:
    """Where some words stand in the text, those that do not are left out; alone, they are marked."""
    (one,) = found(finding("scoring", "scores tenants", "ranks all citizens"))
    assert [quote.text for quote in one.quotes] == ["scores tenants"]
    (alone,) = found(finding("scoring", "ranks all citizens"))
    assert [quote.start for quote in alone.quotes] == [None]


def test_a_part_of_a_word_is_no_quote() -> None:
    """`city score` stands in `city scores` only as letters."""
    (one,) = found(finding("scoring", "city score"))
    assert one.quotes[0].start is None


def test_what_a_project_fights_is_only_a_question() -> None:
    """Where a clause's matter is also detected and studied, the context says which it is."""
    text = "The filter detects hate speech against tenants."
    held = ground(text, fought=frozenset({"scoring"}))
    (one,) = found(finding("scoring", "hate speech against tenants"), on=held)
    assert (one.kind, one.quotes[0].context) == (Kind.REVIEW, Context.FOUGHT)


def test_the_gravest_claim_on_a_clause_speaks() -> None:
    """Several windows may see the same clause; it stands once, with the words that carry it."""
    (one,) = found(
        finding("scoring", "score children", kind="review", reasoning="Perhaps."),
        finding("scoring", "scores tenants", kind="fail", reasoning="Surely."),
    )
    assert (one.kind, one.rationale) == (Kind.FAIL, "Surely")
    assert [quote.text for quote in one.quotes] == ["scores tenants"]


def test_only_claims_that_need_words_are_sent_back_for_them() -> None:
    """A doubt may do without a quote; a breach may not."""
    held = ground()
    said = (finding("scoring", "ranks citizens"), finding("decisions", "no word", kind="review"))
    errors = lost_words(claims(WireReply.model_validate_json(reply("reject", *said)), held))
    assert errors == ("the finding on 'scoring': these words do not stand in the description: 'ranks citizens'",)


def test_a_question_and_a_condition_of_the_models_own_are_kept_short() -> None:
    """They are shown to people, and a model may babble."""
    (one,) = found(
        finding("decisions", kind="review", question="Who  decides?\n" * 200, condition="As long as it holds.")
    )
    assert one.question is not None
    assert len(one.question) < 610
    assert one.condition == "As long as it holds."


def test_quotes_of_a_masked_text_show_what_stands_in_the_text() -> None:
    """The model saw stars; the person who reads the verdict sees the text."""
    held = ground(shown=TEXT.replace("555-0100", "[tel***]"))
    (one,) = found(finding("scoring", "Call [tel***]"), on=held)
    assert one.quotes[0].text == "Call 555-0100"
    assert one.quotes[0].sentence is not None
    assert one.quotes[0].sentence.text == "Call 555-0100."


def test_words_to_the_reviewer_count_only_where_they_stand() -> None:
    """A model cannot accuse a text of what it does not say."""
    said = [
        WireReply.model_validate_json(reply("approve", addressed_to_reviewer=[words]))
        for words in ("Obey me", "Call 555-0100")
    ]
    (warning,) = addressed(said, ground())
    assert [quote.text for quote in warning.quotes] == ["Call 555-0100"]
    assert list(addressed(said[:1], ground())) == []
