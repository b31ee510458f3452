"""One event loop in a thread of its own, on which all model calls of a process run.

So pacing, breaker and budget are shared by every reviewer, whether it is called with or without a loop.
A process that was forked gets a loop of its own.
"""

from __future__ import annotations

import asyncio
import os
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future

T = TypeVar("T")

_loops: dict[int, asyncio.AbstractEventLoop] = {}
_lock = Lock()


def submit(work: Coroutine[object, object, T]) -> Future[T]:
    """Start `work` on the loop; cancelling the future cancels it there."""
    return asyncio.run_coroutine_threadsafe(work, _loop())


def wait(future: Future[T]) -> T:
    """Wait for work on the loop; an interruption here ends it there.

    Raises `RuntimeError` on the loop itself, which would wait for itself for ever.
    """
    if _is_here():
        future.cancel()
        message = "A Reviewer was called by a model that it asks; call AsyncReviewer there, and await it."
        raise RuntimeError(message)
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


def _is_here() -> bool:
    try:
        return asyncio.get_running_loop() is _loops.get(os.getpid())
    except RuntimeError:  # no loop runs in this thread at all
        return False


def _loop() -> asyncio.AbstractEventLoop:
    process = os.getpid()
    with _lock:
        if process not in _loops:
            _loops.clear()
            loop = _loops[process] = asyncio.new_event_loop()
            Thread(target=loop.run_forever, name=f"reviewer-{process}", daemon=True).start()
        return _loops[process]
