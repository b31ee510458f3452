"""Small values for the tests of the way to a model: an endpoint, a call, a reply, a pace that lets all through."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from reviewer.call import Failure, Message, ModelCall, Reply, Role
from reviewer.endpoint import Endpoint
from reviewer.errors import ModelRejected, ModelUnavailable
from reviewer.model.ladder import Ladder
from reviewer.model.openai import OpenAIModel
from reviewer.model.pacing import Pace
from reviewer.model.spending import Budget

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import respx

KEY = "sk-test-0123456789"
BASE = "https://models.example/v1"
URL = f"{BASE}/chat/completions"
SCHEMA = '{"type":"object"}'
ANSWER = '{"findings": []}'


def endpoint(**fields: object) -> Endpoint:
    """Make an endpoint with a key."""
    return Endpoint.model_validate({"model": "reader", "base_url": BASE, "api_key": KEY, **fields})


def call(text: str = "We count tulips.") -> ModelCall:
    """Make a call with a system's and a user's message."""
    messages = (Message(role=Role.SYSTEM, content="Read."), Message(role=Role.USER, content=text))
    return ModelCall(messages=messages, answer_schema=SCHEMA, max_output_tokens=500)


def completion(content: object = ANSWER, *, finish: str | None = "stop", **fields: object) -> dict[str, object]:
    """Make the body of a chat completion."""
    message = {"role": "assistant", "content": content}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "reader-2025-01-01",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 64}},
        **fields,
    }


def good(content: object = ANSWER, *, finish: str | None = "stop", **fields: object) -> httpx.Response:
    """Make a response with a chat completion."""
    return httpx.Response(200, json=completion(content, finish=finish, **fields))


def bad(
    status: int, message: str = "No.", *, headers: dict[str, str] | None = None, **fields: object
) -> httpx.Response:
    """Make a response with an error object."""
    return httpx.Response(status, json={"error": {"message": message, **fields}}, headers=headers)


class OpenPace(Pace):
    """Lets all through, and remembers what it was told."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        super().__init__(64)
        self.told: list[object] = []
        self.closed = False

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Let it through, unless it is closed."""
        if self.closed:
            raise ModelUnavailable("It failed too often.")
        yield

    def succeeded(self) -> None:
        """Remember it."""
        self.told.append("succeeded")

    def refused(self, retry_after: float | None) -> None:
        """Remember it."""
        self.told.append(("refused", retry_after))

    def failed(self) -> None:
        """Remember it."""
        self.told.append("failed")


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        """Begin at an odd hour."""
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Tell the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Sleep without waiting."""
        self.slept.append(seconds)
        self.now += seconds


class Asked:
    """A model with a ladder, a pace and a clock of its own."""

    def __init__(self, at: Endpoint | None = None, *, proven: bool = False) -> None:
        """Make them; `proven` as if the endpoint had answered before."""
        at = at or endpoint()
        self.clock = Clock()
        self.pace = OpenPace()
        self.ladder = Ladder()
        self.ladder.proven = proven
        self.model = OpenAIModel(
            at, budget=Budget(at), pace=self.pace, ladder=self.ladder, sleep=self.clock.sleep, clock=self.clock
        )


def sent(request: httpx.Request) -> dict[str, object]:
    """Decode what was sent."""
    body: dict[str, object] = json.loads(request.content)
    return body


def ask(asked: Asked, *calls: ModelCall) -> list[Reply | Failure]:
    """Ask one call after another, by default a single one, and close the connections."""

    async def run() -> list[Reply | Failure]:
        try:
            return [await asked.model.answer(each) for each in calls or (call(),)]
        finally:
            await asked.model.aclose()

    return asyncio.run(run())


def failed(asked: Asked) -> Failure:
    """Ask once, and give the failure that comes of it."""
    (answer,) = ask(asked)
    assert isinstance(answer, Failure)
    return answer


def replied(asked: Asked) -> Reply:
    """Ask once, and give the reply that comes of it."""
    (answer,) = ask(asked)
    assert isinstance(answer, Reply)
    return answer


def rejected(asked: Asked) -> ModelRejected:
    """Ask once, and give the error that says what is wrong with the set-up."""
    with pytest.raises(ModelRejected) as raised:
        ask(asked)
    return raised.value


def route(mock: respx.Router, *responses: httpx.Response | Exception) -> respx.Route:
    """Answer with these in turn, and with the last one from then on."""
    left = list(responses)

    def answer(_: object) -> httpx.Response:
        response = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(response, Exception):
            raise response
        return response

    return mock.post(URL).mock(side_effect=answer)


async def dripping() -> AsyncIterator[bytes]:
    """Give a body that never ends, slowly."""
    while True:
        yield b" "
        await asyncio.sleep(0.01)


def hang(mock: respx.Router) -> respx.Route:
    """Answer, but never to the end."""
    return mock.post(URL).mock(side_effect=lambda _: httpx.Response(200, content=dripping()))
