"""The configuration that the doctor looks at here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.configuration import Configuration
from reviewer.endpoint import Endpoint
from tests.doctor.world import BASE, KEY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="known")
def _known(tmp_path: Path) -> Configuration:
    """Configure an endpoint with a key, and a store of its own."""
    endpoint = Endpoint.model_validate({"model": "reader", "base_url": BASE, "api_key": KEY})
    return Configuration(endpoint=endpoint, cache=tmp_path / "replies.db")
