"""A real HTTP server on this machine that answers as a model's endpoint does, or misbehaves as told."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from concurrent.futures import Future
from itertools import chain, repeat
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from reviewer.errors import SettingsError
from reviewer.testing import bodies
from reviewer.testing.exchange import Behaviour, Line, Request, Response, receive
from reviewer.testing.reader import ReaderByRules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

HOST = "127.0.0.1"
LONGEST_WAIT = 10.0
LARGEST_HEAD = 1 << 20
BACKLOG = 512
ARRIVING = 0.01

# OpenAI's paths, and both of Azure's.
_ROOT = r"(/openai)?/v1|/openai/deployments/[^/]+"
_COMPLETIONS = re.compile(rf"({_ROOT})/chat/completions")
_MODELS = re.compile(rf"({_ROOT})/models")
_WRONG_ADDRESS = Response(404, bodies.error("There is no such address here.", kind="invalid_request_error"))


class Asked(NamedTuple):
    """What a client sent: path, headers under their names in small letters, JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class FakeEndpoint:
    """An OpenAI-compatible endpoint on loopback; a context manager, and stopped by `close()` otherwise.

    Each request for a completion takes the next of `behaviours`; after the last, `otherwise` holds,
    which is the last of them unless it is given, and a reader by rules if there are none.
    `latency` is how long every answer takes at least, in seconds.
    `model` is listed under `/models`, and `listing`, if given, is what happens there instead.
    `port` is any free one unless it is given; `keep_requests=False` spares the memory in a benchmark.
    `served` counts the requests for a completion, and `most_at_once` is how many were under way together.
    """

    def __init__(  # noqa: PLR0913  each is a way to set the scene, and all have a default
        self,
        behaviours: Iterable[Behaviour] = (),
        *,
        otherwise: Behaviour | None = None,
        latency: float = 0.0,
        port: int = 0,
        model: str = bodies.MODEL,
        listing: Behaviour | None = None,
        keep_requests: bool = True,
    ) -> None:
        """Start serving; raises `SettingsError` if the port cannot be had."""
        told = list(behaviours)
        self._script = chain(told, repeat(otherwise or (told[-1] if told else ReaderByRules())))
        self._listing = listing or Response(200, bodies.models([model]))
        self.latency = latency
        self.served = self.most_at_once = self._under_way = 0
        self._received: list[Request] | None = [] if keep_requests else None
        listener = _listener(port)
        self.port: int = listener.getsockname()[1]
        self._conversations: dict[asyncio.Future[None], Line] = {}
        self._closing: Future[Callable[[], object]] = Future()
        self._thread = Thread(target=lambda: asyncio.run(self._serve(listener)), name="fake-endpoint", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """Give the endpoint, which serves already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        self.close()

    @property
    def root(self) -> str:
        """The server's address without a path, as Azure's older API wants it."""
        return f"http://{HOST}:{self.port}"

    @property
    def base_url(self) -> str:
        """The address that clients take as their base URL."""
        return f"{self.root}/v1"

    @property
    def requests(self) -> list[Asked]:
        """Every request so far, in the order in which they came."""
        return [Asked(request.path, request.headers, request.body) for request in list(self._received or ())]

    def close(self) -> None:
        """End all connections and the server, also in the middle of an answer; may be called twice."""
        close = self._closing.result(LONGEST_WAIT)
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            close()
        self._thread.join(LONGEST_WAIT)

    async def _serve(self, listener: socket.socket) -> None:
        loop, closed = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._greet, sock=listener, limit=LARGEST_HEAD)
        self._closing.set_result(lambda: loop.call_soon_threadsafe(closed.set))
        await closed.wait()
        await asyncio.sleep(ARRIVING)  # asyncio loses a connection that comes up after its server was closed
        server.close()
        for conversation, line in self._conversations.items():
            conversation.cancel()
            line.writer.transport.abort()
        await asyncio.gather(*self._conversations, return_exceptions=True)

    def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin a conversation; noted at once, since one that is cancelled before it begins cannot close its line."""
        line = Line(reader, writer)
        conversation = asyncio.ensure_future(self._converse(line))
        self._conversations[conversation] = line
        conversation.add_done_callback(self._conversations.pop)

    async def _converse(self, line: Line) -> None:
        """Serve one connection until either side has had enough."""
        # A client that leaves, or that sends no HTTP, ends its own connection and nothing else.
        with contextlib.suppress(ConnectionError, EOFError, ValueError, asyncio.LimitOverrunError):
            while await self._exchange(line):
                pass
        line.writer.close()

    async def _exchange(self, line: Line) -> bool:
        request = await receive(line)
        if self._received is not None:
            self._received.append(request)
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            if self.latency:
                await asyncio.sleep(self.latency)
            return await self._behaviour(request).act(request, line) and not request.is_last
        finally:
            self._under_way -= 1

    def _behaviour(self, request: Request) -> Behaviour:
        if request.method == "POST" and _COMPLETIONS.fullmatch(request.address):
            self.served += 1
            return next(self._script)
        if request.method == "GET" and _MODELS.fullmatch(request.address):
            return self._listing
        return _WRONG_ADDRESS


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=BACKLOG)
    except OSError as error:
        why = f"The port {port!r} of {HOST} cannot be had ({error.strerror}); choose another, or 0 for any free one."
        raise SettingsError(why) from error
