"""The rules at work: (rules, submission) -> detections, the same ones every time.

The words of a text are scanned once for all concepts.
A cue whose concepts do not all occur is done with there and then, which is most of them, most of the time.
Only for the rest is the text read into sentences, and each hit asked whether it is asserted.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, islice
from typing import TYPE_CHECKING

from reviewer.grammar import Grammar
from reviewer.likeness import Likeness
from reviewer.proposing import Proposing
from reviewer.quoting import quote_words
from reviewer.reading import Reading
from reviewer.rule import Shows
from reviewer.text import Text
from reviewer.verdict import Context
from reviewer.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.phrases import Span
    from reviewer.rule import Cue, Rule
    from reviewer.rulebook import Rulebook
    from reviewer.submission import Submission
    from reviewer.verdict import Quote

WINDOW = 2
MOST_QUOTES = 3

_PLAIN = {Context.ASSERTED}
_EXCUSING = {Context.ASSERTED, Context.DISCUSSED}
_EVEN_DISCUSSED = {Context.ASSERTED, Context.DISCUSSED, Context.SUPPOSED}

_TOLD = {Shows.BREACH, Shows.MATTER}

Sought = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Detection:
    """A rule that hit, with the words that it hit on, at most three times."""

    rule: Rule
    quotes: tuple[Quote, ...]

    def with_quotes(self, quotes: tuple[Quote, ...]) -> Detection:
        """Keep only some of its words."""
        return replace(self, quotes=quotes)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A cue with its alternatives taken apart: each set is met by any concept in it.

    `around` has what must stand elsewhere, and within how many sentences; None for anywhere.
    """

    rule: Rule
    sentence: Sought
    around: tuple[tuple[frozenset[str], int | None], ...]
    unless: frozenset[str]
    unless_near: frozenset[str]
    needed: Sought

    @classmethod
    def of(cls, rule: Rule, cue: Cue) -> _Wanted:
        sentence, window, document = _sought(cue.sentence), _sought(cue.window), _sought(cue.document)
        unless, unless_near = (frozenset[str]().union(*_sought(items)) for items in (cue.unless, cue.unless_near))
        around = (*((names, WINDOW) for names in window), *((names, None) for names in document))
        return cls(rule, sentence, around, unless, unless_near, (*sentence, *window, *document))

    def may_be_in(self, names: frozenset[str]) -> bool:
        return not any(map(names.isdisjoint, self.needed))


def _sought(items: Sequence[str]) -> Sought:
    return tuple(frozenset(item.split("|")) for item in items)


class Matcher:
    """The rules of a rulebook, ready to be held against texts; holds no state of any text."""

    def __init__(self, book: Rulebook) -> None:
        """Take the cues apart; phrases are compiled when a text calls for them."""
        self.rules, self.grammar = book.rules, Grammar(book.language)
        self.vocabulary = Vocabulary(book.filed, self.grammar.barriers)
        self.likeness = Likeness(book.scales, book.rules) if book.scales else None
        self.stance = book.stance
        self.uses = frozenset(rule.use for rule in book.rules)
        self._cues = [_Wanted.of(rule, cue) for rule in book.rules for cue in rule.cue]
        self._wanted: dict[str, list[int]] = {}
        weights = book.filed.weights
        for place, cue in enumerate(self._cues):
            for name in min(cue.needed, key=lambda names: sum(weights.get(name, 0) for name in names)):
                self._wanted.setdefault(name, []).append(place)

    def scan(self, text: Text, reading: Reading | None = None) -> Scan:
        """Look for all concepts in a text; `reading` is of the same text and language, if there is one already."""
        return Scan(text, self, reading or Reading(text, self.grammar))

    def match(self, submission: Submission) -> tuple[Detection, ...]:
        """Give the rules that hit `submission`, in the order of the rules."""
        return self.scan(Text.of(submission)).detections()

    def candidates(self, names: frozenset[str]) -> list[_Wanted]:
        """Give the cues all of whose concepts stand somewhere in the text."""
        wanted = self._wanted
        places = {place for name in names & wanted.keys() for place in wanted[name]}
        return [self._cues[place] for place in sorted(places) if self._cues[place].may_be_in(names)]


