"""One text under several policies: nothing that one objects to is outvoted by the others."""

from __future__ import annotations

from reviewer import Reviewer, uniting
from reviewer.call import Failure
from reviewer.policy import Clause, Effect, Policy
from reviewer.receipt import WhyNotModel
from reviewer.testing import ScriptedModel, finding, reply
from reviewer.verdict import DecidedBy, Decision, Reason, Tier, Verdict
from tests import makers

TEXT = (
    "The city gives every resident a social credit score from their behaviour,"
    " and residents with a low score lose access to public services."
)
CLEAN = "The assistant answers questions on bus timetables, and staff check and send every single answer themselves."


def house(name: str, *clauses: Clause) -> Policy:
    """Make a policy of this name."""
    return makers.policy(*clauses).model_copy(update={"name": name, "title": f"Rules of {name}"})


SCORING = house("scoring", makers.clause("social-scoring"), makers.clause("disclosure", Effect.REQUIRED))
MILD = house("mild", makers.clause("gardening"), makers.clause("log-book", Effect.REQUIRED))


def review(text: str, *policies: Policy, model: ScriptedModel | None = None) -> Verdict:
    """Review under these policies."""
    with Reviewer(policies, model=model) as reviewer:
        return reviewer.review(text)


def test_the_strictest_decision_wins_and_says_whose_it_is() -> None:
    """One policy rejects, the other has nothing to say: the text is rejected, and the summary names the policy."""
    for policies in ((SCORING, MILD), (MILD, SCORING)):
        verdict = review(TEXT, *policies)
        assert (verdict.decision, verdict.tier) == (Decision.REJECT, Tier.BREACH_IN_WORDS)
        assert [(found.clause.policy, found.clause.id) for found in verdict.findings] == [("scoring", "social-scoring")]
        assert "Rules of scoring" in verdict.summary
        assert verdict.reasons == (Reason.CLAUSE_BREACHED,)
        assert [ref.name for ref in verdict.policies] == [policy.name for policy in policies]


def test_where_nothing_is_found_the_reason_is_told_once() -> None:
    """Two silent policies are no two objections, and the conditions of both stand."""
    verdict = review(CLEAN, SCORING, MILD)
    assert verdict.reasons == (Reason.NOT_READ_BY_MODEL,)
    assert [condition.clause.id for condition in verdict.conditions] == ["disclosure", "log-book"]


def test_one_policy_in_a_list_is_that_policy() -> None:
    """A list of one gives the very verdict that the policy alone gives."""
    assert review(TEXT, SCORING) == Reviewer(SCORING).review(TEXT)


def test_a_model_is_asked_once_for_each_policy_and_in_one_round() -> None:
    """The calls of all policies leave together, and what each finds is said of its own clauses."""

    def answer(system: str) -> str:
        if "[social-scoring]" in system:
            return reply("reject", finding("social-scoring", "a social credit score from their behaviour"))
        return reply()

    model = ScriptedModel(lambda call: answer(call.messages[0].content))
    verdict = review(TEXT, SCORING, MILD, model=model)
    assert len(model.calls) == 2
    assert verdict.decided_by is DecidedBy.MODEL
    assert verdict.decision is Decision.REJECT
    assert verdict.receipt is not None
    assert (verdict.receipt.calls, len(verdict.receipt.call_digests)) == (2, 2)


def test_a_policy_that_no_model_read_under_is_told_and_bars_the_approval() -> None:
    """A model read under one policy and gave no answer under the other: the verdict says both, and refers."""
    model = ScriptedModel(
        lambda call: (
            reply()
            if "[gardening]" in call.messages[0].content
            else Failure(why=WhyNotModel.OUTAGE, detail="It is down.")
        )
    )
    verdict = review(CLEAN, SCORING, MILD, model=model)
    assert (verdict.decided_by, verdict.why_not_model) == (DecidedBy.MODEL, None)
    assert (verdict.decision, verdict.reasons) == (Decision.REFER, (Reason.PARTLY_READ,))
    assert verdict.summary == "No model read it under Rules of scoring: the model could not be reached."
    assert [warning.text for warning in verdict.warnings] == [verdict.summary]


def test_where_no_model_answers_at_all_rules_decide() -> None:
    """Nobody read it but the rules, and the reason is that of the outage."""
    model = ScriptedModel(lambda _: Failure(why=WhyNotModel.OUTAGE, detail="It is down."))
    verdict = review(CLEAN, SCORING, MILD, model=model)
    assert (verdict.decided_by, verdict.why_not_model) == (DecidedBy.RULES, WhyNotModel.OUTAGE)
    assert verdict.reasons == (Reason.NOT_READ_BY_MODEL,)


def test_a_policy_that_is_named_twice_counts_once() -> None:
    """Nobody is asked twice, and no finding stands twice."""
    assert review(TEXT, SCORING, SCORING) == review(TEXT, SCORING)


def test_the_digest_names_all_policies() -> None:
    """The same text under other policies, or in another order, is another review."""
    digests = {review(TEXT, *policies).review_digest for policies in ((SCORING,), (SCORING, MILD), (MILD, SCORING))}
    assert len(digests) == 3


def test_questions_come_from_each_policy_in_turn() -> None:
    """Five questions of one policy do not crowd out those of another."""
    one, other = (
        house(name, *(makers.clause(f"{name}-{at}", uses=("social-scoring",)) for at in range(4)))
        for name in ("one", "other")
    )
    asked = [question.clause.policy for question in uniting.folded([review(TEXT, one), review(TEXT, other)]).questions]
    assert asked == ["one", "other", "one", "other", "one"]
