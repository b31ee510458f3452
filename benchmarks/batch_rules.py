"""Rules only, from a CSV file to a store, against the bare engine on the very same texts; then ever more rows."""

from __future__ import annotations

import time
from collections import deque
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.batch_rows import many
from benchmarks.batch_run import run, run_alone
from benchmarks.model_path import Row
from reviewer import InputError, Reviewer
from reviewer.readers.intake import Intake
from reviewer.receipt import WhyNotModel
from reviewer.reviewing import review_by_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ROUNDS = 5
FEWER = 10


def rows(sheet: Path) -> Iterator[Row]:
    """Give rows a second from file to store, and as a share of what rules alone do."""
    reviewer = Reviewer()
    run(reviewer, sheet)
    rates, shares, of_reviews = [], [], []
    for _ in range(ROUNDS):
        took = run(reviewer, sheet)
        bare, reviews = _engine(reviewer, sheet)
        rates.append(took.rows / took.seconds)
        shares.append(rates[-1] / bare)
        of_reviews.append(rates[-1] / reviews)
    yield Row(f"rules only, {took.rows:,} rows from CSV to store: rows a second", median(rates), "")
    yield Row("rules only: share of the bare engine's rate", median(shares), "", 0.5)
    yield Row("rules only: share of the rate of verdicts without a store", median(of_reviews), "")


def _engine(reviewer: Reviewer, sheet: Path) -> tuple[float, float]:
    """Give how many of the very same texts are scanned in a second, and how many are judged."""
    # Read anew, and what comes of it is dropped: what is held makes the collector of garbage slow.
    given = [one for one in Intake([str(sheet)]).submissions() if not isinstance(one, InputError)]
    brief = reviewer.desk.brief
    scanned = _seconds(brief.rules.scan(one).detections() for one in given)
    judged = _seconds(review_by_rules(one, brief, WhyNotModel.NO_MODEL_CONFIGURED) for one in given)
    return len(given) / scanned, len(given) / judged


def _seconds(work: Iterable[object]) -> float:
    start = time.perf_counter()
    deque(work, maxlen=0)
    return time.perf_counter() - start


def over_lengths(sheet: Path, count: int, folder: Path) -> Iterator[Row]:
    """Give the most memory of a long run, and its time a row against that of one a tenth as long."""
    few, lots = many(sheet, count // FEWER, folder / "few.csv"), many(sheet, count, folder / "many.csv")
    before, long, after = run_alone(few), run_alone(lots), run_alone(few)
    yield Row(f"{before.rows:,} rows: most memory", before.peak, " MB")
    yield Row(f"{long.rows:,} rows: most memory", long.peak, " MB", 300, at_least=False)
    clock = (before.seconds + after.seconds) / (before.rows + after.rows)
    processor = (before.processor + after.processor) / (before.rows + after.rows)
    about = f"{long.rows:,} rows against {before.rows:,}"
    yield Row(f"{about}: time a row", long.seconds / long.rows / clock, " x", 1.15, at_least=False)
    yield Row(f"{about}: processor a row", long.processor / long.rows / processor, " x")
