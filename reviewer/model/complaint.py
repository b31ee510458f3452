"""What a server says of a request that it does not answer, in the many forms that servers have for it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reviewer.model.ladder import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

JSONValue = object

MOST_QUOTED = 300
_KEY = re.compile(r"(?:\bsk-|\bBearer\s+)[\w*.~+/=-]+", re.IGNORECASE)
_HIDDEN = "[key]"
_SHORTEST_SECRET = 4
# A shorter key may be a word that a model's answer is made of.
SHORTEST_IN_CONTENT = 16
LONGEST_CATEGORY = 60
MOST_CATEGORIES = 20
# No server's message is longer for a good reason.
_MOST_READ = 10_000

_BLOCKED = {
    "content_filter",
    "content_policy_violation",
    "cyber_policy",
    "cyber_policy_violation",
    "invalid_prompt",
    "responsibleaipolicyviolation",
}
_TOO_LONG_CODES = {"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"}
_TOO_LONG = re.compile(r"context (?:length|size|window)|maximum context|prompt is too long", re.IGNORECASE)
_NO_QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}

_FORMAT = re.compile(
    r"response_?format|json_schema|json_object|json mode|structured output|guided|grammar", re.IGNORECASE
)
_SYSTEM = re.compile(
    r"system (?:role|message|prompt)s?\b|role\W+(?:\w+\W+){0,4}system\b|'system'.{0,40}\brole"
    r"|messages\[\d+\]\.role|only user and assistant roles|roles must alternate",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"max_(?:completion_)?tokens", re.IGNORECASE)
_TEMPERATURE = re.compile(r"\btemperature\b", re.IGNORECASE)
_CHANGES = (
    (Change.STEP, _FORMAT),
    (Change.SYSTEM, _SYSTEM),
    (Change.LENGTH, _LENGTH),
    (Change.TEMPERATURE, _TEMPERATURE),
)
# A server that fails over these words cannot do what was asked; one that fails over others is ill.
_FAILED_OVER = (Change.STEP, Change.SYSTEM)


class Complaint(NamedTuple):
    """A server's error: its words, its codes (and types) in lower case, the parameter that it is about.

    `categories` are what a filter saw.
    """

    message: str = ""
    codes: frozenset[str] = frozenset()
    param: str = ""
    categories: tuple[str, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether a filter of the provider's stopped the text."""
        return bool(self.codes & _BLOCKED or self.categories)

    @property
    def too_long(self) -> bool:
        """Whether a shorter text would be answered."""
        return bool(self.codes & _TOO_LONG_CODES or _TOO_LONG.search(self.message))

    @property
    def no_quota(self) -> bool:
        """Whether it is the account that is used up, which no waiting helps."""
        return bool(self.codes & _NO_QUOTA)

    def change(self, *, failed: bool) -> Change | None:
        """Say what of the request the server does not take, if it says so; `failed` is whether it broke over it."""
        # The parameter says more than the message, which may speak of several.
        for text in (self.param, self.message):
            for change, words in _CHANGES:
                if words.search(text) and not (failed and change not in _FAILED_OVER):
                    return change
        return None

    def quoted(self, secrets: tuple[str, ...]) -> str:
        """Give the server's words as the end of a sentence, without what must not be seen."""
        text = scrubbed(self.message, secrets)[:MOST_QUOTED]
        return f": {text!r}" if text else ""


def without(text: str, secrets: tuple[str, ...], *, shortest: int = _SHORTEST_SECRET) -> str:
    """Take the secrets out of a text, but for those that are shorter than the `shortest`."""
    for secret in secrets:
        if len(secret) >= shortest:
            text = text.replace(secret, _HIDDEN)
    return text


def scrubbed(text: str, secrets: tuple[str, ...]) -> str:
    """Take the secrets out of a message, and what looks like one, and line breaks."""
    return " ".join(_KEY.sub(_HIDDEN, without(text, secrets)).split())


def complaint(body: JSONValue) -> Complaint:
    """Read the decoded body of an error."""
    if isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, str):
        return Complaint(message=body[:_MOST_READ])
    if not isinstance(body, dict):
        return Complaint()
    error = body.get("error") or body
    if isinstance(error, str):
        return Complaint(message=error[:_MOST_READ])
    return _of(error) if isinstance(error, dict) else Complaint()


def _of(error: dict[str, JSONValue]) -> Complaint:
    inner = error.get("innererror")
    inner = inner if isinstance(inner, dict) else {}
    parts = list(_parts(error.get("detail")))
    message = error.get("message") or error.get("detail")
    codes = [error.get("code"), error.get("type"), error.get("status"), inner.get("code")]
    return Complaint(
        message=(message if isinstance(message, str) else "; ".join(said for _, said in parts))[:_MOST_READ],
        codes=frozenset(str(code).casefold() for code in codes if code),
        param=str(error.get("param") or " ".join(place for place, _ in parts))[:_MOST_READ],
        categories=filtered(inner.get("content_filter_result")) or _reasons(error.get("metadata")),
    )


def _parts(detail: JSONValue) -> Iterator[tuple[str, str]]:
    """Read the list of place and message that a server built on FastAPI gives."""
    for part in detail if isinstance(detail, list) else ():
        if isinstance(part, dict):
            place = part.get("loc")
            yield ".".join(map(str, place)) if isinstance(place, list) else "", str(part.get("msg", ""))


def filtered(result: JSONValue) -> tuple[str, ...]:
    """Give the categories in which Azure's filter stopped a text."""
    seen = result.items() if isinstance(result, dict) else ()
    return tuple(name for name, found in seen if isinstance(found, dict) and found.get("filtered"))


def plain(categories: tuple[str, ...], secrets: tuple[str, ...]) -> tuple[str, ...]:
    """Give the categories that can be shown to people, without secrets, and not too many or too long."""
    shown = (scrubbed(name, secrets)[:LONGEST_CATEGORY] for name in categories if name.strip() and name.isprintable())
    return tuple(islice(shown, MOST_CATEGORIES))


def _reasons(metadata: JSONValue) -> tuple[str, ...]:
    """Give the categories of a router's moderation."""
    reasons = metadata.get("reasons") if isinstance(metadata, dict) else None
    return tuple(map(str, reasons)) if isinstance(reasons, list) else ()
