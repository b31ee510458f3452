"""A call as the bytes of a request; what is the same in every call is encoded once."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from reviewer.call import Message, Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.call import ModelCall
    from reviewer.endpoint import Endpoint
    from reviewer.model.ladder import Stand

_ENFORCED = (Step.STRICT_SCHEMA, Step.SCHEMA)
_TOLD = "Answer with one JSON object that fits this JSON Schema: {schema}"


def body(call: ModelCall, endpoint: Endpoint, stand: Stand) -> bytes:
    """Encode a call as this endpoint takes it."""
    told = "" if stand.step in _ENFORCED else _TOLD.format(schema=call.answer_schema)
    messages = b",".join(_messages(call.messages, told, stand))
    temperature = endpoint.temperature if stand.temperature else None
    head = _head(endpoint.model, temperature, stand.length, call.max_output_tokens)
    return b'{%b,"messages":[%b]%b}' % (head, messages, _response_format(stand.step, call.answer_schema))


@lru_cache(maxsize=64)
def _head(model: str, temperature: float | None, length: str | None, tokens: int) -> bytes:
    fields: dict[str, object] = {"model": model}
    if length:
        fields[length] = tokens
    if temperature is not None:
        fields["temperature"] = temperature
    return _encoded(fields)[1:-1]


@lru_cache(maxsize=16)
def _response_format(step: Step, schema: str) -> bytes:
    if step is Step.TEXT:
        return b""
    if step is Step.JSON_OBJECT:
        return b',"response_format":{"type":"json_object"}'
    strict = b"true" if step is Step.STRICT_SCHEMA else b"false"
    named = b'{"name":"review","strict":%b,"schema":%b}' % (strict, schema.encode())
    return b',"response_format":{"type":"json_schema","json_schema":%b}' % named


def _messages(messages: Iterable[Message], told: str, stand: Stand) -> Iterator[bytes]:
    """Encode the messages, with the words about the schema at the end of the system's.

    Where an endpoint knows no such role, its words go before the user's.
    """
    messages = _instructed(messages, told) if told else messages
    for message in messages if stand.system else _merged(messages):
        if message.role is Role.SYSTEM:
            yield _system_message(message.content)
        else:
            yield b'{"role":"%b","content":%b}' % (message.role.encode(), _encoded(message.content))


@lru_cache(maxsize=16)
def _system_message(content: str) -> bytes:
    return b'{"role":"system","content":%b}' % _encoded(content)


def _instructed(messages: Iterable[Message], told: str) -> list[Message]:
    said, *others = messages
    if said.role is not Role.SYSTEM:
        return [Message(role=Role.SYSTEM, content=told), said, *others]
    return [Message(role=Role.SYSTEM, content=f"{said.content}\n\n{told}"), *others]


def _merged(messages: Iterable[Message]) -> Iterator[Message]:
    held: list[str] = []
    for message in messages:
        if message.role is Role.SYSTEM:
            held.append(message.content)
        elif held and message.role is Role.USER:
            yield Message(role=Role.USER, content="\n\n".join([*held, message.content]))
            held.clear()
        else:
            yield message
    if held:
        yield Message(role=Role.USER, content="\n\n".join(held))


def _encoded(value: object) -> bytes:
    # Half a surrogate pair has no UTF-8; a question mark keeps the count of characters.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
