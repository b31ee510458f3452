"""A second look for what no phrase says: how alike a text is, word by word, to descriptions of a use.

A cue needs its words; a paraphrase has others. So each word weighs a little for or against each use,
as it was met in the labelled descriptions, and a text whose words together weigh enough is put before a person.
It never rejects, it counts only words that the text asserts, and it is silent where a rule has spoken.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reviewer.verdict import Context

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from reviewer.phrases import Span
    from reviewer.reading import Reading, Stretch
    from reviewer.rule import Rule, Weights
    from reviewer.text import Text

FEWEST_STEMS = 15
STRONG_STEMS, FEWEST_STRONG = 80, 4
LONGEST_WINDOW = 160
WINDOW, STEP = 80, 40
MOST_SENTENCES = 2

# A long text has many windows, and each is one more chance to be alike by accident.
_CAUTION = 500


class Scales(NamedTuple):
    """The weights of one language, by stem; plain data, quick to store and to load.

    `strong` gives the numbers of the uses that a stem speaks for most; `words` has the stems of each use with their
    weights, in thousandths of a logit.
    """

    stem: int
    least: int
    uses: tuple[str, ...]
    biases: tuple[int, ...]
    strong: dict[str, tuple[int, ...]]
    words: tuple[dict[str, int], ...]


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
    return Scales(
        weights.stem, weights.least, uses, biases, {stem: tuple(found) for stem, found in strong.items()}, words
    )


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
        self._rules = {rule.use: rule for rule in rules if rule.weighed}

    def alike(self, text: Text, reading: Reading, seen: Collection[str]) -> Iterator[Alike]:
        """Give the uses that a text is told like, but for those that a rule has `seen` already."""
        for use in self._heavy(text.said):
            if use not in seen and use in self._rules and (spans := self._asserted(use, reading)):
                yield Alike(self._rules[use], spans)

    def _heavy(self, words: Sequence[str]) -> list[str]:
        """Give the uses for which any window of the words weighs enough."""
        known, caution = self._scales, 0
        windows = [words]
        if len(words) > LONGEST_WINDOW:
            windows, caution = [words[at : at + WINDOW] for at in range(0, len(words) - STEP, STEP)], _CAUTION
        found = {number for window in windows for number in self._weighed(window, known.least + caution)}
        return [known.uses[number] for number in sorted(found)]

    def _weighed(self, words: Iterable[str], least: int) -> list[int]:
        """Give the uses that enough strong stems speak for, and for which all of them together weigh enough."""
        known, length = self._scales, self._scales.stem
        stems = {word[:length] for word in words}
        if len(stems) < FEWEST_STEMS:
            return []
        speaking = Counter(number for stem in stems & known.strong.keys() for number in known.strong[stem])
        norm = math.sqrt(len(stems))
        return [
            number
            for number, count in speaking.items()
            if count >= FEWEST_STRONG and self._weight(stems, number) / norm + known.biases[number] >= least
        ]

    def _weight(self, stems: set[str], number: int) -> int:
        words = self._scales.words[number]
        return sum(words[stem] for stem in stems & words.keys())

    def _asserted(self, use: str, reading: Reading) -> tuple[Span, ...]:
        """Give the sentences that weigh most, if the words that the text asserts weigh enough by themselves."""
        number, rule = self._scales.uses.index(use), self._rules[use]
        weighing = [self._weighing(stretch, number, reading, rule) for stretch in reading.stretches]
        said = [reading.words[at] for words, _ in weighing for at in words]
        if number not in self._weighed(said, self._scales.least):
            return ()
        pairs = zip(weighing, reading.stretches, strict=True)
        ranked = sorted(((weight, stretch) for (_, weight), stretch in pairs if weight > 0), key=lambda pair: -pair[0])
        return tuple((stretch.value, stretch.end) for _, stretch in ranked[:MOST_SENTENCES])

    def _weighing(self, stretch: Stretch, number: int, reading: Reading, rule: Rule) -> tuple[list[int], int]:
        """Give the words of a sentence that it asserts, and what they weigh for a use together."""
        inside = range(stretch.value, stretch.end)
        words = [at for at in inside if reading.context((at, at + 1), fought=rule.fought) is Context.ASSERTED]
        stems = {reading.words[at][: self._scales.stem] for at in words}
        known = self._scales.words[number]
        return words, sum(known.get(stem, 0) for stem in stems)
