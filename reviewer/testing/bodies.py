"""The JSON that endpoints answer with: a completion, an error, a list of models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MODEL = "fake"


def encoded(value: object) -> bytes:
    """Encode as endpoints do: UTF-8, no blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def completion(
    content: str | None,
    *,
    finish_reason: str | None = "stop",
    model: str = MODEL,
    usage: Mapping[str, int] | None = None,
    **message: object,
) -> dict[str, Any]:
    """Make a chat completion with one choice; `message` is what else the message says, such as `refusal`."""
    told = {"role": "assistant", "content": content, **message}
    return {
        "id": "chatcmpl-fake",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "message": told, "finish_reason": finish_reason}],
        "usage": dict(usage) if usage is not None else counted(0, len(content or "")),
    }


def counted(asked: int, answered: int) -> dict[str, int]:
    """Count the tokens of so many characters, roughly: four of them make one."""
    tokens = {"prompt_tokens": asked // 4, "completion_tokens": answered // 4}
    return {**tokens, "total_tokens": sum(tokens.values())}


def error(message: str, *, kind: str, code: str | None = None, param: str | None = None, **more: object) -> bytes:
    """Make an error as OpenAI words it."""
    return encoded({"error": {"message": message, "type": kind, "param": param, "code": code, **more}})


def models(names: Iterable[str]) -> bytes:
    """Make a list of models."""
    data = [{"id": name, "object": "model", "created": 0, "owned_by": "reviewer"} for name in names]
    return encoded({"object": "list", "data": data})
