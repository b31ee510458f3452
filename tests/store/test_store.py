"""Runs go on where they stopped, every row has one verdict that holds, and nothing is there by half."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from reviewer.call import Reply
from reviewer.errors import StoreError, UnwritableStore
from reviewer.receipt import WhyNotModel
from reviewer.run import Plan, Run
from reviewer.store.row import Known, submission_digest
from reviewer.store.store import Store
from reviewer.verdict import DecidedBy, Decision
from tests.store.makers import NOON, POLICY, RECEIPT, key, keys, plan, recorded, sign_off, verdict

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = "a" * 64


def rows_of(store: Store, run: Run) -> list[tuple[str, Decision | None]]:
    """Give key and decision of each row of a run."""
    return [(entry.key, entry.verdict.decision if entry.verdict else None) for entry in store.entries(run.id)]


def test_a_run_is_begun_and_gone_on_with(store_address: str) -> None:
    """The same plan finds its run again, in another process too, and counts its passes."""
    with Store.open(store_address, now=lambda: NOON) as store:
        run, again = store.begin(plan("q3"))
        assert (run, again) == (Run(id=1, plan=plan("q3"), passes=1, started_at=NOON), False)
        assert store.end(run, complete=True) == 0
        assert store.run().ended_at == NOON
    with Store.open(store_address) as store:
        run, again = store.begin(plan("q3"))
        assert (run, again) == (Run(id=1, plan=plan("q3"), passes=2, started_at=NOON), True)
        assert store.run() == run
        assert store.begin(plan())[0].id == 2


def test_a_name_belongs_to_one_plan(store: Store) -> None:
    """Two runs of one name would be mixed up in every report."""
    store.begin(plan("q3"))
    with pytest.raises(StoreError, match=r"^The run 'q3' was made from other inputs, or with another policy or model"):
        store.begin(plan("q3", brief="c" * 64))
    assert len(store.runs()) == 1


def test_a_run_is_found_by_name_or_number(store: Store) -> None:
    """A name goes before a number, and who is mistaken is told what there is."""
    with pytest.raises(StoreError, match="There is no run in the store"):
        store.run()
    first, second = store.begin(plan("q3"))[0], store.begin(plan())[0]
    assert store.runs() == (first, second)
    assert [store.run(name) for name in (None, "q3", "1", "2")] == [second, first, first, second]
    with pytest.raises(StoreError, match=r"There is no run 'q4' in the store .*; it has 'q3', '2'\."):
        store.run("q4")


def test_rows_are_recorded_and_known(store: Store) -> None:
    """What the next pass must know of a row is found under its key."""
    run, _ = store.begin(plan())
    broken = replace(recorded(2), verdict=None, error="intake.csv, row 2: there is no text in it.")
    waiting = replace(recorded(3), verdict=None)
    read = replace(recorded(4), verdict=verdict(decided_by=DecidedBy.MODEL))
    store.record(run, [recorded(1), broken, waiting, read])
    known = store.known(run.id, [*map(key, range(1, 6))])
    assert list(known) == [key(1), key(2), key(3), key(4)]
    digest = submission_digest(recorded(1).submission)
    assert known[key(1)] == Known(
        1, digest, DecidedBy.RULES, WhyNotModel.OFFLINE, has_verdict=True, has_error=False, passed=1
    )
    assert (known[key(2)].has_verdict, known[key(2)].has_error) == (False, True)
    assert (known[key(3)].has_verdict, known[key(3)].has_error) == (False, False)
    assert (known[key(4)].decided_by, known[key(4)].why_not_model) == (DecidedBy.MODEL, None)
    assert store.known(run.id, []) == {}
    assert store.known(run.id + 1, [key(1)]) == {}


def test_many_rows_are_recorded_and_known_at_once(store: Store) -> None:
    """A batch of some thousand rows is within what a database takes in one statement."""
    run, _ = store.begin(plan())
    words = "A short text."
    made = [replace(recorded(number, words), submission=recorded(1, words).submission) for number in range(2_100)]
    store.record(run, made)
    assert len(store.known(run.id, [row.key for row in made])) == 2_100
    assert keys(store.entries(run.id)) == [row.key for row in made]


def test_a_newer_verdict_supersedes(store: Store) -> None:
    """The newest holds, and the earlier ones stay readable, the newest of them first."""
    run, _ = store.begin(plan())
    store.record(run, [recorded(1)])
    referred, approved = verdict(decision=Decision.REFER), verdict(decision=Decision.APPROVE, receipt=RECEIPT)
    store.record(run, [replace(recorded(1), verdict=referred)])
    store.record(run, [replace(recorded(1), verdict=approved, position=7)])
    (entry,) = store.entries(run.id)
    assert (entry.verdict, entry.position) == (approved, 7)
    assert [old for _, old in store.history(entry.id)] == [referred, recorded(1).verdict]
    store.record(run, [replace(recorded(1), verdict=None, error="It is gone.")])
    (entry,) = store.entries(run.id)
    assert (entry.verdict, entry.error) == (None, "It is gone.")
    assert [old for _, old in store.history(entry.id)] == [approved, referred, recorded(1).verdict]


def test_the_same_verdict_is_kept_once(store: Store) -> None:
    """A verdict that differs in its receipt alone is the same, and the moment of the first one stays."""
    run, _ = store.begin(plan())
    store.record(run, [recorded(1)])
    before = store.entry(run.id, key(1))
    assert recorded(1).verdict is not None
    store.record(run, [replace(recorded(1), verdict=verdict(recorded(1).submission.text, receipt=RECEIPT))])
    assert store.entry(run.id, key(1)) == before
    assert store.history(before.id) == ()


def test_what_was_not_read_keeps_the_verdict_that_it_has(store: Store) -> None:
    """A process whose budget is used up takes no verdict from another, but an old one holds for no other text."""
    run, _ = store.begin(plan())
    store.record(run, [recorded(1), recorded(2)])
    other = replace(recorded(2), submission=recorded(2, "Another text.").submission, verdict=None)
    store.record(run, [replace(recorded(1), verdict=None), other])
    assert [entry.verdict for entry in store.entries(run.id)] == [recorded(1).verdict, None]


def test_a_key_stands_once_in_a_batch(store: Store) -> None:
    """Two rows under one key would be one of them lost."""
    run, _ = store.begin(plan())
    with pytest.raises(ValueError, match=r"The key 'intake\.csv/1' stands twice"):
        store.record(run, [recorded(1), recorded(2), recorded(1)])
    assert rows_of(store, run) == []


def test_what_the_input_has_no_more_has_vanished(store: Store) -> None:
    """Only an input that was read to its end tells what is gone; a row that comes back is there again."""
    run, _ = store.begin(plan())
    store.record(run, [recorded(number) for number in (1, 2, 3)])
    assert store.end(run, complete=True) == 0
    run, _ = store.begin(plan())
    store.touch(run, [(key(3), 1)])
    store.record(run, [replace(recorded(1), position=2)])
    assert store.end(run, complete=False) == 0
    assert store.run().ended_at is None
    assert store.end(run, complete=True) == 1
    assert store.run().ended_at is not None
    assert [(entry.key, entry.vanished) for entry in store.entries(run.id)] == [
        (key(3), False),
        (key(1), False),
        (key(2), True),
    ]
    run, _ = store.begin(plan())
    store.touch(run, [(key(number), number) for number in (1, 2, 3)])
    assert store.end(run, complete=True) == 0
    assert {known.passed for known in store.known(run.id, [key(1), key(2), key(3)]).values()} == {3}


def test_an_earlier_pass_ends_nothing_of_a_later_one(store: Store) -> None:
    """Where two processes read the same input, the one that began first takes no row from the other."""
    first, _ = store.begin(plan())
    second, _ = store.begin(plan())
    store.record(second, [recorded(1)])
    store.record(first, [recorded(1), recorded(2)])
    assert store.end(first, complete=True) == 0
    assert store.run().ended_at is None
    assert store.known(first.id, [key(1)])[key(1)].passed == 2


@pytest.mark.parametrize("name", ["", "\0 and \x01", "half \ud83d", '"quoted"', "é" * 90, "x" * 5_000, "sha256:", "\\"])
def test_every_code_point_comes_back(store: Store, name: str) -> None:
    """A key, id, text, error or name may hold anything that a sheet or a file's name may hold."""
    run, _ = store.begin(Plan(name=name or None, inputs=(name,), policy=POLICY, brief="b"))
    given = recorded(1, f"Text {name}.".replace("\ud83d", "?"))
    given = replace(given, key=name, submission=given.submission.model_copy(update={"id": name}), error=name)
    store.record(run, [given])
    (entry,) = store.entries(run.id)
    assert (entry.key, entry.error) == (name, name)
    assert entry.submission == given.submission
    assert entry.verdict == given.verdict
    assert store.run(name or None).plan.inputs == (name,)
    assert list(store.known(run.id, [name])) == [name]
    assert store.entry(run.id, name) == entry
    assert store.sign(entry.id, sign_off(reason=name, name=name))
    assert not store.sign(entry.id, sign_off(reason=name, name=name))
    assert store.entry(None, name).sign_offs == (sign_off(reason=name, name=name),)


