"""A text read once: its words, its sentences, and how any of its words stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.context import Said
from reviewer.sentence import Mode, Sentence
from reviewer.sentences import sentences
from reviewer.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from reviewer.grammar import Grammar
    from reviewer.phrases import Span
    from reviewer.text import Text

_INK = re.compile(r"\S+")
_MODES = {Mode.ASKED: Context.ASKED, Mode.DENIED: Context.NEGATED}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as words: half-open indexes into the words of the text; its value begins at `value`."""

    sentence: Sentence
    start: int
    end: int
    value: int


class Plain:
    """A folded text with a single blank for each stretch of white space, and the way back."""

    def __init__(self, text: str) -> None:
        """Collapse the white space."""
        places = [match.span() for match in _INK.finditer(text)]
        self.text = " ".join(text[start:end] for start, end in places)
        self._origins = [start for start, _ in places]
        ends = accumulate(end - start + 1 for start, end in places)
        self._starts = [0, *ends][: len(places)]

    def span(self, start: int, end: int) -> Span:
        """Map a half-open span that begins and ends with ink back to the folded text."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, at: int) -> int:
        place = bisect_right(self._starts, at) - 1
        return self._origins[place] + at - self._starts[place]


class Reading:
    """A folded text, read once with one grammar: its words, sentences and function words."""

    def __init__(self, text: Text, grammar: Grammar) -> None:
        """Keep the text; sentences and places are worked out when they are asked for."""
        self.text, self.grammar = text, grammar
        self.folded, self.words = text.folded, text.words
        self._known: dict[int, Said] = {}

    @cached_property
    def plain(self) -> Plain:
        """The folded text, in which words can be found whatever white space stands between them."""
        return Plain(self.folded.text)

    @cached_property
    def places(self) -> list[Span]:
        """The half-open span of each word in the folded text."""
        return wording.places(self.folded.text)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The sentences that have words in them, in order."""
        text = self.text
        return list(self._stretches(sentences(self.folded.text, self.grammar, text.own_words, text.answer_ends)))

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

    def sentence_of(self, span: Span) -> int | None:
        """Give the index of the sentence that holds the words of `span`, or None if no single one does."""
        at = bisect_right(self._starts, span[0]) - 1
        return at if at >= 0 and span[1] <= self.stretches[at].end else None

    def parts(self, place: Span) -> tuple[Span, ...]:
        """Cut a half-open span of the folded text where a sentence ends in it."""
        words = self.words_at(place)
        if words is None or self.sentence_of(words) is not None:
            return (place,)
        first, last = bisect_right(self._starts, words[0]) - 1, bisect_right(self._starts, words[1] - 1)
        held = (self.stretches[at].sentence for at in range(max(first, 0), last))
        cut = ((max(place[0], sentence.start), min(place[1], sentence.end)) for sentence in held)
        return tuple((start, end) for start, end in cut if start < end) or (place,)

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
        mode = _MODES.get(self.stretches[at].sentence.mode)
        said = mode or self._said(at).context(span, own, fought=fought)
        return Context.NEGATED if said is Context.ASSERTED and self._is_taken_back(at) else said

    def _is_taken_back(self, at: int) -> bool:
        """Tell whether the sentence behind this one takes it back."""
        if at + 1 == len(self.stretches):
            return False
        here, behind = self.stretches[at].sentence, self.stretches[at + 1].sentence
        between = self.folded.text[here.end : behind.start]
        return behind.mode is Mode.ASSERTED and "\n" not in between and self._said(at + 1).retracts

    def standing(self, span: Span, *, fought: bool = False) -> Context:
        """Tell how a longer stretch of words stands, which may hold the very word that negates the rest of it."""
        context, at = self.context(span, fought=fought), self.sentence_of(span)
        if at is None or context is not Context.ASSERTED or not self._said(at).negates:
            return context
        return Context.NEGATED if self._is_borne_down(span, self.stretches[at]) else context

    def _is_borne_down(self, span: Span, stretch: Stretch) -> bool:
        """Tell whether most of what words tell is negated, or whether they only begin what is negated after them."""
        before, telling, after = (
            [at for at in range(start, end) if self.words[at] not in self.grammar.common]
            for start, end in ((stretch.start, span[0]), span, (span[1], stretch.end))
        )
        negated = sum(self._is_negated(at) for at in telling)
        return negated * 2 >= len(telling) or (not before and any(map(self._is_negated, after[:1])))

    def _is_negated(self, word: int) -> bool:
        return self.context((word, word + 1)) is Context.NEGATED

    def kinds(self, at: int) -> Iterator[str]:
        """Give the kind of each function word of sentence `at`, without those of its label."""
        stretch = self.stretches[at]
        return self._said(at).kinds_from(stretch.value - stretch.start)

    def rest(self) -> None:
        """Let go of what can be worked out again: many small things, through which the garbage collector would walk."""
        self._known.clear()

    def _said(self, at: int) -> Said:
        """Give the function words and the punctuation of a sentence, worked out when its words are first asked for."""
        if at not in self._known:
            stretch = self.stretches[at]
            places = self.places[stretch.start : stretch.end]
            gaps = [self.folded.text[end:start] for (_, end), (start, _) in pairwise(places)]
            self._known[at] = Said(self.words[stretch.start : stretch.end], gaps, stretch.start, self.grammar)
        return self._known[at]
