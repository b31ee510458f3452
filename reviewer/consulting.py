"""The review with a model: a generator that yields rounds of calls, is sent the answers, and returns the verdict.

It cannot sleep, connect or await; where the model gives no answer at all, the rules decide.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer import grounding, identity, interviewing, joining, screening, tallying
from reviewer.deciding import strictest
from reviewer.interviewing import Answers, Calls, Interview
from reviewer.quoting import read
from reviewer.receipt import WhyNotModel
from reviewer.reviewing import Outcome, conclude, read_by_rules
from reviewer.verdict import Calibration, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reviewer.brief import Asking, Brief
    from reviewer.reading import Reading
    from reviewer.receipt import Receipt
    from reviewer.submission import Submission

Review = Generator[Calls, Answers, Verdict]


def review(submission: Submission, brief: Brief, asking: Asking) -> Review:
    """Let a model read a submission, with the rules beside it; too short a text is not worth asking about."""
    ruled, reading = _ruled(submission, brief)
    if any(warning.reason is Reason.TOO_LITTLE_SAID for warning in ruled.warnings):
        return conclude(submission, brief, ruled)
    interview = Interview(asking.questionnaire, _ground(submission, reading, brief, asking.mask))
    yield from interview.rounds()
    outcome = _by_model(interview, ruled, brief, asking) if interview.heard else _unanswered(interview, ruled)
    return conclude(submission, brief, _derived(outcome, interview, asking))


def _ruled(submission: Submission, brief: Brief) -> tuple[Outcome, Reading]:
    """Let the rules read, and keep of it only what is worth holding while a model thinks."""
    scans = brief.rules.scan(submission)
    ruled = read_by_rules(scans, brief, WhyNotModel.TOO_LITTLE_SAID)
    scans.reading.rest()
    return ruled, scans.reading


def _ground(given: Submission, reading: Reading, brief: Brief, mask: Callable[[str], str] | None) -> grounding.Ground:
    """Hold the model to the text that it is shown, which is the masked one."""
    text = mask(given.text) if mask else given.text
    shown = given if text == given.text else given.model_copy(update={"text": text})
    if shown is not given:
        reading = read(shown, reading.grammar)
    fought = brief.fought(reading.grammar.language.id)
    return grounding.Ground(given, shown, reading, brief.clauses, brief.refs, fought)


def _by_model(interview: Interview, ruled: Outcome, brief: Brief, asking: Asking) -> Outcome:
    """Join what both readers found; the warnings of the rules stay, whatever the model thought."""
    replies = (reply for heard in interview.heard for reply in heard.replies)
    unread, told = _unread(interview, ruled), {warning.reason for warning in ruled.warnings}
    addressed = () if Reason.INSTRUCTIONS_TO_REVIEWER in told else grounding.addressed(replies, interview.ground)
    return Outcome(
        joining.join(
            grounding.findings(interview.claims, brief.refs),
            ruled.findings,
            joining.Rules(ruled.strong, unread, may_reject=brief.rules_may_reject),
        ),
        (
            *screening.as_read(ruled.warnings),
            *addressed,
            *interviewing.warnings(interview),
        ),
        reasons=tuple(_of_reading(interview, brief, asking)),
        strictest=strictest(heard.decision for heard in interview.heard),
        unread=unread,
        stated=ruled.stated,
    )


def _unread(interview: Interview, ruled: Outcome) -> frozenset[str]:
    """Give the clauses on which the rules found words that no model has read: there the rules alone decide."""
    windows = [left.window for left in interview.unheard]
    return frozenset(
        finding.clause.id
        for finding in ruled.findings
        for quote in finding.quotes
        for start, end in windows
        if quote.start is not None and start <= quote.start < end
    )


def _of_reading(interview: Interview, brief: Brief, asking: Asking) -> Iterator[Reason]:
    if any(interviewing.contradicts(heard, brief.clauses) for heard in interview.heard):
        yield Reason.REPLY_CONTRADICTS_ITSELF
    if asking.model.calibration is Calibration.FAILED:
        yield Reason.MODEL_FAILED_CALIBRATION


def _unanswered(interview: Interview, ruled: Outcome) -> Outcome:
    """Let the rules decide, and say why the first window got no answer."""
    warnings = (*ruled.warnings, *interviewing.warnings(interview))
    return replace(ruled, warnings=warnings, why_not_model=interview.unheard[0].failure.why)


def _derived(outcome: Outcome, interview: Interview, asking: Asking) -> Outcome:
    """Name the model, what it was asked, what got no answer, and what that took."""
    calls = tuple(identity.call_digest(call, asking.identity) for call in interview.calls)
    unanswered = tuple(dict.fromkeys(left.failure.why for left in interview.unheard))
    receipt = _receipt(interview).model_copy(update={"call_digests": calls, "unanswered": unanswered})
    model = asking.model
    # A model that was swapped under its name is not the one that was calibrated.
    if model.calibration is Calibration.PASSED and not asking.calibrated.issuperset(receipt.answered_by):
        model = model.model_copy(update={"calibration": Calibration.OUTDATED})
    left = (f"{left.window} {left.failure.why}" for left in interview.unheard)
    return replace(outcome, model=model, asked=(model.model_dump_json(), *calls, *left), receipt=receipt)


def _receipt(interview: Interview) -> Receipt:
    claims = interview.claims
    quotes = sum(bool(words.strip()) for claim in claims for words in claim.said.quotes)
    located = quotes - sum(len(claim.lost) for claim in claims)
    failures = dict.fromkeys(left.failure.detail for left in interview.unheard)
    return tallying.receipt(interview.traces, quotes, located, tuple(failures))
