"""A second look for what no phrase says: how alike a text is, word by word, to descriptions of a use.

A cue needs its words; a paraphrase has others. So each word weighs a little for or against each use,
as it was met in the labelled descriptions, and a text whose words together weigh enough is put before a person.
It never rejects, it counts only words that the text asserts, and it is silent where a rule has spoken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from reviewer.verdict import Context
from reviewer.vocabulary import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from reviewer.phrases import Span
    from reviewer.reading import Reading, Stretch
    from reviewer.rule import Rule, Weights
    from reviewer.text import Text

FEWEST_STEMS = 15
STRONG_STEMS, FEWEST_STRONG = 80, 4
LONGEST_WINDOW = 160
WINDOW, STEP = 80, 40
LONGEST_RUN = 8
MOST_SENTENCES = 2

# Sums for all uses at once: each use has a column of so many bits in one big number.
_COLUMN = 32
_HALF = 1 << (_COLUMN - 1)

# One sentence beside the point makes a text weigh a few hundred less; five of them, some two thousand.
SLACK = 2_000


class Scales(NamedTuple):
    """The weights of one language, by stem; plain data, quick to store and to load.

    `strong` gives the numbers of the uses that a stem speaks for most; `words` has the stems of each use with their
    weights, in thousandths of a logit; `columns` has all weights of a stem in one number, a column for each use.
    """

    stem: int
    least: int
    uses: tuple[str, ...]
    biases: tuple[int, ...]
    strong: dict[str, tuple[int, ...]]
    words: tuple[dict[str, int], ...]
    columns: dict[str, int]


def scales(weights: Weights) -> Scales:
    """Turn weights by use into weights by stem."""
    uses = tuple(sorted(weights.uses))
    strong: dict[str, list[int]] = {}
    for number, use in enumerate(uses):
        heaviest = sorted(weights.uses[use].words.items(), key=lambda pair: (-pair[1], pair[0]))
        for stem, _ in heaviest[:STRONG_STEMS]:
            strong.setdefault(stem, []).append(number)
    biases = tuple(weights.uses[use].bias for use in uses)
    words = tuple(weights.uses[use].words for use in uses)
    speaking = {stem: tuple(found) for stem, found in strong.items()}
    return Scales(weights.stem, weights.least, uses, biases, speaking, words, _columns(words))


def _columns(words: Iterable[dict[str, int]]) -> dict[str, int]:
    """Put the weights of each stem side by side; that a weight below nothing borrows from the next does no harm."""
    columns: dict[str, int] = {}
    for number, of_use in enumerate(words):
        for stem, weight in of_use.items():
            columns[stem] = columns.get(stem, 0) + (weight << number * _COLUMN)
    return columns


@dataclass(frozen=True)
class Alike:
    """A use that a text is told like, and the words of the sentences that weigh most for it."""

    rule: Rule
    spans: tuple[Span, ...]


class Likeness:
    """The scales of one language, ready to be held against texts."""

    def __init__(self, weights: Scales, rules: Iterable[Rule]) -> None:
        """Take the scales, and the rules that stand for each of their uses."""
        self._scales = weights
        self._known = [frozenset(words) for words in weights.words]
        self._rules = {rule.use: rule for rule in rules if rule.weighed}
        strong, length = weights.strong, weights.stem
        self._speaking = Memo[str, tuple[int, ...]](lambda word: strong.get(word[:length], ()))
        self._lift = Memo[int, int](self._lifted)
        self._signs = sum(_HALF << number * _COLUMN for number in range(len(weights.uses)))

    def alike(self, text: Text, reading: Reading, seen: Collection[str]) -> Iterator[Alike]:
        """Give the uses that a text is told like, but for those that a rule has `seen` already."""
        near = [use for use in self._near(text.said) if use not in seen and use in self._rules]
        if near:
            inside = [self._stems(_inside(stretch), reading) for stretch in reading.stretches]
            said = cache(lambda: [self._stems(_asserted(stretch, reading), reading) for stretch in reading.stretches])
            for use in near:
                if spans := self._told(use, inside, said, reading):
                    yield Alike(self._rules[use], spans)

    def _near(self, words: Sequence[str]) -> list[str]:
        """Give the uses that some window of the words weighs nearly enough for, so that a closer look is worth it."""
        stems = [word[: self._scales.stem] for word in words]
        windows = [set(stems)]
        if len(stems) > LONGEST_WINDOW:
            windows = [set(stems[at : at + WINDOW]) for at in range(0, len(stems) - STEP, STEP)]
        heavy = {number for window in windows for number in self._heavy(window)}
        different = set(words) if heavy else ()
        return [self._scales.uses[number] for number in sorted(heavy) if self._is_spoken_for(number, different)]

    def _heavy(self, stems: set[str]) -> Iterator[int]:
        """Give the numbers of the uses that stems weigh nearly enough for; a few of them weigh nothing."""
        if len(stems) < FEWEST_STEMS:
            return
        columns = sum(map(self._scales.columns.get, stems, repeat(0))) + self._lift[len(stems)]
        if columns & self._signs:
            yield from (at for at in range(len(self._scales.uses)) if columns >> at * _COLUMN & _HALF)

    def _lifted(self, stems: int) -> int:
        """Give what lifts the column of a use to its half, and so sets its sign, once so many stems weigh enough."""
        least, root = self._scales.least - SLACK, math.sqrt(stems)
        needed = (math.ceil((least - bias) * root) for bias in self._scales.biases)
        return sum((_HALF - weight) << number * _COLUMN for number, weight in enumerate(needed))

    def _is_spoken_for(self, number: int, words: Iterable[str]) -> bool:
        """Tell whether enough words with strong stems speak for a use."""
        return sum(number in self._speaking[word] for word in words) >= FEWEST_STRONG

    def _total(self, stems: set[str], number: int) -> int:
        return sum(map(self._scales.words[number].__getitem__, stems & self._known[number]))

    def _told(
        self, use: str, inside: Sequence[set[str]], said: Callable[[], Sequence[set[str]]], reading: Reading
    ) -> tuple[Span, ...]:
        """Give the sentences that weigh most in the heaviest run of sentences, by what they assert, if that is enough.

        A run is looked for, so that what else is said in a text makes it no less alike.
        `inside` has the stems of each sentence, asserted or not; `said` gives those that it asserts.
        """
        number, least = self._scales.uses.index(use), self._scales.least
        if self._heaviest(inside, number)[1] < least:  # not even with what is only asked, denied or fought
            return ()
        run, weight = self._heaviest(said(), number)
        if weight < least:
            return ()
        ranked = sorted(run, key=lambda at: -self._total(said()[at], number))[:MOST_SENTENCES]
        return tuple((reading.stretches[at].value, reading.stretches[at].end) for at in ranked)

    def _stems(self, words: Iterable[int], reading: Reading) -> set[str]:
        return {reading.words[at][: self._scales.stem] for at in words}

    def _heaviest(self, said: Sequence[set[str]], number: int) -> tuple[range, float]:
        """Give the run of sentences that weighs most for a use."""
        return max(self._runs(said, number), key=itemgetter(1), default=(range(0), -math.inf))

    def _runs(self, said: Sequence[set[str]], number: int) -> Iterator[tuple[range, float]]:
        bias = self._scales.biases[number]
        for start in range(len(said)):
            stems, total = set[str](), 0
            for end in range(start + 1, min(start + LONGEST_RUN, len(said)) + 1):
                total += self._total(said[end - 1] - stems, number)
                stems |= said[end - 1]
                if len(stems) >= FEWEST_STEMS:
                    yield range(start, end), total / math.sqrt(len(stems)) + bias


def _inside(stretch: Stretch) -> range:
    return range(stretch.value, stretch.end)


def _asserted(stretch: Stretch, reading: Reading) -> Iterator[int]:
    for at in _inside(stretch):
        if reading.context((at, at + 1), fought=True) is Context.ASSERTED:
            yield at
