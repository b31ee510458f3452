"""A code of conduct as data: clauses in our own words, each with how sure we are of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property

from reviewer.value import Value


class Effect(StrEnum):
    """What a clause does: forbid, allow under a condition, or ask for a safeguard."""

    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    REQUIRED = "required"


class Standing(StrEnum):
    """How we know the text of a clause, from the surest to the least sure."""

    OFFICIAL = "official"
    CAPTURED = "captured"
    QUOTED = "quoted"
    SUMMARISED = "summarised"
    INFERRED = "inferred"


class Needs(StrEnum):
    """What a restricted use needs before it is allowed."""

    APPROVAL = "approval"
    CONSENT = "consent"
    OVERSIGHT = "oversight"


class Clause(Value):
    """One clause.

    `number` is the official one, where there is one.
    `text` is our paraphrase, never the official wording.
    `uses` names the uses in the shared library that the clause is about.
    `question` is asked where the text is about the clause but does not say.
    `condition` is what an approval is tied to.
    `remedy` tells the requester what would change a reject or refer.
    """

    id: str
    number: str | None = None
    section: str
    title: str
    text: str
    exceptions: tuple[str, ...] = ()
    effect: Effect
    needs: Needs | None = None
    standing: Standing
    source: str
    uses: tuple[str, ...] = ()
    question: str | None = None
    condition: str | None = None
    remedy: str
    supersedes: str | None = None


class Policy(Value):
    """One version of one code of conduct.

    `effective` is the day from which it holds; `retrieved` says how and when we had its text.
    """

    name: str
    version: str
    title: str
    publisher: str
    url: str
    effective: date | None = None
    retrieved: str
    legal_status: str
    clauses: tuple[Clause, ...]

    @property
    def address(self) -> str:
        """The policy as `name@version`."""
        return f"{self.name}@{self.version}"

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """Every clause under its id."""
        return {clause.id: clause for clause in self.clauses}
