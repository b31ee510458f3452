"""Replies are kept at once, come back as they were, and bad days are told in a sentence."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest
from sqlalchemy import inspect

from reviewer.call import Failure, Reply, Trace, Usage
from reviewer.configuration import cache_file
from reviewer.errors import StoreError, UnwritableStore
from reviewer.receipt import WhyNotModel
from reviewer.store import schema
from reviewer.store.failing import telling
from reviewer.store.migrations import MIGRATIONS
from reviewer.store.opening import connect
from reviewer.store.replies import Kept, Replies

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGEST = sha256(b"a call").hexdigest()
NOBODY = 65_534
OTHER = sha256(b"another call").hexdigest()
REPLY = Reply(
    content='{"decision": "approve"} — 是',
    trace=Trace(model="gpt", response_id="r-1", usage=Usage(input=9, output=2), attempts=2, seconds=0.5, cost=0.01),
)
FAILURE = Failure(why=WhyNotModel.CONTENT_FILTER, detail="The filter saw violence.", categories=("violence", "hate"))


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "replies.db"


@pytest.fixture(name="store")
def _store(path: Path) -> Iterator[Replies]:
    with Replies.open(path) as store:
        yield store


def run_sql(path: Path, *statements: str) -> None:
    """Change a database behind the store's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("outcome", [REPLY, FAILURE, Reply(content="half a pair \ud83d, and \x00")])
def test_an_answer_comes_back_as_it_was(store: Replies, outcome: Reply | Failure) -> None:
    """All of an answer is kept, and what comes back says that it is from memory."""
    assert store.get(DIGEST) is None
    store.put(DIGEST, outcome)
    found = store.get(DIGEST)
    assert found is not None
    assert found.trace.from_memory
    assert found.model_copy(update={"trace": outcome.trace}) == outcome
    assert found.trace.model_copy(update={"from_memory": False}) == outcome.trace
    assert store.get(OTHER) is None


def test_the_first_answer_stays(store: Replies) -> None:
    """A second answer to the same call changes nothing, so that a verdict can be derived again."""
    store.put(DIGEST, REPLY)
    store.put(DIGEST, FAILURE)
    found = store.get(DIGEST)
    assert isinstance(found, Reply)
    assert found.content == REPLY.content


def test_an_answer_is_there_for_other_processes_at_once(store: Replies, path: Path) -> None:
    """What was paid for is in the file before the store is closed, and two stores share it."""
    store.put(DIGEST, REPLY)
    with Replies.open(str(path)) as second:
        assert second.get(DIGEST) is not None
        second.put(OTHER, FAILURE)
    assert isinstance(store.get(OTHER), Failure)


def test_an_answer_survives_a_killed_process(path: Path) -> None:
    """A process that ends without a word has lost nothing that it was given."""
    program = (
        "import os, sys; from reviewer.call import Reply; from reviewer.store.replies import Replies\n"
        "Replies.open(sys.argv[1]).put(sys.argv[2], Reply(content='paid for')); os._exit(9)"
    )
    ended = subprocess.run([sys.executable, "-c", program, path, DIGEST], check=False)
    assert ended.returncode == 9
    with Replies.open(path) as store:
        found = store.get(DIGEST)
    assert isinstance(found, Reply)
    assert found.content == "paid for"


def test_the_file_is_the_owners_alone(store: Replies, path: Path) -> None:
    """Replies quote submissions, so nobody else may read the file or what stands beside it."""
    store.put(DIGEST, REPLY)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    files = list(path.parent.iterdir())
    assert path in files
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_every_answer_can_be_forgotten(store: Replies, path: Path) -> None:
    """What is forgotten is not in the file any more, and calibrations stay."""
    store.put(DIGEST, Reply(content="very secret words"))
    store.keep_calibration("gpt", "{}")
    assert store.forget() == 1
    assert store.get(DIGEST) is None
    assert store.calibration("gpt") == "{}"
    store.close()
    assert b"very secret words" not in path.read_bytes()


def test_the_newest_calibration_holds_and_the_older_ones_stay(path: Path) -> None:
    """Each calibration is kept with its moment in UTC, whatever zone the clock speaks."""
    noon = datetime(2025, 6, 1, 12, tzinfo=UTC)
    times = iter([noon, noon - timedelta(hours=1), noon])
    with closing(Replies(connect(path), str(path), now=lambda: next(times))) as store:
        assert store.calibration("gpt") is None
        store.keep_calibration("gpt", '{"passed": 1}')
        store.keep_calibration("gpt", '{"passed": 2}')
        store.keep_calibration("other", "{}")
        assert store.calibration("gpt") == '{"passed": 2}'
        kept = store.calibrations("gpt")
    assert kept == (Kept(noon - timedelta(hours=1), '{"passed": 2}'), Kept(noon, '{"passed": 1}'))
    assert {entry.at.tzinfo for entry in kept} == {UTC}


def test_the_migrations_lead_to_the_schema(path: Path) -> None:
    """A new file has the very tables that the queries are written for."""
    with closing(connect(path)) as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) == set(schema.metadata.tables)
        for table in schema.metadata.tables.values():
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}
            indexes = sorted([column.name for column in index.columns] for index in table.indexes)
            assert sorted(index["column_names"] for index in found.get_indexes(table.name)) == indexes


