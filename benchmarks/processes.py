"""Whole processes, paired: how long a command takes against the least that Python can do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = 15
EXAMPLE = Path(__file__).resolve().parent.parent / "fixtures" / "submissions" / "body-cameras.txt"


def rows() -> Iterator[tuple[str, str]]:
    """Give the rows of the table; each pair of commands runs in turn."""
    reviewer = shutil.which("reviewer", path=str(Path(sys.executable).parent)) or "reviewer"
    nothing = [sys.executable, "-c", "pass"]
    pydantic = [sys.executable, "-c", "from pydantic import BaseModel"]
    review = [reviewer, "review", "--offline", "--exit-zero", str(EXAMPLE)]
    yield "`reviewer --version` against `python -c pass`", f"{_ratio([reviewer, '--version'], nothing):.1f} x"
    yield "`reviewer review --offline` against `from pydantic import BaseModel`", f"{_ratio(review, pydantic):.1f} x"


def _ratio(ours: list[str], theirs: list[str]) -> float:
    """Give the median of the ratios of the pairs, after one pair to warm up."""
    return median([_seconds(ours) / _seconds(theirs) for _ in range(PAIRS + 1)][1:])


def _seconds(command: list[str]) -> float:
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=output)
        return time.perf_counter() - start
