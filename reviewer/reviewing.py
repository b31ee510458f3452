"""The review itself: a text, and all that it is held against, to a verdict.

Pure: the same text, policy, rules and settings give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import citing, deciding, identity, screening, wording
from reviewer.verdict import DecidedBy, PolicyRef, SubmissionRef, Verdict

if TYPE_CHECKING:
    from reviewer.matching import Matcher
    from reviewer.policy import Clause, Policy
    from reviewer.submission import Submission
    from reviewer.verdict import ClauseRef, Condition, Finding, Warning, WhyNotModel


@dataclass(frozen=True)
class Brief:
    """What a reviewer goes by: the policy, the rules compiled, and the digests that name them.

    `rules_digest` is of the library that `matcher` was made from; `engine` is the version of this package.
    """

    policy: Policy
    matcher: Matcher
    rules_digest: str
    engine: str
    rules_may_reject: bool = True

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause under its id."""
        return self.policy.by_id

    @cached_property
    def refs(self) -> dict[str, ClauseRef]:
        """Every clause as reports cite it, under its id."""
        return {clause.id: citing.cite(clause, self.policy) for clause in self.policy.clauses}

    @cached_property
    def clauses_of(self) -> dict[str, tuple[Clause, ...]]:
        """The clauses that name each use."""
        uses = {use for clause in self.policy.clauses for use in clause.uses}
        return {use: tuple(clause for clause in self.policy.clauses if use in clause.uses) for use in uses}

    @cached_property
    def policy_ref(self) -> PolicyRef:
        """The policy as a verdict names it."""
        policy = self.policy
        digest = identity.value_digest(policy)
        return PolicyRef(name=policy.name, version=policy.version, title=policy.title, url=policy.url, digest=digest)

    @cached_property
    def standing_conditions(self) -> tuple[Condition, ...]:
        """What an approval of any project is tied to."""
        return deciding.conditions((), self.clauses, self.refs)

    @cached_property
    def digest(self) -> str:
        """Everything but the text that a verdict by rules is derived from."""
        return identity.review_digest(
            self.engine, self.policy_ref.digest, self.rules_digest, str(self.rules_may_reject)
        )


def review_by_rules(submission: Submission, brief: Brief, why_not_model: WhyNotModel) -> Verdict:
    """Let the rules alone read a submission, and say why no model did."""
    scan = brief.matcher.scan(submission)
    detections = scan.detections()
    warnings = screening.screen(submission, scan.reading.words, brief.matcher.grammar, detections)
    findings = citing.findings_by_rules(detections, brief.clauses_of, brief.refs)
    return conclude(submission, brief, findings, warnings, why_not_model)


def conclude(
    submission: Submission,
    brief: Brief,
    findings: tuple[Finding, ...],
    warnings: tuple[Warning, ...],
    why_not_model: WhyNotModel | None,
) -> Verdict:
    """Hold findings and warnings against the decision table and write the verdict."""
    decided_by = DecidedBy.RULES if why_not_model else DecidedBy.MODEL
    of_findings = deciding.reasons_of(findings, brief.clauses, rules_may_reject=brief.rules_may_reject)
    held = deciding.reasons(of_findings, warnings, decided_by)
    sha256 = identity.text_digest(submission.text)
    return Verdict(
        decision=deciding.decision(held),
        tier=deciding.tier(held),
        reasons=held,
        summary=wording.summary(held, findings, of_findings),
        decided_by=decided_by,
        why_not_model=why_not_model,
        policy=brief.policy_ref,
        submission=SubmissionRef(sha256=sha256, characters=len(submission.text), source=submission.source),
        findings=findings,
        questions=deciding.questions(findings, brief.clauses) if findings else (),
        conditions=deciding.conditions(findings, brief.clauses, brief.refs) if findings else brief.standing_conditions,
        warnings=warnings,
        review_digest=identity.review_digest(brief.digest, sha256, str(why_not_model)),
    )
