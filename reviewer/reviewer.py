"""The front door: `Reviewer` and `AsyncReviewer`."""

from __future__ import annotations

import os
from collections import deque
from datetime import date
from typing import TYPE_CHECKING, Self

import reviewer
from reviewer.desk import Desk
from reviewer.errors import SettingsError
from reviewer.loading import DEFAULT_POLICY
from reviewer.policy import Policy
from reviewer.receipt import WhyNotModel
from reviewer.settings import Settings
from reviewer.underway import AHEAD, awaited, begin, cancel, is_over, result
from reviewer.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from reviewer.call import Model, ModelCall
    from reviewer.endpoint import Endpoint
    from reviewer.errors import ReviewerError
    from reviewer.memory import Shelf
    from reviewer.submission import Submission
    from reviewer.underway import Begun, Given


class _Door:
    """What both reviewers take and can tell without reviewing."""

    def __init__(  # noqa: PLR0913  options, each with its default
        self,
        policy: str | Policy | Sequence[str | Policy] = DEFAULT_POLICY,
        *,
        as_of: date | None = None,
        model: Model | Endpoint | None = None,
        settings: Settings | None = None,
        cache: Shelf | Path | str | None = None,
        calibrations: Path | str | None = None,
        why_not_model: WhyNotModel = WhyNotModel.NO_MODEL_CONFIGURED,
    ) -> None:
        """Take a policy by value, as `name`, as `name@version`, or as the path of a TOML file or a folder of them.

        Of several policies, each is reviewed against, and the strictest decision wins.
        `as_of` is the day asked about, by default today (UTC): which version is meant where none is named,
        and which clauses are in force.
        `model` is an endpoint, or anything else that answers calls; without one the rules read alone,
        and `why_not_model` is what verdicts give as the reason.
        `cache` keeps replies, so that the same question is asked once: a file, or a store's `replies`; None for none.
        `calibrations` is the file that `reviewer doctor --calibrate` keeps its results in, where that is another.
        """
        self.settings = settings or Settings()
        if as_of is not None and type(as_of) is not date:
            raise SettingsError(f"as_of is {as_of!r}; give a datetime.date, such as date(2026, 12, 2).")
        policies = (policy,) if isinstance(policy, str | Policy) else tuple(policy)
        engine = reviewer.__version__
        self._desk = Desk(policies, as_of, model, self.settings, cache, calibrations, why_not_model, engine)

    @classmethod
    def from_env(
        cls,
        policy: str | Policy | Sequence[str | Policy] | None = None,
        *,
        as_of: date | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> Self:
        """Make one as the environment and the user's own configuration say; raises `SettingsError`."""
        from reviewer.configuration import cache_file, configure

        known = configure(os.environ if environ is None else environ)
        chosen = policy or known.policies or DEFAULT_POLICY
        calibrations = known.cache or cache_file() if known.endpoint else None
        return cls(
            chosen,
            as_of=as_of or known.as_of,
            model=known.endpoint,
            settings=known.settings,
            cache=known.cache,
            calibrations=calibrations,
        )

    @property
    def desk(self) -> Desk:
        """What this reviewer works with."""
        return self._desk

    def requests(self, text: str | Submission) -> tuple[ModelCall, ...]:
        """Give the calls that a review of `text` would begin with, and send nothing."""
        return self._desk.requests(text)


class Reviewer(_Door):
    """Reviews texts against one policy or several.

    Making one touches neither disk nor network nor environment; what it needs is loaded at the first review
    and shared by all reviewers of the process.
    A reviewer may be used from several threads, and closed, or used in a `with` block.
    """

    def review(self, text: str | Submission) -> Verdict:
        """Review one text.

        Raises `InputError` for a text that cannot be read, `PolicyError` for a broken pack, `SettingsError`,
        `ModelRejected` where the endpoint refuses us, and `StoreError` where the cache must not be used.
        An outage raises nothing: the rules decide, and the verdict says so.
        """
        started = self._desk.begin(text)
        if isinstance(started, Verdict):
            return started
        from reviewer import background

        return background.wait(started)

    def review_many(self, texts: Iterable[Given]) -> Iterator[Verdict | ReviewerError]:
        """Review texts side by side, and give what came of each, in their order.

        A text that cannot be read, or that the endpoint alone refuses, gives its error in its place;
        what would befall every text is raised.
        An `InputError` in place of a text is handed on, so that what a reader of files refused keeps its place.
        """
        going: deque[Begun] = deque()
        try:
            for text in texts:
                going.append(begin(self._desk, text))
                while going and (len(going) >= AHEAD or is_over(going[0])):
                    yield result(going.popleft())
            while going:
                yield result(going.popleft())
        finally:
            cancel(going)

    def close(self) -> None:
        """Close the cache; the next review opens it again."""
        self._desk.close()

    def __enter__(self) -> Self:
        """Give the reviewer itself."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close it."""
        self.close()


class AsyncReviewer(_Door):
    """The same for asyncio: neither a long text nor a slow model holds up the loop."""

    async def review(self, text: str | Submission) -> Verdict:
        """Review one text; raises what `Reviewer.review` raises."""
        import asyncio

        started = await self._begun(text)
        return started if isinstance(started, Verdict) else await asyncio.wrap_future(started)

    async def _begun(self, text: str | Submission) -> Verdict | Future[Verdict]:
        """Begin beside the loop where rules read or must first be loaded, and at once where a model is only asked."""
        import asyncio

        return self._desk.begin(text) if self._desk.is_ready else await asyncio.to_thread(self._desk.begin, text)

    async def review_many(self, texts: Iterable[Given]) -> AsyncIterator[Verdict | ReviewerError]:
        """Review texts side by side, and give what came of each, in their order, as `Reviewer.review_many` does."""
        import asyncio

        going: deque[Begun] = deque()
        try:
            for text in texts:
                going.append(await asyncio.to_thread(begin, self._desk, text))
                while going and (len(going) >= AHEAD or is_over(going[0])):
                    yield await awaited(going.popleft())
            while going:
                yield await awaited(going.popleft())
        finally:
            cancel(going)

    async def aclose(self) -> None:
        """Close the cache; the next review opens it again."""
        import asyncio

        await asyncio.to_thread(self._desk.close)

    async def __aenter__(self) -> Self:
        """Give the reviewer itself."""
        return self

    async def __aexit__(self, *exception: object) -> None:
        """Close it."""
        await self.aclose()
