"""A batch with a model on loopback: against the ideal rate, against the peers, and through a storm of refusals."""

from __future__ import annotations

import json
from contextlib import ExitStack
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import model_work
from benchmarks.batch_rows import asked
from benchmarks.model_path import TRANSPORTS, Row
from benchmarks.model_peers import python_of
from benchmarks.model_rounds import IN_FLIGHT, Client, Round, client
from benchmarks.model_server import serving
from reviewer import InputError, Reviewer
from reviewer.readers.intake import Intake
from reviewer.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEERS = {
    "instructor": "model_peer_instructor",
    "litellm": "model_peer_litellm",
    "langchain-openai": "batch_peer_langchain",
}
LATENCY = 0.2
MANY, WARMING, ROUND, ROUNDS = 2_000, 200, 600, 3
STORM, PER_SECOND = 400, 20


def rows(sheet: Path, folder: Path, peers: tuple[str, ...], rounds: int) -> Iterator[Row]:
    """Give the rows of the table."""
    given, work = asked(sheet, MANY, folder / "asked.csv"), folder / "asked.json"
    _prepare(given, work)
    yield from _rate(given, work, peers, rounds)
    yield from _storm(given, work)


def _prepare(sheet: Path, file: Path) -> None:
    """Write what a model is asked about these rows: the server has its answers ready, and peers ask the same."""
    reviewer = Reviewer(model=ScriptedModel([]))
    given = [one for one in Intake([str(sheet)]).submissions() if not isinstance(one, InputError)]
    calls = [(one, calls[0]) for one in given if (calls := reviewer.requests(one))]
    first = calls[0][1]
    work = model_work.Work(
        system=first.messages[0].content,
        schema=first.answer_schema,
        texts=[one.text for one, _ in calls],
        asked=[call.messages[1].content for _, call in calls],
        answers=[model_work.answer(one.text) for one, _ in calls],
    )
    file.write_text(json.dumps(work), encoding="utf-8")


def _rate(sheet: Path, work: Path, peers: tuple[str, ...], rounds: int) -> Iterator[Row]:
    with serving(work, LATENCY) as server, ExitStack() as stack:
        ours = {
            transport: stack.enter_context(client("batch_client", work, server.base_url, sheet, transport))
            for transport in TRANSPORTS
        }
        theirs = {
            peer: stack.enter_context(client(PEERS[peer], work, server.base_url, python=python_of(peer)))
            for peer in peers
        }
        taken = _in_turns(ours, theirs, rounds)
    rates = {name: median(asked / each.seconds for asked, each in its) for name, its in taken.items()}
    for name, its in taken.items():
        yield Row(f"{name}: rows a second", rates[name], "")
        processor = median(each.processor / asked for asked, each in its)
        yield Row(f"{name}: processor for a row", processor * 1e3, " ms")
        yield Row(f"{name}: rows without a proper answer", sum(each.lost for _, each in its), "", 0, at_least=False)
    for transport in ours:
        share = rates[transport] / (IN_FLIGHT / LATENCY)
        yield Row(f"{transport}: share of the ideal rate at {LATENCY:g} s, {MANY:,} rows", share, "", 0.85)
        for peer in peers:
            yield Row(f"{transport}: rows a second against {peer}", rates[transport] / rates[peer], " x", 4)


def _in_turns(ours: dict[str, Client], theirs: dict[str, Client], rounds: int) -> dict[str, list[tuple[int, Round]]]:
    """Let each ask so many rows in turn; the peers are warm, and a batch begins anew each time."""
    for one in (*ours.values(), *theirs.values()):
        one.run(0, WARMING)
    taken: dict[str, list[tuple[int, Round]]] = {name: [] for name in (*ours, *theirs)}
    for _ in range(rounds):
        for name, one in ours.items():
            taken[name].append((MANY, one.run(0, MANY)))
        for name, one in theirs.items():
            taken[name].append((ROUND, one.run(WARMING, WARMING + ROUND)))
    return taken


def _storm(sheet: Path, work: Path) -> Iterator[Row]:
    """Give what a limit of few calls a second, of which a second's worth passes at once, costs a batch."""
    with serving(work, LATENCY, PER_SECOND) as server:
        with client("batch_client", work, server.base_url, sheet, "aiohttp") as one:
            took = one.run(0, STORM)
        counted = server.stop()
    about = f"429 storm, {STORM} rows at {PER_SECOND} calls a second"
    yield Row(f"{about}: rows without a proper answer", took.lost, "", 0, at_least=False)
    refused = counted.refused / max(1, counted.answered)
    yield Row(f"{about}: refused for each answered", refused, "", 0.25, at_least=False)
    ideal = (STORM - PER_SECOND) / PER_SECOND + LATENCY
    yield Row(f"{about}: time against the ideal", took.seconds / ideal, " x", 1.2, at_least=False)
