"""A process that was forked asks by itself: nothing of the parent's event loop is waited for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Nobody listens on the discard port; a line before it is enough to tie what is waited for to the parent's loop.
PROGRAM = """
import asyncio, os, sys
from reviewer.call import Failure, Message, ModelCall, Role, Usage
from reviewer.endpoint import Endpoint
from reviewer.model.ladder import ladder_of
from reviewer.model.openai import OpenAIModel
from reviewer.model.pacing import pace_of
from reviewer.model.spending import budget_of

at = Endpoint(model="m", base_url="http://127.0.0.1:9/v1", attempts=1, in_flight=1, max_calls=2)
call = ModelCall(messages=(Message(role=Role.USER, content="Hello."),), answer_schema="{}", max_output_tokens=10)
model = OpenAIModel(at)
ladder_of(at).proven = True

async def several():
    return await asyncio.gather(*(model.answer(call) for _ in range(3)))

async def fork():
    budget, pace, ladder = budget_of(at), pace_of(at), ladder_of(at)
    budget.settle(await budget.reserve(call), Usage(), None)
    await budget.reserve(call)
    async with pace.slot():
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    forgotten = pace_of(at) is not pace and ladder_of(at) is not ladder
    kept = budget_of(at) is budget and budget.spent.calls == 1
    asyncio.events._set_running_loop(None)
    ladder_of(at).proven = True
    answers = asyncio.run(asyncio.wait_for(several(), 20))
    outages = all(isinstance(answer, Failure) and answer.why == "outage" for answer in answers)
    os._exit(0 if forgotten and kept and outages else 3)

assert len(asyncio.run(several())) == 3
sys.exit(asyncio.run(fork()))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="There is nothing to fork on this system.")
def test_a_forked_process_asks_by_itself() -> None:
    """A worker that was forked after reviews began, amid a call, keeps what was spent and waits for nobody."""
    run = subprocess.run([sys.executable, "-c", PROGRAM], check=False, capture_output=True, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
