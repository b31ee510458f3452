"""Entries come in the order of the input, whole, few at a time, and are found by whatever people call them."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reviewer.errors import StoreError
from reviewer.store.sharing import Shared, Splitter, joined
from reviewer.store.store import Store
from reviewer.store.texts import from_json
from reviewer.verdict import DecidedBy, Decision, Verdict
from tests.store.makers import NOON, RECEIPT, entry, key, keys, plan, recorded, sign_off, verdict

if TYPE_CHECKING:
    from reviewer.run import Run


def again(given: Verdict, splitter: Splitter) -> Verdict:
    """Take a verdict apart and put it together."""
    parts = splitter.split(given)
    return joined(parts.own, from_json(Shared, parts.shared), parts.receipt)


@pytest.fixture(name="run")
def _run(store: Store) -> Run:
    return store.begin(plan("q3"))[0]


@pytest.mark.parametrize("decided_by", list(DecidedBy))
@pytest.mark.parametrize("receipt", [None, RECEIPT])
def test_a_verdict_comes_back_to_the_byte(decided_by: DecidedBy, receipt: object) -> None:
    """What was taken apart to save room is the same verdict when it is put together."""
    given = verdict(decided_by=decided_by).model_copy(update={"receipt": receipt})
    found = again(given, Splitter())
    assert found == given
    assert found.model_dump_json() == given.model_dump_json()


def test_the_order_of_conditions_stays() -> None:
    """Standing conditions may stand first, between others, alone, or not at all."""
    tied, standing = verdict().conditions
    splitter = Splitter()
    for conditions in (
        [],
        [tied],
        [standing],
        [standing, tied],
        [standing, tied, standing],
        [tied, standing, standing],
    ):
        given = verdict().model_copy(update={"conditions": tuple(conditions)})
        assert again(given, splitter).model_dump_json() == given.model_dump_json()


def test_a_view_stays_the_same_while_others_write(store: Store, run: Run, store_address: str) -> None:
    """A report that reads a run twice reads the same twice, whatever another process has recorded between."""
    store.record(run, [recorded(1)])
    with Store.open(store_address) as other, store.view(run.id) as entries:
        before = list(entries())
        other.record(run, [replace(recorded(1), verdict=verdict(decision=Decision.REFER)), recorded(2)])
        assert list(entries()) == before
    assert len(list(store.entries(run.id))) == 2


def test_what_verdicts_share_is_kept_once(store: Store, run: Run) -> None:
    """A thousand verdicts of a run repeat neither policy nor standing conditions."""
    splitter = Splitter()
    parts = [splitter.split(verdict(f"Text {number} of a form.")) for number in range(3)]
    assert len({part.shared for part in parts}) == 1
    assert not {"policy", "model", "schema_version"} & json.loads(parts[0].own).keys()
    assert splitter.split(verdict(decided_by=DecidedBy.MODEL)).shared != parts[0].shared
    store.record(run, [recorded(number) for number in range(20)])
    with store.line.taken() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM shared").scalar_one() == 1


def test_an_entry_comes_back_as_it_was(store: Store, run: Run) -> None:
    """Submission, verdict and place are as they were recorded."""
    store.record(run, [recorded(1)])
    (found,) = store.entries(run.id)
    assert found.at is not None
    assert replace(found, at=NOON) == entry(1)


def test_entries_stand_in_the_order_of_the_input(store: Store, run: Run) -> None:
    """However they were recorded, more than are fetched at once, and each with its own decisions of people."""
    store.record(run, [recorded(number) for number in reversed(range(450))])
    signed = {number: store.entry(run.id, key(number)).id for number in (3, 250)}
    for number, entry_id in signed.items():
        assert store.sign(entry_id, sign_off(reason=f"Number {number}."))
    found = list(store.entries(run.id))
    assert keys(found) == [key(number) for number in range(450)]
    assert {one.position: one.sign_offs[0].reason for one in found if one.sign_offs} == {
        3: "Number 3.",
        250: "Number 250.",
    }


def test_entries_are_streamed(store: Store, run: Run) -> None:
    """What is held at a time does not grow with the number of rows, so that 300,000 rows need no more than 3,000."""
    words = "x" * 10_000
    for start in range(0, 1_000, 250):
        store.record(run, [replace(recorded(n, words), verdict=None) for n in range(start, start + 250)])
    next(store.entries(run.id))
    tracemalloc.start()
    count = sum(1 for _ in store.entries(run.id))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1_000
    assert peak < 12_000_000  # all of them are 20 MB and more


def test_a_stream_shows_one_moment(store: Store, run: Run) -> None:
    """Rows that are recorded while entries are read neither stand twice nor shift the others."""
    store.record(run, [recorded(number) for number in range(300)])
    stream = store.entries(run.id)
    first = next(stream)
    store.record(run, [replace(recorded(number), position=1_000 - number) for number in range(300)])
    assert keys([first, *stream]) == [key(number) for number in range(300)]
    assert keys(store.entries(run.id))[0] == key(299)


def test_a_stream_that_is_left_early_holds_nothing(store: Store, run: Run) -> None:
    """Whoever looks at the first entry alone leaves no door open."""
    store.record(run, [recorded(number) for number in range(300)])
    stream = store.entries(run.id)
    assert next(stream).key == key(0)
    stream.close()
    store.purge(run=run.id)
    assert store.runs() == ()


def test_an_entry_is_found_by_what_people_call_it(store: Store, run: Run) -> None:
    """By number, by key, or by the requester's id; in one run or in all."""
    store.record(run, [recorded(1), recorded(2)])
    second = store.entry(run.id, key(2))
    assert store.entry(None, f"#{second.id}") == second
    assert store.entry(None, "R-2") == second
    other, _ = store.begin(plan())
    store.record(other, [recorded(2)])
    assert store.entry(run.id, "R-2") == second
    with pytest.raises(StoreError, match=r"2 submissions are called 'R-2' \(#2, #3\); name one by its number"):
        store.entry(None, "R-2")
    for missing in ("R-9", "#99", "#99999999999999999999", "#x", "\0"):
        with pytest.raises(StoreError, match="There is no submission"):
            store.entry(None, missing)


