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
from reviewer.verdict import Decision, Kind, Reason, Warning, WhyNotModel

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from reviewer.call import ModelCall, Trace
    from reviewer.grounding import Claim, Ground
    from reviewer.phrases import Span
    from reviewer.policy import Clause
    from reviewer.prompting import Questionnaire
    from reviewer.wire import WireReply

Calls = tuple["ModelCall", ...]
Answers = tuple[Reply | Failure, ...]

_LONGEST_DETAIL = 300
_PARTLY_READ = "Parts of the text that got no answer from the model: {parts}. {detail}"
_UNANSWERED = "The model gave no answer. {detail}"
_FILTERED = "The provider's content filter saw in the text: {categories}."


class Heard(NamedTuple):
    """What a model said of one window, with its words located."""

    reply: WireReply
    claims: tuple[Claim, ...]

    def with_claims_of(self, first: Heard | None) -> Heard:
        """Keep what an earlier answer said of clauses that this one is silent on: a repair takes nothing back."""
        spoken = {claim.clause.id for claim in self.claims}
        kept = () if first is None else (claim for claim in first.claims if claim.clause.id not in spoken)
        return self._replace(claims=(*self.claims, *kept))


class _Task(NamedTuple):
    window: Span
    call: ModelCall
    first: Heard | None = None
    is_repair: bool = False


@dataclass
class Interview:
    """One text and its rounds; when they are over, what was heard and what was not."""

    questionnaire: Questionnaire
    ground: Ground
    heard: list[Heard] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    calls: list[ModelCall] = field(default_factory=list)
    traces: list[tuple[Trace, ...]] = field(default_factory=list)

    def rounds(self) -> Generator[Calls, Answers, None]:
        """Yield the calls of a round and be sent their answers in the same order, until nothing is left to ask."""
        tasks = list(self._windows())
        while tasks:
            calls = tuple(task.call for task in tasks)
            answers = yield calls
            self.calls += calls
            self.traces.append(tuple(answer.trace for answer in answers))
            pairs = zip(tasks, answers, strict=True)
            tasks = [after for task, answer in pairs for after in self._follow(task, answer)]

    def _windows(self) -> Iterator[_Task]:
        text = self.ground.shown.text
        windows = self.questionnaire.windows(text)
        for number, window in enumerate(windows, start=1):
            yield _Task(window, self.questionnaire.call(text, window, (number, len(windows))))

    def _follow(self, task: _Task, answer: Reply | Failure) -> Iterator[_Task]:
        """Keep what an answer gives, and yield what has to be asked because of it."""
        if isinstance(answer, Reply):
            yield from self._read(task, answer)
        elif halves := self._halves(task, answer):
            yield from halves
        elif task.first:
            self.heard.append(task.first)
        else:
            self.failures.append(answer)

    def _halves(self, task: _Task, failure: Failure) -> list[_Task]:
        text = self.ground.shown.text
        windows = self.questionnaire.halves(text, task.window) if failure.too_long and not task.is_repair else ()
        return [_Task(window, self.questionnaire.call(text, window, (1, 2))) for window in windows]

    def _read(self, task: _Task, answer: Reply) -> Iterator[_Task]:
        parsed = parse(answer.content, self.ground.clauses)
        heard = Heard(parsed.reply, grounding.claims(parsed.reply, self.ground)) if parsed.reply else None
        errors = grounding.lost_words(heard.claims) if heard else parsed.errors
        if errors and not task.is_repair:
            repair = self.questionnaire.repair(task.call, answer.content, errors)
            yield _Task(task.window, repair, first=heard, is_repair=True)
        elif heard:
            self.heard.append(heard.with_claims_of(task.first))
        elif task.first:
            self.heard.append(task.first)
        else:
            detail = "; ".join(errors)[:_LONGEST_DETAIL]
            self.failures.append(Failure(why=WhyNotModel.INVALID_REPLY, detail=detail))


def unheard(interview: Interview) -> Iterator[Warning]:
    """Warn of windows without an answer, and say why there is none."""
    if interview.failures:
        parts, detail = len(interview.failures), interview.failures[0].detail
        yield Warning(reason=Reason.PARTLY_READ, text=_PARTLY_READ.format(parts=parts, detail=detail))
    yield from filtered(interview)


def unanswered(interview: Interview) -> Iterator[Warning]:
    """Say why the model gave no answer at all, in the words of whoever knows."""
    yield Warning(reason=None, text=_UNANSWERED.format(detail=interview.failures[0].detail))
    yield from filtered(interview)


def filtered(interview: Interview) -> Iterator[Warning]:
    """Tell what a provider's filter saw in the text."""
    if seen := sorted({category for failure in interview.failures for category in failure.categories}):
        yield Warning(reason=None, text=_FILTERED.format(categories=", ".join(seen)))


def contradicts(heard: Heard, clauses: Mapping[str, Clause]) -> bool:
    """Tell whether a model's decision is stricter than what it found, before anything was held against the text."""
    implied = max((_implied(claim.said.kind, clauses[claim.clause.id].effect) for claim in heard.claims), default=0)
    return deciding.STRICTNESS[heard.reply.decision] > implied


def _implied(kind: Kind, effect: Effect) -> int:
    if kind is Kind.FAIL:
        return deciding.STRICTNESS[Decision.REFER if effect is Effect.REQUIRED else Decision.REJECT]
    return deciding.STRICTNESS[Decision.REFER if kind is Kind.REVIEW else Decision.APPROVE]
