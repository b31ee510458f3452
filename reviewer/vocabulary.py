"""Many phrases at once, found in one pass over the words of a text."""

from __future__ import annotations

from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from reviewer.filing import NO_GUARD
from reviewer.phrases import LONGEST_SPAN, Phrase, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.filing import Filed, Index
    from reviewer.phrases import Span

_REMEMBERED = 200_000
_BLOCK = 200

Key = TypeVar("Key")
Known = TypeVar("Known")

# Nothing is filed under most words, and hundreds of thousands of them are remembered: they share their nothing.
_NOTHING = frozenset[Any]()
_NO_GROUPS: dict[int, list[int]] = {}


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

    A phrase of several words is tried only where its pair of neighbours stands, or its anchor with its guard near;
    it is compiled when that happens first.
    """

    def __init__(self, filed: Index, barriers: frozenset[str] = frozenset()) -> None:
        """Take an index of phrases; a gap never skips a word of `barriers`."""
        self._barriers, self._pairs = barriers, filed.pairs
        self._compiled = Memo[int, Phrase](lambda number: _compiled(*filed.phrases[number]))
        self._under_anchor = _Under(filed.anchored)
        self.alone: Memo[str, frozenset[str]] = _sets(filed.alone)
        self._firsts, self._seconds, self._guards = map(_sets, (filed.firsts, filed.seconds, filed.guards))
        self._anchored = Memo[str, dict[int, list[int]]](self._grouped)

    def _grouped(self, word: str) -> dict[int, list[int]]:
        """Give the numbers of the phrases that `word` may anchor, by their guards."""
        groups: dict[int, list[int]] = {}
        for guard, number in self._under_anchor(word):
            groups.setdefault(guard, []).append(number)
        return groups or _NO_GROUPS

    def scan(self, words: Sequence[str]) -> Found:
        """Find every phrase in `words`."""
        spans: dict[str, list[Span]] = {}
        for at, number in self._tried(words):
            phrase = self._compiled[number]
            if span := (at, at + 2) if phrase.is_pair else phrase.span(words, at, self._barriers):
                for name in phrase.names:
                    spans.setdefault(name, []).append(span)
        names = frozenset(spans).union(*map(self.alone.__getitem__, set(words)))
        return Found(names, words, self, spans)

    def _tried(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Give where which phrases, by their numbers, are worth a try.

        It goes block by block, so that a guard must stand near and not just in the text.
        """
        tried = self._paired(words)
        for start in range(0, len(words), _BLOCK):
            tried += self._guarded(words, start, min(start + _BLOCK, len(words)))
        return tried

    def _paired(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Give the phrases whose two neighbours stand side by side."""
        firsts = map(self._firsts.__getitem__, words)
        seconds = map(self._seconds.__getitem__, islice(words, 1, None))
        return [
            (at, number)
            for at, (first, second) in enumerate(zip(firsts, seconds, strict=False))
            if first and second and not first.isdisjoint(second)
            for pair in first & second
            for number in self._pairs[pair]
        ]

    def _guarded(self, words: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
        """Give the phrases whose anchor stands in this block, and their guard in it or not far from it."""
        near = set(words[max(0, start - LONGEST_SPAN) : end + LONGEST_SPAN])
        present = {NO_GUARD}.union(*map(self._guards.__getitem__, near))
        return [
            (at, number)
            for at, filed in enumerate(map(self._anchored.__getitem__, words[start:end]), start)
            if filed
            for guard in filed.keys() & present
            for number in filed[guard]
        ]


def _sets(filed: Filed) -> Memo[str, frozenset[Any]]:
    """Give the names or numbers filed under each word, worked out when it is met first."""
    under = _Under(filed)
    return Memo[str, frozenset[Any]](lambda word: frozenset(under(word)) or _NOTHING)


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
    def _alone(self) -> list[tuple[frozenset[str], list[Span]]]:
        """The words that settle a phrase by themselves, each with the concepts of those phrases and its places."""
        places: dict[str, list[Span]] = {}
        for at, word in enumerate(self._words):
            if self._vocabulary.alone[word]:
                places.setdefault(word, []).append((at, at + 1))
        return [(self._vocabulary.alone[word], spans) for word, spans in places.items()]

    def spans(self, name: str) -> list[Span]:
        """Give the half-open spans of words of a concept, in the order of the text."""
        alone = (spans for names, spans in self._alone if name in names)
        return sorted(chain(self._several.get(name, ()), *alone))


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
