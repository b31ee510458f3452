"""What no proper server does: bytes that never end, come one by one, break off, or are no HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.testing.exchange import JSON, head

if TYPE_CHECKING:
    from reviewer.testing.exchange import Line, Request

_CHUNKED = {"content-type": JSON, "transfer-encoding": "chunked"}
_BEGINNING = b'{"id":"chatcmpl-fake","choices":[{"index":0,"message":{"role":"assistant","content":"'


@dataclass(frozen=True)
class Drip:
    """Sends the headers and then one blank every so many seconds, for ever; no time-out between bytes ends it."""

    every: float
    code: int

    async def act(self, request: Request, line: Line) -> bool:  # noqa: ARG002  the same to every request
        """Drip until the client has had enough."""
        await line.send(head(self.code, _CHUNKED))
        while True:
            await asyncio.sleep(self.every)
            await line.send(_chunk(b" "))


@dataclass(frozen=True)
class NeverEnding:
    """Sends an answer that is as fast as the line and has no end."""

    code: int
    at_once: int

    async def act(self, request: Request, line: Line) -> bool:  # noqa: ARG002  the same to every request
        """Pour until the client has had enough."""
        await line.send(head(self.code, _CHUNKED) + _chunk(_BEGINNING))
        more = _chunk(b"a" * self.at_once)
        while True:
            await line.send(more)
            await asyncio.sleep(0)  # others want to be served, too, and the server to be closed


@dataclass(frozen=True)
class Hang:
    """Takes the request and answers nothing."""

    async def act(self, request: Request, line: Line) -> bool:  # noqa: ARG002  the same to every request
        """Wait until the client leaves."""
        await line.reader.read()
        return False


@dataclass(frozen=True)
class Slam:
    """Closes the connection instead of an answer, or halfway through one."""

    in_body: bool

    async def act(self, request: Request, line: Line) -> bool:  # noqa: ARG002  the same to every request
        """Close."""
        if self.in_body:
            fields = {"content-type": JSON, "content-length": str(2 * len(_BEGINNING))}
            await line.send(head(200, fields) + _BEGINNING)
        return False


@dataclass(frozen=True)
class Garbage:
    """Answers with something that is no HTTP at all."""

    data: bytes

    async def act(self, request: Request, line: Line) -> bool:  # noqa: ARG002  the same to every request
        """Send it and close."""
        await line.send(self.data)
        return False


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)
