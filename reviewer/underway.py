"""Reviews that are under way side by side: begun, perhaps over, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import InputError, ModelRejected
from reviewer.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future

    from reviewer.desk import Desk
    from reviewer.errors import ReviewerError
    from reviewer.submission import Submission

    Given = str | Submission | InputError
    Begun = Verdict | InputError | Future[Verdict]

# Twice what is ever in flight, so that one slow text does not keep the others waiting.
AHEAD = 128

_Over = (Verdict, InputError)


def begin(desk: Desk, text: Given) -> Begun:
    """Begin a review; an `InputError` in place of a text is handed on."""
    if isinstance(text, InputError):
        return text
    try:
        return desk.begin(text)
    except InputError as error:
        return error


def is_over(begun: Begun, within: float = 0.0) -> bool:
    """Tell whether there is nothing left to wait for, now or within some seconds."""
    if isinstance(begun, _Over) or begun.done():
        return True
    if not within:
        return False
    from concurrent.futures import wait

    return bool(wait([begun], within).done)


def result(begun: Begun) -> Verdict | ReviewerError:
    """Wait for what came of a review; raises what would befall every text."""
    if isinstance(begun, _Over):
        return begun
    from reviewer import background

    try:
        return background.wait(begun)
    except ModelRejected as error:
        return _only_this(error)


async def awaited(begun: Begun) -> Verdict | ReviewerError:
    """Await the same."""
    if isinstance(begun, _Over):
        return begun
    import asyncio

    try:
        return await asyncio.wrap_future(begun)
    except ModelRejected as error:
        return _only_this(error)


def _only_this(error: ModelRejected) -> ModelRejected:
    if not error.only_this:
        raise error
    return error


def cancel(going: Iterable[Begun]) -> None:
    """End what is still under way."""
    for begun in going:
        if not isinstance(begun, _Over):
            begun.cancel()
