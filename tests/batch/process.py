"""`reviewer batch` as a process of its own, which can be killed."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.batch.makers import CLEAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAIN = "from reviewer.cli import main; main()"
IN_FLIGHT = 8
LONGEST = 60.0


def intake(path: Path, count: int) -> Path:
    """Write a spreadsheet of as many harmless rows, each unlike the others."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ID", "Description"])
        writer.writerows([f"R-{number}", CLEAN.format(number=number)] for number in range(1, count + 1))
    return path


def start(*arguments: str | Path, base_url: str | None = None, **environ: str) -> subprocess.Popen[str]:
    """Start a batch; it asks the endpoint at `base_url` if there is one."""
    model = {"REVIEWER_BASE_URL": base_url, "REVIEWER_MODEL": "fake", "REVIEWER_PRICE": "1,1"} if base_url else {}
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, "batch", *map(str, arguments)],
        env={**os.environ, **model, "REVIEWER_IN_FLIGHT": str(IN_FLIGHT), **environ},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for its end; gives the exit status and what it told people."""
    _, told = process.communicate(timeout=LONGEST)
    return process.returncode, told


def until(holds: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something holds while the process runs."""
    end = time.monotonic() + LONGEST
    while not holds():
        if process.poll() is not None or time.monotonic() > end:
            _, told = process.communicate()
            raise AssertionError(f"It ended with {process.returncode} before its time: {told}")
        time.sleep(0.005)
