"""What is forgotten is gone from every table and file, and what is not is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reviewer.call import Reply
from reviewer.errors import StoreError
from reviewer.store.store import Keep, Purged, Store
from reviewer.verdict import DecidedBy, Decision
from tests.store.makers import NOON, RECEIPT, WORDS, key, keys, plan, recorded, sign_off, verdict

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

TABLES = ("rows", "verdicts", "sign_offs", "replies", "shared", "asked")
HOUR = timedelta(hours=1)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        """Set it to noon."""
        self.time = NOON

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.time


@pytest.fixture(name="clock")
def _clock() -> Clock:
    return Clock()


def put(store: Store, digest: str) -> str:
    """Keep a reply that repeats the submission, at the time of the store's clock."""
    assert store.replies is not None
    store.replies.put(digest * 64, Reply(content=f"It is about {WORDS}."))
    return digest * 64


def holds(store: Store, words: str) -> set[str]:
    """Give the tables in which words stand, in whatever column."""
    with store.line.taken() as connection:
        found = {table: connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in TABLES}  # noqa: S608
    return {table for table, rows in found.items() if any(words in str(row) for row in rows)}


def test_one_submission_is_forgotten_everywhere(store: Store) -> None:
    """Its text, its verdicts, old ones too, what people wrote, and its replies go; all others stay."""
    run, _ = store.begin(plan("q3"))
    mine, both, other = (put(store, sign) for sign in "abc")
    by_model = verdict(decided_by=DecidedBy.MODEL, receipt=RECEIPT)
    store.record(run, [replace(recorded(1), verdict=by_model, calls=(mine, both))])
    store.record(run, [recorded(1), replace(recorded(2, "A tulip forecast."), calls=(both, other))])
    store.sign(store.entry(run.id, "R-1").id, sign_off(reason=f"Seen {WORDS}."))
    gone = store.purge(key="R-1")
    assert gone[:4] == (1, 2, 1, 1)
    assert gone.says.startswith("Forgotten: 1 row, 2 verdicts, 1 decision of people and 1 reply of a model.")
    assert "Exports of run 'q3' show these rows no more, and a run over the same input reviews them anew." in gone.says
    assert "is not known" not in gone.says
    assert keys(store.entries(run.id)) == [key(2)]
    assert store.replies is not None
    assert [store.replies.get(digest) is None for digest in (mine, both, other)] == [True, False, False]
    assert holds(store, TEXT_OF_FIRST) == set()
    with pytest.raises(StoreError, match="There is no submission 'R-1' to forget"):
        store.purge(key="R-1")


TEXT_OF_FIRST = recorded(1).submission.text


def test_replies_that_are_not_known_to_be_its_own_are_told(store: Store) -> None:
    """Where nobody said which calls were made for a row, the purge does not pretend."""
    run, _ = store.begin(plan())
    put(store, "a")
    store.record(run, [replace(recorded(1), verdict=verdict(decided_by=DecidedBy.MODEL))])
    gone = store.purge(key=key(1))
    assert gone.replies == 0
    assert "Which calls were made for 1 row is not known, so replies with their words may be left" in gone.says


def test_a_run_is_forgotten(store: Store) -> None:
    """The run, its rows, and the replies of its time go, even of calls whose row was never recorded."""
    run, _ = store.begin(plan("q3"))
    other, _ = store.begin(plan("q4"))
    store.record(run, [recorded(1), recorded(2)])
    shared = put(store, "a")
    put(store, "b")
    store.record(other, [replace(recorded(1), calls=(shared,))])
    gone = store.purge(run=run.id)
    assert gone[:4] == (2, 2, 0, 1)
    assert store.runs() == (other,)
    assert keys(store.entries(other.id)) == [key(1)]
    assert store.replies is not None
    assert store.replies.get(shared) is not None
    assert store.begin(plan("q5"))[0].id == 3
    store.record(other, [recorded(9)])
    assert store.entry(other.id, key(9)).id == 4


def test_what_is_old_is_forgotten(store_address: str, clock: Clock) -> None:
    """By age, rows and replies go that were kept before; a row that was changed since is not old."""
    with Store.open(store_address, now=clock) as store:
        store.record(store.begin(plan("old"))[0], [recorded(1)])
        run, _ = store.begin(plan("new"))
        store.record(run, [recorded(1), recorded(2)])
        put(store, "a")
        clock.time += HOUR
        put(store, "b")
        store.record(run, [replace(recorded(2), verdict=verdict(decision=Decision.APPROVE))])
        assert store.purge(before=NOON)[:4] == (0, 0, 0, 0)
        gone = store.purge(before=NOON + HOUR)
        assert gone[:4] == (2, 2, 0, 1)
        assert "Exports of runs 'old', 'new' show these rows no more" in gone.says
        assert store.runs() == (run,)
        assert keys(store.entries(run.id)) == [key(2)]
        assert store.purge(before=NOON + 2 * HOUR, run=run.id, key=key(2)).rows == 1


