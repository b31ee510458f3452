"""What came of a request: every shape of reply that is known, by name.

A reply is an answer, a wish to be asked otherwise, or an error; nothing is raised here.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pydantic_core import from_json

from reviewer.call import Usage
from reviewer.errors import BlockedByProvider, ModelError, ModelRejected, ModelUnavailable, UnreadableReply
from reviewer.model.complaint import SHORTEST_IN_CONTENT, Complaint, complaint, filtered, plain, scrubbed, without
from reviewer.model.waiting import delay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.model.complaint import JSONValue
    from reviewer.model.ladder import Change

MOST_QUOTED_TEXT = 1000
LONGEST_NAME = 200
MOST_TOKENS = 10**9

# Codes that some proxies send with a 200, and the status that belongs to them.
_STATUS_OF = {
    "deploymentnotfound": 404,
    "insufficient_quota": 429,
    "invalid_api_key": 401,
    "model_not_found": 404,
    "rate_limit_exceeded": 429,
}
_ERRORS = {str(status) for status in range(400, 600)}
_PASSING = {408, 409, 425, 429}
_BAD_REQUEST = {400, 422}


class ReplyTooLong(ModelUnavailable):
    """The reply is longer than may be read; another try would be, too."""


class NotSent(ModelUnavailable):
    """No connection came about, so that nothing was sent and nothing is billed."""


class NoToken(NotSent):
    """The function that gives tokens gave none."""


class Answer(NamedTuple):
    """What came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Where(NamedTuple):
    """What a message says of an endpoint, and the secrets that none may show.

    `proven` is whether it has answered before; `keyed` is whether a key goes with the request.
    """

    host: str
    base_url: str
    model: str
    proven: bool = False
    keyed: bool = True
    secrets: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Show no secret in a traceback that shows local values."""
        return f"Where({self.host!r})"


class Outcome(NamedTuple):
    """What came of one request.

    `content` is the text of the answer; else `error` says why there is none.
    `change` is what to ask otherwise, if that is possible; `retry` is whether the same may be answered later.
    `proves` is whether a model answered at all, be it badly.
    `untold` is whether it may be billed although nothing that came says so.
    """

    content: str | None = None
    error: ModelError | None = None
    change: Change | None = None
    retry: bool = False
    proves: bool = False
    untold: bool = False
    usage: Usage | None = None
    model: str | None = None
    response_id: str | None = None


def read(answer: Answer, where: Where, now: float) -> Outcome:
    """Name what came; `now` is the time of day, in seconds, for a server that tells the time to wait until."""
    body = _decoded(answer.body)
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return _refused(answer.status, complaint(body), answer.headers, where, now)
    if isinstance(body, dict) and isinstance(body.get("choices"), list) and not body.get("error"):
        return _completion(body, body["choices"], where)
    if isinstance(body, dict) and body.get("error"):
        said = complaint(body)
        return _refused(_status_of(said), said, answer.headers, where, now)
    if _is_page(answer.body):
        return _web_page(where)
    return _no_completion(body, where)


def _decoded(body: bytes) -> JSONValue:
    """Decode JSON; other text stays text, as far as it may be quoted, and nothing is quoted of a web page."""
    try:
        value: JSONValue = from_json(body)
    except ValueError:
        return "" if _is_page(body) else body[:MOST_QUOTED_TEXT].decode("utf-8", "replace").strip()
    return value


def _is_page(body: bytes) -> bool:
    return body[:MOST_QUOTED_TEXT].removeprefix(BOM_UTF8).lstrip().startswith(b"<")


def _status_of(said: Complaint) -> int:
    """Give the status that an error in a 200 stands for; one that says nothing is the server's."""
    statuses = [int(code) for code in said.codes if code in _ERRORS]
    named = [_STATUS_OF[code] for code in said.codes if code in _STATUS_OF]
    return next(iter([*statuses, *named]), HTTPStatus.INTERNAL_SERVER_ERROR)


# --- a 200 with choices --------------------------------------------------------------------------


def _completion(body: dict[str, JSONValue], choices: list[JSONValue], where: Where) -> Outcome:
    outcome = _choice(choices[0], where) if choices else _invalid(where, "without a choice")
    return outcome._replace(
        proves=bool(choices),
        untold=not choices,
        usage=_usage(body.get("usage")),
        model=_name(body.get("model"), where),
        response_id=_name(body.get("id"), where),
    )


def _name(value: JSONValue, where: Where) -> str | None:
    return scrubbed(value, where.secrets)[:LONGEST_NAME] if isinstance(value, str) else None


def _choice(choice: JSONValue, where: Where) -> Outcome:
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        return _invalid(where, "without a message")
    finish, refusal, content = choice.get("finish_reason"), message.get("refusal"), _text(message.get("content"))
    content = without(content, where.secrets, shortest=SHORTEST_IN_CONTENT)
    if finish == "content_filter":
        return _blocked(filtered(choice.get("content_filter_results")), where)
    if isinstance(refusal, str) and refusal:
        text = Complaint(message=refusal).quoted(where.secrets)
        return Outcome(error=UnreadableReply(f"The model refused to answer{text}.", why="refusal"))
    if finish == "length":
        return Outcome(error=UnreadableReply("The model's answer was cut off at its longest length.", why="cut_off"))
    if finish == "error":
        return Outcome(error=ModelUnavailable(f"The model at {where.host} broke off its answer."), retry=True)
    return Outcome(content=content) if content.strip() else _invalid(where, "without content")


def _text(content: JSONValue) -> str:
    """Give the text of a content, which some servers send in parts."""
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text")
        return "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""


