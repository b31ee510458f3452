"""A case as the page shows it: its text with the quotes marked, what was expected, what was found, and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.exporters.html.marking import Mark, pieces
from reviewer.submission import Submission
from reviewer.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.answer import Answer, Found, Words
    from reviewer.labelled import Labelled
    from reviewer.score import Trial

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
# Which mark shows where several lie over each other.
_GRAVEST = ("fail", "review", "pass", "notApplicable")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text: the style of its mark, if it has one, and the clauses whose quotes end with it."""

    text: str
    style: str = ""
    labels: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A case with its answer, ready for the page; `anchor` is the id that links lead to."""

    anchor: str
    case: Labelled
    answer: Answer
    wrong: str
    text: tuple[Stretch, ...]
    facts: tuple[tuple[str, str], ...]
    cards: tuple[tuple[str, str, str, tuple[str, ...]], ...]


def anchors(trial: Trial) -> dict[str, str]:
    """Give each case of a reading an id on the page, of letters that need no escape in a link."""
    seen: Counter[str] = Counter()
    named = {}
    for answer in trial.reading.answers:
        slug = f"{trial.reading.reader}-{_UNSAFE.sub('-', answer.id)}"
        seen[slug] += 1
        named[answer.id] = slug if seen[slug] == 1 else f"{slug}.{seen[slug]}"
    return named


def shown(
    trial: Trial, cases: Sequence[Labelled], wanted: Iterable[str], anchor_of: Mapping[str, str]
) -> Iterator[Shown]:
    """Give the wanted cases of a reading, in their order."""
    wrong = {miss.id: "; ".join(miss.wrong) for miss in trial.scores.misses}
    chosen = frozenset(wanted)
    for case, answer in zip(cases, trial.reading.answers, strict=True):
        if case.id in chosen:
            yield Shown(
                anchor=anchor_of[case.id],
                case=case,
                answer=answer,
                wrong=wrong.get(case.id) or ("no verdict" if answer.error else "right"),
                text=tuple(_marked(case, answer)),
                facts=tuple(_facts(case, answer)),
                cards=tuple(map(_card, answer.findings)),
            )


def _marked(case: Labelled, answer: Answer) -> Iterator[Stretch]:
    marks = [
        Mark(quote.start, quote.end, found.kind.value, found.clause)
        for found in answer.findings
        for quote in found.quotes
        if quote.start is not None and quote.end is not None
    ]
    for piece in pieces(Submission(text=case.text), marks):
        styles = {marks[number].style for number in piece.marks}
        labels = dict.fromkeys(marks[number].label for number in piece.ends)
        yield Stretch(piece.text, next((style for style in _GRAVEST if style in styles), ""), ", ".join(labels))


def _facts(case: Labelled, answer: Answer) -> Iterator[tuple[str, str]]:
    if case.expect is not None:
        yield "Expected", " or ".join(case.expect) or "nothing"
    for name, clauses in (("Allowed", case.allow), ("Barred", case.bar)):
        if clauses:
            yield name, ", ".join(clauses)
    if case.decision:
        yield "Expected decision", wording.DECISIONS[case.decision]
    if case.warning:
        yield "Expected warning", case.warning
    yield "Found", ", ".join(sorted(answer.flagged)) or "nothing"
    yield "Decided", wording.DECISIONS[answer.decision] if answer.decision else "no verdict"
    if why := answer.error or answer.summary:
        yield "Why", why
    if answer.why_not_model:
        yield "Read by the rules, because", wording.WHY_NOT_MODEL[answer.why_not_model]
    for place, again in enumerate(answer.again, 2):
        yield f"Reading {place}", f"{again.decision or 'no verdict'}: {', '.join(again.clauses) or 'nothing'}"


def _card(found: Found) -> tuple[str, str, str, tuple[str, ...]]:
    number = f"{found.number}. " if found.number else ""
    rules = f" ({', '.join(found.rules)})" if found.rules else ""
    said = f"{found.rationale.rstrip('.')}; found by {wording.FOUND_BY[found.found_by]}{rules}."
    title = f"{number}{found.title} [{found.clause}], {found.policy}"
    return found.kind.value, wording.KINDS[found.kind], title, (said, *map(_quote, found.quotes))


def _quote(quote: Words) -> str:
    if quote.start is None:
        note = " (does not stand in the text)"
    else:
        note = "" if quote.context is Context.ASSERTED else f" ({wording.CONTEXTS[quote.context]})"
    return f'"{quote.text}"{note}'
