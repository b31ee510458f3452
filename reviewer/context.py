"""How words stand in their sentence: asserted, or negated, discussed, supposed, fought against.

"We will not deploy facial recognition" has the words of a breach and says its opposite.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from reviewer.grammar import Grammar
    from reviewer.phrases import Span

NEGATION_REACH = 24
SHORT_NEGATION_REACH = 6
DENIAL_REACH = 12
FIGHT_REACH_BEFORE = 7
FIGHT_REACH_AFTER = 2
CLAUSE_REACH = 6
MOST_WORDS_BEHIND = 2

_NEGATING = frozenset({"negators", "short_negators", "denials_after"})


class Said:
    """One sentence with its function words; spans are half-open word indexes into the text, as for everybody else."""

    def __init__(self, words: Sequence[str], gaps: Sequence[str], offset: int, grammar: Grammar) -> None:
        """Take the words of the sentence, what stands between each and the next, and the index of the first."""
        self._words, self._offset, self._grammar = words, offset, grammar
        self._marks, self._reach = grammar.marks(words), grammar.language.reach
        self._commas = [at for at, gap in enumerate(gaps, 1) if "," in gap]
        breakers = [start for start, _ in self._marks.get("breakers", ())]
        self._cuts = sorted((*breakers, *(at for at, gap in enumerate(gaps, 1) if self._cuts_off(gap, at))))

    def _cuts_off(self, gap: str, at: int) -> bool:
        if ";" in gap or " - " in gap:
            return True
        return ":" in gap and self._words[at - 1] not in self._grammar.before_list

    @property
    def negates(self) -> bool:
        """Whether the sentence has a word that negates anything at all."""
        return not _NEGATING.isdisjoint(self._marks)

    def kinds_from(self, first: int) -> Iterator[str]:
        """Give the kind of each function word from word `first` of the sentence on: what negates, fights, discusses."""
        return (kind for kind, spans in self._marks.items() for start, _ in spans if start >= first)

    @cached_property
    def retracts(self) -> bool:
        """Whether it takes back the sentence before, as "We declined" and "That has been dropped for good" do."""
        most = len(self._words) - MOST_WORDS_BEHIND
        return any(start == 0 and end >= most for start, end in self._marks.get("retractions", ()))

    def context(self, span: Span, own: Container[int], *, fought: bool) -> Context:
        """Tell how the words of `span` stand; `own` are words that negate within a phrase of their own."""
        place = (span[0] - self._offset, span[1] - self._offset)
        thought = self._thought(place)
        if self._negated(place, thought, own) or self._denied_after(place, thought, own):
            return Context.NEGATED
        if any(self._counts(mark, own) for mark in self._between("discusses", *thought)):
            return Context.DISCUSSED
        if any(self._counts(mark, own) for mark in self._between("supposes", thought[0], place[0])):
            return Context.SUPPOSED
        return Context.FOUGHT if fought and self._fought(place, thought) else Context.ASSERTED

    def _counts(self, mark: Span, own: Container[int]) -> bool:
        return mark[0] + self._offset not in own

    def _between(self, name: str, start: int, end: int) -> list[Span]:
        """Give the function words of this name that begin in a half-open range of words."""
        spans = self._marks.get(name, [])
        return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]

    def _thought(self, span: Span) -> Span:
        """Give the words around `span` up to the nearest change of subject on either side."""
        before, after = bisect_right(self._cuts, span[0]), bisect_left(self._cuts, span[1])
        first = self._cuts[before - 1] if before else 0
        return first, self._cuts[after] if after < len(self._cuts) else len(self._words)

    def _negated(self, span: Span, thought: Span, own: Container[int]) -> bool:
        far = self._between("negators", max(thought[0], span[0] - NEGATION_REACH * self._reach), span[0])
        near = self._between("short_negators", max(thought[0], span[0] - SHORT_NEGATION_REACH * self._reach), span[0])
        return any(self._reaches(negator, span, thought, own) for negator in far) or any(
            self._reaches(negator, span, thought, own, short=True) for negator in near
        )

    def _reaches(self, negator: Span, span: Span, thought: Span, own: Container[int], *, short: bool = False) -> bool:
        """Tell whether a negation reaches the words of `span`.

        A short one, and one shut in a clause of its own ("although it is not cheap, ..."), stops at a comma.
        """
        if not self._counts(negator, own) or negator[1] > span[0]:
            return False
        if short or self._is_enclosed(negator, thought):
            near = span[0] - negator[1] <= SHORT_NEGATION_REACH * self._reach and not self._comma(negator[1], span[0])
            return near and (short or self._grammar.verbs.isdisjoint(self._words[negator[1] : span[0]]))
        return not self._new_clause(negator[1], span[0])

    def _is_enclosed(self, negator: Span, thought: Span) -> bool:
        place = bisect_right(self._commas, negator[0])
        begins = max(thought[0], self._commas[place - 1] if place else 0)
        return bool(self._between("openers", begins, negator[1] + 2))

    def _comma(self, start: int, end: int) -> bool:
        """Tell whether a comma stands before one of the words from `start` to `end`."""
        return bisect_left(self._commas, start) < bisect_right(self._commas, end)

    def _new_clause(self, start: int, end: int) -> bool:
        """Tell whether a comma with an "and the", and a verb soon after it, begins a clause of its own."""
        return any(
            self._words[word] in self._grammar.joins
            and not self._grammar.subjects.isdisjoint(self._words[word + 1 : word + 2])
            and not self._grammar.verbs.isdisjoint(self._words[word + 2 : word + CLAUSE_REACH * self._reach])
            for word in self._commas[bisect_left(self._commas, start) : bisect_right(self._commas, end)]
            if word < len(self._words)
        )

    def _denied_after(self, span: Span, thought: Span, own: Container[int]) -> bool:
        denials = self._between("denials_after", span[1], min(thought[1], span[1] + DENIAL_REACH * self._reach))
        return any(self._counts(denial, own) and not self._new_subject(span[1], denial[0]) for denial in denials)

    def _new_subject(self, start: int, end: int) -> bool:
        """Tell whether what is denied at `end` is something else than what stands before `start`."""
        joined = [at for at in range(start, end) if self._comma(at, at) or self._words[at - 1] in self._grammar.joins]
        if any(self._words[at] in self._grammar.subjects for at in joined):
            return True
        return bool(joined) and not self._grammar.verbs.isdisjoint(self._words[start : joined[-1]])

    def _fought(self, span: Span, thought: Span) -> bool:
        before = self._between("fights", max(thought[0], span[0] - FIGHT_REACH_BEFORE * self._reach), span[0])
        after = self._between("fights", span[1], min(thought[1], span[1] + FIGHT_REACH_AFTER * self._reach + 1))
        return any(fight[1] <= span[0] for fight in before) or bool(after)
