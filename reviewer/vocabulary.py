"""Many phrases at once: filed under the words that tell most, and found in one pass over a text."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from reviewer.phrases import LONGEST_SPAN, Phrase, Slot, Span, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

_REMEMBERED = 200_000
_NO_GUARD = -1
_BLOCK = 200
_EVERYWHERE = 100_000
_WORD_TO_PHRASE = 200

Key = TypeVar("Key")
Known = TypeVar("Known")
Filed = tuple[dict[str, Any], dict[str, Any]]


class Index(NamedTuple):
    """The phrases of a vocabulary, filed under words and under beginnings; plain data, quick to store and to load.

    `phrases` are texts with the concepts that they belong to and the place of their anchor.
    `alone` files the concepts of phrases that one word settles; `guards` numbers the guards;
    `anchored` files the guard's and the phrase's number under the anchor.
    `weights` guess how often each concept stands in texts.
    """

    phrases: list[tuple[str, tuple[str, ...], int]]
    alone: Filed
    guards: Filed
    anchored: Filed
    weights: dict[str, int]


def index(phrases: Iterable[tuple[str, tuple[str, ...]]], common: Collection[str] = ()) -> Index:
    """File phrases, each with the concepts that it belongs to; raises `PhraseError` for one that has no meaning.

    A phrase is looked for from its rarest place, the anchor, and only where its next rarest, the guard, is in the text.
    What is common in text is common in phrases, so the phrases themselves tell what is rare;
    `common` are words that every text is full of.
    """
    parsed = [(text, names, parse(text)) for text, names in phrases]
    commonness = _commonness((slots for _, _, slots in parsed), common)
    numbers: dict[Slot, int] = {}
    made = Index([], ({}, {}), ({}, {}), ({}, {}), {})
    for text, names, slots in parsed:
        _weigh(slots, names, made.weights)
        anchor, *others = sorted((commonness[slot], at) for at, slot in enumerate(slots) if slot.needed)
        if len(slots) == 1:
            for name in names:
                _file(made.alone, slots[0], name)
            continue
        guard = _number(slots[others[0][1]], numbers, made.guards) if others else _NO_GUARD
        _file(made.anchored, slots[anchor[1]], (guard, len(made.phrases)))
        made.phrases.append((text, names, anchor[1]))
    return made._replace(alone=_closed(made.alone), guards=_closed(made.guards), anchored=_closed(made.anchored))


def _commonness(phrases: Iterable[tuple[Slot, ...]], common: Collection[str]) -> dict[Slot, int]:
    """Tell how often the words of each place stand in phrases at all."""
    uses = Counter(slot for slots in phrases for slot in slots)
    words = Counter(dict.fromkeys(common, _EVERYWHERE))
    for slot, count in uses.items():
        words.update(dict.fromkeys((*slot.exact, *slot.prefixes), count))
    return {slot: sum(words[word] for word in (*slot.exact, *slot.prefixes)) for slot in uses}


def _weigh(slots: tuple[Slot, ...], names: tuple[str, ...], weights: dict[str, int]) -> None:
    """Count a phrase towards its concepts; a word is met far more often than a phrase, a short one most."""
    words = (*slots[0].exact, *slots[0].prefixes) if len(slots) == 1 else ()
    weight = sum(_WORD_TO_PHRASE // len(word) for word in words) or 1
    for name in names:
        weights[name] = weights.get(name, 0) + weight


def _number(guard: Slot, numbers: dict[Slot, int], guards: Filed) -> int:
    if guard not in numbers:
        numbers[guard] = len(numbers)
        _file(guards, guard, numbers[guard])
    return numbers[guard]


# Nothing is filed under most words, and hundreds of thousands of them are remembered: they share their nothing.
_NO_NAMES = frozenset[str]()
_NO_NUMBERS = frozenset[int]()
_NO_GROUPS: dict[int, list[int]] = {}


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


class _Under:
    """Gives all that is filed under a word, or under a beginning of it."""

    def __init__(self, filed: Filed) -> None:
        self._exact, self._prefixes = filed
        self._lengths = sorted(set(map(len, self._prefixes)))

    def __call__(self, word: str) -> list[Any]:
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._prefixes.get(word[:length], ())
        return found


class Vocabulary:
    """Many phrases, found in one pass over the words of a text.

    A phrase of several words is tried only where its anchor stands, and only in a text that has a word for its guard;
    it is compiled when that happens first.
    """

    def __init__(self, filed: Index, barriers: frozenset[str] = frozenset()) -> None:
        """Take an index of phrases; a gap never skips a word of `barriers`."""
        self._barriers = barriers
        self._compiled = Memo[int, Phrase](lambda number: _compiled(*filed.phrases[number]))
        self._under_anchor = _Under(filed.anchored)
        under_alone, under_guards = _Under(filed.alone), _Under(filed.guards)
        self.alone = Memo[str, frozenset[str]](lambda word: frozenset[str](under_alone(word)) or _NO_NAMES)
        self._guards = Memo[str, frozenset[int]](lambda word: frozenset[int](under_guards(word)) or _NO_NUMBERS)
        self._anchored = Memo[str, dict[int, list[int]]](self._grouped)

    def _grouped(self, word: str) -> dict[int, list[int]]:
        """Give the numbers of the phrases that `word` may anchor, by their guards."""
        groups: dict[int, list[int]] = {}
        for guard, number in self._under_anchor(word):
            groups.setdefault(guard, []).append(number)
        return groups or _NO_GROUPS

    def scan(self, words: Sequence[str]) -> Found:
        """Find every phrase in `words`, block by block, so that a guard must stand near and not just in the text."""
        spans: dict[str, list[Span]] = {}
        for start in range(0, len(words), _BLOCK):
            self._scan_block(words, start, min(start + _BLOCK, len(words)), spans)
        names = frozenset(spans).union(*map(self.alone.__getitem__, set(words)))
        return Found(names, words, self, spans)

    def _scan_block(self, words: Sequence[str], start: int, end: int, spans: dict[str, list[Span]]) -> None:
        anchored, compiled = self._anchored, self._compiled
        near = set(words[max(0, start - LONGEST_SPAN) : end + LONGEST_SPAN])
        present = {_NO_GUARD}.union(*map(self._guards.__getitem__, near))
        for at in range(start, end):
            if filed := anchored[words[at]]:
                for guard in filed.keys() & present:
                    for number in filed[guard]:
                        if span := compiled[number].span(words, at, self._barriers):
                            for name in compiled[number].names:
                                spans.setdefault(name, []).append(span)


def _compiled(text: str, names: tuple[str, ...], anchor: int) -> Phrase:
    return Phrase.of(parse(text), names, anchor)


class Found:
    """The concepts that stand in a text: their `names`, and where, for those who ask."""

    def __init__(
        self, names: frozenset[str], words: Sequence[str], vocabulary: Vocabulary, spans: dict[str, list[Span]]
    ) -> None:
        """Keep what the scan gave; the places of single words are worked out when they are asked for."""
        self.names, self._words, self._vocabulary, self._several = names, words, vocabulary, spans

    @cached_property
    def covering(self) -> dict[int, set[str]]:
        """The concepts whose phrases of several words cover each word, by its index."""
        covering: dict[int, set[str]] = {}
        for name, spans in self._several.items():
            for start, end in spans:
                for at in range(start, end):
                    covering.setdefault(at, set()).add(name)
        return covering

    @cached_property
    def _alone(self) -> dict[str, list[Span]]:
        """The places of the words that settle a phrase by themselves, by concept."""
        spans: dict[str, list[Span]] = {}
        for at, names in enumerate(map(self._vocabulary.alone.__getitem__, self._words)):
            if names:
                for name in names:
                    spans.setdefault(name, []).append((at, at + 1))
        return spans

    def spans(self, name: str) -> list[Span]:
        """Give the half-open spans of words of a concept, in the order of the text."""
        return sorted((*self._several.get(name, ()), *self._alone.get(name, ())))


class Memo(dict[Key, Known]):
    """What a function gives for each key seen so far; forgets all when it grows too large."""

    def __init__(self, function: Callable[[Key], Known]) -> None:
        """Remember nothing yet."""
        super().__init__()
        self._function = function

    def __missing__(self, key: Key) -> Known:
        """Ask the function, and remember what it gives."""
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = known = self._function(key)
        return known