class Scan:
    """One text, and the concepts that stand in it."""

    def __init__(self, text: Text, matcher: Matcher, reading: Reading) -> None:
        """Look for all concepts at once; sentences are worked out when a cue asks for them."""
        self.text, self.reading = text, reading
        self._matcher, self.found = matcher, matcher.vocabulary.scan(text.words)
        self._places: dict[str, dict[int, list[Span]]] = {}
        self._sentences: dict[frozenset[str], frozenset[int]] = {}
        self._proposing = Proposing(matcher.stance, reading)

    def detections(self) -> tuple[Detection, ...]:
        """Try every candidate; the quotes of a rule's cues come together, in the order of the text."""
        found = tuple(self._tried(self._matcher.candidates(self.found.names)))
        return (*found, *self._alike({detection.rule.use for detection in found}))

    def _tried(self, candidates: Iterable[_Wanted]) -> Iterator[Detection]:
        for rule, cues in groupby(candidates, key=lambda cue: cue.rule):
            if spans := self._spans(rule, cues):
                yield Detection(rule, self._quotes(spans))

    def _alike(self, seen: set[str]) -> Iterator[Detection]:
        """Give the uses that the text is told like, though no phrase says so."""
        likeness = self._matcher.likeness
        for alike in likeness.alike(self.text, self.reading, seen) if likeness else ():
            places = ((self.reading.sentence_of(span), span) for span in alike.spans)
            spans = {at: span for at, span in places if at is not None and self._is_proposed(alike.rule, at)}
            if spans:
                yield Detection(alike.rule, self._quotes(spans))

    def may_be_about(self, use: str) -> bool:
        """Tell whether the text has all the words for a use, in whatever order and standing, or no rule can tell."""
        return use not in self._matcher.uses or use in self._near

    @cached_property
    def _near(self) -> frozenset[str]:
        return frozenset(cue.rule.use for cue in self._matcher.candidates(self.found.names))

    def _spans(self, rule: Rule, cues: Iterable[_Wanted]) -> dict[int, Span]:
        """Give the sentences in which any of a rule's cues holds, each with the words that it holds by."""
        trial = _Trial(self, rule)
        spans: dict[int, Span] = {}
        for cue in cues:
            hits = ((at, span) for at, span in trial.hits(cue) if self._is_proposed(rule, at))
            for at, span in islice(hits, MOST_QUOTES):
                spans[at] = _widest((span, spans.get(at, span)))
        return spans

    def _is_proposed(self, rule: Rule, at: int) -> bool:
        """Tell whether the sentences around sentence `at` propose the use, and do not only speak of it."""
        if rule.even_discussed or rule.shows not in _TOLD:
            return True
        return self._proposing.proposes(at, fought=rule.fought)

    def _quotes(self, spans: dict[int, Span]) -> tuple[Quote, ...]:
        chosen = [spans[at] for at in sorted(spans)[:MOST_QUOTES]]
        return tuple(quote_words(span, self.text.submission, self.reading) for span in chosen)

    def places(self, name: str) -> dict[int, list[Span]]:
        """Give the sentences that a concept stands in, asserted or not, with its places there."""
        if name not in self._places:
            places = self._places[name] = {}
            for span in self.found.spans(name):
                if (at := self.reading.sentence_of(span)) is not None:
                    places.setdefault(at, []).append(span)
        return self._places[name]

    def sentences(self, names: frozenset[str]) -> frozenset[int]:
        """Give the sentences that any of these concepts stands in, asserted or not."""
        if names not in self._sentences:
            self._sentences[names] = frozenset().union(*(self.places(name) for name in names & self.found.names))
        return self._sentences[names]


