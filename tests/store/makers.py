"""Plans, submissions, verdicts and rows of a store, for whoever tests with one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reviewer.citing import cite
from reviewer.identity import text_digest
from reviewer.policy import Effect
from reviewer.receipt import Receipt, WhyNotModel
from reviewer.run import Entry, Plan, SignOff
from reviewer.store.row import Recorded
from reviewer.submission import Source, Submission
from reviewer.verdict import (
    Condition,
    DecidedBy,
    Decision,
    Finding,
    FoundBy,
    Kind,
    ModelRef,
    Passage,
    PolicyRef,
    Question,
    Quote,
    Reason,
    SubmissionRef,
    Tier,
    Verdict,
    Warning,
)
from tests.makers import clause, policy

if TYPE_CHECKING:
    from collections.abc import Iterable

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORDS = "Harbour warehouse 17"
TEXT = f"The camera at {WORDS} matches faces of visitors."
POLICY = PolicyRef(name="house", version="1", title="House rules", url="https://house.example/rules", digest="d" * 64)
MODEL = ModelRef(name="gpt", host="model.example", prompts_digest="e" * 64)
FACES, DISCLOSURE = clause("face-matching"), clause("ai-disclosure", Effect.REQUIRED)
_HOUSE = policy(FACES, DISCLOSURE)
RECEIPT = Receipt(
    calls=1,
    from_memory=0,
    attempts=2,
    answered_by=("gpt",),
    response_ids=("r-1",),
    input_tokens=900,
    output_tokens=80,
    cached_tokens=0,
    quotes=1,
    located=1,
    failures=(f"The reply on {WORDS} was cut off.",),
    cost=0.01,
    cost_unknown=None,
    seconds=0.5,
)


def plan(name: str | None = None, *, inputs: tuple[str, ...] = ("intake.csv",), brief: str = "b" * 64) -> Plan:
    """Make a plan; another brief makes it another plan."""
    return Plan(name=name, inputs=inputs, reading="text: Description", policy=POLICY, brief=brief)


def submission(text: str = TEXT, *, row: int = 1, name: str | None = None) -> Submission:
    """Make a row of a sheet with two columns."""
    source = Source(file="intake.csv", row=row)
    return Submission(text=text, source=source, id=name, fields=(("Description", text), ("Unit", "Port")))


def quote(text: str, start: int, end: int) -> Quote:
    """Quote a stretch of a text, with all of it as the sentence."""
    return Quote(text=text[start:end], start=start, end=end, sentence=Passage(text=text, start=0, end=len(text)))


def finding(text: str = TEXT, *, found_by: FoundBy = FoundBy.RULES) -> Finding:
    """Find faces in the first words of a text; the model repeats them in its own."""
    by_model = found_by is not FoundBy.RULES
    return Finding(
        clause=cite(FACES, _HOUSE),
        kind=Kind.FAIL,
        found_by=found_by,
        quotes=(quote(text, 0, len(text) // 2),),
        rationale=f"It says: {text}" if by_model else "Faces are matched",
        remedy=FACES.remedy,
        question=f"Why at {WORDS}?" if by_model else None,
        condition=f"Not at {WORDS}." if by_model else None,
    )


def verdict(
    text: str = TEXT,
    decision: Decision = Decision.REJECT,
    *,
    decided_by: DecidedBy = DecidedBy.RULES,
    receipt: Receipt | None = None,
    why_not_model: WhyNotModel | None = WhyNotModel.OFFLINE,
) -> Verdict:
    """Make a verdict with something in every part; one of the model's repeats the text everywhere it can."""
    by_model = decided_by is DecidedBy.MODEL
    found = finding(text, found_by=FoundBy.MODEL if by_model else FoundBy.RULES)
    told = Condition(clause=found.clause, text=found.condition or "Mind faces.", standing=False)
    standing = Condition(clause=cite(DISCLOSURE, _HOUSE), text="Tell people that it is a machine.", standing=True)
    return Verdict(
        decision=decision,
        tier=Tier.NO_OBJECTION if decision is Decision.APPROVE else Tier.BREACH_IN_WORDS,
        reasons=(Reason.CLAUSE_BREACHED,),
        summary="A clause is breached.",
        decided_by=decided_by,
        why_not_model=None if by_model else why_not_model,
        model=MODEL if by_model else None,
        policy=POLICY,
        submission=SubmissionRef(
            sha256=text_digest(text), characters=len(text), source=Source(file="intake.csv", row=1), id="R-1"
        ),
        findings=(found,),
        questions=(Question(clause=found.clause, text=found.question or "What about faces?"),),
        conditions=(told, standing),
        warnings=(
            Warning(reason=None, text=f"A comment: {WORDS!r}"),
            Warning(reason=Reason.HIDDEN_TEXT, text="White letters.", quotes=(quote(text, 0, 10),)),
        ),
        review_digest=text_digest(f"{text} {decision} {decided_by}"),
        receipt=receipt,
    )


def recorded(position: int, text: str | None = None) -> Recorded:
    """Make a row of the store at a position, under a key of its own, decided by rules; `replace` makes others of it."""
    words = f"{TEXT} Number {position}." if text is None else text
    named = submission(words, row=position, name=f"R-{position}")
    return Recorded(position, key(position), named, verdict(words))


def key(position: int) -> str:
    """Give the key of the row that `recorded` makes."""
    return f"intake.csv/{position}"


def sign_off(
    decision: Decision = Decision.APPROVE, *, reason: str = "It is tested.", name: str = "A reviewer"
) -> SignOff:
    """Make a decision of a person."""
    return SignOff(
        decision=decision, reason=reason, name=name, valid_until=NOON.date(), at=NOON, review_digest="f" * 64
    )


def entry(position: int = 1) -> Entry:
    """Make an entry as a store gives it, without a store."""
    row = recorded(position)
    return Entry(position, position, row.key, row.submission, row.verdict, at=NOON)


def keys(entries: Iterable[Entry]) -> list[str]:
    """Give the keys of entries, in their order."""
    return [one.key for one in entries]
