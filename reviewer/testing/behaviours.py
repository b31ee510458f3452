"""Everything that an endpoint has been seen to do, each as a value to give to `FakeEndpoint`."""

from __future__ import annotations

import gzip
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING

from reviewer.testing import bodies
from reviewer.testing.bodies import MODEL, completion, encoded
from reviewer.testing.exchange import JSON, Response
from reviewer.testing.limiter import RateLimited
from reviewer.testing.misconduct import Drip, Garbage, Hang, NeverEnding, Slam
from reviewer.testing.reader import ReaderByRules
from reviewer.testing.unsupported import Unsupported, refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reviewer.testing.exchange import Behaviour

HTML = "text/html; charset=utf-8"

_LOGIN = b"<!doctype html><html><head><title>Sign in</title></head><body><form>Password: <input></form></body></html>"
_ERRORS: dict[int, tuple[str, str | None, str]] = {
    400: ("invalid_request_error", None, "The request is invalid."),
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
    403: ("invalid_request_error", "access_denied", "This key has no access to the model."),
    404: ("invalid_request_error", "model_not_found", "The model does not exist, or you have no access to it."),
    429: ("requests", "rate_limit_exceeded", "Rate limit reached for requests."),
    503: ("unavailable_error", None, "Loading model"),
}
_OWN_FAULT = ("server_error", None, "The server had an error while processing the request.")
_FILTERED = "The response was filtered because the prompt triggered the content management policy."
_FILTERS = ("hate", "self_harm", "sexual", "violence")


def answer(
    content: str | None,
    *,
    finish_reason: str | None = "stop",
    model: str = MODEL,
    usage: Mapping[str, int] | None = None,
) -> Response:
    """Answer 200 with this content."""
    return Response(200, encoded(completion(content, finish_reason=finish_reason, model=model, usage=usage)))


def by_rules(policy: str | None = None) -> ReaderByRules:
    """Answer as the shipped rules would, by the policy that the request holds or by this one; the default."""
    return ReaderByRules(policy)


def fenced(policy: str | None = None) -> ReaderByRules:
    """Answer by rules, but ignore `response_format`: talk, and wrap the answer in a code fence."""
    return ReaderByRules(policy, fenced=True)


