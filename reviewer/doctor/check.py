"""One thing that was looked at, and how it is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from reviewer.model.complaint import scrubbed
from reviewer.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcome(StrEnum):
    """How it is; a note is neither good nor bad."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


class Fault(StrEnum):
    """Where a failure lies: in the set-up, at the endpoint or on the way to it, or in how the model reads."""

    SETUP = "setup"
    ENDPOINT = "endpoint"
    READING = "reading"


class Check(Value):
    """What was looked at, how it is, what was seen, and what to do about it; `fault` is set where it failed."""

    name: str
    outcome: Outcome
    told: str
    cure: str | None = None
    fault: Fault | None = None


def ok(name: str, told: str) -> Check:
    """Say that something is well."""
    return Check(name=name, outcome=Outcome.OK, told=told)


def note(name: str, told: str, cure: str | None = None) -> Check:
    """Say how something is."""
    return Check(name=name, outcome=Outcome.NOTE, told=told, cure=cure)


def failed(name: str, told: str, cure: str | None, fault: Fault) -> Check:
    """Say that something is not well."""
    return Check(name=name, outcome=Outcome.FAILED, told=told, cure=cure, fault=fault)


def sealed(check: Check, secrets: tuple[str, ...]) -> Check:
    """Take the secrets out of a check, whoever put them there."""
    cure = check.cure and without(check.cure, secrets)
    return check.model_copy(update={"told": without(check.told, secrets), "cure": cure})


def without(text: str, secrets: tuple[str, ...]) -> str:
    """Take the secrets, and what looks like one, out of a text of several lines."""
    return "\n".join(_lines(text.splitlines(), secrets))


def _lines(lines: Iterable[str], secrets: tuple[str, ...]) -> Iterable[str]:
    return (scrubbed(line, secrets) for line in lines)