def test_nothing_named_is_nothing_forgotten(store: Store) -> None:
    """A purge without a word of what to forget does not empty the store."""
    store.record(store.begin(plan())[0], [recorded(1)])
    with pytest.raises(StoreError, match="Nothing is named to forget; give a moment, a run, or a submission"):
        store.purge()
    assert len(list(store.entries(1))) == 1


def test_forgotten_words_are_not_in_the_file(tmp_path: Path) -> None:
    """Neither in the database nor beside it stands a word of what was forgotten, and others' words do."""
    with Store.open(tmp_path / "store.db") as store:
        run, _ = store.begin(plan())
        store.record(
            run, [recorded(number, f"Form {number}: the lighthouse keeper {number}.") for number in range(400)]
        )
        store.record(run, [recorded(number, f"Form {number}: no word of them.") for number in range(0, 400, 2)])
        put(store, "a")
        for number in (7, 8):
            store.purge(key=key(number))
        store.purge(run=run.id)
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"lighthouse" not in files
    assert b"no word of them" not in files
    assert WORDS.encode() not in files
    assert (tmp_path / "store.db").stat().st_size < 300_000


def test_words_that_another_process_still_reads_are_told(tmp_path: Path) -> None:
    """Where the file cannot be wiped at once, nobody is told that it was."""
    path = tmp_path / "store.db"
    with Store.open(path, busy_seconds=0.05) as store, Store.open(path) as other:
        run, _ = store.begin(plan())
        store.record(run, [recorded(number) for number in range(300)])
        stream = other.entries(run.id)
        next(stream)
        gone = store.purge(run=run.id)
        assert gone.rows == 300
        assert "may hold the words" in gone.says or "may still hold the words" in gone.says
        assert len(list(stream)) == 299
        assert "may hold" not in store.purge(before=NOON).says


@pytest.mark.parametrize(
    ("keep", "tables"), [(Keep.FULL, {"rows", "verdicts"}), (Keep.QUOTES, {"verdicts"}), (Keep.NONE, set())]
)
def test_only_the_words_that_were_asked_for_are_kept(store_address: str, keep: Keep, tables: set[str]) -> None:
    """Without words there is still who decided what, under which clause, and where the words stood."""
    given = recorded(1)
    by_model = verdict(given.submission.text, decided_by=DecidedBy.MODEL, receipt=RECEIPT)
    with Store.open(store_address, keep=keep) as store:
        run, _ = store.begin(plan())
        store.record(run, [given, replace(given, key="b", position=2, verdict=by_model)])
        assert holds(store, WORDS) == tables
        assert (store.replies is None) == (keep is Keep.NONE)
        entry = store.entry(run.id, "b")
        known = store.known(run.id, [key(1)])[key(1)]
    assert entry.submission.source == given.submission.source
    assert entry.submission.id == given.submission.id
    assert entry.verdict is not None
    assert entry.verdict.review_digest == by_model.review_digest
    assert entry.verdict.submission == by_model.submission
    places = [(quote.start, quote.end) for finding in entry.verdict.findings for quote in finding.quotes]
    assert places == [(quote.start, quote.end) for finding in by_model.findings for quote in finding.quotes]
    with Store.open(store_address, keep=Keep.FULL) as store:
        store.record(run, [replace(given, key="c")])
        assert store.known(run.id, ["c"])["c"].submission_digest == known.submission_digest


def test_what_is_kept_is_remembered(store_address: str) -> None:
    """A store that was told to keep no words keeps none for whoever opens it without saying so."""
    with Store.open(store_address) as store:
        assert store.keep is Keep.FULL
    Store.open(store_address, keep=Keep.NONE).close()
    with Store.open(store_address) as store:
        assert (store.keep, store.replies) == (Keep.NONE, None)
        run, _ = store.begin(plan())
        store.record(run, [recorded(1)])
        assert holds(store, WORDS) == set()


def test_a_purge_says_in_numbers_what_it_did() -> None:
    """The counts have names, for a program that asks."""
    assert Purged(rows=1, verdicts=2, sign_offs=3, replies=4, says="").replies == 4
