"""`python -m benchmarks.model_path`: the model path against its peers and its goals, in one run, on loopback.

The endpoint is a fake in a process of its own; each client has its own process, too, and they take turns.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import model_work
from benchmarks.model_peers import PEERS, python_of, version_of
from benchmarks.model_rounds import IN_FLIGHT, Client, Round, client
from benchmarks.model_server import serving
from reviewer import Reviewer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WARMING, ROUND, ROUNDS = 300, 300, 5
QUICK, SLOW, LONG = 0.05, 0.5, 0.2
MANY = 2_000
STORM, PER_SECOND = 100, 20
TRANSPORTS = {"aiohttp": 4.0, "httpx": 2.0}
MILLISECONDS = 1_000


class Row(NamedTuple):
    """A row of the table; without a goal it only tells."""

    measure: str
    figure: float
    unit: str
    goal: float | None = None
    at_least: bool = True

    @property
    def met(self) -> bool:
        """Whether the figure is as good as the goal."""
        if self.goal is None:
            return True
        return self.figure >= self.goal if self.at_least else self.figure <= self.goal

    def __str__(self) -> str:
        """Give the row as Markdown."""
        bound = "at least" if self.at_least else "at most"
        goal = "" if self.goal is None else f"{bound} {self.goal:g}{self.unit}"
        return f"| {self.measure} | {self.figure:.2f}{self.unit} | {goal} | {'' if self.met else 'missed'} |"


def main() -> None:
    """Print the table as Markdown, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-peers", action="store_true", help="leave out those that need an environment")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of each client; the medians count")
    options = parser.parse_args()
    peers = () if options.without_peers else PEERS
    print("".join(f"{peer} {version_of(peer)}\n" for peer in peers))
    print("| measure | figure | goal | |\n| --- | ---: | ---: | --- |")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(Path(folder), peers, options.rounds):
            print(row, flush=True)
            missed += not row.met
    print(f"\n{missed} goals missed." if missed else "\nAll goals met.")


def _rows(folder: Path, peers: tuple[str, ...], rounds: int) -> Iterator[Row]:
    short, long = folder / "short.json", folder / "long.json"
    model_work.prepare(model_work.short(MANY), short)
    yield from side_by_side(short, peers, rounds)
    yield from slow_endpoint(short)
    yield from storm(short)
    model_work.prepare(model_work.short(WARMING), long)
    yield from long_text(long)


def side_by_side(work: Path, peers: tuple[str, ...], rounds: int) -> Iterator[Row]:
    """Give requests a second and milliseconds of processor, ours against each peer's; the clients take turns."""
    with serving(work, QUICK) as server, ExitStack() as stack:
        clients: dict[str, Client] = {}
        for transport in TRANSPORTS:
            clients[transport] = stack.enter_context(client("model_ours", work, server.base_url, transport))
        clients["adapter alone"] = stack.enter_context(client("model_adapter", work, server.base_url, "aiohttp"))
        for peer in peers:
            peer_client = client(f"model_peer_{peer}", work, server.base_url, python=python_of(peer))
            clients[peer] = stack.enter_context(peer_client)
        taken = _in_turns(clients, rounds)
    rates = {name: median(ROUND / each.seconds for each in its) for name, its in taken.items()}
    costs = {name: median(MILLISECONDS * each.processor / ROUND for each in its) for name, its in taken.items()}
    for name in taken:
        yield Row(f"{name}: processor for a text", costs[name], " ms")
        yield Row(f"{name}: texts a second", rates[name], "")
        lost = sum(each.lost for each in taken[name])
        yield Row(f"{name}: texts without a proper answer", lost, "", 0, at_least=False)
    yield from _ratios(costs, rates, peers)


