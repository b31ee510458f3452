"""An organisation's own policy, laid over one that is published: no copy, so that both can move on."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from reviewer.policy import Answer, Change, Clause, Confirmation, Effect, Unconfirmed
from reviewer.value import Said, Value


class Off(Value):
    """Why a clause is switched off, and who answers for it."""

    reason: Said
    by: Said


class Stricter(Value):
    """What a clause is to do instead, why, and who says so."""

    effect: Effect
    reason: Said
    by: Said


class Wording(Value):
    """The official wording of a clause, and the heading that it stood under.

    `guessed` says that only the likeness of its words speaks for it being this clause.
    """

    text: str
    heading: str | None = None
    guessed: bool = False


class Imported(Value):
    """The saved page that official wording was taken from: its name, the SHA-256 of its bytes, and the day."""

    file: str
    sha256: str
    on: date


class Overlay(Value):
    """What is said over the policy that is extended, by clause id.

    `extends` is an address as `--policy` takes it; a path counts from the overlay's own folder.
    `clauses` are added ones.
    """

    name: str
    version: str
    title: str
    publisher: str
    extends: str
    url: str | None = None
    effective: date | None = None
    legal_status: str | None = None
    unconfirmed_clauses: Unconfirmed | None = None
    off: dict[str, Off] = Field(default_factory=dict)
    stricter: dict[str, Stricter] = Field(default_factory=dict)
    answers: dict[str, Answer] = Field(default_factory=dict)
    confirmed: dict[str, Confirmation] = Field(default_factory=dict)
    verbatim: dict[str, Wording] = Field(default_factory=dict)
    imported: Imported | None = None
    clauses: tuple[Clause, ...] = ()
    changes: tuple[Change, ...] = ()
