"""A call as it would be sent, for whoever wants to see what leaves and to whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reviewer.exporters.outline import visible

if TYPE_CHECKING:
    from reviewer.call import ModelCall
    from reviewer.endpoint import Endpoint


def as_text(call: ModelCall, endpoint: Endpoint) -> str:
    """Give a call for people: the receiver, then each message as it stands, control characters shown by their codes."""
    to = f"To: {visible(endpoint.model)} at {visible(endpoint.base_url)}"
    messages = (f"--- {message.role}\n{_lines(message.content)}" for message in call.messages)
    return "\n".join((to, *messages, "--- form of the answer", call.answer_schema, ""))


def as_json(call: ModelCall, endpoint: Endpoint) -> str:
    """Give a call as one line of JSON."""
    told = {
        "to": endpoint.base_url,
        "model": endpoint.model,
        **call.model_dump(mode="json"),
        "answer_schema": json.loads(call.answer_schema),
    }
    return json.dumps(told, ensure_ascii=False)


def _lines(text: str) -> str:
    """Keep every blank and tab; a control character is shown by its code instead of obeyed."""
    return "".join(c if c in "\n\t" or c.isprintable() else visible(c) for c in text)
