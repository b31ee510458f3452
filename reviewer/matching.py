"""The rules at work: (rules, submission) -> detections, the same ones every time.

The words of a text are scanned once for all concepts.
A cue whose concepts do not all occur is done with there and then, which is most of them, most of the time.
Only for the rest is the text read into sentences, and each hit asked whether it is asserted.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reviewer import words as wording
from reviewer.context import Reading
from reviewer.folding import fold
from reviewer.grammar import Grammar
from reviewer.quoting import quote_words
from reviewer.verdict import Context
from reviewer.vocabulary import Index, Vocabulary, index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.phrases import Span
    from reviewer.rule import Concept, Cue, Language, Library, Rule
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
    needed: Sought

    @classmethod
    def of(cls, rule: Rule, cue: Cue) -> _Wanted:
        sentence, window, document = _sought(cue.sentence), _sought(cue.window), _sought(cue.document)
        unless = frozenset[str]().union(*_sought(cue.unless))
        return cls(rule, sentence, window, document, unless, (*sentence, *window, *document))

    def may_be_in(self, names: frozenset[str]) -> bool:
        return all(not needed.isdisjoint(names) for needed in self.needed)


def _sought(items: Sequence[str]) -> Sought:
    return tuple(frozenset(item.split("|")) for item in items)


class Rulebook(NamedTuple):
    """The rules with the grammar and the phrases of one language, filed for the scan."""

    rules: tuple[Rule, ...]
    language: Language
    filed: Index


def rulebook(library: Library, language: str) -> Rulebook:
    """File the phrases of one language; raises `PhraseError` or `KeyError` where they do not work together."""
    concepts = [concept for concept in library.concepts if concept.language == language]
    grammar = next(value for value in library.languages if value.id == language)
    return Rulebook(library.rules, grammar, index(_phrases(concepts)))


class Matcher:
    """The rules of a rulebook, ready to be held against texts; holds no state of any text."""

    def __init__(self, book: Rulebook) -> None:
        """Take the cues apart; phrases are compiled when a text calls for them."""
        self.grammar = Grammar(book.language)
        self.vocabulary = Vocabulary(book.filed, self.grammar.barriers)
        self._cues = [_Wanted.of(rule, cue) for rule in book.rules for cue in rule.cue]
        self._wanted: dict[str, list[int]] = {}
        for place, cue in enumerate(self._cues):
            for name in cue.sentence[0]:
                self._wanted.setdefault(name, []).append(place)

    def scan(self, submission: Submission) -> Scan:
        """Look for all concepts in a text."""
        return Scan(submission, self)

    def match(self, submission: Submission) -> tuple[Detection, ...]:
        """Give the rules that hit `submission`, in the order of the rules."""
        return Scan(submission, self).detections()

    def candidates(self, names: frozenset[str]) -> list[_Wanted]:
        """Give the cues all of whose concepts stand somewhere in the text."""
        wanted = self._wanted
        places = {place for name in names & wanted.keys() for place in wanted[name]}
        return [self._cues[place] for place in sorted(places) if self._cues[place].may_be_in(names)]


def _phrases(concepts: Sequence[Concept]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every phrase once, with all concepts that it counts for."""
    names: dict[str, list[str]] = {}
    by_id = {concept.id: concept for concept in concepts}
    for concept in concepts:
        for phrase in {phrase for part in _with_included(concept.id, by_id) for phrase in part.phrases}:
            names.setdefault(phrase, []).append(concept.id)
    for phrase in sorted(names):
        yield phrase, tuple(sorted(names[phrase]))


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

    def detections(self) -> tuple[Detection, ...]:
        """Try every candidate; the quotes of a rule's cues come together, in the order of the text."""
        return tuple(
            Detection(rule, self._quotes(spans))
            for rule, cues in groupby(self._matcher.candidates(self.found.names), key=lambda cue: cue.rule)
            if (spans := self._spans(rule, cues))
        )

    def _spans(self, rule: Rule, cues: Iterable[_Wanted]) -> dict[int, Span]:
        """Give the sentences in which any of a rule's cues holds, each with the words that it holds by."""
        asserted = _Asserted(self, rule)
        spans: dict[int, Span] = {}
        for cue in cues:
            for at, span in asserted.hits(cue).items():
                spans[at] = _widest(span, spans.get(at, span))
        return spans

    def _quotes(self, spans: dict[int, Span]) -> tuple[Quote, ...]:
        chosen = [spans[at] for at in sorted(spans)[:MOST_QUOTES]]
        return tuple(quote_words(span, self.submission, self.reading) for span in chosen)


