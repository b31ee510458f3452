"""A model that says what a test tells it to say, and remembers what it was asked."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable
from threading import Lock

from reviewer.call import Failure, ModelCall, Reply, Trace

Said = str | Reply | Failure
Answering = Callable[[ModelCall], Said | Exception | Awaitable[Said]]


class ScriptExhausted(AssertionError):
    """A scripted model was called more often than its script has replies."""


class ScriptedModel:
    """A `Model` that gives its replies one after another, or asks a function for each.

    A `str` is the content of a reply; an exception is raised.
    The calls of one round are answered in their order.
    `calls` holds every call so far, the one that found the script exhausted included.
    """

    def __init__(
        self, replies: Iterable[Said | Exception] | Answering, *, name: str = "scripted", host: str = "script"
    ) -> None:
        """Take the script; an endless one, such as `itertools.repeat(reply)`, is welcome."""
        if isinstance(replies, str):
            raise TypeError(f"The script is one text, {replies[:40]!r}; give a list of replies: [text].")
        self.calls: list[ModelCall] = []
        self._name, self._host = name, host
        self._answering = replies if callable(replies) else None
        self._script = iter(()) if callable(replies) else iter(replies)
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The model that is asked for."""
        return self._name

    @property
    def host(self) -> str:
        """Where it claims to run."""
        return self._host

    @property
    def identity(self) -> str:
        """What names it in a call digest; two scripts of one name and host are taken for the same model."""
        return f"{self._host} {self._name}"

    async def answer(self, call: ModelCall) -> Reply | Failure:
        """Give the next reply; raises `ScriptExhausted` if there is none, and whatever exception the script holds."""
        said = self._answer_to(call)
        if inspect.isawaitable(said):
            said = await said
        if isinstance(said, Exception):
            raise said
        return Reply(content=said, trace=Trace(model=self._name, attempts=1)) if isinstance(said, str) else said

    def _answer_to(self, call: ModelCall) -> Said | Exception | Awaitable[Said]:
        with self._lock:
            self.calls.append(call)
            if not self._answering:
                return self._next()
        return self._answering(call)

    def _next(self) -> Said | Exception:
        for said in self._script:
            return said
        came = len(self.calls)
        raise ScriptExhausted(f"Call {came} came to the scripted model {self._name!r}, but its script is exhausted.")
