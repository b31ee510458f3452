"""A policy and a text to calls: the policy first, the text last, between lines that carry its own mark.

The mark is made from the text, so that the text cannot hold it, and the same text gives the same call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.call import Message, ModelCall, Role
from reviewer.identity import text_digest
from reviewer.policy import Effect
from reviewer.wire import answer_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.call import Prompts
    from reviewer.phrases import Span
    from reviewer.policy import Clause, Policy

MARK_LENGTH = 16
SHORTEST_HALF = 500
CHARACTERS_A_TOKEN = 8

_NAME = re.compile(r"\{([a-z]+)\}")
_BREAKS = ("\n\n", "\n", ". ", " ")
_PART = " This is part {number} of {count} of a longer description; judge what this part says."


@dataclass(frozen=True)
class Questionnaire:
    """The prompts filled for one policy; lengths are in code points, except that an answer is measured in tokens."""

    prompts: Prompts
    policy: Policy
    window_characters: int
    window_overlap: int
    max_output_tokens: int

    @cached_property
    def system(self) -> Message:
        """The first message, the same bytes for every text."""
        policy = self.policy
        title = f"{policy.title}, version {policy.version}, by {policy.publisher}. {policy.legal_status}"
        clauses = "\n\n".join(map(told, policy.clauses))
        return Message(role=Role.SYSTEM, content=filled(self.prompts.system, policy=title, clauses=clauses))

    @cached_property
    def schema(self) -> str:
        """The form of the answer, as JSON."""
        return answer_schema(clause.id for clause in self.policy.clauses)

    @cached_property
    def digest(self) -> str:
        """What names the three prompts together."""
        return text_digest(f"{self.prompts.system}\n{self.prompts.user}\n{self.prompts.repair}")

    @cached_property
    def fingerprint(self) -> str:
        """What names all that a model's reading may depend on: the very first message, the form, and the limits."""
        limits = f"{self.window_characters} {self.window_overlap} {self.max_output_tokens}"
        return text_digest(f"{self.digest}\n{self.system.content}\n{self.schema}\n{limits}")

    @property
    def most_characters(self) -> int:
        """The longest answer that `max_output_tokens` can explain."""
        return self.max_output_tokens * CHARACTERS_A_TOKEN

    def windows(self, text: str) -> tuple[Span, ...]:
        """Cut a text into overlapping windows, at the end of a paragraph, line or sentence where there is one."""
        return tuple(windows(text, (0, len(text)), self.window_characters, self.window_overlap))

    def halves(self, text: str, window: Span) -> tuple[Span, ...]:
        """Cut a window that was too long for its reader in two or three; nothing if it is too short for that."""
        start, end = window
        size = (end - start) * 3 // 5
        return tuple(windows(text, window, size, size // 5)) if size >= SHORTEST_HALF else ()

    def call(self, text: str, window: Span, part: tuple[int, int] = (1, 1)) -> ModelCall:
        """Ask about the window `text[start:end]`, the `part[0]`-th of `part[1]`."""
        given = text[window[0] : window[1]]
        number, count = part
        told = _PART.format(number=number, count=count) if count > 1 else ""
        user = filled(self.prompts.user, part=told, mark=text_digest(given)[:MARK_LENGTH], text=given)
        return self._call(self.system, Message(role=Role.USER, content=user))

    def repair(self, call: ModelCall, content: str, errors: Sequence[str]) -> ModelCall:
        """Send an answer back with what is wrong with it."""
        user = filled(self.prompts.repair, errors="\n".join(f"- {error}" for error in errors))
        answered = Message(role=Role.ASSISTANT, content=content)
        return self._call(*call.messages, answered, Message(role=Role.USER, content=user))

    def _call(self, *messages: Message) -> ModelCall:
        return ModelCall(messages=messages, answer_schema=self.schema, max_output_tokens=self.max_output_tokens)


def filled(template: str, **values: str) -> str:
    """Fill the names in braces, once: what is filled in is not looked at again."""
    return _NAME.sub(lambda match: values.get(match[1], match[0]), template).rstrip("\n")


def windows(text: str, within: Span, size: int, overlap: int) -> Iterator[Span]:
    """Give overlapping spans of at most `size` code points that cover `within`."""
    start, end = within
    while end - start > size:
        cut = _cut(text, start + size - max(overlap, size // 10), start + size)
        yield start, cut
        start = max(start + 1, cut - overlap)
    yield start, end


def _cut(text: str, earliest: int, latest: int) -> int:
    for mark in _BREAKS:
        if (at := text.rfind(mark, earliest, latest)) >= 0:
            return at + len(mark)
    return latest


def told(clause: Clause) -> str:
    """Give what a model is told of a clause."""
    needs = f" (needs {clause.needs})" if clause.effect is Effect.RESTRICTED and clause.needs else ""
    number = f" Clause {clause.number}." if clause.number else ""
    lines = (
        f"[{clause.id}] {clause.effect}{needs}: {clause.title}.{number}",
        clause.text,
        f"Scope: {clause.scope}" if clause.scope else "",
        *(f"Exception: {exception}" for exception in clause.exceptions),
        f"To be stated: {' '.join(ask.question for ask in clause.asks)}" if clause.asks else "",
        "" if clause.in_force else f"Not in force before {clause.applies_from}.",
    )
    return "\n".join(filter(None, lines))
