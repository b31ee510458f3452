"""A model's answer to the form that it was asked for, or to the exact errors that it is sent back with."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from reviewer.wire import WireReply

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reviewer.wire import WireFinding

MOST_FINDINGS = 100
MOST_QUOTES = 8
MOST_ERRORS = 10
_MOST_BEGINNINGS = 40
_DECODER = json.JSONDecoder(strict=False)  # a line break within a string is a common slip, and does no harm


class Parsed(NamedTuple):
    """What an answer says, as far as it is sound, and what is wrong with it; it counts only without errors."""

    reply: WireReply | None
    errors: tuple[str, ...] = ()


def parse(content: str, clause_ids: Container[str]) -> Parsed:
    """Read an answer, bare or amid other text; one that cites a clause which is not there does not count."""
    try:
        reply = WireReply.model_validate_json(content)
    except ValidationError as error:
        return _parse_within(content, error, clause_ids)
    return _checked(reply, clause_ids)


def _parse_within(content: str, error: ValidationError, clause_ids: Container[str]) -> Parsed:
    """Look for the object amid reasoning or code fences, as endpoints without a schema send it.

    A text under review may hold such an object, and a model may quote it: of two that differ, neither counts.
    """
    replies: list[WireReply] = []
    for found in _objects(content):
        try:
            reply = WireReply.model_validate(found)
        except ValidationError as closer:
            error = closer
        else:
            replies += [reply] if reply not in replies else []
    if len(replies) > 1:
        return Parsed(None, (f"the answer holds {len(replies)} objects of this form; give one, and nothing else.",))
    return _checked(replies[0], clause_ids) if replies else Parsed(None, tuple(_told(error)))


def _objects(content: str) -> Iterator[object]:
    """Give the JSON objects that begin at a brace and do not stand in one another."""
    at, beginnings = content.find("{"), 0
    while at >= 0 and beginnings < _MOST_BEGINNINGS:
        beginnings += 1
        end = at + 1
        try:
            found, end = _DECODER.raw_decode(content, at)
        except (json.JSONDecodeError, RecursionError):
            found = None
        if isinstance(found, dict):
            yield found
        at = content.find("{", end)


def _checked(reply: WireReply, clause_ids: Container[str]) -> Parsed:
    errors = tuple(islice(_slips(reply, clause_ids), MOST_ERRORS))
    if not errors:
        return Parsed(reply)
    sound = [finding for finding in reply.findings[:MOST_FINDINGS] if _is_sound(finding, clause_ids)]
    return Parsed(reply.model_copy(update={"findings": sound}), errors)


def _is_sound(finding: WireFinding, clause_ids: Container[str]) -> bool:
    return finding.clause in clause_ids and len(finding.quotes) <= MOST_QUOTES


def _slips(reply: WireReply, clause_ids: Container[str]) -> Iterator[str]:
    if len(reply.findings) > MOST_FINDINGS:
        yield f"findings: {len(reply.findings)} are more than {MOST_FINDINGS}; give one for each clause at most."
    for at, finding in enumerate(reply.findings[:MOST_FINDINGS]):
        if finding.clause not in clause_ids:
            yield f"findings[{at}].clause: {finding.clause[:80]!r} is no clause of the code of conduct."
        if len(finding.quotes) > MOST_QUOTES:
            yield f"findings[{at}].quotes: {len(finding.quotes)} are more than {MOST_QUOTES}; give the best three."


def _told(error: ValidationError) -> Iterator[str]:
    for issue in error.errors(include_url=False, include_input=False)[:MOST_ERRORS]:
        place = ".".join(map(str, issue["loc"])) or "the answer"
        yield f"{place}: {issue['msg']}"
