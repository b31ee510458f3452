"""An answer held against its label: whether an expected clause was found, what was found falsely, and what is wrong.

The conventions are those that `CONVENTIONS` tells the reader of a result, and no others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.verdict import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.answer import Answer
    from reviewer.labelled import Labelled

EXCEPTION = "exception"

CONVENTIONS = (
    (
        "Found: at least one expected clause is breached or in question; in texts of the kind 'exception', a "
        "restriction that is seen to be met is found as well."
    ),
    (
        "False alarm: a clause in question or breached that is barred, or, where nothing is expected, one that is not "
        "allowed; what is neither expected nor barred in a text that breaches something counts neither way."
    ),
    (
        "Recall of a clause is over the texts that were written for it (it is the first that they expect), found by "
        "any clause that they expect; its precision is over the texts in which it was flagged, rightly (expected) or "
        "as a false alarm."
    ),
    (
        "Precision of a kind or language is over its texts: those found, against those with a false alarm; F1 is the "
        "harmonic mean. What is not defined, because nothing is expected, is '-' and never 0."
    ),
    (
        "Clean: nothing is expected. 'False alarms' are the clean texts with a finding that is not allowed, "
        "'any finding' those with one at all."
    ),
    "Right: found where something is expected, no false alarm, and the decision and warning that the label names.",
)


class Judged(NamedTuple):
    """A case with its answer: `found` is None where nothing is expected; `wrong` says in words what is, if anything."""

    case: Labelled
    answer: Answer
    seen: frozenset[str]
    found: bool | None
    false: frozenset[str]
    wrong: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is to be found in it."""
        return self.case.expect == ()

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


def judge(case: Labelled, answer: Answer) -> Judged:
    """Hold an answer against the label of its case."""
    expected = frozenset(case.expect or ())
    clauses = frozenset(found.clause for found in answer.findings if found.kind is not Kind.NOT_APPLICABLE)
    seen = clauses if case.kind == EXCEPTION else answer.flagged
    found = not seen.isdisjoint(expected) if expected else None
    false = answer.flagged - set(case.allow) if case.expect == () else answer.flagged & set(case.bar)
    return Judged(case, answer, seen, found, false, tuple(_wrong(case, answer, found=found, false=false)))


def judged(cases: Iterable[Labelled], answers: Iterable[Answer]) -> Iterator[Judged]:
    """Judge the answers that are a verdict; cases and answers come in the same order."""
    for case, answer in zip(cases, answers, strict=True):
        if answer.decision is not None:
            yield judge(case, answer)


def _wrong(case: Labelled, answer: Answer, *, found: bool | None, false: frozenset[str]) -> Iterator[str]:
    if found is False:
        yield f"not found: {' or '.join(case.expect or ())}"
    if false:
        yield f"falsely found: {', '.join(sorted(false))}"
    if case.decision not in {None, answer.decision}:
        yield f"decided {answer.decision}, not {case.decision}"
    if case.warning and case.warning not in answer.warnings:
        yield f"no warning: {case.warning}"
