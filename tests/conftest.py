"""What every test stands on: no network, no key of the person who runs it, and a profile for property tests.

Sockets are forbidden by `--disable-socket` in `pyproject.toml`;
a test that needs one on this machine says so with `@pytest.mark.allow_hosts(["127.0.0.1"])`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREIGN = ("ANTHROPIC_", "AZURE_", "OPENAI_", "REVIEWER_")
PAINT = ("CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "NO_COLOR")

# No deadline: a slow machine is no failed property.
settings.register_profile("default", deadline=None)
settings.register_profile("full", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("default")


@pytest.fixture(scope="session", autouse=True)
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the keys, settings, caches and colours of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp("home")))
        for name in list(os.environ):
            if name.startswith(FOREIGN) or name in PAINT:
                patch.delenv(name)
        yield
