"""The front door: `Reviewer` and `AsyncReviewer`."""

from __future__ import annotations

from functools import cache, cached_property

import reviewer
from reviewer import compiled, loading
from reviewer.matching import Matcher
from reviewer.policy import Policy
from reviewer.reviewing import Brief, review_by_rules
from reviewer.settings import Settings
from reviewer.submission import Submission
from reviewer.verdict import Verdict, WhyNotModel

LANGUAGE = "en"


class Reviewer:
    """Reviews texts against one policy.

    Making one touches neither disk nor network nor environment; the pack is loaded at the first review
    and shared by all reviewers of the process.
    A reviewer may be used from several threads.
    """

    def __init__(
        self,
        policy: str | Policy = loading.DEFAULT_POLICY,
        *,
        settings: Settings | None = None,
        why_not_model: WhyNotModel = WhyNotModel.NO_MODEL_CONFIGURED,
    ) -> None:
        """Take a policy by value, as `name`, as `name@version`, or as the path of a TOML file.

        `why_not_model` is what verdicts give as the reason that rules decided.
        """
        self.settings = settings or Settings()
        self._policy = policy
        self._why_not_model = why_not_model

    @cached_property
    def brief(self) -> Brief:
        """What this reviewer goes by; raises `PolicyError` or `SettingsError` if the policy cannot be had."""
        policy = self._policy if isinstance(self._policy, Policy) else loading.policy(self._policy)
        matcher, digest = _rules(LANGUAGE)
        return Brief(policy, matcher, digest, reviewer.__version__, self.settings.rules_may_reject)

    def submission(self, text: str | Submission) -> Submission:
        """Accept a text for review; raises `InputError` with the reason if it cannot be."""
        if isinstance(text, Submission):
            return Submission.of(
                text.text,
                source=text.source,
                segments=text.segments,
                max_characters=self.settings.max_characters,
            )
        return Submission.of(text, max_characters=self.settings.max_characters)

    def review(self, text: str | Submission) -> Verdict:
        """Review one text; raises `InputError` for one that cannot be read, `PolicyError` for a broken pack."""
        return review_by_rules(self.submission(text), self.brief, self._why_not_model)


class AsyncReviewer:
    """The same for asyncio: a long text does not hold up the loop."""

    def __init__(
        self,
        policy: str | Policy = loading.DEFAULT_POLICY,
        *,
        settings: Settings | None = None,
        why_not_model: WhyNotModel = WhyNotModel.NO_MODEL_CONFIGURED,
    ) -> None:
        """Take what `Reviewer` takes."""
        self._reviewer = Reviewer(policy, settings=settings, why_not_model=why_not_model)

    async def review(self, text: str | Submission) -> Verdict:
        """Review one text in a worker thread; raises what `Reviewer.review` raises."""
        import asyncio

        return await asyncio.to_thread(self._reviewer.review, text)


@cache
def _rules(language: str) -> tuple[Matcher, str]:
    """Compile the shipped rules once a process."""
    book, digest = compiled.rulebook(language)
    return Matcher(book), digest
