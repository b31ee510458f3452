"""Tokens of Microsoft Entra ID, for Azure without a key; the library is loaded when the first is needed."""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reviewer.endpoint import TokenProvider

WHERE = "Entra ID"
SCOPE = "https://cognitiveservices.azure.com/.default"
# The library's asynchronous credentials go over aiohttp, which it does not install.
_NEEDED = ("azure.identity", "aiohttp")


def token_provider() -> TokenProvider:
    """Give what gives tokens; raises `SettingsError` where the library is missing, and connects to nothing yet."""
    if missing := [module for module in _NEEDED if not _is_there(module)]:
        message = (
            "AZURE_OPENAI_ENDPOINT is set without AZURE_OPENAI_API_KEY, and a token of Entra ID needs"
            f" {' and '.join(missing)}: set the key, or pip install 'use-case-reviewer[azure]'."
        )
        raise SettingsError(message)
    provider = cache(_provider)

    def token() -> Awaitable[str]:
        return provider()()

    return token


def _provider() -> Callable[[], Awaitable[str]]:
    identity = import_module("azure.identity.aio")
    # It logs a page of what it tried; what is raised says it, too, and is told in one sentence.
    logging.getLogger("azure.identity").setLevel(logging.CRITICAL)
    provider: Callable[[], Awaitable[str]] = identity.get_bearer_token_provider(
        identity.DefaultAzureCredential(), SCOPE
    )
    return provider


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
