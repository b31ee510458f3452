"""The house that every test here configures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.configuration.house import House

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="house")
def _house(tmp_path: Path) -> House:
    return House(tmp_path)
