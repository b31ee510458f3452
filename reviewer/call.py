"""What goes to a model and what comes back: calls, replies, failures, and what each of them took."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, runtime_checkable

from reviewer.receipt import WhyNotModel
from reviewer.value import Value


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Message(Value):
    """One message of a call."""

    role: Role
    content: str


class Prompts(Value):
    """The texts of `prompts/`, with the names in braces still to be filled in."""

    system: str
    user: str
    repair: str


class ModelCall(Value):
    """One question to a model; how it is put on the wire is the endpoint's affair.

    `answer_schema` is the JSON Schema of the answer, as JSON; `max_output_tokens` is the longest answer.
    """

    messages: tuple[Message, ...]
    answer_schema: str
    max_output_tokens: int


class Step(StrEnum):
    """How an endpoint was asked to keep to the schema, from the firmest hold to none."""

    STRICT_SCHEMA = "strict_schema"
    SCHEMA = "schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"


class Usage(Value):
    """Tokens, as the endpoint counted them; `cached` ones are part of the input."""

    input: int = 0
    output: int = 0
    cached: int = 0


class Trace(Value):
    """What one call took.

    `model` is the one that answered, which may be another than was asked for.
    `attempts` is 0 where nothing was sent; `seconds` is from the first attempt to the last byte.
    `cost` is in US dollars, and where it is None, `cost_unknown` says why.
    """

    model: str | None = None
    response_id: str | None = None
    step: Step | None = None
    usage: Usage | None = None
    attempts: int = 1
    seconds: float = 0.0
    cost: float | None = None
    cost_unknown: str | None = None
    from_memory: bool = False


class Reply(Value):
    """The text that a model answered with, whole but unchecked."""

    content: str
    trace: Trace = Trace()


class Failure(Value):
    """Why there is no answer, in a word and in a sentence.

    `too_long`: the endpoint would answer a shorter text.
    `categories`: what a provider's filter saw in the text.
    """

    why: WhyNotModel
    detail: str
    too_long: bool = False
    categories: tuple[str, ...] = ()
    trace: Trace = Trace()


class Model(Protocol):
    """Whatever answers calls: an endpoint, or a script in a test.

    `name` is the model that is asked for, `host` is where, and
    `identity` names all that makes the same call give another reply: where, which model, which parameters.
    """

    @property
    def name(self) -> str:
        """The model that is asked for."""

    @property
    def host(self) -> str:
        """Where it runs, without credentials."""

    @property
    def identity(self) -> str:
        """What names the model and its parameters in a call digest."""

    async def answer(self, call: ModelCall) -> Reply | Failure:
        """Answer a call; raises `ModelRejected` where the set-up is wrong, and no other error."""


@runtime_checkable
class Closable(Protocol):
    """A model that holds connections."""

    async def aclose(self) -> None:
        """Close them."""
