"""Each run goes to a store on SQLite and on PostgreSQL."""

from tests.store.conftest import _database, _server, _store, _store_address

__all__ = ["_database", "_server", "_store", "_store_address"]