def test_what_a_cut_off_model_says_is_kept(store: Store) -> None:
    """Half of a surrogate pair in a rationale loses no verdict, and no reply."""
    run, _ = store.begin(plan())
    whole = verdict()
    odd = whole.model_copy(update={"summary": "cut \ud83d, \0"})
    store.record(run, [replace(recorded(1), verdict=odd)])
    assert store.entry(run.id, key(1)).verdict == odd
    assert store.replies is not None
    store.replies.put(DIGEST, Reply(content="cut \ud83d, \0"))
    found = store.replies.get(DIGEST)
    assert isinstance(found, Reply)
    assert found.content == "cut \ud83d, \0"


def test_a_run_that_was_forgotten_takes_no_rows(store: Store) -> None:
    """A process whose run was purged under its hands is told so, and leaves no row without a run."""
    run, _ = store.begin(plan("q3"))
    store.purge(run=run.id)
    with pytest.raises(StoreError, match="The run 'q3' has been forgotten by a purge"):
        store.record(run, [recorded(1)])


def test_threads_share_a_store(store: Store) -> None:
    """Rows, replies and reading from several threads at once get in nobody's way."""
    run, _ = store.begin(plan())
    replies, failed = store.replies, []
    assert replies is not None

    def work(part: int) -> None:
        try:
            for number in range(part * 10, part * 10 + 10):
                store.record(run, [recorded(number)])
                replies.put(f"{number:064}", Reply(content="x"))
                list(store.entries(run.id))
        except StoreError as error:
            failed.append(error)

    threads = [Thread(target=work, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert keys(store.entries(run.id)) == [key(number) for number in range(40)]


def test_two_processes_share_a_run(store_address: str) -> None:
    """Each row has one verdict that holds, whoever of the two was quicker, and none is lost."""
    program = (
        "import sys; from reviewer.store.store import Store; from tests.store.makers import plan, recorded\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    run, _ = store.begin(plan())\n"
        "    for start in range(0, 60, 6): store.record(run, [recorded(start + number) for number in range(6)])"
    )
    command = [sys.executable, "-c", program, store_address]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    with Store.open(store_address) as store:
        run = store.run()
        assert run.passes == 2
        entries = list(store.entries(run.id))
        assert keys(entries) == [key(number) for number in range(60)]
        assert [entry.verdict for entry in entries] == [recorded(number).verdict for number in range(60)]
        assert all(store.history(entry.id) == () for entry in entries)


def test_what_was_recorded_survives_a_killed_process(store_address: str) -> None:
    """A process that ends without a word has lost nothing that it had recorded."""
    program = (
        "import os, sys; from reviewer.store.store import Store; from tests.store.makers import plan, recorded\n"
        "store = Store.open(sys.argv[1]); run, _ = store.begin(plan()); store.record(run, [recorded(1)]); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", program, store_address], check=False).returncode == 9
    with Store.open(store_address) as store:
        assert rows_of(store, store.run()) == [(key(1), Decision.REJECT)]


def test_a_closed_store_says_so(store_address: str) -> None:
    """Whoever uses a store after closing it is told that, and not of a database's inner life."""
    store = Store.open(store_address)
    store.close()
    with pytest.raises(UnwritableStore, match="has been closed"):
        store.runs()


def test_a_full_disk_loses_nothing_and_leaves_nothing_by_half(tmp_path: Path) -> None:
    """The rows of the batch that had no room are not there at all; those before stay, and it goes on with room."""
    with Store.open(tmp_path / "store.db") as store:
        run, _ = store.begin(plan())
        store.record(run, [recorded(1)])
        store.line.connection.exec_driver_sql("PRAGMA max_page_count = 40")
        many = [recorded(number, "x" * 20_000) for number in range(2, 9)]
        with pytest.raises(UnwritableStore, match="has no room left on its disk; make room"):
            store.record(run, many)
        assert rows_of(store, run) == [(key(1), Decision.REJECT)]
        assert not store.known(run.id, [row.key for row in many])
        store.line.connection.exec_driver_sql("PRAGMA max_page_count = 4000")
        store.record(run, many)
        assert len(rows_of(store, run)) == 8