def status(code: int, body: bytes | str | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a status; without a body, with an error in the usual form."""
    kind, word, told = _ERRORS.get(code, _OWN_FAULT)
    said = bodies.error(told, kind=kind, code=word) if body is None else body
    data = said.encode() if isinstance(said, str) else said
    return Response(code, data, headers=tuple((headers or {}).items()))


def too_many(retry_after: float | datetime | None = None) -> Response:
    """Answer 429, with Retry-After in seconds or as a date (in UTC) if it is given."""
    return status(429, headers=_retry_after(retry_after))


def loading(retry_after: float | datetime | None = None) -> Response:
    """Answer 503, as a server does that is still loading its model."""
    return status(503, headers=_retry_after(retry_after))


def quota() -> Response:
    """Answer 429 because the account is empty, which no waiting cures."""
    told = "You exceeded your current quota; check your plan and billing details."
    return Response(429, bodies.error(told, kind="insufficient_quota", code="insufficient_quota"))


def content_filter(categories: Sequence[str] = ("violence",)) -> Response:
    """Answer 400, as Azure does where its filter stops the prompt, with what it saw."""
    seen = {name: {"filtered": name in categories} for name in (*_FILTERS, *categories)}
    inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": seen}
    said = bodies.error(_FILTERED, kind="invalid_request_error", code="content_filter", status=400, innererror=inner)
    return Response(400, said)


def filtered() -> Response:
    """Answer 200 with nothing in it, because the filter stopped the answer."""
    return answer("", finish_reason="content_filter")


def blocked(code: str = "cyber_policy") -> Response:
    """Answer 400 because the provider will not read such a prompt; `invalid_prompt` is another code for it."""
    told = "The prompt was flagged as violating the usage policy."
    return Response(400, bodies.error(told, kind="invalid_request_error", code=code))


def too_long() -> Response:
    """Answer 400 because the text does not fit into the model's context."""
    told = "The maximum context length is 8192 tokens; the messages resulted in more."
    word = "context_length_exceeded"
    return Response(400, bodies.error(told, kind="invalid_request_error", code=word, param="messages"))


def schema_refused(code: int = 400) -> Response:
    """Refuse the schema, whether there is one or not; some servers fail with 500 over it."""
    return refusal_of("json_schema", code)


def unsupported(what: str, *, code: int = 400, then: Behaviour | None = None) -> Unsupported:
    """Refuse each request that asks for `what`, and answer the others by rules, or as `then` does.

    `what` is a parameter (`temperature`, `max_tokens`), a role (`system`),
    a response format (`json_schema`, `json_object`), or `strict`.
    """
    return Unsupported(what, code, then or by_rules())


def refusal(told: str = "I'm sorry, but I can't help with that.") -> Response:
    """Answer 200 with a refusal in the message."""
    return Response(200, encoded(completion(None, refusal=told)))


def html(code: int = 200) -> Response:
    """Answer with a page, as a proxy does."""
    return Response(code, _LOGIN, HTML)


def login_page(location: str = "https://login.example/") -> Response:
    """Redirect to where somebody should sign in."""
    return Response(302, _LOGIN, HTML, (("location", location),))


def empty_choices() -> Response:
    """Answer 200 without a choice."""
    return Response(200, encoded({**completion(""), "choices": []}))


def empty_content() -> Response:
    """Answer 200 with nothing said, and claim to have finished."""
    return answer("")


def no_finish_reason(content: str | None = None) -> Response:
    """Answer 200 without saying why it stopped, with or without content."""
    return answer(content, finish_reason=None)


def cut_off(content: str = '{"about":"A proj') -> Response:
    """Answer 200 with what fitted into the longest answer."""
    return answer(content, finish_reason="length")


def raw(data: bytes, content_type: str = JSON) -> Response:
    """Answer 200 with any bytes."""
    return Response(200, data, content_type)


def bomb(megabytes: int = 64) -> Response:
    """Answer 200 with a body that is small on the wire and so many megabytes once it is unpacked."""
    packed = gzip.compress(bytes(megabytes << 20), compresslevel=9, mtime=0)
    return Response(200, packed, headers=(("content-encoding", "gzip"),))


def drip(every: float = 0.1, code: int = 200) -> Drip:
    """Send one byte every so many seconds, for ever."""
    return Drip(every, code)


def never_ending(code: int = 200, at_once: int = 65_536) -> NeverEnding:
    """Send bytes without end, as fast as they are taken."""
    return NeverEnding(code, at_once)


def hang() -> Hang:
    """Take the request and answer nothing."""
    return Hang()


def slam(*, in_body: bool = False) -> Slam:
    """Close the connection at once, or in the middle of the body."""
    return Slam(in_body)


def garbage(data: bytes = b"\x16\x03\x01 this is no HTTP\r\n\r\n") -> Garbage:
    """Answer with something that is no HTTP at all."""
    return Garbage(data)


def rate_limited(limit: int, per: float = 1.0, *, exact: bool = False, then: Behaviour | None = None) -> RateLimited:
    """Let `limit` requests pass in each `per` seconds, whoever sends them; what it gives counts the refused ones."""
    return RateLimited(limit, per, exact=exact, then=then or by_rules())


def _retry_after(when: float | datetime | None) -> dict[str, str]:
    if when is None:
        return {}
    return {"retry-after": format_datetime(when, usegmt=True) if isinstance(when, datetime) else f"{when:g}"}


NAMED: dict[str, Callable[[], Behaviour]] = {
    "400": partial(status, 400),
    "401": partial(status, 401),
    "403": partial(status, 403),
    "404": partial(status, 404),
    "429": partial(too_many, 1),
    "500": partial(status, 500),
    "503": partial(loading, 1),
    "blocked": blocked,
    "bomb": bomb,
    "content-filter": content_filter,
    "cut-off": cut_off,
    "drip": drip,
    "empty-choices": empty_choices,
    "empty-content": empty_content,
    "fenced": fenced,
    "filtered": filtered,
    "garbage": garbage,
    "hang": hang,
    "html": html,
    "login-page": login_page,
    "never-ending": never_ending,
    "no-finish-reason": no_finish_reason,
    "no-json": partial(answer, "I would approve this."),
    "no-schema": partial(unsupported, "json_schema"),
    "no-system-role": partial(unsupported, "system"),
    "no-temperature": partial(unsupported, "temperature"),
    "quota": quota,
    "rate-limited": partial(rate_limited, 5, 1.0),
    "refusal": refusal,
    "slam": slam,
    "too-long": too_long,
}
