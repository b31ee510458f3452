"""A batch as a client of the model path's rounds: the rows of a sheet through a model into a new store each round."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.model_ours import endpoint
from benchmarks.model_rounds import given, serve
from reviewer import Reviewer
from reviewer.batch import Batch
from reviewer.cli.collecting import seldom
from reviewer.readers.intake import Intake
from reviewer.store.store import Store
from reviewer.verdict import DecidedBy


def main() -> None:
    """Run the rounds; the third argument is the sheet and the fourth the transport."""
    _, base_url, (sheet, transport) = given()

    async def ask(start: int, end: int) -> tuple[int, float]:
        # A reviewer of its own in each round, as a process has: it starts slowly, and that counts.
        reviewer = Reviewer(model=endpoint(base_url, transport))
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "intake.db") as store, seldom():
            batch = Batch(reviewer, store)
            some = islice(Intake([sheet]).submissions(), start, end)
            lost = sum(
                row.verdict is None or row.verdict.decided_by is not DecidedBy.MODEL for row in batch.review(some)
            )
            batch.close()
        return lost, 0.0

    serve(ask)


if __name__ == "__main__":
    main()
