"""The rules at work: (rules, submission) -> detections, the same ones every time.

The words of a text are scanned once for all concepts.
A cue whose concepts do not all occur is done with there and then, which is most of them, most of the time.
Only for the rest is the text read into sentences, and each hit asked whether it is asserted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.context import Reading
from reviewer.folding import fold
from reviewer.phrases import Phrase, Span, Vocabulary, compile_phrase
from reviewer.quoting import quote_words
from reviewer.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.grammar import Grammar
    from reviewer.rule import Concept, Cue, Rule
    from reviewer.submission import Submission
    from reviewer.verdict import Quote

WINDOW = 2
MOST_QUOTES = 3

Sought = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Detection:
    """A rule that hit, with the words that it hit on, at most three times."""

    rule: Rule
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A cue with its alternatives taken apart: each set is met by any concept in it."""

    rule: Rule
    sentence: Sought
    window: Sought
    document: Sought
    unless: frozenset[str]

    @classmethod
    def of(cls, rule: Rule, cue: Cue) -> _Wanted:
        unless = frozenset(name for item in cue.unless for name in item.split("|"))
        return cls(rule, _sought(cue.sentence), _sought(cue.window), _sought(cue.document), unless)

    def may_be_in(self, found: Iterable[str]) -> bool:
        return not any(names.isdisjoint(found) for names in (*self.sentence, *self.window, *self.document))


def _sought(items: Sequence[str]) -> Sought:
    return tuple(frozenset(item.split("|")) for item in items)


class Matcher:
    """Rules and concepts of one language, compiled; holds no state of any text."""

    def __init__(self, rules: Sequence[Rule], concepts: Sequence[Concept], grammar: Grammar) -> None:
        """Compile; raises `PhraseError` for a phrase that has no meaning."""
        self.grammar = grammar
        self.vocabulary = Vocabulary(_phrases(concepts), grammar.barriers)
        self.order = {rule.id: place for place, rule in enumerate(rules)}
        self._wanted: dict[str, list[_Wanted]] = {}
        for rule in rules:
            for cue in rule.cue:
                wanted = _Wanted.of(rule, cue)
                for name in wanted.sentence[0]:
                    self._wanted.setdefault(name, []).append(wanted)

    def scan(self, submission: Submission) -> Scan:
        """Look for all concepts in a text."""
        return Scan(submission, self)

    def match(self, submission: Submission) -> tuple[Detection, ...]:
        """Give the rules that hit `submission`, in the order of the rules."""
        return Scan(submission, self).detections()

    def candidates(self, found: Mapping[str, object]) -> list[_Wanted]:
        """Give the cues all of whose concepts stand somewhere in the text."""
        wanted = self._wanted
        return [cue for name in found if name in wanted for cue in wanted[name] if cue.may_be_in(found)]


def _phrases(concepts: Sequence[Concept]) -> Iterator[Phrase]:
    """Compile every phrase once, under all concepts that it counts for."""
    names: dict[str, list[str]] = {}
    by_id = {concept.id: concept for concept in concepts}
    for concept in concepts:
        for phrase in {phrase for part in _with_included(concept.id, by_id) for phrase in part.phrases}:
            names.setdefault(phrase, []).append(concept.id)
    for phrase in sorted(names):
        yield compile_phrase(phrase, tuple(sorted(names[phrase])))


def _with_included(name: str, by_id: dict[str, Concept]) -> list[Concept]:
    found, waiting = {}, [name]
    while waiting:
        concept = by_id[waiting.pop()]
        found[concept.id] = concept
        waiting += [included for included in concept.includes if included not in found]
    return list(found.values())


class Scan:
    """One text, and the concepts that stand in it."""

    def __init__(self, submission: Submission, matcher: Matcher) -> None:
        """Look for all concepts at once; sentences are worked out when a cue asks for them."""
        folded = fold(submission.text)
        words = wording.split(folded.text)
        self.submission, self.reading = submission, Reading(folded, words, matcher.grammar)
        self._matcher, self.found = matcher, matcher.vocabulary.scan(words)
        self._alive: dict[tuple[str, bool], dict[int, Span]] = {}

    @cached_property
    def _own(self) -> frozenset[int]:
        """Words inside the phrases found: a `no` in "no human review" negates nothing but these."""
        several = (span for spans in self.found.values() for span in spans if span[1] - span[0] > 1)
        return frozenset(at for start, end in several for at in range(start, end))

    def detections(self) -> tuple[Detection, ...]:
        """Try every candidate; the quotes of a rule's cues come together, in the order of the text."""
        spans: dict[str, dict[int, Span]] = {}
        rules = {}
        for wanted in self._matcher.candidates(self.found):
            if hits := self._hits(wanted):
                rules[wanted.rule.id] = wanted.rule
                spans.setdefault(wanted.rule.id, {}).update(hits)
        return tuple(
            Detection(rules[rule_id], self._quotes(spans[rule_id]))
            for rule_id in sorted(rules, key=self._matcher.order.__getitem__)
        )

    def _quotes(self, spans: dict[int, Span]) -> tuple[Quote, ...]:
        chosen = [spans[at] for at in sorted(spans)[:MOST_QUOTES]]
        return tuple(quote_words(span, self.submission, self.reading) for span in chosen)

    def _hits(self, wanted: _Wanted) -> dict[int, Span]:
        """Give the sentences in which the cue holds, each with the words that it holds by."""
        fought = wanted.rule.fought
        rows = [self._sentences_with(names, fought) for names in wanted.sentence]
        meeting = set(rows[0]).intersection(*rows[1:])
        elsewhere = [self._sentences_with(names, fought) for names in wanted.document]
        if not meeting or not all(elsewhere):
            return {}
        near = [self._sentences_with(names, fought) for names in wanted.window]
        excused = self._sentences_with(wanted.unless, fought=False) if wanted.unless else {}
        return {
            at: (min(row[at][0] for row in rows), max(row[at][1] for row in rows))
            for at in meeting
            if (drawn := _drawn_on(at, near, elsewhere)) is not None and not drawn.intersection(excused)
        }

    def _sentences_with(self, names: Iterable[str], fought: bool) -> dict[int, Span]:  # noqa: FBT001  a rule's word
        """Give the sentences in which any of these concepts is asserted, each with its first place."""
        rows: dict[int, Span] = {}
        for name in names:
            for at, span in self._asserted(name, fought).items():
                rows[at] = min(span, rows.get(at, span))
        return rows

    def _asserted(self, name: str, fought: bool) -> dict[int, Span]:  # noqa: FBT001  as above
        key = (name, fought)
        if key not in self._alive:
            rows: dict[int, Span] = {}
            for span in self.found.get(name, ()):
                at = self.reading.sentence_of(span)
                if at is not None and at not in rows and self._stands(span, fought):
                    rows[at] = span
            self._alive[key] = rows
        return self._alive[key]

    def _stands(self, span: Span, fought: bool) -> bool:  # noqa: FBT001  as above
        return self.reading.context(span, own=self._own, fought=fought) is Context.ASSERTED


def _drawn_on(at: int, near: list[dict[int, Span]], elsewhere: list[dict[int, Span]]) -> set[int] | None:
    """Give the sentences that a cue draws on when it meets in `at`; None where the window lacks something."""
    drawn = {at}
    for row in near:
        closest = min(row, key=lambda other: abs(other - at), default=None)
        if closest is None or abs(closest - at) > WINDOW:
            return None
        drawn.add(closest)
    return drawn | {min(row, key=lambda other: abs(other - at)) for row in elsewhere}
