"""One exchange over HTTP/1.1, written by hand: a fake must be able to break what a proper server keeps."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from http.client import responses
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

JSON = "application/json"

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked", re.IGNORECASE)
_EXPECTED = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_CLOSED = re.compile(rb"\r\nconnection:[ \t]*close", re.IGNORECASE)
_DEPLOYMENT = re.compile(r"/deployments/([^/]+)/")


class Line(NamedTuple):
    """A connection, as a behaviour holds it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send, and wait while the client is slow to take it; raises `ConnectionError` once it is gone."""
        self.writer.write(data)
        await self.writer.drain()


@dataclass(frozen=True)
class Request:
    """What a client sent; headers and body are taken apart when somebody looks at them."""

    method: str
    path: str
    head: bytes
    raw: bytes

    @cached_property
    def headers(self) -> dict[str, str]:
        """The headers under their names in small letters."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        fields = (line.partition(":") for line in lines if line)
        return {name.strip().lower(): value.strip() for name, _, value in fields}

    @cached_property
    def body(self) -> dict[str, Any]:
        """The JSON object that was sent, or an empty one if it was none."""
        try:
            body = json.loads(self.raw)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    @property
    def address(self) -> str:
        """The path without what follows a question mark."""
        return self.path.partition("?")[0]

    @property
    def model(self) -> str:
        """The model that is asked for: in the body, or in the path as Azure's older API has it."""
        deployment = _DEPLOYMENT.search(self.path)
        return str(self.body.get("model") or (deployment[1] if deployment else "fake"))

    @property
    def is_last(self) -> bool:
        """Whether the client will close the connection after the answer."""
        return _CLOSED.search(self.head) is not None


class Behaviour(Protocol):
    """What a fake endpoint does with a request: anything with this method will do."""

    async def act(self, request: Request, line: Line) -> bool:
        """Answer well, badly or not at all; gives whether the connection is still good for another request."""


@dataclass(frozen=True)
class Response:
    """A whole answer, rendered once; the simplest behaviour."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def data(self) -> bytes:
        """The bytes on the wire."""
        fields = {"content-type": self.content_type, "content-length": str(len(self.body)), **dict(self.headers)}
        return head(self.status, fields) + self.body

    async def act(self, request: Request, line: Line) -> bool:  # noqa: ARG002  the same to every request
        """Send it."""
        await line.send(self.data)
        return True


def head(status: int, fields: Mapping[str, str]) -> bytes:
    """Render a status line and headers."""
    lines = [
        f"HTTP/1.1 {status} {responses.get(status, 'Unknown')}",
        *(f"{name}: {value}" for name, value in fields.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def receive(line: Line) -> Request:
    """Read one request; raises `EOFError`, `ValueError` or `ConnectionError` where none comes whole."""
    top = await line.reader.readuntil(b"\r\n\r\n")
    method, path, _ = top.split(b" ", 2)
    if _EXPECTED.search(top):
        await line.send(b"HTTP/1.1 100 Continue\r\n\r\n")
    length = _LENGTH.search(top)
    if length:
        raw = await line.reader.readexactly(int(length[1]))
    else:
        raw = await _chunks(line.reader) if _CHUNKED.search(top) else b""
    return Request(method.decode("latin-1"), path.decode("latin-1"), top, raw)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readuntil(b"\r\n")
    return b"".join(parts)
