"""Where a model is asked, and within which limits; the secrets in it show in no output."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from reviewer.errors import SettingsError
from reviewer.value import Value

OPENAI = "https://api.openai.com/v1"

Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(gt=0)]
TokenProvider = Callable[[], str | Awaitable[str]]


class Endpoint(Value):
    """An OpenAI-compatible endpoint.

    `model` is the model's name there (on Azure the deployment's); `base_url` ends before `/chat/completions`.
    `api_key` is a key or a function that gives a token, and may be None for a server that asks for none.
    `api_version` chooses Azure's older API; the newer one is a `base_url` that ends in `/openai/v1/`.
    `model_name` is the model to take the price of, where `model` does not say it.
    `price` is what a million tokens of input and of output cost, in US dollars, instead of the known prices.
    `allowed_hosts`, if any, are the only hosts that text may be sent to, each with or without its port.
    `transport` is what carries the bytes: `aiohttp` is quicker and needs the extra of that name.
    `timeout` is for one attempt and `deadline` for all attempts of a call from the first on, in seconds.
    `attempts` is how often a call is tried, `in_flight` how many calls are under way at once, at most.
    `max_reply_bytes` is the longest reply that is read.
    `max_cost`, in US dollars, and `max_calls` are the budget of the process; None for none.
    """

    model: str = Field(min_length=1)
    base_url: str = OPENAI
    api_key: str | SecretStr | TokenProvider | None = Field(default=None, repr=False)
    api_version: str | None = None
    model_name: str | None = None
    price: tuple[Amount, Amount] | None = None
    allowed_hosts: tuple[str, ...] = ()
    transport: Literal["httpx", "aiohttp"] = "httpx"
    temperature: Amount | None = 0.0
    timeout: Seconds = 120.0
    deadline: Seconds = 300.0
    attempts: Count = 5
    in_flight: Count = 16
    max_reply_bytes: Count = 4_000_000
    max_cost: Amount | None = None
    max_calls: int | None = Field(default=None, ge=0)

    @field_validator("api_key")
    @classmethod
    def _is_kept_secret(cls, value: str | SecretStr | TokenProvider | None) -> SecretStr | TokenProvider | None:
        return SecretStr(value) if isinstance(value, str) else value

    @field_validator("base_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if wrong := _wrong(value):
            raise SettingsError(wrong)
        return value

    @model_validator(mode="after")
    def _is_allowed(self) -> Endpoint:
        names = {self.host, urlsplit(self.base_url).hostname}
        if self.allowed_hosts and names.isdisjoint(self.allowed_hosts):
            message = f"The endpoint's host {self.host!r} is not among allowed_hosts {list(self.allowed_hosts)!r}."
            raise SettingsError(message)
        return self

    @property
    def host(self) -> str:
        """The host of `base_url`, with its port if it has one."""
        return urlsplit(self.base_url).netloc


def _wrong(address: str) -> str | None:
    """Say what is wrong with an address, in words that hold no more of it than scheme and host: there may be a key."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "The endpoint is no web address: its host or its port cannot be read (a port that is no number?)."
    if parts.scheme not in {"http", "https"} or not host:
        # Without a host, what stands before a colon may be anything, a user's name or a key among others.
        shown = f"The endpoint {f'{parts.scheme}://{host}'!r}" if host else "The endpoint (base_url)"
        return f"{shown} is no web address; it must begin with https:// (or http://)."
    if "@" in parts.netloc:
        return "The endpoint holds a user name or a password; give the key by itself (OPENAI_API_KEY)."
    if "?" in address or "#" in address:
        return (
            f"The endpoint at {host!r} holds a query or a fragment (? or #), to which no path can be added; "
            "give a key by itself (OPENAI_API_KEY), and Azure's api-version as api_version."
        )
    return None
