"""Entries of a run as a store would give them, made of as little as a test needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from reviewer.identity import text_digest
from reviewer.run import Entry, Plan, Run, SignOff
from reviewer.submission import Source, Submission
from reviewer.verdict import DecidedBy, Decision, ModelRef, PolicyRef, Reason, SubmissionRef, Tier, Verdict

if TYPE_CHECKING:
    from reviewer.receipt import WhyNotModel
    from reviewer.verdict import Finding

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POLICY = PolicyRef(name="house", version="1", title="House rules", url="https://house.example/rules", digest="p1")
MODEL = ModelRef(name="reader-1", host="models.example", prompts_digest="q1")
REASONS = {
    Decision.APPROVE: (Reason.NOTHING_FOUND, Tier.NO_OBJECTION),
    Decision.REFER: (Reason.ANSWER_NEEDED, Tier.ANSWER_NEEDED),
    Decision.REJECT: (Reason.CLAUSE_BREACHED, Tier.BREACH_IN_WORDS),
}


def verdict(
    decision: Decision | str = Decision.APPROVE,
    text: str = "A text.",
    *,
    findings: tuple[Finding, ...] = (),
    by_rules: WhyNotModel | None = None,
) -> Verdict:
    """Make a verdict of the model's, or of the rules' where a reason for that is given."""
    reason, tier = REASONS[Decision(decision)]
    return Verdict(
        decision=Decision(decision),
        tier=tier,
        reasons=(reason,),
        summary=f"Why {decision}.",
        decided_by=DecidedBy.RULES if by_rules else DecidedBy.MODEL,
        why_not_model=by_rules,
        model=None if by_rules else MODEL,
        policy=POLICY,
        submission=SubmissionRef(sha256=text_digest(text), characters=len(text), source=Source()),
        findings=findings,
        questions=(),
        conditions=(),
        warnings=(),
        review_digest=text_digest(f"{text} as read"),
    )


def entry(  # noqa: PLR0913  a row has as many sides as tests look at
    number: int,
    decision: Decision | str | None = Decision.APPROVE,
    *,
    text: str | None = None,
    fields: tuple[tuple[str, str], ...] = (),
    by_rules: WhyNotModel | None = None,
    id: str | None = None,
) -> Entry:
    """Make the entry of a row; without a decision it could not be read."""
    text = f"Text of row {number}." if text is None else text
    source = Source(file="intake.csv", row=number)
    return Entry(
        id=number,
        position=number,
        key=f"key-{number}",
        submission=Submission(text=text, source=source, id=id, fields=fields),
        verdict=None if decision is None else verdict(decision, text, by_rules=by_rules),
        error="intake.csv: it is empty." if decision is None else None,
        at=NOON,
    )


def signed(of: Entry, *decisions: Decision | str) -> Entry:
    """Put people's decisions beside an entry, one a minute, the newest last."""
    return replace(of, sign_offs=(*of.sign_offs, *(sign_off(decision) for decision in decisions)))


def sign_off(decision: Decision | str, *, review_digest: str | None = None, valid_until: date | None = None) -> SignOff:
    """Make a decision of a person."""
    return SignOff(
        decision=Decision(decision),
        reason=f"It should {decision}.",
        name="A reviewer",
        valid_until=valid_until,
        at=NOON,
        review_digest=review_digest,
    )


def plan(name: str | None = None, *, inputs: tuple[str, ...] = ("intake.csv",)) -> Plan:
    """Make the plan of a run that asks a model."""
    return Plan(name=name, inputs=inputs, policy=POLICY, brief="b1", model=MODEL, asked="reader-1")


def run(number: int = 1, name: str | None = None) -> Run:
    """Make a run that was read to its end."""
    return Run(id=number, plan=plan(name), passes=1, started_at=NOON, ended_at=NOON)
