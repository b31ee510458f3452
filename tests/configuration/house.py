"""A user's folders, and what the tests look at in a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from reviewer import configuration
from reviewer.configuration import Configuration, files

if TYPE_CHECKING:
    from pathlib import Path

KEY = "sk-very-secret-0123456789"
AZURE = "https://house.openai.azure.com"
OWN = "https://models.house.example/v1"
MODEL = {"REVIEWER_MODEL": "gpt"}
AZURE_MODEL = {"AZURE_OPENAI_ENDPOINT": AZURE, "AZURE_OPENAI_DEPLOYMENT": "eastern"}


class House:
    """A user's folders, as the reviewer finds them."""

    def __init__(self, root: Path) -> None:
        """Start with none of the files."""
        self.user = root / "home" / files.NAME
        self.folder = root / "work"
        self.here = self.folder / files.NAME
        self.config = root / "house.toml"
        self.user.parent.mkdir()
        self.folder.mkdir()

    def configure(self, environ: dict[str, str], *, offline: bool = False, **overrides: object) -> Configuration:
        """Configure with the files that were written."""
        config = self.config if self.config.exists() else None
        folder, user = self.folder, self.user
        return configuration.configure(environ, config=config, folder=folder, user=user, offline=offline, **overrides)


def key(made: Configuration) -> str | None:
    """Give the key that would be sent."""
    assert made.endpoint is not None
    held = made.endpoint.api_key
    assert held is None or isinstance(held, SecretStr)
    return None if held is None else held.get_secret_value()


def base_url(made: Configuration) -> str:
    """Give the address that would be asked."""
    assert made.endpoint is not None
    return made.endpoint.base_url
