"""What a reader made of a labelled case, as short as a result can keep it and still be looked up and judged again.

A verdict is not kept whole: a result is compared with those of other versions, and a verdict's form may change.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from reviewer.receipt import WhyNotModel
from reviewer.value import Value
from reviewer.verdict import Context, DecidedBy, Decision, FoundBy, Kind, Reason

if TYPE_CHECKING:
    from reviewer.verdict import Finding, Quote, Verdict


class ReaderName(StrEnum):
    """Who reads the cases: the rules alone, the model with the rules beside it, or a run that is over."""

    RULES = "rules"
    MODEL = "model"
    STORED = "stored"


class Words(Value):
    """Quoted words: `start` and `end` are code points into the text, both None where the words do not stand there."""

    text: str
    start: int | None
    end: int | None
    context: Context

    @classmethod
    def of(cls, quote: Quote) -> Words:
        """Shorten a quote."""
        return cls(text=quote.text, start=quote.start, end=quote.end, context=quote.context)


class Found(Value):
    """A finding; `policy` is `name@version` of the policy whose clause it is, `number` the official one, if any."""

    clause: str
    policy: str
    number: str | None
    title: str
    kind: Kind
    found_by: FoundBy
    rationale: str
    rules: tuple[str, ...]
    quotes: tuple[Words, ...]

    @classmethod
    def of(cls, finding: Finding) -> Found:
        """Shorten a finding."""
        clause = finding.clause
        return cls(
            clause=clause.id,
            policy=f"{clause.policy}@{clause.version}",
            number=clause.number,
            title=clause.title,
            kind=finding.kind,
            found_by=finding.found_by,
            rationale=finding.rationale,
            rules=finding.rules,
            quotes=tuple(map(Words.of, finding.quotes)),
        )


class Spent(Value):
    """What one reading took: `seconds` are the model's by its receipt, or those of the rules by the clock.

    `cost` is in US dollars, and None where it is not known.
    """

    calls: int = 0
    from_memory: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: float | None = 0.0
    seconds: float = 0.0

    @classmethod
    def of(cls, verdict: Verdict, seconds: float = 0.0) -> Spent:
        """Take it from the receipt; without one, `seconds` is what the reading took."""
        told = verdict.receipt
        if told is None:
            return cls(seconds=seconds)
        return cls(**told.model_dump(include=set(cls.model_fields)))


class Again(Value):
    """What a later reading of the same text came to: its decision, and the clauses that stand against the text."""

    decision: Decision | None
    clauses: tuple[str, ...]


class Answer(Value):
    """What a reader made of the case with this id; `decision` is None and `error` says why where there is no verdict.

    `policy` names all that it was reviewed against, as `name@version`; `warnings` are the reasons of the warnings.
    `again` are the later readings, and `spent` is what each reading took that came to a verdict.
    """

    id: str
    decision: Decision | None = None
    error: str | None = None
    summary: str = ""
    policy: str | None = None
    decided_by: DecidedBy | None = None
    why_not_model: WhyNotModel | None = None
    findings: tuple[Found, ...] = ()
    warnings: tuple[Reason, ...] = ()
    again: tuple[Again, ...] = ()
    spent: tuple[Spent, ...] = ()

    @classmethod
    def of(cls, id: str, verdict: Verdict, seconds: float = 0.0) -> Answer:
        """Shorten a verdict."""
        return cls(
            id=id,
            decision=verdict.decision,
            summary=verdict.summary,
            policy=", ".join(policy.address for policy in verdict.policies),
            decided_by=verdict.decided_by,
            why_not_model=verdict.why_not_model,
            findings=tuple(map(Found.of, verdict.findings)),
            warnings=tuple(warning.reason for warning in verdict.warnings if warning.reason),
            spent=(Spent.of(verdict, seconds),),
        )

    @property
    def flagged(self) -> frozenset[str]:
        """The clauses that are breached or in question."""
        return frozenset(found.clause for found in self.findings if found.kind in {Kind.FAIL, Kind.REVIEW})

    @property
    def readings(self) -> tuple[Again, ...]:
        """All readings, the first one first."""
        return (Again(decision=self.decision, clauses=tuple(sorted(self.flagged))), *self.again)


class Reading(Value):
    """All answers of one reader, in the order of the cases.

    `model` names the model and its host; `seconds` is what all of it took by the clock, None where nothing was read.
    `unknown` are labelled clauses that the policy does not have, so that nobody can find them.
    """

    reader: ReaderName
    model: str | None = None
    repeats: int = 1
    seconds: float | None = None
    unknown: tuple[str, ...] = ()
    answers: tuple[Answer, ...]
