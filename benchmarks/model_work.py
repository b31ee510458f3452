"""What every client of the model path's benchmark is given: the same texts, as the same messages, under one schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypedDict

from benchmarks.texts import texts
from reviewer import Reviewer
from reviewer.testing import ScriptedModel, finding, reply

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHORTEST, LONGEST = 120, 900
PAGE = 3_000
PAGES = 120

_FIRST = re.compile(r"\S[^\n]{20,200}?(?:[.!?](?=\s|$)|\n|$)")


class Work(TypedDict):
    """The texts, what the model is asked about each, and what it answers; the system message and the schema."""

    system: str
    schema: str
    texts: list[str]
    asked: list[str]
    answers: list[str]


def short(count: int) -> list[str]:
    """Give so many different short descriptions, the same every time."""
    known = dict.fromkeys(text for text in texts() if SHORTEST <= len(text) <= LONGEST)
    if len(known) < count:
        raise SystemExit(f"There are only {len(known)} short descriptions, and {count} are asked for; ask for fewer.")
    return list(known)[:count]


def long() -> str:
    """Give a text of as many pages as a tender has."""
    whole = "\n\n".join(texts())
    return (whole * (1 + PAGE * PAGES // len(whole)))[: PAGE * PAGES]


def prepare(given: Iterable[str], file: Path) -> None:
    """Write the work for these texts, of which a model is asked about each in one call."""
    reviewer = Reviewer(model=ScriptedModel([]))
    asked = [(text, reviewer.requests(text)) for text in given]
    calls = [(text, calls[0]) for text, calls in asked if len(calls) == 1]
    system = calls[0][1].messages[0].content
    work = Work(
        system=system,
        schema=calls[0][1].answer_schema,
        texts=[text for text, _ in calls],
        asked=[call.messages[1].content for _, call in calls],
        answers=[answer(text) for text, _ in calls],
    )
    file.write_text(json.dumps(work), encoding="utf-8")


def answer(text: str) -> str:
    """Give a plausible answer with two findings, whose quotes stand in the text."""
    # A window of a long text may begin in the middle of a word.
    first = _FIRST.search(text.partition(" ")[2] if len(text) > LONGEST else text)
    quote = first[0].strip() if first else text[:200].strip()
    last = text[-80:].partition(" ")[2].strip()
    doubt = finding(
        "consequential-decisions",
        quote,
        kind="review",
        reasoning="The text does not say whether the results decide over people.",
        question="Do the results decide over people, and who looks at them before?",
    )
    breach = finding("harm-to-people-or-society", last, reasoning="These words describe harm to the people concerned.")
    return reply("reject", doubt, breach, about="A project that an organisation plans, told in a few sentences.")
