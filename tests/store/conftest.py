"""Each test of the store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from reviewer.store.store import Store
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Server

_NUMBERS = count()


@pytest.fixture(name="server", scope="session")
def _server() -> Iterator[Server]:
    with postgres.serving() as server:
        yield server


@pytest.fixture(name="database")
def _database(server: Server) -> Iterator[str]:
    """Give the URL of an empty database on the server."""
    with server.database(f"test{next(_NUMBERS)}") as url:
        yield url


@pytest.fixture(name="store_address", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def _store_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty store on each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    url: str = request.getfixturevalue("database")
    return url


@pytest.fixture(name="store")
def _store(store_address: str) -> Iterator[Store]:
    with Store.open(store_address) as store:
        yield store
