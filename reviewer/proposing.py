"""A second look at what a rule saw: whether the text proposes it, or only speaks of it.

A denial stands in the sentence that it denies, and most words of a fight stand close by.
But that the tool is for those whom such a thing has hurt, or that second-year students are to judge it,
is told three sentences away and in no set phrase.
So each word, and each kind of function word, weighs a little for or against a text that only speaks of a use,
as it was met in labelled descriptions; what the sentences around a hit weigh together decides whether it counts.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.sentence import Mode

if TYPE_CHECKING:
    from reviewer.reading import Reading
    from reviewer.rule import Stance

REACH = 4
FEWEST_WORDS = 20
MOST_MARKS = 3
# What nobody fights by trade is more often proposed where its words stand.
UNFOUGHT = 500


class Proposing:
    """One text held against the weights of its language."""

    def __init__(self, stance: Stance | None, reading: Reading) -> None:
        """Keep both; a language without weights takes everything as proposed."""
        self._stance, self._reading = stance, reading
        self._known: dict[range, float] = {}

    def proposes(self, at: int, *, fought: bool = True) -> bool:
        """Tell whether the sentences around the one at index `at` propose what it speaks of.

        `fought` says that it is an abuse which projects detect, prevent or study.
        """
        if self._stance is None:
            return True
        around = near(self._reading, at)
        if around not in self._known:
            self._known[around] = _weight(self._reading, around, self._stance)
        return self._known[around] < self._stance.least + (0 if fought else UNFOUGHT)


def near(reading: Reading, at: int) -> range:
    """Give the sentences that are read together with the one at index `at`."""
    return range(max(0, at - REACH), min(len(reading.stretches), at + REACH + 1))


def asserted(reading: Reading, around: range) -> list[int]:
    """Give the sentences that assert something; what is only asked or ruled out tells nothing of the rest."""
    return [at for at in around if reading.stretches[at].sentence.mode is Mode.ASSERTED]


def count(reading: Reading, around: range) -> int:
    """Count the words that some sentences assert, as a reader would."""
    sentences = (reading.stretches[at].sentence for at in asserted(reading, around))
    text = reading.folded.text
    return sum(wording.count(text[sentence.label or sentence.start : sentence.end]) for sentence in sentences)


def stems(reading: Reading, around: range, length: int) -> set[str]:
    """Give the beginnings of the words that some sentences assert, each once."""
    stretches = (reading.stretches[at] for at in asserted(reading, around))
    return {word[:length] for stretch in stretches for word in reading.words[stretch.value : stretch.end]}


def marks(reading: Reading, around: range) -> dict[str, int]:
    """Give how often each kind of function word stands in what some sentences assert; from three on is often."""
    counts = Counter(chain.from_iterable(map(reading.kinds, asserted(reading, around))))
    return {kind: min(often, MOST_MARKS) for kind, often in counts.items()}


def _weight(reading: Reading, around: range, stance: Stance) -> float:
    """Give what sentences weigh for only speaking of a use, in thousandths of a logit; a few words weigh nothing."""
    if count(reading, around) < FEWEST_WORDS:
        return -math.inf
    found = stems(reading, around, stance.stem)
    words = sum(stance.words.get(stem, 0) for stem in found) / math.sqrt(len(found))
    kinds = sum(stance.marks.get(kind, 0) * often for kind, often in marks(reading, around).items())
    return words + kinds + stance.bias