class _Asserted:
    """Where the concepts of one rule are asserted: for each, the sentences, each with its first place.

    A negation within a phrase of the rule's own, such as "no human review", negates nothing else for it,
    but what would excuse the rule is read without this favour.
    """

    def __init__(self, scan: Scan, rule: Rule) -> None:
        self._found, self._reading, self._fought = scan.found, scan.reading, rule.fought
        self._own = scan.found.several(rule.concepts)
        self._rows: dict[tuple[str, bool], dict[int, Span]] = {}

    def hits(self, cue: _Wanted) -> dict[int, Span]:
        """Give the sentences in which the cue holds, each with the words that it holds by."""
        rows = [self._sentences_with(names) for names in cue.sentence]
        meeting = [at for at in rows[0] if all(at in row for row in rows) and not self._is_label(at, rows)]
        reaches = (*((names, WINDOW) for names in cue.window), *((names, None) for names in cue.document))
        around = [(sorted(self._sentences_with(names)), reach) for names, reach in reaches]
        excused = self._sentences_with(cue.unless, excuse=True).keys()
        return {
            at: (min(row[at][0] for row in rows), max(row[at][1] for row in rows))
            for at in meeting
            if (drawn := _drawn_on(at, around)) and not drawn & excused
        }

    def _is_label(self, at: int, rows: list[dict[int, Span]]) -> bool:
        """Tell whether all that meets in a sentence meets in its label, which is a form's own words."""
        return all(self._reading.is_label(row[at], at) for row in rows)

    def _sentences_with(self, names: Iterable[str], *, excuse: bool = False) -> dict[int, Span]:
        rows: dict[int, Span] = {}
        for name in names:
            for at, span in self._row(name, excuse=excuse).items():
                rows[at] = self._better(span, rows.get(at, span), at)
        return rows

    def _row(self, name: str, *, excuse: bool) -> dict[int, Span]:
        key = (name, excuse)
        if key not in self._rows:
            row = self._rows[key] = {}
            for span in self._found.spans(name):
                at = self._reading.sentence_of(span)
                if at is not None and self._stands(span, excuse=excuse):
                    row[at] = self._better(span, row.get(at, span), at)
        return self._rows[key]

    def _stands(self, span: Span, *, excuse: bool) -> bool:
        own, fought = (frozenset[int](), False) if excuse else (self._own, self._fought)
        return self._reading.context(span, own=own, fought=fought, as_label=True) is Context.ASSERTED

    def _better(self, one: Span, other: Span, at: int) -> Span:
        """Prefer words of the value to those of the label, then the first, then the longest."""
        return min(one, other, key=lambda span: (self._reading.is_label(span, at), span[0], -span[1]))


def _widest(one: Span, other: Span) -> Span:
    return (min(one[0], other[0]), max(one[1], other[1]))


def _drawn_on(at: int, around: Sequence[tuple[list[int], int | None]]) -> set[int]:
    """Give the sentences that a cue draws on when it meets in `at`; none where something is missing around it."""
    drawn = {at}
    for row, reach in around:
        place = bisect_left(row, at)
        closest = min(row[max(0, place - 1) : place + 1], key=lambda other: abs(other - at), default=None)
        if closest is None or (reach is not None and abs(closest - at) > reach):
            return set()
        drawn.add(closest)
    return drawn
