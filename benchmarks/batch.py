"""`python -m benchmarks.batch [INVENTORY.csv]`: batches against the parts that they are made of, in one run.

Without an inventory, the rows are made from the labelled descriptions, which are shorter and hit more often.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import batch_model, batch_resume, batch_rules, batch_store, reading
from benchmarks.batch_rows import sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.model_path import Row

ROWS = 30_000


def main() -> None:
    """Print the table as Markdown, and how many goals were missed."""
    options = _options()
    print("| measure | figure | goal | |\n| --- | ---: | ---: | --- |")
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = _parts(options, sheet(folder, options.inventory), folder)
        for part in options.only or parts:
            for row in parts[part]():
                print(row, flush=True)
                missed += not row.met
    print(f"\n{missed} goals missed." if missed else "\nAll goals met.")


def _parts(options: argparse.Namespace, given: Path, folder: Path) -> dict[str, Callable[[], Iterable[Row]]]:
    peers = () if options.without_peers else tuple(batch_model.PEERS)
    return {
        "rules": lambda: batch_rules.rows(given),
        "store": lambda: batch_store.rows(given, folder),
        "model": lambda: batch_model.rows(given, folder, peers, options.rounds),
        "resume": lambda: batch_resume.rows(given, folder),
        "reading": lambda: reading.rows(options.inventory, given, folder),
        "rows": lambda: batch_rules.over_lengths(given, options.rows, folder),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inventory", nargs="?", type=Path, help="a CSV file with the columns of the federal inventory")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the long run, against a tenth of them")
    parser.add_argument("--rounds", type=int, default=batch_model.ROUNDS, help="rounds with the model; medians count")
    parser.add_argument("--without-peers", action="store_true", help="leave out those that need an environment")
    names = ("rules", "store", "model", "resume", "reading", "rows")
    parser.add_argument("--only", action="append", choices=names, help="measure this part; may be given again")
    return parser.parse_args()


if __name__ == "__main__":
    main()
