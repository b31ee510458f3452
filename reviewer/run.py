"""What a batch leaves behind: a run, its entries, and what people decided beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pydantic import Field

from reviewer.value import Value
from reviewer.verdict import ClauseRef, Decision, ModelRef, PolicyRef

if TYPE_CHECKING:
    from reviewer.submission import Submission
    from reviewer.verdict import Verdict


class Plan(Value):
    """What makes two runs the same, so that the second goes on with the first.

    `brief` is the digest of policy, rules and engine; `asked` names the model, its parameters and prompts, or says that
    none is asked; `inputs` are the files as they were named, and `reading` is how their columns are read.
    `further_policies` are those beside `policy`, and `as_of` the day asked about, None for that of its beginning;
    `clauses` are all clauses of all of them, as reports cite them.
    """

    name: str | None = None
    inputs: tuple[str, ...]
    reading: str = ""
    policy: PolicyRef
    further_policies: tuple[PolicyRef, ...] = ()
    as_of: date | None = None
    clauses: tuple[ClauseRef, ...] = Field(default=(), repr=False)
    brief: str
    model: ModelRef | None = None
    asked: str = ""

    @property
    def policies(self) -> tuple[PolicyRef, ...]:
        """All policies that the run reviews against."""
        return (self.policy, *self.further_policies)


class Run(Value):
    """One run over some inputs, under one policy, by one reader; it may have been gone on with several times.

    `passes` counts how often its inputs were read from the beginning; `ended_at` is None while it is unfinished.
    """

    id: int
    plan: Plan
    passes: int
    started_at: datetime
    ended_at: datetime | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.plan.name or str(self.id)


class SignOff(Value):
    """What a person decided beside a verdict, and never over it.

    `review_digest` is that of the verdict that the person saw, None where it is not known.
    `valid_until` is the last day on which it holds.
    """

    decision: Decision
    reason: str
    name: str
    valid_until: date | None
    at: datetime
    review_digest: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission of a run, at its place in the input, and what came of it.

    `id` is the store's number for it, `key` what names it from one pass to the next.
    `verdict` is None where it could not be read, and `error` then says why, or where it was not read yet.
    `at` is when the verdict was reached. The text of `submission` is empty where the store keeps none.
    `vanished`: the input of the latest pass had it no more.
    """

    id: int
    position: int
    key: str
    submission: Submission
    verdict: Verdict | None = None
    error: str | None = None
    at: datetime | None = None
    sign_offs: tuple[SignOff, ...] = ()
    vanished: bool = False

    @property
    def sign_off(self) -> SignOff | None:
        """Give people's newest word on what stands now; what they said before was perhaps about another text."""
        return next((told for told in reversed(self.sign_offs) if self.is_meant_by(told)), None)

    def is_meant_by(self, told: SignOff) -> bool:
        """Tell whether a decision is on the verdict that stands, or on there being none.

        Where nobody noted which verdict the person saw, it is the one that stood when the decision was taken in.
        """
        if told.review_digest is None and self.at is not None:
            return told.at >= self.at
        return told.review_digest == (self.verdict.review_digest if self.verdict else None)
