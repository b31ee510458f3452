"""One text under several policies: a review of each, side by side, folded to the strictest.

Each finding says whose clause it is; nothing that one policy objects to is outvoted by the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import deciding, identity, tallying
from reviewer.citing import gravity
from reviewer.verdict import Calibration, DecidedBy, Reason, Warning
from reviewer.wording import WHY_NOT_MODEL

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from reviewer.consulting import Review
    from reviewer.interviewing import Answers, Calls
    from reviewer.verdict import ModelRef, Question, Verdict


_LEAST_TRUSTED_FIRST = [Calibration.FAILED, Calibration.NEVER, Calibration.OUTDATED, Calibration.PASSED]
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
    unread = tuple(_unread(verdict) for verdict in verdicts if verdict.decided_by is DecidedBy.RULES)
    partly = unread if len(unread) < len(verdicts) else ()
    held = _held(verdicts, *(warning.reason for warning in partly if warning.reason))
    findings = tuple(sorted((finding for verdict in verdicts for finding in verdict.findings), key=gravity))
    conditions = (condition for verdict in verdicts for condition in verdict.conditions)
    warnings = (warning for verdict in verdicts for warning in verdict.warnings)
    receipts = [verdict.receipt for verdict in verdicts if verdict.receipt]
    by_rules = len(unread) == len(verdicts)
    return first.model_copy(
        update={
            "decision": deciding.decision(held),
            "tier": deciding.tier(held),
            "reasons": held,
            "summary": _summary(verdicts, partly, held[0]),
            "decided_by": DecidedBy.RULES if by_rules else DecidedBy.MODEL,
            "why_not_model": first.why_not_model if by_rules else None,
            "model": min((verdict.model for verdict in verdicts if verdict.model), key=_trust, default=None),
            "further_policies": tuple(verdict.policy for verdict in others),
            "findings": findings,
            "questions": _questions(verdicts),
            "conditions": tuple(sorted(conditions, key=lambda condition: condition.standing)),
            "warnings": tuple(dict.fromkeys((*warnings, *partly))),
            "review_digest": identity.review_digest(*(verdict.review_digest for verdict in verdicts)),
            "receipt": tallying.summed(receipts) if receipts else None,
        }
    )


def _unread(verdict: Verdict) -> Warning:
    """Say under which policy no model read, where one did under another."""
    why = WHY_NOT_MODEL[verdict.why_not_model] if verdict.why_not_model else "nobody asked it"
    return Warning(reason=Reason.PARTLY_READ, text=f"No model read it under {verdict.policy.title}: {why}.")


def _summary(verdicts: Sequence[Verdict], partly: Sequence[Warning], reason: Reason) -> str:
    """Give the summary of the first verdict that says so because of the gravest reason, and under which policy."""
    for verdict in verdicts:
        if reason in verdict.reasons:
            return f"{verdict.summary[:-1]} ({verdict.policy.title}, {verdict.policy.version})."
    return partly[0].text


def _trust(model: ModelRef) -> int:
    """Sort first what is trusted least: a model is as good as its worst calibration."""
    return _LEAST_TRUSTED_FIRST.index(model.calibration)


def _held(verdicts: Sequence[Verdict], *further: Reason) -> tuple[Reason, ...]:
    """Give the rows that hold under any policy; that one of them found nothing is no row beside another's."""
    found = {*further, *(reason for verdict in verdicts for reason in verdict.reasons)}
    return deciding.in_order(found - _SILENT or found - {Reason.NOTHING_FOUND} or found)


def _questions(verdicts: Sequence[Verdict]) -> tuple[Question, ...]:
    """Give the most urgent questions of each policy in turn, and none twice."""
    longest = max(len(verdict.questions) for verdict in verdicts)
    in_turn = (verdict.questions[at] for at in range(longest) for verdict in verdicts if at < len(verdict.questions))
    by_text: dict[str, Question] = {}
    for question in in_turn:
        by_text.setdefault(question.text, question)
    return tuple(by_text.values())[: deciding.MOST_QUESTIONS]