def test_decisions_of_people_are_appended(store: Store, run: Run) -> None:
    """Nothing is written over; the same said again is no new decision, and going back to an earlier one is."""
    store.record(run, [recorded(1)])
    number = store.entry(run.id, key(1)).id
    yes, no = sign_off(), sign_off(Decision.REJECT)
    later = yes.model_copy(update={"at": NOON.replace(hour=13)})
    assert [store.sign(number, one) for one in (yes, later, no, no, later)] == [True, False, True, False, True]
    assert store.entry(run.id, key(1)).sign_offs == (yes, no, later)
    other = sign_off(name="A second reviewer").model_copy(update={"valid_until": None, "review_digest": None})
    assert store.sign(number, other)
    store.record(run, [replace(recorded(1), verdict=verdict(decision=Decision.APPROVE))])
    assert store.entry(run.id, key(1)).sign_offs[-1] == other
    with pytest.raises(StoreError, match=r"There is no submission #99"):
        store.sign(99, yes)


@pytest.mark.parametrize("change", ["UPDATE verdicts SET value = 'no json'", "UPDATE rows SET submission = '{}'"])
def test_an_entry_that_cannot_be_read_is_told(store: Store, run: Run, change: str) -> None:
    """A row that this version has no meaning for is named, and not left out in silence."""
    store.record(run, [recorded(1)])
    with store.line.taken() as connection:
        connection.exec_driver_sql(change)
    with pytest.raises(StoreError, match=r"holds an entry that this version cannot read \(#1\); upgrade"):
        list(store.entries(run.id))
