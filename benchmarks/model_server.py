"""The endpoint of the benchmark, in a process of its own: answers made before, a latency, perhaps a rate limit."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.model_rounds import ROOT
from benchmarks.model_work import answer
from reviewer.testing import FakeEndpoint, Request, Response, behaviours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.model_work import Work
    from reviewer.testing import Line

_MARK = re.compile(rb"<<<SUBMISSION ([0-9a-f]{16})")
_SUBMISSION = re.compile(r"<<<SUBMISSION ([0-9a-f]{16})\n(.*)\nSUBMISSION \1>>>", re.DOTALL)


class _Prepared:
    """Answers each text that was prepared at once, and others after a look at them."""

    def __init__(self, work: Work) -> None:
        pairs = zip(work["asked"], work["answers"], strict=True)
        self._known = {_mark(asked.encode()): behaviours.answer(told) for asked, told in pairs}

    async def act(self, request: Request, line: Line) -> bool:
        """Answer."""
        return await self._response(request).act(request, line)

    def _response(self, request: Request) -> Response:
        known = self._known.get(_mark(request.raw))
        if known is not None:
            return known
        submission = _SUBMISSION.search(request.body["messages"][1]["content"])
        return behaviours.answer(answer(submission[2] if submission else ""))


def _mark(asked: bytes) -> bytes:
    # The last one: the system message tells of such marks, too.
    mark: bytes = _MARK.findall(asked)[-1]
    return mark


class Counted(NamedTuple):
    """What a server saw: the requests that it answered, and those that it refused for their rate."""

    answered: int
    refused: int


class Server:
    """A server that runs."""

    def __init__(self, process: subprocess.Popen[str], base_url: str) -> None:
        """Take a process that told its address."""
        self._process = process
        self._counted: Counted | None = None
        self.base_url = base_url

    def stop(self) -> Counted:
        """Stop it and give what it saw; may be called twice."""
        if self._counted is None:
            told, _ = self._process.communicate()
            self._counted = Counted(**json.loads(told))
        return self._counted


@contextmanager
def serving(work: Path, latency: float, limit: int = 0) -> Iterator[Server]:
    """Serve while the block runs; `limit` is how many requests pass in a second, or 0 for any."""
    command = [sys.executable, "-m", "benchmarks.model_server", str(work)]
    command += ["--latency", str(latency), "--limit", str(limit)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if process.stdout is None:
        raise AssertionError(process)
    server = Server(process, process.stdout.readline().strip())
    try:
        yield server
    finally:
        server.stop()


def main() -> None:
    """Serve until nobody writes to the standard input any more, and tell what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--latency", type=float, required=True)
    parser.add_argument("--limit", type=int, default=0)
    options = parser.parse_args()
    prepared = _Prepared(json.loads(options.work.read_text(encoding="utf-8")))
    limiter = behaviours.rate_limited(options.limit, then=prepared) if options.limit else None
    with FakeEndpoint([limiter or prepared], latency=options.latency, keep_requests=False) as fake:
        print(fake.base_url, flush=True)
        sys.stdin.read()
        refused = limiter.refused if limiter else 0
        print(json.dumps({"answered": fake.served - refused, "refused": refused}))


if __name__ == "__main__":
    main()
