"""The review itself: what the readers of a text have to say, held against the table, to a verdict.

Pure: the same text, policy, rules, settings and replies give the same bytes, but for the receipt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import citing, deciding, identity, screening, wording
from reviewer.rule import Level, Shows
from reviewer.verdict import DecidedBy, Decision, Reason, SubmissionRef, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.brief import Brief
    from reviewer.matching import Detection
    from reviewer.receipt import Receipt, WhyNotModel
    from reviewer.ruling import Scans
    from reviewer.submission import Submission
    from reviewer.verdict import Finding, ModelRef, Warning


@dataclass(frozen=True)
class Outcome:
    """What was found in a text, by whom, and how it was read.

    `reasons` lie with the reading and not with the text; `strictest` is the strictest decision of the model's own.
    `unread` are the clauses on which only the rules have read the words; `asked` names the calls that it rests on.
    `strong` are the ids of the strong rules that hit, and `stated` the facts that the rules saw stated.
    """

    findings: tuple[Finding, ...]
    warnings: tuple[Warning, ...]
    why_not_model: WhyNotModel | None = None
    reasons: tuple[Reason, ...] = ()
    strictest: Decision = Decision.APPROVE
    unread: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()
    stated: frozenset[str] = frozenset()
    model: ModelRef | None = None
    asked: tuple[str, ...] = ()
    receipt: Receipt | None = None

    @property
    def decided_by(self) -> DecidedBy:
        """Who read the text in the end."""
        return DecidedBy.RULES if self.why_not_model else DecidedBy.MODEL


def review_by_rules(submission: Submission, brief: Brief, why_not_model: WhyNotModel) -> Verdict:
    """Let the rules alone read a submission, and say why no model did."""
    return judge_by_rules(brief.rules.scan(submission), brief, why_not_model)


def judge_by_rules(scans: Scans, brief: Brief, why_not_model: WhyNotModel) -> Verdict:
    """Hold what the rules saw in a submission against one of the policies that they serve."""
    return conclude(scans.text.submission, brief, read_by_rules(scans, brief, why_not_model))


def read_by_rules(scans: Scans, brief: Brief, why_not_model: WhyNotModel) -> Outcome:
    """Give what the rules find in a text that was scanned."""
    detections = scans.detections()
    findings = citing.findings_by_rules(detections, brief.clauses_of, brief.refs)
    if not scans.is_covered:
        findings = citing.doubted(findings, scans.language.name)
    strong = frozenset(found.rule.id for found in detections if found.rule.level is Level.STRONG)
    stated = _stated(scans, detections, brief) if findings else frozenset()
    return Outcome(findings, screening.screen(scans, detections), why_not_model, strong=strong, stated=stated)


def _stated(scans: Scans, detections: Iterable[Detection], brief: Brief) -> frozenset[str]:
    """Give the facts that the text states; what no rule of its language can see is not asked for, either."""
    seen = frozenset(found.rule.use for found in detections if found.rule.shows is Shows.STATES)
    return seen | (brief.facts - scans.facts)


def conclude(submission: Submission, brief: Brief, outcome: Outcome) -> Verdict:
    """Hold findings and warnings against the decision table and write the verdict."""
    findings = outcome.findings
    bench = deciding.Bench(outcome.decided_by, outcome.unread, brief.barred, rules_may_reject=brief.rules_may_reject)
    of_findings = deciding.reasons_of(findings, brief.clauses, bench)
    held = _held(of_findings, outcome)
    return Verdict(
        decision=deciding.decision(held),
        tier=deciding.tier(held),
        reasons=held,
        summary=wording.summary(held, findings, of_findings),
        decided_by=outcome.decided_by,
        why_not_model=outcome.why_not_model,
        model=outcome.model,
        policy=brief.policy_ref,
        submission=_ref(submission),
        findings=findings,
        questions=deciding.questions(findings, brief.clauses, outcome.stated) if findings else (),
        conditions=deciding.conditions(findings, brief.clauses, brief.refs) if findings else brief.standing_conditions,
        warnings=outcome.warnings,
        review_digest=identity.review_digest(
            brief.digest, identity.reading_digest(submission), str(outcome.why_not_model), *outcome.asked
        ),
        receipt=outcome.receipt,
    )


def _ref(submission: Submission) -> SubmissionRef:
    return SubmissionRef(
        sha256=identity.text_digest(submission.text),
        characters=len(submission.text),
        source=submission.source,
        id=submission.id,
        file_sha256=submission.file_sha256,
    )


def _held(of_findings: dict[str, frozenset[Reason]], outcome: Outcome) -> tuple[Reason, ...]:
    """Give the rows of the table that hold; a model that is stricter than all of them bars the approval."""
    held = deciding.reasons(of_findings, outcome.warnings, outcome.decided_by, *outcome.reasons)
    approved = deciding.decision(held) is Decision.APPROVE
    return (Reason.REPLY_CONTRADICTS_ITSELF,) if approved and outcome.strictest is not Decision.APPROVE else held
