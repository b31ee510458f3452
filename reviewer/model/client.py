"""The SDK's client, kept short: no retries and no redirects, nothing from the environment, replies of limited size.

Importing this module imports the SDK; it is imported when the first call is made.
"""

from __future__ import annotations

import asyncio
import inspect
import zlib
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlsplit

import httpx2
import openai
from pydantic import SecretStr

from reviewer.errors import ModelRejected, ModelUnavailable
from reviewer.model.complaint import MOST_QUOTED, scrubbed
from reviewer.model.outcome import Answer, NoToken, NotSent, ReplyTooLong

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from reviewer.endpoint import Endpoint, TokenProvider

PATH = "/chat/completions"
LONGEST_CONNECT = 10.0
_NO_KEY = "none"
_MOST_DIGITS = 18
# Tokens of a provider live for an hour or so; those before the last few are in no reply any more.
_SECRETS_KEPT = 4
# Where one of these is the cause, no request went out.
_BEFORE_SENDING = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)
_SDKS_OWN = ("x-stainless-retry-count", "x-stainless-read-timeout")
_HEADERS: dict[str, str | openai.Omit] = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
    "User-Agent": "use-case-reviewer",
}
# zlib's word for: either of gzip and deflate.
_EITHER = 32 + zlib.MAX_WBITS


class _OpenAI(openai.AsyncOpenAI):
    """The client, with the headers that are needed and no others."""

    @property
    def default_headers(self) -> dict[str, str | openai.Omit]:
        """Give the headers of every request; those of the environment are not among them."""
        return _HEADERS


class _AzureOpenAI(openai.AsyncAzureOpenAI):
    """The same for Azure's older API."""

    @property
    def default_headers(self) -> dict[str, str | openai.Omit]:
        """Give the headers of every request; those of the environment are not among them."""
        return _HEADERS


class _Capped(httpx2.AsyncByteStream):
    """A body of limited length, before and after it is unpacked."""

    def __init__(self, stream: httpx2.AsyncByteStream, most: int, *, packed: bool) -> None:
        self._stream = stream
        self._left = most
        self._most = most
        self._unpack = zlib.decompressobj(_EITHER) if packed else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            plain = self._unpack.decompress(chunk, self._left + 1) if self._unpack else chunk
            self._left -= len(plain)
            if self._left < 0:
                raise _too_long(self._most)
            yield plain

    async def aclose(self) -> None:
        await self._stream.aclose()


def _too_long(most: int) -> ReplyTooLong:
    return ReplyTooLong(f"The reply is longer than max_reply_bytes ({most!r}) allows.")


def _cap(most: int) -> Callable[[httpx2.Response], Awaitable[None]]:
    async def cap(response: httpx2.Response) -> None:
        """Put the cap on a response before anything of its body is read."""
        length = response.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > _MOST_DIGITS or int(length) > most):
            raise _too_long(most)
        # Nothing packed was asked for; a proxy may pack all the same, and a few bytes could unpack to gigabytes.
        packing = response.headers.pop("content-encoding", "identity")
        if packing not in {"identity", "gzip", "deflate"}:
            raise ModelUnavailable(f"The reply is packed as {packing!r}, although nothing packed was asked for.")
        stream = cast("httpx2.AsyncByteStream", response.stream)
        response.stream = _Capped(stream, most, packed=packing != "identity")

    return cap


