"""What an endpoint takes, found out once."""

from __future__ import annotations

import asyncio

import pytest

from reviewer.call import Step
from reviewer.model.ladder import Change, Ladder, Stand, ladder_of, lowered
from tests.model import makers


def test_the_steps_go_down_to_text() -> None:
    """Each step is less firm than the one before, and below text there is none."""
    stand: Stand | None = Stand()
    steps = []
    while stand:
        steps.append(stand.step)
        stand = lowered(stand, Change.STEP)
    assert steps == [Step.STRICT_SCHEMA, Step.SCHEMA, Step.JSON_OBJECT, Step.TEXT]


def test_the_length_has_two_names() -> None:
    """The older name is tried first, then the newer, then none."""
    newer = lowered(Stand(), Change.LENGTH)
    assert newer == Stand(length="max_completion_tokens")
    without = lowered(newer, Change.LENGTH)
    assert without == Stand(length=None)
    assert lowered(without, Change.LENGTH) is None


@pytest.mark.parametrize("change", [Change.TEMPERATURE, Change.SYSTEM])
def test_the_rest_is_left_out_once(change: Change) -> None:
    """What is gone can not be the reason of another refusal."""
    lower = lowered(Stand(), change)
    assert lower
    assert lower != Stand()
    assert lowered(lower, change) is None


def test_two_that_are_refused_go_down_once() -> None:
    """Calls under way that are refused for the same reason do not each take a step."""
    ladder = Ladder()
    first = ladder.stand
    assert ladder.lower(first, Change.STEP)
    assert ladder.lower(first, Change.STEP)
    assert ladder.stand.step is Step.SCHEMA


def test_the_end_of_the_ladder() -> None:
    """Where nothing is left to change, the refusal stands."""
    ladder = Ladder()
    ladder.stand = Stand(step=Step.TEXT)
    assert not ladder.lower(ladder.stand, Change.STEP)


async def _entered(ladder: Ladder, order: list[str], name: str, go: asyncio.Event) -> None:
    async with ladder.turn():
        order.append(name)
        await go.wait()


async def _two(ladder: Ladder, *, proves: bool) -> list[str]:
    """Let one call in, then another, and tell who was in before the first had left."""
    order: list[str] = []
    go = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_entered(ladder, order, "first", go))
        group.create_task(_entered(ladder, order, "second", go))
        await asyncio.sleep(0.01)
        before = list(order)
        ladder.proven = proves
        go.set()
    assert order == ["first", "second"]
    return before


def test_one_probes_and_the_others_wait() -> None:
    """Nobody repeats a refusal that one call can find out for all."""
    assert asyncio.run(_two(Ladder(), proves=True)) == ["first"]


def test_nobody_waits_for_a_probe_that_found_nothing() -> None:
    """After an outage of the probe the others are not kept."""
    assert asyncio.run(_two(Ladder(), proves=False)) == ["first"]


def test_nobody_waits_once_it_is_found() -> None:
    """After the first answer all go at once."""
    ladder = Ladder()
    ladder.proven = True
    assert asyncio.run(_two(ladder, proves=True)) == ["first", "second"]


def test_a_probe_that_is_cancelled_keeps_nobody() -> None:
    """Ctrl-C on the first call does not hang the second."""

    async def run() -> None:
        ladder = Ladder()
        probe = asyncio.create_task(_entered(ladder, [], "first", asyncio.Event()))
        await asyncio.sleep(0)
        probe.cancel()
        async with asyncio.timeout(1), ladder.turn():
            pass

    asyncio.run(run())


def test_the_ladder_is_shared() -> None:
    """What one model of the process found out, another of the same name and place knows."""
    same = makers.endpoint(model="shared", timeout=1.0)
    assert ladder_of(makers.endpoint(model="shared")) is ladder_of(same)
    assert ladder_of(makers.endpoint(model="other")) is not ladder_of(same)
