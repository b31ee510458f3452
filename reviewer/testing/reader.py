"""An obedient reader in a model's place: the shipped rules read what a request holds, and answer in its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeGuard

from reviewer.errors import InputError, ReviewerError, TooLarge
from reviewer.testing import bodies, form
from reviewer.testing.exchange import Response
from reviewer.verdict import Decision, Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer import Reviewer
    from reviewer.testing.exchange import Line, Request
    from reviewer.verdict import Finding, Verdict
    from reviewer.wire import WireFinding

TEXTS_KEPT = 4096
MOST_QUOTES = 3

_FENCE = "<<<SUBMISSION "
_SUBMISSION = re.compile(_FENCE + r"([0-9a-f]{16})\n(.*)\nSUBMISSION \1>>>", re.DOTALL)
_CLAUSE = re.compile(r"^\[([\w.-]+)\] ", re.MULTILINE)
_ABOUT = "A description of {words} words, read by keyword rules that stand in for a model."
_FENCED = "Here is my assessment:\n\n```json\n{answer}\n```\n\nLet me know if you need anything else."


@dataclass(frozen=True)
class ReaderByRules:
    """Answers every review as the shipped rules would, approving where they find nothing.

    `policy` is the one to read by; by default it is the shipped one that the request's clauses come from.
    `fenced`: talks around its answer and wraps it in a code fence, whatever response format is asked for.
    """

    policy: str | None = None
    fenced: bool = False

    async def act(self, request: Request, line: Line) -> bool:
        """Find the text in the request and answer; a text that cannot be read is refused with 400."""
        try:
            response = self._completion(request)
        except TooLarge as refusal:
            word = "context_length_exceeded"
            response = Response(400, bodies.error(str(refusal), kind="invalid_request_error", code=word))
        except InputError as refusal:
            response = Response(400, bodies.error(str(refusal), kind="invalid_request_error"))
        except ReviewerError as failure:
            response = Response(500, bodies.error(str(failure), kind="server_error"))
        return await response.act(request, line)

    def _completion(self, request: Request) -> Response:
        spoken = list(_spoken(request.body))
        asked = [content for role, content in reversed(spoken) if role == "user"]
        clauses = _clauses("\n".join(content for _, content in spoken).partition(_FENCE)[0])
        answer = read(submission(asked), self.policy or _policy_of(clauses), clauses)
        content = _FENCED.format(answer=answer) if self.fenced else answer
        usage = bodies.counted(len(request.raw), len(content))
        return Response(200, bodies.encoded(bodies.completion(content, model=request.model, usage=usage)))


def submission(messages: Sequence[str]) -> str:
    """Give the text between the marked lines of the first message that has them, or the whole of the first.

    Messages come latest first: one that asks for a repair does not repeat the text.
    """
    found = next(filter(None, map(_SUBMISSION.search, messages)), None)
    return found[2] if found else "".join(messages[:1])


@lru_cache(maxsize=TEXTS_KEPT)
def read(text: str, policy: str, clauses: frozenset[str]) -> str:
    """Read a text by the rules and give the answer; cites none but `clauses`, if these are known."""
    verdict = _reviewer(policy).review(text)
    findings = [_told(found, verdict) for found in verdict.findings if not clauses or found.clause.id in clauses]
    stands_against = any(found.kind in {Kind.FAIL, Kind.REVIEW} for found in findings)
    return form.reply(
        verdict.decision if stands_against else Decision.APPROVE,
        *findings,
        about=_ABOUT.format(words=len(text.split())),
        addressed_to_reviewer=_addressed(verdict),
    )


@cache
def _reviewer(policy: str) -> Reviewer:
    from reviewer import Reviewer

    return Reviewer(policy)


@lru_cache(maxsize=64)
def _clauses(instructions: str) -> frozenset[str]:
    """Give the ids of the clauses that a request lists, each in square brackets at the start of a line."""
    return frozenset(_CLAUSE.findall(instructions))


@lru_cache(maxsize=64)
def _policy_of(clauses: frozenset[str]) -> str:
    """Give the shipped policy that has most of these clauses and fewest others; the default one if there are none."""
    from reviewer import loading

    if not clauses:
        return loading.DEFAULT_POLICY
    return min(loading.policies(), key=lambda name: len(clauses ^ loading.policy(name).by_id.keys()))


def _told(found: Finding, verdict: Verdict) -> WireFinding:
    about = found.clause.id
    return form.finding(
        about,
        *(quote.text for quote in found.quotes[:MOST_QUOTES]),
        kind=found.kind,
        reasoning=f"{found.rationale}.",
        question=next((asked.text for asked in verdict.questions if asked.clause.id == about), None),
        condition=next((tied.text for tied in verdict.conditions if tied.clause.id == about), None),
    )


def _addressed(verdict: Verdict) -> Iterator[str]:
    for warning in verdict.warnings:
        if warning.reason is Reason.INSTRUCTIONS_TO_REVIEWER:
            yield from (quote.text for quote in warning.quotes)


def _spoken(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give who says what, with the parts of a message put together."""
    messages = body.get("messages")
    for message in filter(_is_object, messages if isinstance(messages, list) else ()):
        content = message.get("content")
        parts = content if isinstance(content, list) else [{"text": content or ""}]
        yield message.get("role", ""), "".join(str(part.get("text", "")) for part in filter(_is_object, parts))


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)
