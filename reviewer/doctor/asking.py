"""One real question to the model, and what its answer says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from reviewer import background, loading, wording
from reviewer.call import Reply, Step
from reviewer.doctor.check import Check, Fault, failed, note, ok
from reviewer.errors import ModelRejected
from reviewer.parsing import parse
from reviewer.receipt import WhyNotModel
from reviewer.wire import WireReply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.call import Failure, Model, Trace
    from reviewer.desk import Desk

_HELD = "the endpoint takes the schema{strictly}, and the model keeps to it"
_NOT_HELD = "the endpoint takes the schema{strictly}, but does not hold the model to it; the form is read all the same"
_STRICTLY = {Step.STRICT_SCHEMA: " (strict)", Step.SCHEMA: " (but not strictly)"}
_LOOSE = {
    Step.JSON_OBJECT: "the endpoint takes no schema; it answers in JSON, and is told of the form in words",
    Step.TEXT: "the endpoint takes neither schema nor JSON mode; it is told of the form in words alone",
}
_ANOTHER_MODEL = "ask a model that can follow a form, or a server that holds it to one"
_CURES = {
    WhyNotModel.RATE_LIMIT: "wait, or ask the provider for a higher limit",
    WhyNotModel.QUOTA: "see to the account at the provider",
    WhyNotModel.BUDGET: "raise max_cost or max_calls",
    WhyNotModel.CONTENT_FILTER: "the text describes an abuse; ask the provider for a milder filter for such texts",
    WhyNotModel.CUT_OFF: "raise max_output_tokens",
    WhyNotModel.OUTAGE: "see to the server, or raise timeout for a slow one (max_reply_bytes for a talkative one)",
    WhyNotModel.REFUSAL: "ask a model that reads of abuses in order to tell them",
    WhyNotModel.TOO_LONG: "lower window_characters and max_output_tokens, or give the model a larger context",
}


# The model did answer, if badly: whether it always does is what a calibration tells.
_BADLY = {WhyNotModel.CUT_OFF, WhyNotModel.INVALID_REPLY, WhyNotModel.REFUSAL, WhyNotModel.CONTENT_FILTER}


class Asked:
    """A question put once; `trace` is what it took, and `answered` whether a model said anything at all."""

    def __init__(self, model: Model, desk: Desk) -> None:
        """Remember whom to ask; `desk` has the policy and the questions."""
        self._model, self._desk = model, desk
        self.trace: Trace | None = None
        self.answered = False

    def checks(self) -> Iterator[Check]:
        """Ask about a control text, and look at the answer."""
        call = self._desk.requests(loading.controls()[0].text)[0]
        try:
            answer = background.wait(background.submit(self._model.answer(call)))
        except ModelRejected as error:
            yield failed("answer", str(error), None, Fault.ENDPOINT)
            return
        self.answered = isinstance(answer, Reply) or answer.why in _BADLY
        if isinstance(answer, Reply):
            self.trace = answer.trace
            yield ok("answer", _taken(answer.trace, self._model.name))
            yield from _form(answer, self._desk)
        else:
            yield _unanswered(answer)


def cost(dollars: float | None, unknown: str | None) -> str:
    """Say what something cost."""
    return f"cost unknown ({unknown or 'not told'})" if dollars is None else f"{dollars:.6f} US dollars"


def _unanswered(failure: Failure) -> Check:
    told = f"No answer, for {wording.WHY_NOT_MODEL[failure.why]}: {failure.detail}"
    return failed("answer", told, _CURES.get(failure.why, _ANOTHER_MODEL), Fault.ENDPOINT)


def _taken(trace: Trace, asked: str) -> str:
    who = f"{trace.model!r} answers" if trace.model else "a model answers that does not name itself"
    other = f" (asked for {asked!r})" if trace.model != asked else ""
    usage = trace.usage
    tokens = f"{usage.input:,} tokens in, {usage.output:,} out" if usage else "tokens unknown"
    tries = f" and {trace.attempts} attempts" if trace.attempts > 1 else ""
    return f"{who}{other} in {trace.seconds:.1f} s{tries}; {tokens}; {cost(trace.cost, trace.cost_unknown)}."


def _form(reply: Reply, desk: Desk) -> Iterator[Check]:
    parsed = parse(reply.content, desk.brief.clauses)
    if parsed.errors:
        told = f"The answer does not fit the form: {'; '.join(parsed.errors[:3])}"
        yield failed("form", told, _ANOTHER_MODEL, Fault.ENDPOINT)
        return
    yield ok("form", "the answer fits the form.")
    step = reply.trace.step
    if step in _LOOSE:
        yield note("schema", f"{_LOOSE[step]}.")
    elif step:
        kept = _is_bare(reply.content)
        told = (_HELD if kept else _NOT_HELD).format(strictly=_STRICTLY[step])
        yield ok("schema", f"{told}.") if kept else note("schema", f"{told}.")


def _is_bare(content: str) -> bool:
    """Tell whether an answer is the form and nothing else, as a model that is held to it gives it."""
    try:
        WireReply.model_validate_json(content)
    except ValidationError:
        return False
    return True
