"""One event loop in a thread of its own, on which all model calls of a process run.

So pacing, breaker and budget are shared by every reviewer, whether it is called with or without a loop,
and need no locks. A process that was forked gets a loop of its own.
"""

from __future__ import annotations

import asyncio
import os
from functools import lru_cache
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future

T = TypeVar("T")


def submit(work: Coroutine[object, object, T]) -> Future[T]:
    """Start `work` on the loop; cancelling the future cancels it there."""
    return asyncio.run_coroutine_threadsafe(work, _loop(os.getpid()))


def wait(future: Future[T]) -> T:
    """Wait for work on the loop; an interruption here ends it there."""
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


@lru_cache(maxsize=1)
def _loop(process: int) -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name=f"reviewer-{process}", daemon=True).start()
    return loop
