"""What a reviewer works with, put together when it is first needed: policy, rules, model, memory, calibration."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from reviewer import compiled, loading
from reviewer.brief import Asking, Brief
from reviewer.errors import SettingsError
from reviewer.matching import Matcher
from reviewer.policy import Policy
from reviewer.reviewing import review_by_rules
from reviewer.submission import Submission
from reviewer.verdict import ModelRef

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from reviewer.call import Model, ModelCall
    from reviewer.endpoint import Endpoint
    from reviewer.memory import Shelf
    from reviewer.prompting import Questionnaire
    from reviewer.settings import Settings
    from reviewer.verdict import Verdict, WhyNotModel


class Reader(NamedTuple):
    """A model, and how it is asked."""

    model: Model
    asking: Asking


@dataclass(eq=False)
class Desk:
    """One policy, perhaps one model, and what it remembers; making one touches nothing, and threads may share it.

    `given` is the model as it was given, `cache` its memory or the file of it, `calibrations` the file of its results
    (None for that of its memory), `engine` the version of this package.
    """

    policy: str | Policy
    given: Model | Endpoint | None
    settings: Settings
    cache: Shelf | Path | str | None
    calibrations: Path | str | None
    why_not_model: WhyNotModel
    engine: str
    _lock: Lock = field(default_factory=Lock, init=False)

    @cached_property
    def brief(self) -> Brief:
        """Policy and rules; raises `PolicyError` or `SettingsError` if the policy cannot be had."""
        policy = self.policy if isinstance(self.policy, Policy) else loading.policy(self.policy)
        matcher, digest = _rules(compiled.LANGUAGE)
        return Brief(policy, matcher, digest, self.engine, self.settings.rules_may_reject)

    @cached_property
    def replies(self) -> Shelf | None:
        """The replies that are kept; None where none are, or where there is no writing."""
        if not isinstance(self.cache, str | PurePath):
            return self.cache
        import logging

        from reviewer.errors import UnwritableStore
        from reviewer.store.replies import Replies

        try:
            return Replies.open(self.cache)
        except UnwritableStore as error:
            logging.getLogger("reviewer").warning("%s Replies are not kept.", error)
            return None

    def reader(self) -> Reader | None:
        """Give the model, with its memory in front of it, and how it is asked; one thread makes both for all."""
        with self._lock:
            return self._reader

    @property
    def is_ready(self) -> bool:
        """Whether the model has been put together, so that a review begins in no time."""
        return self.__dict__.get("_reader") is not None

    @cached_property
    def _reader(self) -> Reader | None:
        if self.given is None:
            return None
        model = _answering(self.given, self.replies)
        return Reader(model, self._asking(model))

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The prompts, filled for the policy."""
        from reviewer.prompting import Questionnaire

        settings = self.settings
        return Questionnaire(
            loading.prompts(),
            self.brief.policy,
            settings.window_characters,
            settings.window_overlap,
            settings.max_output_tokens,
        )

    def _asking(self, model: Model) -> Asking:
        """Say how `model` is asked, and what its calibration says of it today."""
        from reviewer import calibration

        mask = _masking() if self.settings.mask else None
        ref = ModelRef(name=model.name, host=model.host, prompts_digest=self.questionnaire.digest)
        asking = Asking(self.questionnaire, ref, model.identity, mask=mask)
        known = calibration.known_at(self.calibrations or self._file, asking)
        ref = ref.model_copy(update={"calibration": known.state})
        return replace(asking, model=ref, calibrated=known.answered_by)

    @property
    def _file(self) -> Path | str | None:
        return self.cache if isinstance(self.cache, str | PurePath) else None

    def submission(self, text: str | Submission) -> Submission:
        """Accept a text for review; raises `InputError` with the reason if it cannot be."""
        most = self.settings.max_characters
        return text.checked(most) if isinstance(text, Submission) else Submission.of(text, max_characters=most)

    def begin(self, text: str | Submission) -> Verdict | Future[Verdict]:
        """Review by rules at once, or start a review with the model on the background loop."""
        submission, reader = self.submission(text), self.reader()
        if reader is None:
            return review_by_rules(submission, self.brief, self.why_not_model)
        from reviewer import background
        from reviewer.consulting import review
        from reviewer.driver import drive

        going = review(submission, self.brief, reader.asking)
        return background.submit(drive(going, reader.model, len(submission.text)))

    def requests(self, text: str | Submission) -> tuple[ModelCall, ...]:
        """Give the calls that a review would begin with, and send nothing; none where no model would be asked."""
        submission, reader = self.submission(text), self.reader()
        if reader is None:
            return ()
        from reviewer.consulting import review

        return next(review(submission, self.brief, reader.asking), ())

    def close(self) -> None:
        """Let go of connections and files; they are opened again when they are needed."""
        with self._lock:
            reader = self.__dict__.pop("_reader", None)
            if reader:
                _hang_up(reader.model)
            replies = self.__dict__.pop("replies", None)
            if replies and self._file:
                replies.close()


def _answering(given: Model | Endpoint, replies: Shelf | None) -> Model:
    """Make the model that an endpoint names, and put its memory in front of it."""
    from reviewer.endpoint import Endpoint

    if isinstance(given, Endpoint):
        from reviewer.model.openai import OpenAIModel

        given = OpenAIModel(given)
    if not callable(getattr(given, "answer", None)):
        message = f"The model is a {type(given).__name__}; give an Endpoint, such as Endpoint(model={given!r})."
        raise SettingsError(message)
    if replies is None:
        return given
    from reviewer.memory import Remembering

    return Remembering(given, replies)


def _hang_up(model: Model) -> None:
    from reviewer import background
    from reviewer.call import Closable

    if isinstance(model, Closable):
        background.wait(background.submit(model.aclose()))


@lru_cache
def _rules(language: str) -> tuple[Matcher, str]:
    """Compile the shipped rules once a process."""
    book, digest = compiled.rulebook(language)
    return Matcher(book), digest


def _masking() -> Callable[[str], str]:
    from reviewer.masking import masked, require_library

    require_library()
    return lambda text: masked(text).text