class _Trial:
    """One rule held against a text: its cues are tried where their concepts meet, and only asserted words count.

    A negation within a phrase of the rule's own, such as "no human review", negates nothing else for it,
    but what would excuse the rule is read without this favour.
    """

    def __init__(self, scan: Scan, rule: Rule) -> None:
        self._scan, self._reading, self._fought = scan, scan.reading, rule.fought
        self._own = _Own(scan.found.covering, rule.concepts)
        self._counting = _EVEN_DISCUSSED if rule.even_discussed else _PLAIN
        self._known: dict[tuple[frozenset[str], int, bool], Span | None] = {}
        self._asserting: dict[frozenset[str], list[int]] = {}

    def hits(self, cue: _Wanted) -> Iterator[tuple[int, Span]]:
        """Give the sentences in which the cue holds, in order, each with the words that it holds by."""
        fewest, *others = sorted(map(self._scan.sentences, cue.sentence), key=len)
        for at in sorted(fewest.intersection(*others)):
            if span := self._held(cue, at):
                yield at, span

    def _held(self, cue: _Wanted, at: int) -> Span | None:
        """Give the words that a cue holds by in a sentence, unless something is missing around it or excuses it."""
        spans = [span for names in cue.sentence if (span := self._asserted(names, at))]
        if len(spans) < len(cue.sentence) or all(self._reading.is_label(span, at) for span in spans):
            return None
        drawn = [at]
        for names, reach in cue.around:
            closest = self._closest(names, at, reach)
            if closest is None:
                return None
            drawn.append(closest)
        excused = any(self._asserted(cue.unless, other, excuse=True) for other in drawn) or any(
            self._asserted(cue.unless_near, other, excuse=True) for other in range(at - WINDOW, at + WINDOW + 1)
        )
        return None if excused else _widest(spans)

    def _closest(self, names: frozenset[str], at: int, reach: int | None) -> int | None:
        """Give the sentence closest to `at`, within reach, that asserts any of these concepts."""
        if reach is None:
            everywhere = self._everywhere(names)
            place = bisect_left(everywhere, at)
            near = everywhere[max(0, place - 1) : place + 1]
        else:
            within = self._scan.sentences(names).intersection(range(at - reach, at + reach + 1))
            near = [other for other in within if self._asserted(names, other)]
        return min(near, key=lambda other: (abs(other - at), other), default=None)

    def _everywhere(self, names: frozenset[str]) -> list[int]:
        """Give all sentences that assert any of these concepts, in order, worked out once."""
        if names not in self._asserting:
            self._asserting[names] = [at for at in sorted(self._scan.sentences(names)) if self._asserted(names, at)]
        return self._asserting[names]

    def _asserted(self, names: frozenset[str], at: int, *, excuse: bool = False) -> Span | None:
        """Give the first place in a sentence at which any of these concepts is asserted."""
        key = (names, at, excuse)
        if key not in self._known:
            places = (span for name in names & self._scan.found.names for span in self._scan.places(name).get(at, ()))
            standing = (span for span in places if self._stands(span, excuse=excuse))
            self._known[key] = min(standing, key=lambda span: self._rank(span, at), default=None)
        return self._known[key]

    def _stands(self, span: Span, *, excuse: bool) -> bool:
        if excuse:
            return self._reading.context(span, as_label=True) in _EXCUSING
        return self._reading.context(span, own=self._own, fought=self._fought, as_label=True) in self._counting

    def _rank(self, span: Span, at: int) -> tuple[bool, int, int]:
        """Prefer words of the value to those of the label, then the first, then the longest."""
        return self._reading.is_label(span, at), span[0], -span[1]


class _Own:
    """The words within phrases of several words that belong to a rule's own concepts."""

    def __init__(self, covering: dict[int, set[str]], concepts: frozenset[str]) -> None:
        self._covering, self._concepts = covering, concepts

    def __contains__(self, word: object) -> bool:
        return isinstance(word, int) and not self._concepts.isdisjoint(self._covering.get(word, ()))


def _widest(spans: Iterable[Span]) -> Span:
    starts, ends = zip(*spans, strict=True)
    return min(starts), max(ends)