def _usage(usage: JSONValue) -> Usage | None:
    if not isinstance(usage, dict):
        return None
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    given, made = usage.get("prompt_tokens"), usage.get("completion_tokens")
    return Usage(input=_count(given), output=_count(made), cached=_count(cached))


def _count(value: JSONValue) -> int:
    return value if isinstance(value, int) and 0 < value < MOST_TOKENS else 0


# --- everything else -----------------------------------------------------------------------------


def _refused(status: int, said: Complaint, headers: Mapping[str, str], where: Where, now: float) -> Outcome:
    if said.blocked:
        return _blocked(said.categories, where)
    if said.no_quota or status == HTTPStatus.PAYMENT_REQUIRED:
        return _used_up(status, said, where)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or (said.too_long and status not in _PASSING):
        message = f"The text is too long for the model at {where.host} ({status}){_quoted(said, where)}."
        return Outcome(error=UnreadableReply(message, why="too_long"))
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        change = said.change(failed=True) if status not in _PASSING else None
        error = _unavailable(status, said, headers, where, now)
        return Outcome(error=error, change=change, retry=True, untold=status == HTTPStatus.GATEWAY_TIMEOUT)
    return _permanent(status, said, headers, where)


def _used_up(status: int, said: Complaint, where: Where) -> Outcome:
    """A key without quota is a wrong set-up; one whose quota ends amid the work leaves the rest to the rules."""
    told = f"The quota of the key at {where.host} is used up ({status}){_quoted(said, where)}"
    message = f"{told}; see to the account at the provider."
    return Outcome(error=ModelUnavailable(message, why="quota")) if where.proven else _rejected(message)


def _permanent(status: int, said: Complaint, headers: Mapping[str, str], where: Where) -> Outcome:
    if status in _BAD_REQUEST:
        message = f"The endpoint {where.host} does not take the request ({status}){_quoted(said, where)}."
        return Outcome(error=ModelRejected(message, only_this=where.proven), change=said.change(failed=False))
    if status < HTTPStatus.BAD_REQUEST:
        return _redirected(status, headers, where)
    return _rejected(_not_allowed(status, said, where))


def _unavailable(
    status: int, said: Complaint, headers: Mapping[str, str], where: Where, now: float
) -> ModelUnavailable:
    wait = delay(headers, now)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        message = f"The endpoint {where.host} is asked too often (429){_quoted(said, where)}."
        return ModelUnavailable(message, why="rate_limit", retry_after=wait)
    return ModelUnavailable(f"The endpoint {where.host} fails ({status}){_quoted(said, where)}.", retry_after=wait)


def _not_allowed(status: int, said: Complaint, where: Where) -> str:
    if status == HTTPStatus.UNAUTHORIZED:
        # The server's words are left out: they may hold the key.
        verb = "refuses the key" if where.keyed else "asks for a key"
        cure = "check REVIEWER_API_KEY or OPENAI_API_KEY (api_key in Python); `reviewer doctor` shows which is set"
        return f"The endpoint {where.host} {verb} (401); {cure}."
    told = f"model {where.model!r}, base_url {where.base_url!r}"
    if status == HTTPStatus.FORBIDDEN:
        cure = "check that the key may use this model, and that base_url is the one that the key is for"
        return f"The endpoint {where.host} forbids it (403; {told}){_quoted(said, where)}; {cure}."
    if status == HTTPStatus.NOT_FOUND:
        cure = "check the name of the model (on Azure the deployment's), and that base_url is whole (a missing /v1?)"
        return f"The endpoint {where.host} does not know it (404; {told}){_quoted(said, where)}; {cure}."
    return f"The endpoint {where.host} rejects the request ({status}; {told}){_quoted(said, where)}."


def _redirected(status: int, headers: Mapping[str, str], where: Where) -> Outcome:
    to = scrubbed(_host(headers.get("location", "")), where.secrets)
    message = f"The endpoint {where.host} sends elsewhere ({status}, to {to!r})"
    if where.proven:
        return Outcome(error=ModelUnavailable(f"{message}."), retry=True)
    return _rejected(f"{message}; set base_url to the endpoint itself, and see whether a proxy asks to log in.")


def _host(address: str) -> str:
    """Give the host only: the address of a login page may hold what logs one in."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def _web_page(where: Where) -> Outcome:
    message = f"The endpoint {where.host} answered with a web page"
    if where.proven:
        return Outcome(error=ModelUnavailable(f"{message}; it may be a proxy's login page."), retry=True)
    cure = "see whether a proxy asks to log in, and whether it is whole (a missing /v1?)"
    return _rejected(f"{message} under base_url {where.base_url!r}; {cure}.")


def _no_completion(body: JSONValue, where: Where) -> Outcome:
    """Take JSON of another kind, before any answer, as that of another address; broken text is a broken answer."""
    message = f"The endpoint {where.host} answered with no chat completion"
    if where.proven or isinstance(body, str):
        return Outcome(error=UnreadableReply(f"{message}."), untold=True)
    return _rejected(f"{message}; is base_url {where.base_url!r} whole (a missing /v1?)")


def _blocked(categories: tuple[str, ...], where: Where) -> Outcome:
    categories = plain(categories, where.secrets)
    seen = f" ({', '.join(categories)})" if categories else ""
    return Outcome(error=BlockedByProvider(f"The provider's filter stopped the text{seen}.", categories=categories))


def _invalid(where: Where, lack: str) -> Outcome:
    return Outcome(error=UnreadableReply(f"The model at {where.host} answered {lack}."))


def _rejected(message: str) -> Outcome:
    return Outcome(error=ModelRejected(message))


def _quoted(said: Complaint, where: Where) -> str:
    return said.quoted(where.secrets)
