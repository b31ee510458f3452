"""How a hit stands where it stands: asserted, or negated, asked, discussed, supposed, fought against.

"We will not deploy facial recognition" has the words of a breach and says its opposite.
A text is read once into sentences and words; then each hit is asked for its context.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.sentences import Mode, Sentence, sentences
from reviewer.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from reviewer.folding import Folded
    from reviewer.grammar import Grammar
    from reviewer.phrases import Span

NEGATION_REACH = 24
SHORT_NEGATION_REACH = 6
DENIAL_REACH = 12
FIGHT_REACH_BEFORE = 7
FIGHT_REACH_AFTER = 2
CLAUSE_REACH = 6

_MODES = {Mode.ASKED: Context.ASKED, Mode.DENIED: Context.NEGATED}
_MARK = re.compile(r"[,;:]|(?<=\s)-(?=\s)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as words: half-open indexes into the words of the text; its value begins at `value`."""

    sentence: Sentence
    start: int
    end: int
    value: int


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
                value = bisect_right(starts, sentence.label - 1) if sentence.label else start
                yield Stretch(sentence, start, end, value)

    @cached_property
    def _marks(self) -> dict[str, list[Span]]:
        """The function words of the text under their names, in order, without what only seems to negate."""
        marks = self.grammar.marks(self.words)
        seeming = {at for start, end in marks.get("not_negators", ()) for at in range(start, end)}
        for name in ("negators", "short_negators"):
            marks[name] = [span for span in marks.get(name, ()) if span[0] not in seeming]
        return marks

    @cached_property
    def _punctuation(self) -> tuple[list[int], list[int]]:
        """The words that follow a comma, and those that begin a new thought."""
        commas: list[int] = []
        cuts = [start for start, _ in self._marks.get("breakers", ())]
        for mark in _MARK.finditer(self.folded.text):
            word = bisect_left(self._begins, mark.end())
            if mark.group() == ",":
                commas.append(word)
            elif mark.group() != ":" or self.words[word - 1] not in self.grammar.before_list:
                cuts.append(word)
        return commas, sorted(cuts)

    def _between(self, name: str, start: int, end: int) -> list[Span]:
        """Give the function words of this name that begin in a half-open range of words."""
        spans = self._marks.get(name, [])
        return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]

    def sentence_of(self, span: Span) -> int | None:
        """Give the index of the sentence that holds the words of `span`, or None if no single one does."""
        at = bisect_right(self._starts, span[0]) - 1
        return at if at >= 0 and span[1] <= self.stretches[at].end else None

    def is_label(self, span: Span, at: int) -> bool:
        """Tell whether the words of `span` all stand in the label of sentence `at`."""
        return span[1] <= self.stretches[at].value

    def context(
        self, span: Span, *, own: Container[int] = frozenset(), fought: bool = False, as_label: bool = False
    ) -> Context:
        """Tell how the words of `span` stand.

        `own` are words that negate or discuss within a phrase of their own.
        The words of a label are a form's own, unless `as_label`.
        """
        at = self.sentence_of(span)
        if at is None:
            return Context.SCATTERED
        if not as_label and self.is_label(span, at):
            return Context.ASKED
        return _MODES.get(self.stretches[at].sentence.mode) or self._said(span, at, own, fought=fought)

    def _said(self, span: Span, at: int, own: Container[int], *, fought: bool) -> Context:
        """Tell how words stand within a sentence that is asserted as a whole."""
        thought = self._thought(span, at)
        if self._negated(span, thought, own) or self._denied_after(span, thought, own):
            return Context.NEGATED
        if any(mark[0] not in own for mark in self._between("discusses", *thought)):
            return Context.DISCUSSED
        if any(mark[0] not in own for mark in self._between("supposes", thought[0], span[0])):
            return Context.SUPPOSED
        return Context.FOUGHT if fought and self._fought(span, thought) else Context.ASSERTED

    def _thought(self, span: Span, at: int) -> Span:
        """Give the words around `span` up to the nearest change of subject on either side, within the sentence."""
        _, cuts = self._punctuation
        place = bisect_right(cuts, span[0])
        after = bisect_left(cuts, span[1])
        first = max(self.stretches[at].start, cuts[place - 1] if place else 0)
        last = min(self.stretches[at].end, cuts[after] if after < len(cuts) else len(self.words))
        return first, last

    def _negated(self, span: Span, thought: Span, own: Container[int]) -> bool:
        far = self._between("negators", max(thought[0], span[0] - NEGATION_REACH), span[0])
        near = self._between("short_negators", max(thought[0], span[0] - SHORT_NEGATION_REACH), span[0])
        return any(self._reaches(negator, span, thought, own) for negator in far) or any(
            self._reaches(negator, span, thought, own, short=True) for negator in near
        )

    def _reaches(self, negator: Span, span: Span, thought: Span, own: Container[int], *, short: bool = False) -> bool:
        """Tell whether a negation reaches the words of `span`.

        A short one, and one shut in a clause of its own ("although it is not cheap, ..."), stops at a comma.
        """
        if negator[0] in own or negator[1] > span[0]:
            return False
        if short or self._is_enclosed(negator, thought):
            near = span[0] - negator[1] <= SHORT_NEGATION_REACH and not self._comma(negator[1], span[0])
            return near and (short or self.grammar.verbs.isdisjoint(self.words[negator[1] : span[0]]))
        return not self._new_clause(negator[1], span[0])

    def _is_enclosed(self, negator: Span, thought: Span) -> bool:
        commas, _ = self._punctuation
        place = bisect_right(commas, negator[0])
        begins = max(thought[0], commas[place - 1] if place else 0)
        return bool(self._between("openers", begins, negator[1] + 2))

    def _comma(self, start: int, end: int) -> bool:
        """Tell whether a comma stands before one of the words from `start` to `end`."""
        commas, _ = self._punctuation
        return bisect_left(commas, start) < bisect_right(commas, end)

    def _new_clause(self, start: int, end: int) -> bool:
        """Tell whether a comma with an "and the", and a verb soon after it, begins a clause of its own."""
        commas, _ = self._punctuation
        return any(
            self.words[word] in self.grammar.joins
            and self.words[word + 1 : word + 2]
            and self.words[word + 1] in self.grammar.subjects
            and not self.grammar.verbs.isdisjoint(self.words[word + 2 : word + CLAUSE_REACH])
            for word in commas[bisect_left(commas, start) : bisect_right(commas, end)]
            if word < len(self.words)
        )

    def _denied_after(self, span: Span, thought: Span, own: Container[int]) -> bool:
        denials = self._between("denials_after", span[1], min(thought[1], span[1] + DENIAL_REACH))
        return any(denial[0] not in own and not self._new_subject(span[1], denial[0]) for denial in denials)

    def _new_subject(self, start: int, end: int) -> bool:
        """Tell whether what is denied at `end` is something else than what stands before `start`."""
        joined = [at for at in range(start, end) if self._comma(at, at) or self.words[at - 1] in self.grammar.joins]
        if any(self.words[at] in self.grammar.subjects for at in joined):
            return True
        return bool(joined) and not self.grammar.verbs.isdisjoint(self.words[start : joined[-1]])

    def _fought(self, span: Span, thought: Span) -> bool:
        before = self._between("fights", max(thought[0], span[0] - FIGHT_REACH_BEFORE), span[0])
        after = self._between("fights", span[1], min(thought[1], span[1] + FIGHT_REACH_AFTER + 1))
        return any(fight[1] <= span[0] for fight in before) or bool(after)
