"""Answers in the form that a model is asked for, for scripts and fakes to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.verdict import Decision, Kind
from reviewer.wire import WireFinding, WireReply

if TYPE_CHECKING:
    from collections.abc import Iterable

ABOUT = "A project, described in a few sentences."


def finding(
    clause: str,
    *quotes: str,
    kind: str = Kind.FAIL,
    reasoning: str = "These words say so.",
    question: str | None = None,
    condition: str | None = None,
) -> WireFinding:
    """Make a finding on the clause with this id; nothing keeps it from being wrong."""
    return WireFinding(
        clause=clause,
        quotes=list(quotes),
        reasoning=reasoning,
        kind=Kind(kind),
        question=question,
        condition=condition,
    )


def reply(
    decision: str = Decision.APPROVE,
    *findings: WireFinding,
    about: str = ABOUT,
    addressed_to_reviewer: Iterable[str] = (),
) -> str:
    """Make the JSON of a whole answer; decision and findings may contradict each other."""
    return WireReply(
        about=about,
        findings=list(findings),
        addressed_to_reviewer=list(addressed_to_reviewer),
        decision=Decision(decision),
    ).model_dump_json()
