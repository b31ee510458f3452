"""The questions put to a model about one text: windows first, then what must be asked again.

Pure: calls go out in rounds, and replies and failures come back as values.
An answer that does not fit is sent back once, with its errors; a window that is too long for the model is cut.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reviewer import deciding, grounding
from reviewer.call import Failure, Reply
from reviewer.parsing import parse
from reviewer.policy import Effect
from reviewer.receipt import WhyNotModel
from reviewer.verdict import Decision, Kind, Reason, Warning

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from reviewer.call import ModelCall, Trace
    from reviewer.grounding import Claim, Ground
    from reviewer.phrases import Span
    from reviewer.policy import Clause
    from reviewer.prompting import Questionnaire
    from reviewer.wire import WireReply

Calls = tuple["ModelCall", ...]
Answers = tuple[Reply | Failure, ...]

MOST_CALLS_A_WINDOW = 8

_LONGEST_DETAIL = 300
_TOO_MUCH = "The answer is longer than max_output_tokens can explain."
_PARTLY_READ = "Parts of the text that got no answer from the model: {parts}."
_FILTERED = "The provider's content filter saw in the text: {categories}."


class Heard(NamedTuple):
    """What a model said of one window, in one answer or two, with its words located.

    `is_sound` is whether the last answer can count by itself.
    """

    replies: tuple[WireReply, ...]
    claims: tuple[Claim, ...]
    is_sound: bool

    @property
    def decision(self) -> Decision:
        """The strictest decision of its answers."""
        return deciding.strictest(reply.decision for reply in self.replies)

    def after(self, first: Heard | None) -> Heard:
        """Keep what an earlier answer said: a repair adds what was missing, and takes no breach and no warning back."""
        if first is None:
            return self
        spoken = {claim.clause.id for claim in self.claims}
        kept = (claim for claim in first.claims if claim.said.kind is Kind.FAIL or claim.clause.id not in spoken)
        return Heard((*first.replies, *self.replies), (*self.claims, *kept), self.is_sound)


class _Task(NamedTuple):
    window: Span
    call: ModelCall
    first: Heard | None = None
    is_repair: bool = False


class Unheard(NamedTuple):
    """A window that got no answer, and why."""

    window: Span
    failure: Failure


@dataclass
class Interview:
    """One text and its rounds; when they are over, what was heard and what was not."""

    questionnaire: Questionnaire
    ground: Ground
    heard: list[Heard] = field(default_factory=list)
    unheard: list[Unheard] = field(default_factory=list)
    calls: list[ModelCall] = field(default_factory=list)
    traces: list[tuple[Trace, ...]] = field(default_factory=list)
    most_calls: int = 0

    @property
    def claims(self) -> list[Claim]:
        """All that was heard, window after window."""
        return [claim for heard in self.heard for claim in heard.claims]

    def rounds(self) -> Generator[Calls, Answers, None]:
        """Yield the calls of a round and be sent their answers in the same order, until nothing is left to ask."""
        tasks = self._tasks(self.questionnaire.windows(self.ground.shown.text))
        self.most_calls = len(tasks) * MOST_CALLS_A_WINDOW
        while tasks:
            calls = tuple(task.call for task in tasks)
            answers = yield calls
            self.calls += calls
            self.traces.append(tuple(answer.trace for answer in answers))
            pairs = zip(tasks, answers, strict=True)
            tasks = [after for task, answer in pairs for after in self._follow(task, answer)]

    def _tasks(self, windows: Sequence[Span]) -> list[_Task]:
        text, count = self.ground.shown.text, len(windows)
        return [
            _Task(window, self.questionnaire.call(text, window, (number, count)))
            for number, window in enumerate(windows, start=1)
        ]

    def _follow(self, task: _Task, answer: Reply | Failure) -> Iterable[_Task]:
        """Keep what an answer gives, and give what has to be asked because of it."""
        if isinstance(answer, Reply):
            return self._read(task, answer)
        may_cut = answer.too_long and not task.is_repair and len(self.calls) < self.most_calls
        halves = self.questionnaire.halves(self.ground.shown.text, task.window) if may_cut else ()
        return self._tasks(halves) if halves else self._left(task, answer)

    def _read(self, task: _Task, answer: Reply) -> Iterable[_Task]:
        if len(answer.content) > self.questionnaire.most_characters:
            return self._left(task, Failure(why=WhyNotModel.INVALID_REPLY, detail=_TOO_MUCH))
        heard, errors = self._heard(answer.content)
        if errors and not task.is_repair:
            repair = self.questionnaire.repair(task.call, answer.content, errors)
            return [_Task(task.window, repair, first=heard, is_repair=True)]
        if heard is None or not heard.is_sound:
            return self._left(task, Failure(why=WhyNotModel.INVALID_REPLY, detail="; ".join(errors)[:_LONGEST_DETAIL]))
        self.heard.append(heard.after(task.first))
        return ()

    def _heard(self, content: str) -> tuple[Heard | None, tuple[str, ...]]:
        """Give what an answer says, as far as it is sound, and what must be mended in it."""
        parsed = parse(content, self.ground.clauses)
        if parsed.reply is None:
            return None, parsed.errors
        claims = grounding.claims(parsed.reply, self.ground)
        return Heard((parsed.reply,), claims, not parsed.errors), parsed.errors or grounding.lost_words(claims)

    def _left(self, task: _Task, failure: Failure) -> tuple[()]:
        """Make do with an earlier answer, if there is one that can count, or with none."""
        if task.first and task.first.is_sound:
            self.heard.append(task.first)
        else:
            self.unheard.append(Unheard(task.window, failure))
        return ()


def warnings(interview: Interview) -> Iterator[Warning]:
    """Warn of windows without an answer, where others have one, and of what a provider's filter saw."""
    if interview.heard and interview.unheard:
        yield Warning(reason=Reason.PARTLY_READ, text=_PARTLY_READ.format(parts=len(interview.unheard)))
    if seen := sorted({category for left in interview.unheard for category in left.failure.categories}):
        yield Warning(reason=None, text=_FILTERED.format(categories=", ".join(seen)))


def contradicts(heard: Heard, clauses: Mapping[str, Clause]) -> bool:
    """Tell whether a model's decision is stricter than what it found, before anything was held against the text."""
    strictest = max((implied(claim.said.kind, clauses[claim.clause.id].effect) for claim in heard.claims), default=0)
    return deciding.STRICTNESS[heard.decision] > strictest


def implied(kind: Kind, effect: Effect) -> int:
    """Give how strict a decision a claim calls for, as `deciding.STRICTNESS` counts."""
    if kind is Kind.FAIL:
        return deciding.STRICTNESS[Decision.REFER if effect is Effect.REQUIRED else Decision.REJECT]
    return deciding.STRICTNESS[Decision.REFER if kind is Kind.REVIEW else Decision.APPROVE]
