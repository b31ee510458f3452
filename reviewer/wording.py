"""The plain sentences for people, in one place.

Until a person signs, a decision is a recommendation; what was read, and how surely we know a clause, is said in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.policy import Deviates, Standing
from reviewer.receipt import WhyNotModel
from reviewer.verdict import Calibration, Context, DecidedBy, Decision, FoundBy, Kind, Reason, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.policy import Deviation
    from reviewer.receipt import Receipt
    from reviewer.verdict import ClauseRef, Finding, PolicyRef, Verdict

# What the machine recommends, and never promises; what people decide is called otherwise, in `reviewer.spreadsheet`.
DECISIONS = {
    Decision.REJECT: "Reject",
    Decision.REFER: "Refer to a person",
    Decision.APPROVE: "No objection",
}

# Where there is no verdict: nothing was to be read, or the run has not come to it yet.
UNREADABLE = "Could not be read"
NOT_REACHED = "Not reached yet"

# In the order in which people take them up.
TIERS = {
    Tier.BREACH_IN_WORDS: "Breach in words",
    Tier.CLAUSE_IN_QUESTION: "Clause in question",
    Tier.APPROVAL_NEEDED: "Approval needed",
    Tier.ANSWER_NEEDED: "The requester must answer",
    Tier.NOT_READ_YET: "Not read by a model yet",
    Tier.NO_OBJECTION: DECISIONS[Decision.APPROVE],
}

RECOMMENDATIONS = {
    Decision.APPROVE: "No objection found under {policy} (not a legal, privacy or model-risk clearance)",
    Decision.REFER: "Refer to a person under {policy}",
    Decision.REJECT: "Reject under {policy}",
}

READERS = {
    DecidedBy.MODEL: "a language model, with the rules beside it",
    DecidedBy.RULES: "keyword rules only",
}

# As counts name them: that rules found nothing is never shown like a reading.
READ_BY_MODEL = "A language model, with the rules beside it"
FOUND_BY_RULES = "Keyword rules only, and they found something"
SILENT_RULES = "Keyword rules only, which found nothing: not read by a model yet"

FOUND_BY = {
    FoundBy.MODEL: "the model",
    FoundBy.RULES: "the rules",
    FoundBy.BOTH: "the model and the rules",
}

CALIBRATIONS = {
    Calibration.PASSED: "it has passed the control texts",
    Calibration.FAILED: "it has failed the control texts, and clears nobody",
    Calibration.OUTDATED: "it read the control texts with other prompts, under another policy, or as another model",
    Calibration.NEVER: "it was never tried on the control texts",
}

WHY_NOT_MODEL = {
    WhyNotModel.OFFLINE: "the review was asked to stay offline",
    WhyNotModel.NO_MODEL_CONFIGURED: "no model is configured",
    WhyNotModel.OUTAGE: "the model could not be reached",
    WhyNotModel.RATE_LIMIT: "the model's rate limit was reached",
    WhyNotModel.QUOTA: "the model's quota is used up",
    WhyNotModel.CONTENT_FILTER: "the provider's content filter stopped the text",
    WhyNotModel.REFUSAL: "the model refused to answer",
    WhyNotModel.CUT_OFF: "the model's answer was cut off",
    WhyNotModel.INVALID_REPLY: "the model's answer did not fit the form",
    WhyNotModel.TOO_LONG: "the text is too long for the model",
    WhyNotModel.TOO_LITTLE_SAID: "the text says too little to be worth asking",
    WhyNotModel.BUDGET: "the budget is used up",
}

KINDS = {
    Kind.FAIL: "Breached",
    Kind.REVIEW: "In question",
    Kind.PASS: "Met",
    Kind.NOT_APPLICABLE: "Not applicable",
}

_UNCHECKED = ", not checked against the official page"

STANDINGS = {
    Standing.OWN: "a rule of the organisation's own",
    Standing.VERBATIM: "the wording of the official page, from a saved copy",
    Standing.OFFICIAL: "our paraphrase of the official page",
    Standing.CAPTURED: "our paraphrase of a dated capture of the official page",
    Standing.QUOTED: f"our paraphrase of quotations by third parties{_UNCHECKED}",
    Standing.SUMMARISED: f"our paraphrase of a third party's summary{_UNCHECKED}",
    Standing.INFERRED: "inferred from related documents, not official text; it never rejects",
}

DIFFERENCES = "How the organisation's own policy differs"

# How an organisation's policy differs from the one below it; the reason of a stricter clause begins with what it does.
DEVIATIONS = {
    Deviates.OFF: "clause {clause} is switched off: {reason}",
    Deviates.STRICTER: "clause {clause} is stricter, {reason}",
    Deviates.ADDED: "clause {clause} is added: {reason}",
    Deviates.ANSWERED: "clause {clause} is answered for every project{until}: {reason}",
    Deviates.UNCONFIRMED: "{reason}",
    Deviates.LAPSED: "clause {clause} had an answer{until}, which has lapsed: {reason}",
}

CONTEXTS = {
    Context.ASSERTED: "said plainly",
    Context.NEGATED: "said under a negation",
    Context.ASKED: "only asked, or a form's own words",
    Context.DISCUSSED: "said about a rule or a debate",
    Context.SUPPOSED: "only supposed",
    Context.FOUGHT: "said of something that the project fights",
    Context.SCATTERED: "spread over several sentences",
}

REASONS = {
    Reason.CLAUSE_BREACHED: "the text describes, in its own words, what a clause forbids: {clauses}",
    Reason.QUOTE_NOT_FOUND: "a breach was claimed, but the words quoted for it do not stand in the text: {clauses}",
    Reason.CLAUSE_IN_QUESTION: "the text may describe what a clause forbids, and a person has to check: {clauses}",
    Reason.CLAUSE_NOT_YET_IN_FORCE: "the text describes what a clause will forbid that is not in force yet: {clauses}",
    Reason.REQUIREMENT_REFUSED: "the text says that a required safeguard will not be there: {clauses}",
    Reason.APPROVAL_NEEDED: "the text is about something that needs the provider's approval: {clauses}",
    Reason.ANSWER_NEEDED: "the text is about a restricted use and does not say what the restriction asks: {clauses}",
    Reason.INSTRUCTIONS_TO_REVIEWER: "the text tries to instruct its reviewer",
    Reason.HIDDEN_TEXT: "the text holds words or characters that no reader sees",
    Reason.SECOND_READER_DISAGREES: "the rules see a breach that the model does not share: {clauses}",
    Reason.REPLY_CONTRADICTS_ITSELF: "the model's decision is stricter than its findings",
    Reason.PARTLY_READ: "a part of the text got no answer from the model",
    Reason.NOT_READ_IN_FULL: "parts of the document could not be read",
    Reason.TOO_LITTLE_SAID: "the text says too little to be judged",
    Reason.LANGUAGE_NOT_COVERED: "the text is in a language that the rules do not cover",
    Reason.MODEL_FAILED_CALIBRATION: "the model that read the text has failed the control texts, and clears nobody",
    Reason.NOT_READ_BY_MODEL: "no model has read the text, and what rules do not object to is cleared by nobody",
    Reason.NOTHING_FOUND: "no clause stands against it",
}

NOT_LEGAL_ADVICE = "A recommendation, not a legal, privacy or model-risk clearance; a person signs."


def recommendation(verdict: Verdict) -> str:
    """Give the decision as a headline."""
    return RECOMMENDATIONS[verdict.decision].format(policy=policies(verdict.policies))


def policy(ref: PolicyRef) -> str:
    """Name a policy with its version, and the day where another than today was asked about."""
    day = f" as of {ref.as_of}" if ref.as_of else ""
    return f"{ref.title}, version {ref.version}{day}"


def policies(refs: Sequence[PolicyRef]) -> str:
    """Name all policies that were reviewed against, each with its version."""
    *others, last = map(policy, refs)
    return f"{'; '.join(others)} and {last}" if others else last


def addresses(refs: Iterable[PolicyRef]) -> str:
    """Name policies as commands take them."""
    return ", ".join(ref.address for ref in refs)


def deviation(deviation: Deviation) -> str:
    """Say in which way a clause differs from the policy below, why, and who answers for it."""
    until = f" until {deviation.until}" if deviation.until else ""
    reason = deviation.reason.strip().rstrip(".")
    told = DEVIATIONS[deviation.kind].format(clause=deviation.clause, until=until, reason=reason)
    return f"{told} ({deviation.by})"


def overlays(refs: Iterable[PolicyRef]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say of each policy that extends another which one that is, with the deviations that follow, one by one."""
    for ref in refs:
        if ref.extends:
            told = tuple(map(deviation, ref.deviations))
            differs = "differs from it:" if told else "differs from it in no clause."
            yield f"{policy(ref)}, extends {ref.extends}, and {differs}", told


