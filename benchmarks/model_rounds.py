"""A client in a process of its own, which runs rounds when it is told to; without the package, for peers have none."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

IN_FLIGHT = 64
ROOT = Path(__file__).resolve().parent.parent


class Round(NamedTuple):
    """What a round took: seconds by the clock, seconds of processor, texts without a proper answer.

    `slowest` is what the last text's slowest call took, where the client knows it.
    """

    seconds: float
    processor: float
    lost: int
    slowest: float = 0.0


class Client:
    """A client's process, as the benchmark holds it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Take a process that waits for its first round."""
        self._process = process

    def run(self, start: int, end: int) -> Round:
        """Let it ask about the texts from `start` to `end`."""
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError(self._process)
        self._process.stdin.write(f"{start} {end}\n")
        self._process.stdin.flush()
        told = self._process.stdout.readline()
        if not told:
            raise SystemExit(f"A client ended early: {self._process.args!r}.")
        return Round(*json.loads(told))


@contextmanager
def client(module: str, *arguments: object, python: Path | str = sys.executable) -> Iterator[Client]:
    """Run a module of the benchmarks as a client while the block runs."""
    command = [str(python), "-m", f"benchmarks.{module}", *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield Client(process)
        process.communicate()


def given() -> tuple[dict[str, Any], str, list[str]]:
    """Give what a client's command line says: the work, the server's address, and what is left."""
    work, base_url, *others = sys.argv[1:]
    return json.loads(Path(work).read_text(encoding="utf-8")), base_url, others


def serve(ask: Callable[[int, int], Awaitable[tuple[int, float]]]) -> None:
    """Run the rounds that the standard input names, until it ends."""
    # What libraries print must not come between the figures.
    figures, sys.stdout = sys.stdout, sys.stderr
    with asyncio.Runner() as runner:
        for line in sys.stdin:
            start, end = map(int, line.split())
            print(json.dumps(runner.run(_timed(ask, start, end))), file=figures, flush=True)


async def _timed(ask: Callable[[int, int], Awaitable[tuple[int, float]]], start: int, end: int) -> Round:
    processor, clock = _processor(), time.perf_counter()
    lost, slowest = await ask(start, end)
    return Round(time.perf_counter() - clock, _processor() - processor, lost, slowest)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def ask_each(one: Callable[[int], Awaitable[bool]], start: int, end: int) -> tuple[int, float]:
    """Ask about each text, so many at once as all clients do; `one` tells whether there was a proper answer."""
    places = asyncio.Semaphore(IN_FLIGHT)

    async def placed(number: int) -> bool:
        async with places:
            return await one(number)

    answered = await asyncio.gather(*map(placed, range(start, end)))
    return len(answered) - sum(answered), 0.0
