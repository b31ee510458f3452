"""How a hit stands where it stands: asserted, or negated, asked, discussed, supposed, fought against.

"We will not deploy facial recognition" has the words of a breach and says its opposite.
A text is read once into sentences and words; then each hit is asked for its context.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.sentences import Mode, Sentence, sentences
from reviewer.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.folding import Folded
    from reviewer.grammar import Grammar
    from reviewer.phrases import Span

NEGATION_REACH = 16
SHORT_NEGATION_REACH = 5
DENIAL_REACH = 12
FIGHT_REACH_BEFORE = 7
FIGHT_REACH_AFTER = 2

_MODES = {Mode.ASKED: Context.ASKED, Mode.DENIED: Context.NEGATED}
_COLON_GOES_ON = frozenset({"following", "not", "never", "these", "below", "uses", "things", "from", "any", "purposes"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as words: half-open indexes into the words of the text."""

    sentence: Sentence
    start: int
    end: int


class Reading:
    """A folded text, read once with one grammar: its words, sentences and function words."""

    def __init__(self, folded: Folded, words: list[str], grammar: Grammar) -> None:
        """Keep the text; sentences and places are worked out when they are asked for."""
        self.folded, self.words, self.grammar = folded, words, grammar

    @cached_property
    def places(self) -> list[Span]:
        """The half-open span of each word in the folded text."""
        return wording.places(self.folded.text)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The sentences that have words in them, in order."""
        return list(self._stretches(sentences(self.folded.text, self.grammar)))

    @cached_property
    def _starts(self) -> list[int]:
        return [stretch.start for stretch in self.stretches]

    @cached_property
    def _begins(self) -> list[int]:
        return [start for start, _ in self.places]

    def words_at(self, place: Span) -> Span | None:
        """Give the words that a half-open span of the folded text touches, or None if it touches none."""
        start, end = bisect_right(self._begins, place[0]) - 1, bisect_right(self._begins, place[1] - 1)
        if start < 0 or self.places[start][1] <= place[0]:
            start += 1
        return (start, end) if start < end else None

    def _stretches(self, found: Iterable[Sentence]) -> Iterator[Stretch]:
        starts = self._begins
        end = 0
        for sentence in found:
            start, end = max(end, bisect_right(starts, sentence.start - 1)), bisect_right(starts, sentence.end - 1)
            if start < end:
                yield Stretch(sentence, start, end)

    @cached_property
    def _marks(self) -> dict[str, list[list[Span]]]:
        """The function words of each sentence, under their names."""
        sorted_out: dict[str, list[list[Span]]] = {}
        for name, spans in self.grammar.marks(self.words).items():
            rows = sorted_out[name] = [[] for _ in self.stretches]
            for span in spans:
                if (at := self.sentence_of(span)) is not None:
                    rows[at].append(span)
        return sorted_out

    def sentence_of(self, span: Span) -> int | None:
        """Give the index of the sentence that holds the words of `span`, or None if no single one does."""
        at = bisect_right(self._starts, span[0]) - 1
        return at if at >= 0 and span[1] <= self.stretches[at].end else None

    def context(self, span: Span, *, own: frozenset[int] = frozenset(), fought: bool = False) -> Context:
        """Tell how the words of `span` stand; `own` are words that negate within a phrase of their own."""
        at = self.sentence_of(span)
        if at is None:
            return Context.SCATTERED
        if mode := _MODES.get(self.stretches[at].sentence.mode):
            return mode
        if self._negated(span, at, own):
            return Context.NEGATED
        if self._governed("discusses", span, at):
            return Context.DISCUSSED
        if self._governed("supposes", span, at, after=False):
            return Context.SUPPOSED
        return Context.FOUGHT if fought and self._fought(span, at) else Context.ASSERTED

    def _of(self, name: str, at: int) -> list[Span]:
        rows = self._marks.get(name)
        return rows[at] if rows else []

    def _negated(self, span: Span, at: int, own: frozenset[int]) -> bool:
        seeming = self._of("not_negators", at)
        before = [(n, NEGATION_REACH, False) for n in self._of("negators", at)]
        before += [(n, SHORT_NEGATION_REACH, True) for n in self._of("short_negators", at)]
        for negator, reach, stops_at_comma in before:
            if negator[0] in own or any(start <= negator[0] < end for start, end in seeming):
                continue
            near = negator[1] <= span[0] <= negator[1] + reach
            if near and not self._broken(negator[1], span[0], at, commas=stops_at_comma):
                return True
        return any(
            span[1] <= denial[0] <= span[1] + DENIAL_REACH and not self._broken(span[1], denial[0], at)
            for denial in self._of("denials_after", at)
        )

    def _governed(self, name: str, span: Span, at: int, *, after: bool = True) -> bool:
        for mark in self._of(name, at):
            if mark[1] <= span[0] and not self._broken(mark[1], span[0], at):
                return True
            if after and span[1] <= mark[0] and not self._broken(span[1], mark[0], at):
                return True
        return False

    def _fought(self, span: Span, at: int) -> bool:
        for fight in self._of("fights", at):
            before, after = span[0] - fight[1], fight[0] - span[1]
            if 0 <= before <= FIGHT_REACH_BEFORE and not self._broken(fight[1], span[0], at):
                return True
            if 0 <= after <= FIGHT_REACH_AFTER:
                return True
        return False

    def _broken(self, start: int, end: int, at: int, *, commas: bool = False) -> bool:
        """Tell whether the words from `start` to `end` change the subject, so that nothing reaches across."""
        if start >= end:
            start, end = end, start
        if any(start <= breaker[0] < end for breaker in self._of("breakers", at)):
            return True
        if start == 0:
            return False
        between = self.folded.text[self.places[start - 1][1] : self.places[min(end, len(self.places) - 1)][0]]
        if ";" in between or " - " in between or (commas and "," in between):
            return True
        if ":" not in between:
            return False
        before_colon = wording.split(between[: between.index(":")])
        return (before_colon or [self.words[start - 1]])[-1] not in _COLON_GOES_ON