def differences(refs: Iterable[PolicyRef]) -> Iterator[str]:
    """Say the same in one sentence for each such policy."""
    return (f"{head} {'; '.join(told)}." if told else head for head, told in overlays(refs))


def address(clause: ClauseRef, refs: Sequence[PolicyRef]) -> str:
    """Give the id of a clause; where there are several policies, behind the address of its own."""
    return clause.id if len(refs) == 1 else f"{clause.policy}@{clause.version}/{clause.id}"


def titled(title: str, clause: ClauseRef, refs: Sequence[PolicyRef]) -> str:
    """Put the policy of a clause behind its title, where there are several."""
    return title if len(refs) == 1 else f"{title} ({clause.policy} {clause.version})"


def read_by(verdict: Verdict) -> str:
    """Say who read the text, and why no model did if none did."""
    reader, model = READERS[verdict.decided_by], verdict.model
    if verdict.why_not_model:
        return f"{reader}: {WHY_NOT_MODEL[verdict.why_not_model]}"
    if model is None:
        return reader
    return f"{reader}: {model.name!r} at {model.host}; {CALIBRATIONS[model.calibration]}"


def tier(which: Tier) -> str:
    """Give a tier with its number, but for the one that nobody objects to; sorted as text, that one comes last."""
    return TIERS[which] if which is Tier.NO_OBJECTION else f"{which.value} {TIERS[which]}"


