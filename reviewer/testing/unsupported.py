"""An endpoint that lacks something that others have, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.testing import bodies
from reviewer.testing.exchange import Response

if TYPE_CHECKING:
    from reviewer.testing.exchange import Behaviour, Line, Request


@dataclass(frozen=True)
class Unsupported:
    """Refuses requests that ask for `what`, and leaves the others to `then`."""

    what: str
    code: int
    then: Behaviour

    async def act(self, request: Request, line: Line) -> bool:
        """Refuse or answer."""
        if asks_for(self.what, request.body):
            return await refusal_of(self.what, self.code).act(request, line)
        return await self.then.act(request, line)


def asks_for(what: str, body: dict[str, Any]) -> bool:
    """Whether a request has the parameter, uses the role, or names the response format `what`, or `strict`."""
    form = body.get("response_format") or {}
    if what == "strict":
        return bool(form.get("json_schema", {}).get("strict"))
    return what in {*body, form.get("type"), *(message.get("role") for message in body.get("messages", ()))}


def refusal_of(what: str, code: int) -> Response:
    """Say that `what` is not supported, in the words and fields of the big endpoints."""
    if what in {"json_schema", "json_object", "strict"}:
        told = f"Invalid parameter: 'response_format' of type {what!r} is not supported with this model."
        return _refusal(code, told, "response_format", None)
    if what in {"system", "developer"}:
        told = f"Unsupported value: 'messages[0].role' does not support {what!r} with this model."
        return _refusal(code, told, "messages[0].role", "unsupported_value")
    told = f"Unsupported parameter: {what!r} is not supported with this model."
    return _refusal(code, told, what, "unsupported_parameter")


def _refusal(code: int, told: str, param: str, word: str | None) -> Response:
    return Response(code, bodies.error(told, kind="invalid_request_error", code=word, param=param))