def test_many_answers_are_kept_and_found(store: Replies) -> None:
    """Each stands under its own digest, however many there are."""
    digests = [sha256(str(number).encode()).hexdigest() for number in range(200)]
    for place, digest in enumerate(digests):
        store.put(digest, Reply(content=str(place)))
    kept = [store.get(digest) for digest in digests]
    assert [one.content for one in kept if isinstance(one, Reply)] == [str(place) for place in range(200)]


def test_a_store_of_a_newer_version_is_refused(path: Path) -> None:
    """Tables that this version does not know are left alone, and the cure is told."""
    Replies.open(path).close()
    run_sql(path, "INSERT INTO reviewer_migrations VALUES ('keep_verdicts', '2030-01-01')")
    with pytest.raises(StoreError, match=r"newer version \(it has 'keep_verdicts'\); upgrade") as caught:
        Replies.open(path)
    assert not isinstance(caught.value, UnwritableStore)


@pytest.mark.parametrize(
    "change",
    ["UPDATE replies SET kind = 'verdict'", "UPDATE replies SET value = '{}'", "UPDATE replies SET value = 'no json'"],
)
def test_an_answer_that_cannot_be_read_is_told(store: Replies, path: Path, change: str) -> None:
    """A row that this version has no meaning for is no answer, and not silently asked again."""
    store.put(DIGEST, REPLY)
    run_sql(path, change)
    with pytest.raises(StoreError, match="holds an answer that this version cannot read"):
        store.get(DIGEST)


@pytest.mark.parametrize("junk", [b"Dear reviewer, this is a letter. " * 40, b"x"])
def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path, junk: bytes) -> None:
    """A path that was mistyped costs nobody a file."""
    file = tmp_path / "letter.txt"
    file.write_bytes(junk)
    with pytest.raises(StoreError, match=r"letter\.txt' is no SQLite database; name another file"):
        Replies.open(file)
    assert file.read_bytes() == junk


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    """No table is added to a database that is not ours."""
    file = tmp_path / "places.sqlite"
    run_sql(file, "CREATE TABLE bookmarks (url TEXT)")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="is a database of another program"):
        Replies.open(file)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    """The sentence says to name a file in it."""
    with pytest.raises(StoreError, match="is a folder; name a file in it"):
        Replies.open(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way, a review may go on without a store."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(UnwritableStore, match="cannot be written; give write access"):
        Replies.open(tmp_path / "taken" / "replies.db")


@contextmanager
def folder_of_nobody() -> Iterator[Path]:
    """Give a folder outside of root's own, and do without root's right to write everywhere while it is used."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        os.chown(name, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


@pytest.mark.parametrize("opened_before", [False, True])
def test_a_read_only_folder_is_told(*, opened_before: bool) -> None:
    """On a read-only disk a review may go on without a store, whether or not one is there."""
    with folder_of_nobody() as folder:
        path = folder / "replies.db"
        if opened_before:
            Replies.open(path).close()
            path.chmod(0o400)
        folder.chmod(0o500)
        try:
            with pytest.raises(UnwritableStore, match="cannot be written; give write access"):
                Replies.open(path)
        finally:
            folder.chmod(0o700)


def test_a_disk_that_became_read_only_is_told(path: Path) -> None:
    """A store that is open when its disk changes says so at the next answer."""
    with closing(connect(path)) as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(UnwritableStore, match="cannot be written; give write access"):
            Replies(connection, str(path)).put(DIGEST, REPLY)


def test_a_full_disk_is_told_and_loses_nothing(path: Path) -> None:
    """What was kept before stays readable, and what has no room is not there by half."""
    with closing(connect(path)) as connection:
        store = Replies(connection, str(path))
        store.put(DIGEST, REPLY)
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        with pytest.raises(UnwritableStore, match="has no room left on its disk; make room"):
            store.put(OTHER, Reply(content="x" * 100_000))
        assert store.get(OTHER) is None
        assert store.get(DIGEST) is not None


def test_a_full_disk_at_the_start_is_told() -> None:
    """A folder that cannot be made for want of room is told as such."""
    with (
        pytest.raises(UnwritableStore, match=r"has no room left on its disk.*\(No space left on device\)"),
        telling("x"),
    ):
        raise OSError(28, "No space left on device")


def test_a_locked_store_is_told(store: Replies, path: Path) -> None:
    """Another process that does not let go is waited for, but not for ever."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnwritableStore, match="has been locked by another process for too long"):
            Replies.open(path, busy_seconds=0.05)
        assert store.get(DIGEST) is None
        other.execute("ROLLBACK")


def test_two_processes_may_make_the_file_at_once(path: Path) -> None:
    """Neither trips over the tables that the other has just made."""
    program = (
        "import sys; from reviewer.call import Reply; from reviewer.store.replies import Replies\n"
        "with Replies.open(sys.argv[1]) as store: store.put(sys.argv[2], Reply(content='one'))"
    )
    commands = [[sys.executable, "-c", program, str(path), digest] for digest in (DIGEST, OTHER)]
    processes = [subprocess.Popen(command) for command in commands]
    assert [process.wait() for process in processes] == [0, 0]
    with Replies.open(path) as store:
        assert all(store.get(digest) for digest in (DIGEST, OTHER))


def test_migrations_have_names_of_their_own() -> None:
    """A migration is known by its name, so no two may share one."""
    assert len({step.__name__ for step in MIGRATIONS}) == len(MIGRATIONS)


def test_the_default_place_is_the_users_cache_folder() -> None:
    """Where nobody names a file, it is where the platform keeps such things."""
    assert cache_file() == platformdirs.user_cache_path("use-case-reviewer") / "replies.db"