def dollars(cost: float) -> str:
    """Give a cost with as many decimals everywhere."""
    return f"{cost:,.4f} US dollars"


def taken(receipt: Receipt) -> str:
    """Say what a verdict took."""
    cost = f"cost unknown ({receipt.cost_unknown})" if receipt.cost is None else dollars(receipt.cost)
    calls = f"calls: {receipt.calls}, answers from memory: {receipt.from_memory}"
    tokens = f"{receipt.input_tokens:,} tokens in, {receipt.output_tokens:,} out"
    return f"{calls}; {tokens}; {cost}; {receipt.seconds:.1f} s"


def standing(clause: ClauseRef) -> str:
    """Say how surely a clause is known, who held it against the page, and whether it is in force yet."""
    told = STANDINGS[clause.standing]
    if clause.confirmed:
        told = (
            f"{told.removesuffix(_UNCHECKED)}; held against the page by {clause.confirmed.by} on {clause.confirmed.on}"
        )
    return f"{told}; applies from {clause.applies_from}" if clause.applies_from else told


def clause_name(clause: ClauseRef) -> str:
    """Name a clause as a person would: its number, if it has an official one, and its title."""
    return f"clause {clause.number} ({clause.title})" if clause.number else f"the clause on {clause.title}"


def summary(held: Sequence[Reason], findings: Sequence[Finding], reasons_of: dict[str, frozenset[Reason]]) -> str:
    """Say in one sentence why a review ended as it did; the strictest reason speaks."""
    clauses = [clause_name(f.clause) for f in findings if held[0] in reasons_of.get(f.clause.id, ())]
    sentence = REASONS[held[0]].format(clauses=", ".join(dict.fromkeys(clauses)))
    return f"{sentence[0].upper()}{sentence[1:]}."
