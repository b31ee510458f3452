"""Azure without a key, over a library that stands in for the real one."""

from __future__ import annotations

import asyncio
import sys
from inspect import isawaitable
from typing import TYPE_CHECKING

import pytest

from reviewer.configuration import describe
from reviewer.errors import SettingsError
from tests.configuration.house import AZURE_MODEL, KEY, House

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


AZURE_IDENTITY = """
class DefaultAzureCredential:
    made = 0
    def __init__(self):
        DefaultAzureCredential.made += 1

def get_bearer_token_provider(credential, scope):
    async def token():
        return f"token {credential.made} for {scope}"
    return token
"""


@pytest.fixture(name="install")
def _install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str]], None]]:
    """Put modules in front of those that are installed."""

    def loaded() -> list[str]:
        return [name for name in sys.modules if name.partition(".")[0] in {"azure", "aiohttp"}]

    def install(modules: dict[str, str]) -> None:
        for name in loaded():
            monkeypatch.delitem(sys.modules, name)
        for name, text in modules.items():
            file = tmp_path / "modules" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        monkeypatch.syspath_prepend(str(tmp_path / "modules"))

    yield install
    for name in loaded():
        del sys.modules[name]  # ours; what was there before comes back with the end of `monkeypatch`


def test_azure_without_a_key_asks_for_tokens(house: House, install: Callable[[dict[str, str]], None]) -> None:
    """Entra ID gives a token for each call, from one credential that is made when the first is needed."""
    install(
        {
            "azure/__init__.py": "",
            "azure/identity/__init__.py": "",
            "azure/identity/aio.py": AZURE_IDENTITY,
            "aiohttp.py": "",
        }
    )
    made = house.configure({**AZURE_MODEL, "OPENAI_API_KEY": KEY})
    assert made.endpoint is not None
    token = made.endpoint.api_key
    assert token is not None
    assert callable(token)
    assert "azure.identity" not in sys.modules

    async def twice() -> list[str]:
        answers = [token(), token()]
        return [await answer if isawaitable(answer) else answer for answer in answers]

    assert asyncio.run(twice()) == ["token 1 for https://cognitiveservices.azure.com/.default"] * 2
    assert ("api_key", "a token for each call", "Entra ID") in describe(made)


def test_azure_without_a_key_names_the_extra(house: House, install: Callable[[dict[str, str]], None]) -> None:
    """Who lacks the library reads how to get it, before any text is read."""
    install({"azure/__init__.py": "", "aiohttp.py": ""})
    with pytest.raises(SettingsError, match=r"needs azure\.identity: set the key, or pip install .*\[azure\]"):
        house.configure(AZURE_MODEL)
    assert house.configure({**AZURE_MODEL, "AZURE_OPENAI_API_KEY": KEY}).endpoint is not None
