"""A plain HTTP client for the tests of the fake endpoint, and the requests that the reviewer makes."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any

from reviewer import loading
from reviewer.prompting import Questionnaire

if TYPE_CHECKING:
    from reviewer.call import ModelCall
    from reviewer.testing import FakeEndpoint

PATH = "/v1/chat/completions"
BREACH = "Officers wear cameras, and the app compares the faces of passers-by live with the sheriff's wanted list."
QUIET = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."
QUESTIONNAIRE = Questionnaire(loading.prompts(), loading.policy(), 24_000, 1_000, 4_096)


class Client:
    """A client that keeps one connection, and knows nothing of the server but HTTP."""

    def __init__(self, fake: FakeEndpoint, timeout: float = 5.0) -> None:
        """Prepare a connection."""
        self.line = http.client.HTTPConnection("127.0.0.1", fake.port, timeout=timeout)

    def close(self) -> None:
        """Close it."""
        self.line.close()

    def ask(self, body: object = None, path: str = PATH) -> http.client.HTTPResponse:
        """Post and give the response with its headers; the body is still to be read."""
        self.line.request("POST", path, json.dumps(body or {}), {"Authorization": "Bearer key-1"})
        return self.line.getresponse()

    def answer(self, body: object = None, path: str = PATH) -> tuple[int, Any]:
        """Post and give status and JSON."""
        response = self.ask(body, path)
        return response.status, json.loads(response.read())

    def content(self, body: object) -> Any:  # noqa: ANN401  whatever JSON a model says
        """Post and give the JSON within the first choice."""
        return json.loads(self.answer(body)[1]["choices"][0]["message"]["content"])


def asking(text: str) -> ModelCall:
    """Make the call that the reviewer makes."""
    return QUESTIONNAIRE.call(text, (0, len(text)))


def body_of(call: ModelCall) -> dict[str, Any]:
    """Put a call on the wire."""
    messages = [{"role": message.role.value, "content": message.content} for message in call.messages]
    return {"model": "some-model", "messages": messages}
