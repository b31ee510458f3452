"""What the doctor touches of the world, each piece to be exchanged in a test."""

from __future__ import annotations

import asyncio
import os
import platform
import socket
import ssl
import time
from contextlib import suppress
from errno import ENOTDIR
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.request import getproxies

from reviewer import background

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reviewer.call import Model
    from reviewer.endpoint import Endpoint

PATIENCE = 5.0
_WITH_A_STORE_OF_THEIR_OWN = {"Darwin", "Windows"}


class Line(Protocol):
    """A connection to a host."""

    def handshake(self, host: str) -> str:
        """Agree on encryption with `host`, and say what was agreed on; raises `OSError`."""

    def close(self) -> None:
        """Hang up."""


class _Line:
    """A connection over TCP."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def handshake(self, host: str) -> str:
        import httpx2

        # The very context that requests are sent with.
        secured = httpx2.create_ssl_context().wrap_socket(self._socket, server_hostname=host)
        self._socket = secured
        certificate = secured.getpeercert() or {}
        issuer = {name: value for ((name, value),) in _single(certificate.get("issuer", ()))}
        by = issuer.get("organizationName") or issuer.get("commonName") or "an unnamed issuer"
        return f"{secured.version()}, with a certificate by {by}"

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()


def _single(rows: object) -> list[tuple[tuple[str, str]]]:
    """Give the rows of a name that hold one entry each, as nearly all do."""
    return [row for row in rows if len(row) == 1] if isinstance(rows, tuple) else []


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Look up a name; raises `OSError`."""

    async def looked_up() -> tuple[str, ...]:
        asked = asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found = await asyncio.wait_for(asked, PATIENCE)
        return tuple(dict.fromkeys(str(address[0]) for *_, address in found))

    return background.wait(background.submit(looked_up()))


def connect(host: str, port: int) -> Line:
    """Connect; raises `OSError`."""
    return _Line(socket.create_connection((host, port), PATIENCE))


def trusted() -> str:
    """Say whose certificates are trusted; raises `OSError` where they cannot be read."""
    import httpx2

    if file := os.environ.get("SSL_CERT_FILE"):
        Path(file).open("rb").close()  # the error of the line below would not name it
    httpx2.create_ssl_context()
    if file:
        return f"those in {file} alone (SSL_CERT_FILE)"
    if folder := os.environ.get("SSL_CERT_DIR"):
        if not Path(folder).is_dir():
            raise NotADirectoryError(ENOTDIR, "SSL_CERT_DIR names no folder", folder)
        return f"those in {folder} alone (SSL_CERT_DIR)"
    if platform.system() in _WITH_A_STORE_OF_THEIR_OWN:
        return "the system's"
    paths = ssl.get_default_verify_paths()
    places = [place for place in (paths.openssl_cafile, paths.openssl_capath) if place and Path(place).exists()]
    return f"the system's ({', '.join(places) or 'in one of the usual places'})"


def adapter(endpoint: Endpoint, attempts: int) -> Model:
    """Make a model that asks so often at most, within the one budget of the process; raises `SettingsError`."""
    from reviewer.model.openai import OpenAIModel

    return OpenAIModel(endpoint.model_copy(update={"attempts": attempts}))


class Seams(NamedTuple):
    """What the doctor works with; `proxies` gives what `urllib` knows of them."""

    proxies: Callable[[], Mapping[str, str]] = getproxies
    trusted: Callable[[], str] = trusted
    resolve: Callable[[str, int], tuple[str, ...]] = resolve
    connect: Callable[[str, int], Line] = connect
    model: Callable[[Endpoint, int], Model] = adapter
    clock: Callable[[], float] = time.perf_counter