class Client:
    """One endpoint, and the connections to it; lives on one event loop."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Build the SDK's client; nothing is sent yet."""
        self._endpoint = endpoint
        self._secrets: list[str] = []
        self._asking = asyncio.Lock()
        self._omitted: dict[str, str | openai.Omit] = {name: openai.Omit() for name in _SDKS_OWN}
        try:
            self._failures = _failures(endpoint.transport)
            self._client = self._built()
        except (ImportError, OSError, RuntimeError, ValueError, httpx2.InvalidURL, openai.OpenAIError) as error:
            raise ModelRejected(f"The client for {endpoint.host} cannot be built: {self._seen(str(error))}") from None
        # The SDK reads these from the environment by itself; they belong to another endpoint, if to any.
        self._client.admin_api_key = self._client.organization = self._client.project = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """The key, or the tokens that were sent lately."""
        return tuple(self._secrets)

    @property
    def keyed(self) -> bool:
        """Whether a key or a token goes with each request."""
        return "Authorization" not in self._omitted

    async def send(self, body: bytes) -> Answer:
        """Send the body of a request and give what came, whatever its status.

        Raises:
            ModelUnavailable: nothing came, or too much.
        """
        failure: ModelUnavailable | None = None
        try:
            response = await self._client.post(
                PATH, cast_to=httpx2.Response, content=body, options={"headers": self._omitted}
            )
        except openai.APIStatusError as error:
            response = error.response
        except self._failures as error:
            failure = self._failure(error)
        # Not raised above, so that no traceback holds the request with the key in it.
        if failure:
            raise failure
        return Answer(response.status_code, response.headers, response.content)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    def _built(self) -> openai.AsyncOpenAI:
        endpoint, http = self._endpoint, _http(self._endpoint)
        given = endpoint.api_key
        key = self._checked(given.get_secret_value()) if isinstance(given, SecretStr) else ""
        token = self._token if given and not isinstance(given, SecretStr) else None
        if not key and not token:
            self._omitted |= {"Authorization": openai.Omit(), "api-key": openai.Omit()}
        if endpoint.api_version is None:
            url = endpoint.base_url
            return _OpenAI(
                api_key=token or key or _NO_KEY, base_url=url, max_retries=0, timeout=http.timeout, http_client=http
            )
        return _AzureOpenAI(
            api_key=None if token else key or _NO_KEY,
            azure_ad_token_provider=token,
            azure_endpoint=_azure(endpoint.base_url),
            azure_deployment=quote(endpoint.model, safe=""),
            api_version=endpoint.api_version,
            max_retries=0,
            timeout=http.timeout,
            http_client=http,
        )

    def _checked(self, key: str) -> str:
        key = key.strip()
        self._secrets = [*self._secrets, key][-_SECRETS_KEPT:]
        if not key.isascii() or not key.isprintable() or " " in key:
            # The HTTP library would name the character, and with it a part of the key.
            message = "The key holds a blank or a character that no key has; check OPENAI_API_KEY (or api_key)."
            raise ModelRejected(message)
        return key

    async def _token(self) -> str:
        """Ask for a token, one call at a time; a function that blocks does so in a thread of its own."""
        provider = cast("TokenProvider", self._endpoint.api_key)
        try:
            async with self._asking:
                asked = provider() if inspect.iscoroutinefunction(provider) else await asyncio.to_thread(provider)
                token = await asked if inspect.isawaitable(asked) else asked
        except Exception as error:  # noqa: BLE001  whatever a function of the caller's raises: there is no token
            raise NoToken(f"The function that gives tokens failed ({self._described(error)}).") from None
        if not isinstance(token, str) or not token.strip():
            raise NoToken(f"The function that gives tokens gave none, but {type(token).__name__!r}.")
        if token not in self._secrets:
            return self._checked(token)
        return token

    def _failure(self, error: BaseException) -> ModelUnavailable:
        host, chain = self._endpoint.host, _chain(error)
        kind = NotSent if any(isinstance(cause, _BEFORE_SENDING) for cause in chain) else ModelUnavailable
        if isinstance(chain[-1], TimeoutError | httpx2.TimeoutException):
            return kind(f"The endpoint {host} did not answer in time ({self._endpoint.timeout:g} s).")
        return kind(f"The endpoint {host} cannot be reached ({self._described(error)}).")

    def _described(self, error: BaseException) -> str:
        root = _chain(error)[-1]
        return f"{type(root).__name__}: {self._seen(str(root))}".removesuffix(": ")

    def _seen(self, text: str) -> str:
        return scrubbed(text, self.secrets)[:MOST_QUOTED]


def _chain(error: BaseException) -> list[BaseException]:
    """Give an error and its causes; the last, which was the first, says more than what was made of it."""
    seen = [error]
    # A chain of causes may bite its own tail.
    while (cause := seen[-1].__cause__) and cause not in seen:
        seen.append(cause)
    return seen


def _failures(transport: str) -> tuple[type[Exception], ...]:
    """Give all that is raised where nothing came; the SDK lets some errors of aiohttp's through as they are."""
    failures = (openai.APIError, httpx2.HTTPError, zlib.error, OSError)
    if transport == "httpx":
        return failures
    try:
        import aiohttp
    except ImportError:
        message = "The transport 'aiohttp' needs the extra of that name: pip install 'use-case-reviewer[aiohttp]'."
        raise ModelRejected(message) from None
    return (*failures, aiohttp.ClientError)


def _http(endpoint: Endpoint) -> httpx2.AsyncClient:
    make = openai.DefaultAsyncHttpxClient if endpoint.transport == "httpx" else openai.DefaultAioHttpClient
    return make(
        timeout=httpx2.Timeout(endpoint.timeout, connect=min(LONGEST_CONNECT, endpoint.timeout)),
        limits=httpx2.Limits(max_connections=endpoint.in_flight, max_keepalive_connections=endpoint.in_flight),
        follow_redirects=False,
        event_hooks={"response": [_cap(endpoint.max_reply_bytes)]},
    )


def _azure(base_url: str) -> str:
    """Give the resource's address, also where the address of its API was given."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.partition('/openai')[0].rstrip('/')}"
