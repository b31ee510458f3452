"""A run that is killed, interrupted, cut off or held back loses nothing and asks nothing twice."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from reviewer.receipt import WhyNotModel
from reviewer.store.store import Store
from reviewer.testing import FakeEndpoint, behaviours
from reviewer.testing.limiter import RateLimited
from reviewer.testing.reader import ReaderByRules
from reviewer.verdict import DecidedBy
from tests.batch.process import IN_FLIGHT, finish, intake, start, until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

ROWS = 150


def by_model(address: str) -> tuple[int, int]:
    """Count the entries of the only run, and those of them that a model has read."""
    with Store.open(address) as store:
        (run,) = store.runs()
        entries = list(store.entries(run.id))
    read = sum(entry.verdict is not None and entry.verdict.decided_by is DecidedBy.MODEL for entry in entries)
    return len({entry.key for entry in entries}), read


def test_killed_anywhere_it_loses_nothing_that_was_paid_for(store_address: str, tmp_path: Path) -> None:
    """After kill -9 at several moments each row has one verdict, and only what was in flight was asked twice."""
    sheet, kills = intake(tmp_path / "intake.csv", ROWS), (5, 40, 41, 110)
    with FakeEndpoint(latency=0.05) as fake:
        for moment in kills:
            process = start(sheet, "--store", store_address, base_url=fake.base_url)
            until(lambda: fake.served >= moment, process)  # noqa: B023  used up within its round
            process.kill()
            finish(process)
        status, told = finish(start(sheet, "--store", store_address, base_url=fake.base_url))
    assert status == 0, told
    assert "Going on with run" in told
    assert by_model(store_address) == (ROWS, ROWS)
    assert ROWS <= fake.served <= ROWS + IN_FLIGHT * len(kills)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_says_how_to_go_on(store_address: str, tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C finishes what is under way, so that nothing is asked twice, ends with 130, and the same call goes on."""
    sheet = intake(tmp_path / "intake.csv", ROWS)
    with FakeEndpoint(latency=0.05) as fake:
        process = start(sheet, "--store", store_address, base_url=fake.base_url)
        until(lambda: fake.served >= 20, process)
        process.send_signal(number)
        status, told = finish(process)
        assert (status, "the same call goes on" in told) == (130, True), told
        assert fake.served < ROWS
        assert finish(start(sheet, "--store", store_address, base_url=fake.base_url))[0] == 0
    assert by_model(store_address) == (ROWS, ROWS)
    assert fake.served == ROWS


def test_an_outage_in_the_middle_is_read_by_rules_and_asked_again(store_address: str, tmp_path: Path) -> None:
    """Rows of the outage are decided by rules and say so; `--retry-fallbacks` has the model read them alone."""
    sheet = intake(tmp_path / "intake.csv", 60)
    answers, down = [ReaderByRules()] * 20, [behaviours.status(503)] * 5_000
    environ = {"REVIEWER_ATTEMPTS": "1", "REVIEWER_DEADLINE": "2"}
    with FakeEndpoint([*answers, *down]) as fake:
        status, told = finish(start(sheet, "--store", store_address, base_url=fake.base_url, **environ))
        assert status == 0, told
        assert "--retry-fallbacks" in told
    with Store.open(store_address) as store:
        why = [entry.verdict.why_not_model for entry in store.entries(1) if entry.verdict]
    assert len(why) == 60
    assert why.count(None) <= 20
    assert why.count(WhyNotModel.OUTAGE) == 60 - why.count(None)
    with FakeEndpoint(port=fake.port) as back:
        again = start(sheet, "--store", store_address, "--retry-fallbacks", base_url=back.base_url)
        assert finish(again)[0] == 0
        assert back.served == why.count(WhyNotModel.OUTAGE)
    assert by_model(store_address) == (60, 60)


def test_a_storm_of_429_is_waited_out(store_address: str, tmp_path: Path) -> None:
    """Under a rate limit every row is read by the model in the end, and few calls are refused."""
    sheet = intake(tmp_path / "intake.csv", 100)
    limiter = RateLimited(40, 2.0, then=ReaderByRules(), exact=True)
    with FakeEndpoint([limiter]) as fake:
        status, told = finish(start(sheet, "--store", store_address, base_url=fake.base_url))
    assert status == 0, told
    assert by_model(store_address) == (100, 100)
    assert limiter.refused <= limiter.passed / 4


def test_a_budget_stops_the_run_with_a_status_of_its_own(store_address: str, tmp_path: Path) -> None:
    """`--max-calls` is never exceeded, ends with 7, and every call that it allowed is used and kept."""
    sheet = intake(tmp_path / "intake.csv", ROWS)
    with FakeEndpoint(latency=0.01) as fake:
        poor = start(sheet, "--store", store_address, "--max-calls", "40", base_url=fake.base_url)
        status, told = finish(poor)
        assert (status, fake.served) == (7, 40), told
        assert by_model(store_address) == (ROWS, 40)
        assert finish(start(sheet, "--store", store_address, base_url=fake.base_url))[0] == 0
    assert (fake.served, by_model(store_address)) == (ROWS, (ROWS, ROWS))


def test_a_budget_in_dollars_is_never_exceeded(store_address: str, tmp_path: Path) -> None:
    """`--max-cost` stops before the call that could cost too much."""
    sheet = intake(tmp_path / "intake.csv", ROWS)
    with FakeEndpoint() as fake:
        status, told = finish(start(sheet, "--store", store_address, "--max-cost", "0.5", base_url=fake.base_url))
    assert status == 7, told
    with Store.open(store_address) as store:
        receipts = [entry.verdict.receipt for entry in store.entries(1) if entry.verdict]
    spent = sum(receipt.cost or 0 for receipt in receipts if receipt)
    assert 0 < spent <= 0.5
    assert 0 < len(receipts) < ROWS
