"""One text under several policies: a review of each, side by side, folded to the strictest.

Each finding says whose clause it is; nothing that one policy objects to is outvoted by the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import deciding, identity, tallying
from reviewer.citing import gravity
from reviewer.verdict import DecidedBy, Reason

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from reviewer.consulting import Review
    from reviewer.interviewing import Answers, Calls
    from reviewer.verdict import Question, Verdict


_SILENT = {Reason.NOTHING_FOUND, Reason.NOT_READ_BY_MODEL}


def together(reviews: Sequence[Review]) -> Review:
    """Ask the rounds of several reviews as one, and fold their verdicts."""
    if len(reviews) == 1:
        return reviews[0]
    return _together(reviews)


def _together(reviews: Sequence[Review]) -> Review:
    verdicts: dict[int, Verdict] = {}
    rounds = {at: _advanced(review, None, at, verdicts) for at, review in enumerate(reviews)}
    try:
        while waiting := {at: calls for at, calls in rounds.items() if at not in verdicts}:
            answers = yield tuple(call for calls in waiting.values() for call in calls)
            given = iter(answers)
            shares = {at: tuple(next(given) for _ in calls) for at, calls in waiting.items()}
            rounds = {at: _advanced(reviews[at], share, at, verdicts) for at, share in shares.items()}
    finally:
        for review in reviews:
            review.close()
    return folded([verdicts[at] for at in range(len(reviews))])


def _advanced(
    review: Generator[Calls, Answers, Verdict], answers: Answers | None, at: int, verdicts: dict[int, Verdict]
) -> Calls:
    """Take a review to its next round; its verdict is put down where it has none."""
    try:
        return next(review) if answers is None else review.send(answers)
    except StopIteration as stop:
        verdicts[at] = stop.value
        return ()


def folded(verdicts: Sequence[Verdict]) -> Verdict:
    """Give the verdict under all policies: the strictest decision, the most urgent tier, and all that was found."""
    first, *others = verdicts
    if not others:
        return first
    strictest = max(verdicts, key=lambda verdict: deciding.STRICTNESS[verdict.decision])
    held = _held(verdicts)
    by_rules = next((verdict for verdict in verdicts if verdict.decided_by is DecidedBy.RULES), None)
    findings = tuple(sorted((finding for verdict in verdicts for finding in verdict.findings), key=gravity))
    conditions = (condition for verdict in verdicts for condition in verdict.conditions)
    receipts = [verdict.receipt for verdict in verdicts if verdict.receipt]
    return first.model_copy(
        update={
            "decision": strictest.decision,
            "tier": deciding.tier(held),
            "reasons": held,
            "summary": f"{strictest.summary[:-1]} ({strictest.policy.title}, {strictest.policy.version}).",
            "decided_by": by_rules.decided_by if by_rules else first.decided_by,
            "why_not_model": by_rules.why_not_model if by_rules else None,
            "further_policies": tuple(verdict.policy for verdict in others),
            "findings": findings,
            "questions": _questions(verdicts),
            "conditions": tuple(sorted(conditions, key=lambda condition: condition.standing)),
            "warnings": tuple(dict.fromkeys(warning for verdict in verdicts for warning in verdict.warnings)),
            "review_digest": identity.review_digest(*(verdict.review_digest for verdict in verdicts)),
            "receipt": tallying.summed(receipts) if receipts else None,
        }
    )


def _held(verdicts: Sequence[Verdict]) -> tuple[Reason, ...]:
    """Give the rows that hold under any policy; that one of them found nothing is no row beside another's."""
    found = {reason for verdict in verdicts for reason in verdict.reasons}
    return deciding.in_order(found - _SILENT or found)


def _questions(verdicts: Sequence[Verdict]) -> tuple[Question, ...]:
    """Give the most urgent questions of each policy in turn, and none twice."""
    longest = max(len(verdict.questions) for verdict in verdicts)
    in_turn = (verdict.questions[at] for at in range(longest) for verdict in verdicts if at < len(verdict.questions))
    by_text = {question.text: question for question in in_turn}
    return tuple(by_text.values())[: deciding.MOST_QUESTIONS]
