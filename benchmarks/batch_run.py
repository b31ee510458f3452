"""A run of rules over a sheet into a store of its own: in this process, or as one whose memory counts for nothing else.

`python -m benchmarks.batch_run SHEET` prints what it took, as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.model_rounds import ROOT
from reviewer import Reviewer
from reviewer.batch import Batch
from reviewer.cli.collecting import seldom
from reviewer.readers.intake import Intake
from reviewer.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUS = Path("/proc/self/status")


class Run(NamedTuple):
    """What a run took: rows, seconds by the clock and of the processor, bytes of its store, most memory in MB."""

    rows: int
    seconds: float
    processor: float
    stored: int
    peak: float = 0.0


def run(reviewer: Reviewer, sheet: Path) -> Run:
    """Review a sheet from its file to a new store."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "intake.db"
        clock, processor = time.perf_counter(), time.process_time()
        with seldom(), Store.open(path) as store:
            rows = sum(1 for _ in Batch(reviewer, store).review(Intake([str(sheet)]).submissions()))
        took = time.perf_counter() - clock, time.process_time() - processor
        return Run(rows, *took, path.stat().st_size)


def run_alone(sheet: Path) -> Run:
    """Review a sheet in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.batch_run", str(sheet)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return Run(*json.loads(told.stdout))


def main() -> None:
    """Run, and tell."""
    reviewer = Reviewer()
    reviewer.review("A text that has the rules loaded.")
    took = run(reviewer, Path(sys.argv[1]))
    print(json.dumps(took._replace(peak=_peak())))


def _peak() -> float:
    """Give the most memory that was resident, in MB, without that of the process that started this one."""
    # Not getrusage: on Linux a child begins with the most that its parent had.
    lines: Iterator[str] = iter(_STATUS.read_text(encoding="ascii").splitlines())
    told = next(line for line in lines if line.startswith("VmHWM:"))
    return int(told.split()[1]) / 1e3 * 1.024


if __name__ == "__main__":
    main()
