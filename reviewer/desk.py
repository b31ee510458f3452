"""What a reviewer works with, put together when it is first needed: policy, rules, model, memory, calibration."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from reviewer import compiled, loading
from reviewer.brief import Asking, Brief
from reviewer.errors import SettingsError
from reviewer.overlaying import on
from reviewer.policy import Policy
from reviewer.reviewing import judge_by_rules
from reviewer.submission import Submission
from reviewer.uniting import folded, together
from reviewer.verdict import ModelRef

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import date
    from pathlib import Path

    from reviewer.call import Model, ModelCall
    from reviewer.consulting import Review
    from reviewer.endpoint import Endpoint
    from reviewer.memory import Shelf
    from reviewer.prompting import Questionnaire
    from reviewer.receipt import WhyNotModel
    from reviewer.settings import Settings
    from reviewer.verdict import Verdict


class Reader(NamedTuple):
    """A model, and how it is asked under each policy."""

    model: Model
    briefs: tuple[Brief, ...]
    askings: tuple[Asking, ...]

    @property
    def asking(self) -> Asking:
        """How it is asked under the first policy."""
        return self.askings[0]


class _Made(NamedTuple):
    """The policies as they stand on a day."""

    day: date
    briefs: tuple[Brief, ...]


@dataclass(eq=False)
class Desk:
    """Policies, perhaps a model, and what it remembers; making one touches nothing, and threads may share it.

    `as_of` is the day on which the policies are asked about, None for today; `given` is the model as it was given.
    `cache` is its memory or the file of it, `calibrations` the file of its results (None for that of its memory),
    `engine` the version of this package.
    """

    policies: tuple[str | Policy, ...]
    as_of: date | None
    given: Model | Endpoint | None
    settings: Settings
    cache: Shelf | Path | str | None
    calibrations: Path | str | None
    why_not_model: WhyNotModel
    engine: str
    _lock: Lock = field(default_factory=Lock, init=False)
    _made: _Made | None = field(default=None, init=False)

    @property
    def briefs(self) -> tuple[Brief, ...]:
        """Each policy with the rules, as on the day asked about; what is named twice counts once.

        Raises `PolicyError` or `SettingsError` if one cannot be had.
        """
        day = self.as_of or datetime.now(UTC).date()
        if self._made is None or self._made.day != day:
            made = {brief.digest: brief for brief in (self._brief(policy, day) for policy in self.policies)}
            if not made:
                raise SettingsError("There is no policy to review against; name one, such as 'microsoft-ai-services'.")
            self._made = _Made(day, tuple(made.values()))
        return self._made.briefs

    def _brief(self, policy: str | Policy, day: date) -> Brief:
        pack = loading.Pack(on(policy, day)) if isinstance(policy, Policy) else loading.pack(policy, day)
        rules = compiled.rules(pack.own_rules)
        return Brief(pack.policy, rules, self.engine, self.settings.rules_may_reject, self.as_of)

    @property
    def brief(self) -> Brief:
        """The first policy, with the rules."""
        return self.briefs[0]

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
            known = self.__dict__.get("_reader")
            if known and known.briefs is not self.briefs:  # another day, other clauses in force
                self.__dict__["_reader"] = self._asked_by(known.model)
            return self._reader

    @property
    def is_ready(self) -> bool:
        """Whether the model has been put together, so that a review begins in no time."""
        return self.__dict__.get("_reader") is not None

    @cached_property
    def _reader(self) -> Reader | None:
        if self.given is None:
            return None
        return self._asked_by(_answering(self.given, self.replies))

    def _asked_by(self, model: Model) -> Reader:
        briefs = self.briefs
        return Reader(model, briefs, tuple(self._asking(model, brief) for brief in briefs))

    @property
    def questionnaire(self) -> Questionnaire:
        """The prompts, filled for the first policy."""
        return self.questionnaire_of(self.brief.policy)

    def questionnaire_of(self, policy: Policy) -> Questionnaire:
        """Fill the prompts for a policy, which need not be one of its own."""
        from reviewer.prompting import Questionnaire

        settings = self.settings
        return Questionnaire(
            loading.prompts(),
            policy,
            settings.window_characters,
            settings.window_overlap,
            settings.max_output_tokens,
        )

    def _asking(self, model: Model, brief: Brief) -> Asking:
        """Say how `model` is asked under a policy, and what its calibration says of it today."""
        from reviewer import calibration

        mask = masking() if self.settings.mask else None
        questionnaire = self.questionnaire_of(brief.policy)
        ref = ModelRef(name=model.name, host=model.host, prompts_digest=questionnaire.digest)
        asking = Asking(questionnaire, ref, model.identity, mask=mask)
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
            return self._by_rules(submission)
        from reviewer import background
        from reviewer.driver import drive

        return background.submit(drive(self._review(submission, reader), reader.model, len(submission.text)))

    def _by_rules(self, submission: Submission) -> Verdict:
        """Let the rules read once for all policies that go by the same ones."""
        briefs = self.briefs
        scans = {rules: rules.scan(submission) for rules in {brief.rules for brief in briefs}}
        return folded([judge_by_rules(scans[brief.rules], brief, self.why_not_model) for brief in briefs])

    def _review(self, submission: Submission, reader: Reader) -> Review:
        from reviewer.consulting import review

        pairs = zip(reader.briefs, reader.askings, strict=True)
        return together([review(submission, brief, asking) for brief, asking in pairs])

    def requests(self, text: str | Submission) -> tuple[ModelCall, ...]:
        """Give the calls that a review would begin with, and send nothing; none where no model would be asked."""
        submission, reader = self.submission(text), self.reader()
        if reader is None:
            return ()
        return next(self._review(submission, reader), ())

    def close(self) -> None:
        """Let go of connections and files; they are opened again when they are needed."""
        with self._lock:
            self._made = None
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


def masking() -> Callable[[str], str]:
    """Give what masks a text before it leaves; raises `SettingsError` where the extra `mask` is not installed."""
    from reviewer.masking import masked, require_library

    require_library()
    return lambda text: masked(text).text
