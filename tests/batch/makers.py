"""Submissions and readers for tests of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import Reviewer, Source, Submission
from reviewer.call import Failure
from reviewer.testing import ScriptedModel, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.call import ModelCall
    from reviewer.receipt import WhyNotModel

CLEAN = "Number {number}: the assistant drafts answers about bus timetables, and staff check and send every answer."


def row(number: int, text: str | None = None, *, name: str | None = None) -> Submission:
    """Make the submission of a row, by default a harmless one that is like no other."""
    source = Source(file="intake.csv", row=number + 1)
    text = CLEAN.format(number=number) if text is None else text
    return Submission(text=text, source=source, id=name or f"R-{number}", fields=(("Text", text),))


def rows(count: int) -> list[Submission]:
    """Make as many of them."""
    return [row(number) for number in range(1, count + 1)]


def approving() -> ScriptedModel:
    """Make a model that finds nothing against any text."""
    return ScriptedModel(lambda _: reply())


def failing(why: WhyNotModel, when: Callable[[int], bool]) -> ScriptedModel:
    """Make a model that gives no answer to those calls, counted from 1, for which `when` holds."""
    calls: list[ModelCall] = []

    def answer(call: ModelCall) -> str | Failure:
        calls.append(call)
        return Failure(why=why, detail="It gave no answer.") if when(len(calls)) else reply()

    return ScriptedModel(answer)


def reader(model: ScriptedModel | None = None) -> Reviewer:
    """Make a reviewer, which asks this model if there is one."""
    return Reviewer(model=model)
