"""Stores on a server: opened by URL, shared, lost and found again; every mishap is one sentence without a password."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect

from reviewer.call import Reply
from reviewer.errors import StoreError, UnwritableStore
from reviewer.store import schema
from reviewer.store.opening import dial
from reviewer.store.replies import Replies
from reviewer.store.store import Store
from tests.postgres import serving
from tests.store.makers import key, keys, plan, recorded

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import Server

DIGEST = "a" * 64
HUNG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'use-case-reviewer'"
LOST = "The connection to the store .* was lost; nothing is there by half"


def refusal(address: Path | str) -> str:
    """Give the sentence with which a store is not opened."""
    with pytest.raises(StoreError) as caught:
        Store.open(address)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_address_that_is_none_is_told() -> None:
    """A slip in a URL shows its cure, and never a password that may stand in it."""
    assert refusal("postgresql://me:hunter2@host:port/db").startswith("The address of the store is no URL")
    assert refusal("://hunter2").startswith("The address of the store is no URL")
    assert refusal("mysql://me:hunter2@host/db") == (
        "A store of the kind 'mysql' is not known; name a file, or a URL such as postgresql://user@host/db."
    )


def test_a_file_may_be_named_by_url(tmp_path: Path) -> None:
    """Who writes SQLAlchemy's URLs out of habit gets the file that is meant."""
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        assert store.where == f"{tmp_path}/store.db"
    assert (tmp_path / "store.db").exists()


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A review may go on without its cache, and the sentence names where was looked."""
    said = refusal(f"postgresql://me:hunter2@/db?host={tmp_path}")
    assert said.startswith(
        f"The store 'postgresql://me@/db?host={str(tmp_path).replace('/', '%2F')}' cannot be reached ("
    )
    assert said.endswith("; start its server, or check host and port.")
    with pytest.raises(UnwritableStore):
        Replies.open(f"postgresql://me@/db?host={tmp_path}")


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever installed no driver reads the command that installs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refusal("postgresql://me:hunter2@host/db") == (
        "The store 'postgresql://me@host/db' needs the PostgreSQL driver, which is not installed;"
        " install it with: pip install 'use-case-reviewer[postgres]'"
    )


@pytest.mark.postgres
def test_what_a_server_refuses_is_told(server: Server) -> None:
    """A missing database, an unknown user, and a user without rights each have their sentence."""
    assert 'is not there (database "nowhere" does not exist); make the database' in refusal(server.url("nowhere"))
    assert 'refuses the user or the password (role "nobody" does not exist)' in refusal(
        server.url("postgres", "nobody")
    )
    server.run("CREATE ROLE guest LOGIN")
    with server.database("rights"):
        said = refusal(server.url("rights", "guest"))
    assert "may not be used by this user (permission denied for schema public)" in said


@pytest.mark.postgres
def test_a_wrong_password_is_told(server: Server) -> None:
    """The sentence says that it was refused, and does not repeat it."""
    server.run("CREATE ROLE secretive LOGIN PASSWORD 'right'")
    rules = server.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all secretive scram-sha-256\n{before}")
    server.control("reload")
    try:
        url = server.url("postgres", "secretive:hunter2")
        assert "refuses the user or the password (password authentication failed" in refusal(url)
        assert "refuses the user or the password (" in refusal(server.url("postgres", "secretive"))
    finally:
        rules.write_text(before)
        server.control("reload")


@pytest.mark.postgres
def test_a_read_only_server_is_told(database: str) -> None:
    """A standby, or a database that was set read-only, is sound; a review may go on without its cache."""
    Store.open(database).close()
    with Store.open(database) as store, store.line.taken() as connection:
        connection.exec_driver_sql("SET default_transaction_read_only = on")
        with pytest.raises(UnwritableStore, match="cannot be written, for its server is read-only"):
            store.begin(plan())


@pytest.mark.postgres
def test_a_database_of_another_program_is_left_alone(server: Server, database: str) -> None:
    """No table is added to a database that is not ours."""
    name = database.partition("@/")[2].partition("?")[0]
    server.run("CREATE TABLE bookmarks (url TEXT)", name)
    assert "is a database of another program; name another" in refusal(database)
    with closing(server.connect(name)) as connection:
        assert connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall() == [
            ("bookmarks",)
        ]


@pytest.mark.postgres
def test_a_store_of_a_newer_version_is_refused_on_a_server(server: Server, database: str) -> None:
    """Tables that this version does not know are left alone."""
    Store.open(database).close()
    name = database.partition("@/")[2].partition("?")[0]
    server.run("INSERT INTO reviewer_migrations VALUES ('keep_moons', now())", name)
    assert "was written by a newer version (it has 'keep_moons'); upgrade" in refusal(database)


@pytest.mark.postgres
def test_the_migrations_lead_to_the_schema_on_a_server(database: str) -> None:
    """A new database has the very tables and indexes that the queries are written for."""
    with closing(dial(database)) as line, line.taken() as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) == set(schema.metadata.tables)
        for table in schema.metadata.tables.values():
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}


@pytest.mark.postgres
def test_processes_that_start_at_once_do_not_collide(database: str) -> None:
    """Neither trips over the tables that the others have just made."""
    program = "import sys; from reviewer.store.store import Store; Store.open(sys.argv[1]).close()"
    processes = [subprocess.Popen([sys.executable, "-c", program, database]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]


@pytest.mark.postgres
def test_a_lost_connection_is_told_and_found_again(server: Server, database: str) -> None:
    """What was under way fails in a sentence, nothing of it is there, and the next call goes on."""
    with Store.open(database) as store:
        run, _ = store.begin(plan())
        store.record(run, [recorded(1)])
        assert store.replies is not None
        server.run(HUNG_UP)
        with pytest.raises(UnwritableStore, match=LOST):
            store.record(run, [recorded(2)])
        with pytest.raises(UnwritableStore, match=LOST):
            store.replies.get(DIGEST)
        assert keys(store.entries(run.id)) == [key(1)]
        store.record(run, [recorded(2)])
        store.replies.put(DIGEST, Reply(content="x"))
        assert store.replies.get(DIGEST) is not None
        stream = store.entries(run.id)
        next(stream)
        stream.close()
        store.touch(run, [(key(1), 3)])
        assert keys(store.entries(run.id)) == [key(2), key(1)]


@pytest.mark.postgres
def test_a_server_that_restarts_is_told_and_found_again() -> None:
    """Between two batches a server may go and come; while it is gone, the sentence says so."""
    with serving() as server, Store.open(server.url("postgres")) as store:
        run, _ = store.begin(plan())
        server.stop()
        with pytest.raises(UnwritableStore, match=LOST):
            store.record(run, [recorded(1)])
        with pytest.raises(UnwritableStore, match="cannot be reached"):
            store.record(run, [recorded(1)])
        server.start()
        store.record(run, [recorded(1)])
        assert keys(store.entries(run.id)) == [key(1)]


@pytest.mark.postgres
def test_a_store_that_others_lock_is_told(server: Server, database: str) -> None:
    """Another process that does not let go is waited for, but not for ever; reading goes on."""
    name = database.partition("@/")[2].partition("?")[0]
    with Store.open(database, busy_seconds=0.05) as store, closing(server.connect(name)) as other:
        run, _ = store.begin(plan())
        store.record(run, [recorded(1)])
        other.execute("BEGIN")
        other.execute("SELECT * FROM state FOR UPDATE")
        with pytest.raises(UnwritableStore, match="has been locked by another process for too long"):
            store.record(run, [recorded(2)])
        assert keys(store.entries(run.id)) == [key(1)]
        other.execute("ROLLBACK")
        store.record(run, [replace(recorded(2), error="x")])


@pytest.mark.postgres
def test_replies_alone_may_be_on_a_server(database: str) -> None:
    """The cache of single reviews may be a database that a team shares."""
    with Replies.open(database) as first, Replies.open(database) as second:
        first.put(DIGEST, Reply(content="half \ud83d, \0"))
        second.put(DIGEST, Reply(content="later"))
        found = second.get(DIGEST)
        assert isinstance(found, Reply)
        assert found.content == "half \ud83d, \0"
        first.keep_calibration("gpt", "{}")
        assert [kept.value for kept in second.calibrations("gpt")] == ["{}"]
        assert first.forget() == 1


@pytest.mark.postgres
def test_a_connection_lost_within_a_transaction_leaves_nothing(server: Server, database: str) -> None:
    """What was written before the server hung up is not there, and the next call goes on."""

    def interrupted(store: Store) -> None:
        with store.line.transaction() as connection:
            connection.exec_driver_sql("UPDATE state SET runs = 99")
            server.run(HUNG_UP)
            connection.exec_driver_sql("SELECT 1")

    with Store.open(database) as store:
        with pytest.raises(UnwritableStore, match=LOST):
            interrupted(store)
        assert store.begin(plan())[0].id == 1


@pytest.mark.postgres
def test_verdicts_wait_for_the_disk_of_a_server(database: str) -> None:
    """What people rely on survives a crash of the server; a reply may be asked again, and must not hold up others."""
    with Store.open(database) as store, store.line.taken() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    with closing(dial(database, survives_server=False)) as line, line.taken() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "off"
