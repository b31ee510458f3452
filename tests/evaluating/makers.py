"""Cases, answers and results, made of as little as a test needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import evaluating, pairing, trial
from reviewer.answer import Answer, Found, ReaderName, Reading, Words
from reviewer.labelled import Labelled
from reviewer.score import Evaluation, Trial
from reviewer.scoring import Judged, judge
from reviewer.verdict import Context, DecidedBy, Decision, FoundBy, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.score import Scores


def case(  # noqa: PLR0913  a label has as many sides as tests look at
    name: str,
    *expect: str,
    kind: str = "breach",
    allow: tuple[str, ...] = (),
    bar: tuple[str, ...] = (),
    decision: str | None = None,
    language: str | None = None,
) -> Labelled:
    """Make a case; without an expected clause, nothing is to be found in it."""
    said = Decision(decision) if decision else None
    text = f"The text of {name}."
    return Labelled(
        id=name, text=text, kind=kind, expect=expect, allow=allow, bar=bar, decision=said, language=language
    )


def found(clause: str, kind: Kind = Kind.FAIL, quote: Words | None = None) -> Found:
    """Find a clause, by default in the first word of the text."""
    return Found(
        clause=clause,
        policy="house@1",
        number=None,
        title=clause.capitalize(),
        kind=kind,
        found_by=FoundBy.RULES,
        rationale="It says so",
        rules=(),
        quotes=(quote or Words(text="The", start=0, end=3, context=Context.ASSERTED),),
    )


def answer(name: str, *findings: Found | str, decision: str | None = "refer") -> Answer:
    """Answer a case; a clause by its id alone is breached. Without a decision the text could not be read."""
    told = tuple(found(one) if isinstance(one, str) else one for one in findings)
    said = Decision(decision) if decision else None
    error = None if decision else "There is no text in it."
    return Answer(id=name, decision=said, error=error, policy="house@1", decided_by=DecidedBy.RULES, findings=told)


def judged(case: Labelled, *findings: Found | str, decision: str = "refer") -> Judged:
    """Judge an answer to a case."""
    return judge(case, answer(case.id, *findings, decision=decision))


def reading(*answers: Answer, reader: ReaderName = ReaderName.RULES, repeats: int = 1) -> Reading:
    """Put answers together."""
    return Reading(reader=reader, repeats=repeats, answers=answers)


def scores(cases: Sequence[Labelled], *answers: Answer, repeats: int = 1) -> Scores:
    """Score answers, with few resamples."""
    return evaluating.evaluate(cases, reading(*answers, repeats=repeats), trial.drawing(times=20))


def result(cases: Sequence[Labelled], *readings: Reading) -> Evaluation:
    """Make a whole result, with few resamples."""
    draws = trial.drawing(times=20)
    trials = tuple(Trial(reading=one, scores=evaluating.evaluate(cases, one, draws)) for one in readings)
    pairs = tuple(pairing.between(cases, readings))
    return Evaluation(engine="1", files=("cases.jsonl",), resamples=20, cases=tuple(cases), trials=trials, pairs=pairs)
