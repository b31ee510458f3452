"""Many phrases filed for one pass over a text: plain data, quick to store and to load.

A phrase is looked for where two neighbours of it stand, the rarest two; most phrases have such a pair.
One that has gaps, or words that may be missing, between all its words is looked for from its rarest place,
the anchor, and only where its next rarest, the guard, stands near, if it has one.
A phrase of one word is settled by it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.phrases import Slot, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

NO_GUARD = -1
_EVERYWHERE = 100_000
_WORD_TO_PHRASE = 200

Slots = tuple[Slot, ...]
Names = tuple[str, ...]
Filed = tuple[dict[str, Any], dict[str, Any]]


class Index(NamedTuple):
    """The phrases of a vocabulary, filed under words and under beginnings.

    `phrases` are texts with the concepts that they belong to and the place that they are looked for from.
    `alone` files the concepts of phrases that one word settles.
    `firsts` and `seconds` file the numbers of pairs under their two words, and `pairs` has the phrases of each.
    `guards` numbers the guards; `anchored` files the guard's and the phrase's number under the anchor.
    `weights` guess how often each concept stands in texts.
    """

    phrases: list[tuple[str, Names, int]]
    alone: Filed
    firsts: Filed
    seconds: Filed
    pairs: list[tuple[int, ...]]
    guards: Filed
    anchored: Filed
    weights: dict[str, int]


def index(phrases: Iterable[tuple[str, Names]], common: Collection[str] = ()) -> Index:
    """File phrases, each with the concepts that it belongs to; raises `PhraseError` for one that has no meaning.

    What is common in text is common in phrases, so the phrases themselves tell what is rare;
    `common` are words that every text is full of.
    """
    parsed = [(text, names, parse(text)) for text, names in phrases]
    cabinet = _Cabinet(_commonness((slots for _, _, slots in parsed), common))
    for text, names, slots in parsed:
        cabinet.take(text, names, slots)
    return cabinet.closed()


def _commonness(phrases: Iterable[Slots], common: Collection[str]) -> dict[Slot, int]:
    """Tell how often the words of each place stand in phrases at all."""
    uses = Counter(slot for slots in phrases for slot in slots)
    words = Counter(dict.fromkeys(common, _EVERYWHERE))
    for slot, count in uses.items():
        words.update(dict.fromkeys((*slot.exact, *slot.prefixes), count))
    return {slot: sum(words[word] for word in (*slot.exact, *slot.prefixes)) for slot in uses}


class _Cabinet:
    """Takes phrases one by one and files each where it will be looked for."""

    def __init__(self, commonness: dict[Slot, int]) -> None:
        self._commonness = commonness
        self._phrases: list[tuple[str, Names, int]] = []
        self._alone, self._anchored = _drawer(), _drawer()
        self._guards = _Numbered(1)
        self._neighbours = _Numbered(2)
        self._pairs: dict[int, list[int]] = {}
        self._weights: Counter[str] = Counter()

    def take(self, text: str, names: Names, slots: Slots) -> None:
        self._weights.update(dict.fromkeys(names, _weight(slots)))
        if len(slots) == 1:
            for name in names:
                _file(self._alone, slots[0], name)
        elif (at := self._rarest_pair(slots)) is not None:
            self._pairs.setdefault(self._neighbours.number(slots[at : at + 2]), []).append(len(self._phrases))
            self._phrases.append((text, names, at))
        else:
            anchor, *others = sorted((self._commonness[slot], at) for at, slot in enumerate(slots) if slot.needed)
            guard = self._guards.number((slots[others[0][1]],)) if others else NO_GUARD
            _file(self._anchored, slots[anchor[1]], (guard, len(self._phrases)))
            self._phrases.append((text, names, anchor[1]))

    def _rarest_pair(self, slots: Slots) -> int | None:
        """Give the place of the two neighbours that must stand and are met least often, or None if there are none."""
        pairs = (at for at, (one, other) in enumerate(pairwise(slots)) if one.needed and other.needed)
        return min(pairs, key=lambda at: sorted(map(self._commonness.__getitem__, slots[at : at + 2])), default=None)

    def closed(self) -> Index:
        firsts, seconds = self._neighbours.drawers
        (guards,) = self._guards.drawers
        return Index(
            self._phrases,
            _closed(self._alone),
            _closed(firsts),
            _closed(seconds),
            [tuple(numbers) for numbers in self._pairs.values()],
            _closed(guards),
            _closed(self._anchored),
            dict(self._weights),
        )


class _Numbered:
    """Numbers runs of places, and files each number under the words of each place."""

    def __init__(self, places: int) -> None:
        self._numbers: dict[Hashable, int] = {}
        self.drawers = [_drawer() for _ in range(places)]

    def number(self, slots: Slots) -> int:
        if slots not in self._numbers:
            self._numbers[slots] = len(self._numbers)
            for drawer, slot in zip(self.drawers, slots, strict=True):
                _file(drawer, slot, self._numbers[slots])
        return self._numbers[slots]


def _weight(slots: Slots) -> int:
    """Weigh a phrase for how often it is met; a word is met far more often than a phrase, a short one most."""
    words = (*slots[0].exact, *slots[0].prefixes) if len(slots) == 1 else ()
    return sum(_WORD_TO_PHRASE // len(word) for word in words) or 1


def _drawer() -> Filed:
    return {}, {}


def _file(under: Filed, slot: Slot, thing: object) -> None:
    exact, prefixes = under
    for word in slot.exact:
        exact.setdefault(word, []).append(thing)
    for prefix in slot.prefixes:
        prefixes.setdefault(prefix, []).append(thing)


def _closed(filed: Filed) -> Filed:
    """Turn the lists to tuples, which the garbage collector need not look at again and again."""
    exact, prefixes = filed
    return {word: tuple(found) for word, found in exact.items()}, {
        word: tuple(found) for word, found in prefixes.items()
    }