def _in_turns(clients: Mapping[str, Client], rounds: int) -> dict[str, list[Round]]:
    """Warm each client up, then give each the same texts in each round, beginning with another one every time."""
    for one in clients.values():
        one.run(0, WARMING)
    taken: dict[str, list[Round]] = {name: [] for name in clients}
    names = list(clients)
    for number in range(rounds):
        start = WARMING + number % ((MANY - WARMING) // ROUND) * ROUND
        for turn in range(len(names)):
            name = names[(number + turn) % len(names)]
            taken[name].append(clients[name].run(start, start + ROUND))
    return taken


def _ratios(costs: Mapping[str, float], rates: Mapping[str, float], peers: tuple[str, ...]) -> Iterator[Row]:
    for ours, goal in {**TRANSPORTS, "adapter alone": None}.items():
        for peer in peers:
            yield Row(f"{peer}'s processor time against {ours}", costs[peer] / costs[ours], " x", goal)
            yield Row(f"{ours}: texts a second against {peer}", rates[ours] / rates[peer], " x", goal)


def slow_endpoint(work: Path) -> Iterator[Row]:
    """Give the share of the ideal rate at half a second of latency, the slow start of a new process included."""
    for transport in TRANSPORTS:
        with serving(work, SLOW) as server, client("model_ours", work, server.base_url, transport) as ours:
            ours.run(0, 1)
            took = ours.run(0, MANY)
        share = MANY / took.seconds / (IN_FLIGHT / SLOW)
        yield Row(f"{transport}: share of the ideal rate at {SLOW:g} s, {MANY:,} texts", share, "", 0.8)


def storm(work: Path) -> Iterator[Row]:
    """Give what a hundred calls at once come to where few a second are let through, ours and the plain SDK's."""
    for name, module in (("ours", "model_ours"), ("the SDK's own retries", "model_plain_sdk")):
        with serving(work, QUICK, PER_SECOND) as server:
            with client(module, work, server.base_url, "httpx") as one:
                took = one.run(0, STORM)
            counted = server.stop()
        # The limiter lets a second's worth pass at once.
        ideal = (STORM - PER_SECOND) / PER_SECOND + QUICK
        goals = (0, 0.25, 1.2) if name == "ours" else (None, None, None)
        yield Row(f"429 storm, {name}: lost of {STORM}", took.lost, "", goals[0], at_least=False)
        refused = counted.refused / max(1, counted.answered)
        yield Row(f"429 storm, {name}: refused for each answered", refused, "", goals[1], at_least=False)
        plain = took.seconds / (STORM / PER_SECOND + QUICK)
        yield Row(f"429 storm, {name}: time against {STORM} / {PER_SECOND} s", plain, " x", goals[2], at_least=False)
        yield Row(f"429 storm, {name}: time against the least possible, {ideal:g} s", took.seconds / ideal, " x")


def long_text(work: Path) -> Iterator[Row]:
    """Give how long a long text takes against its slowest window, with and without what the rules take alone for it."""
    alone = _rules_alone(model_work.long())
    yield Row(f"{model_work.PAGES} pages: the rules alone", alone, " s")
    for transport in TRANSPORTS:
        with serving(work, LONG) as server, client("model_ours", work, server.base_url, transport, "long") as ours:
            cold = ours.run(-1, 0)
            ours.run(0, WARMING)
            took = ours.run(-1, 0)
        about = f"{transport}: {model_work.PAGES} pages"
        yield Row(f"{about}, whole review as the first of a process", cold.seconds, " s")
        yield Row(f"{about}, whole review after others", took.seconds, " s")
        yield Row(f"{about}, against the slowest window ({took.slowest:.2f} s)", took.seconds / took.slowest, " x")
        beside = (took.seconds - alone) / took.slowest
        yield Row(f"{about}, the same without what the rules take alone", beside, " x", 1.5, at_least=False)


def _rules_alone(text: str) -> float:
    reviewer = Reviewer()
    reviewer.review(text[: model_work.PAGE])
    start = time.perf_counter()
    reviewer.review(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
