"""The phrase language, and the scan that finds all phrases of a vocabulary in one pass.

A phrase is a few words in a row, compared with folded words:

- `watch list` stands for itself; a hyphen or an apostrophe separates words.
- `match*` is any word that begins so.
- `match*|compar*` is either.
- `the?` may be missing.
- `..` skips up to four words, and never a negation.

Nothing in it can run away: a phrase is tried only where its first word stands,
and looks at a bounded number of words after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from reviewer import words as wording
from reviewer.errors import PhraseError
from reviewer.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_SKIPPED = 4
MOST_SLOTS = 12
MOST_GAPS = 3
SHORTEST_PREFIX = 2
_REMEMBERED = 200_000
_NO_GUARD = -1

Span = tuple[int, int]
Key = TypeVar("Key")
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One place in a phrase: the words and beginnings that fit it, or a gap.

    `weight` is how much it tells: the length of its shortest word, as long words are rare; 0 if it may stay empty.
    """

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False
    weight: int = 0

    def fits(self, word: str) -> bool:
        """Tell whether `word` may stand here."""
        return word in self.exact or word.startswith(self.prefixes)


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A compiled phrase; `names` are the concepts that it belongs to.

    It is looked for from its most telling word, the `anchor`, backwards and forwards;
    the `guard` is the most telling one beside it, or None if there is no other that must be filled.
    """

    anchor: Slot
    guard: Slot | None
    before: tuple[Slot, ...]
    after: tuple[Slot, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, slots: tuple[Slot, ...], names: tuple[str, ...]) -> Phrase:
        """Choose the anchor and the guard of a phrase."""
        weights = [slot.weight for slot in slots]
        at = weights.index(max(weights))
        weights[at] = 0
        second = max(weights)
        guard = slots[weights.index(second)] if second else None
        return cls(slots[at], guard, slots[:at][::-1], slots[at + 1 :], names)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All places in their order."""
        return (*self.before[::-1], self.anchor, *self.after)

    def span(self, words: Sequence[str], anchor: int, barriers: frozenset[str]) -> Span | None:
        """Give the half-open span of the match whose anchor stands at `anchor`, or None."""
        last = _reach(words, anchor, self.after, 1, barriers) if self.after else anchor
        if last is None:
            return None
        first = _reach(words, anchor, self.before, -1, barriers) if self.before else anchor
        return None if first is None else (first, last + 1)


_GAP = Slot(gap=True)


def _reach(words: Sequence[str], at: int, slots: tuple[Slot, ...], step: int, barriers: frozenset[str]) -> int | None:
    """Fill `slots` from the word beside `at` on, in the direction of `step`; gives the last word filled."""
    if not slots:
        return at
    slot, rest = slots[0], slots[1:]
    if slot.gap:
        return _reach_over_gap(words, at, rest, step, barriers)
    beside = at + step
    if 0 <= beside < len(words) and slot.fits(words[beside]):
        found = _reach(words, beside, rest, step, barriers)
        if found is not None:
            return found
    return _reach(words, at, rest, step, barriers) if slot.optional else None


def _reach_over_gap(
    words: Sequence[str], at: int, slots: tuple[Slot, ...], step: int, barriers: frozenset[str]
) -> int | None:
    for here in range(at, at + step * (MOST_SKIPPED + 1), step):
        found = _reach(words, here, slots, step, barriers)
        if found is not None:
            return found
        if not 0 <= here + step < len(words) or words[here + step] in barriers:
            return None
    return None


def compile_phrase(phrase: str, names: tuple[str, ...] = ()) -> Phrase:
    """Compile `phrase`; raises `PhraseError` with the cure where it has no meaning."""
    parts = phrase.split() if phrase.isascii() and phrase.islower() else fold(phrase).text.split()
    try:
        slots = tuple(slot for part in parts for slot in _slots(part))
    except PhraseError as error:
        message = f"{phrase!r}: {error}"
        raise PhraseError(message) from None
    if problem := _problem(slots):
        message = f"{phrase!r} {problem}"
        raise PhraseError(message)
    return Phrase.of(slots, names)


def _problem(slots: tuple[Slot, ...]) -> str | None:
    if not slots or len(slots) > MOST_SLOTS:
        return f"has {len(slots)} words; a phrase has 1 to {MOST_SLOTS}."
    if slots[0].gap or slots[-1].gap or (_GAP in slots and slots.count(_GAP) > MOST_GAPS):
        return f"must begin and end with a word and have at most {MOST_GAPS} gaps (..)."
    if slots[0].optional:
        return "begins with a word that may be missing; begin with one that must stand there."
    return None


@lru_cache(maxsize=65_536)
def _slots(part: str) -> tuple[Slot, ...]:
    """Compile what stands between two blanks: a word, words joined by hyphens, alternatives, or a gap."""
    if part == "..":
        return (_GAP,)
    optional = part.endswith("?")
    choices = [_choice(choice) for choice in part.removesuffix("?").split("|")]
    if len(choices) == 1:
        return tuple(_slot([word], optional=optional) for word in choices[0])
    if any(len(choice) != 1 for choice in choices):
        message = f"each side of a | is one word without hyphen; write {part!r} as several phrases."
        raise PhraseError(message)
    return (_slot([choice[0] for choice in choices], optional=optional),)


def _choice(choice: str) -> list[tuple[str, bool]]:
    """Split one alternative into words; the last one may be a beginning."""
    prefix, parts = choice.endswith("*"), wording.split(choice.removesuffix("*"))
    if (
        not parts
        or "*" in choice[:-1]
        or (prefix and len(parts[-1]) < SHORTEST_PREFIX and parts[-1] in ascii_lowercase)
    ):
        message = f"{choice!r} is no word; write a word, or a beginning of two letters or more and a *."
        raise PhraseError(message)
    return [(part, prefix and at == len(parts)) for at, part in enumerate(parts, 1)]


def _slot(choices: list[tuple[str, bool]], *, optional: bool) -> Slot:
    exact = frozenset(word for word, prefix in choices if not prefix)
    prefixes = tuple(word for word, prefix in choices if prefix)
    return Slot(exact, prefixes, optional, weight=0 if optional else min(len(word) for word, _ in choices))


Filed = tuple[dict[str, list[Any]], dict[str, list[Any]]]


class Index(NamedTuple):
    """The phrases of a vocabulary, filed under words and under beginnings; plain data, quick to store and to load.

    `phrases` are texts with the concepts that they belong to.
    `alone` files the concepts of phrases that one word settles; `guards` numbers the guards;
    `anchored` files the guard's and the phrase's number under the anchor.
    """

    phrases: list[tuple[str, tuple[str, ...]]]
    alone: Filed
    guards: Filed
    anchored: Filed


def index(phrases: Iterable[tuple[str, tuple[str, ...]]]) -> Index:
    """File phrases, each with the concepts that it belongs to; raises `PhraseError` for one that has no meaning."""
    numbers: dict[Slot, int] = {}
    made = Index([], ({}, {}), ({}, {}), ({}, {}))
    for text, names in phrases:
        phrase = compile_phrase(text, names)
        if not (phrase.before or phrase.after):
            for name in names:
                _file(made.alone, phrase.anchor, name)
            continue
        if phrase.guard and phrase.guard not in numbers:
            numbers[phrase.guard] = len(numbers)
            _file(made.guards, phrase.guard, numbers[phrase.guard])
        guard = numbers[phrase.guard] if phrase.guard else _NO_GUARD
        _file(made.anchored, phrase.anchor, (guard, len(made.phrases)))
        made.phrases.append((text, names))
    return made


def _file(under: Filed, slot: Slot, thing: object) -> None:
    exact, prefixes = under
    for word in slot.exact:
        exact.setdefault(word, []).append(thing)
    for prefix in slot.prefixes:
        prefixes.setdefault(prefix, []).append(thing)


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
        self._compiled = _Memo[int, Phrase](lambda number: compile_phrase(*filed.phrases[number]))
        self._under_anchor = _Under(filed.anchored)
        under_alone, under_guards = _Under(filed.alone), _Under(filed.guards)
        self.alone = _Memo[str, frozenset[str]](lambda word: frozenset[str](under_alone(word)))
        self._guards = _Memo[str, frozenset[int]](lambda word: frozenset[int](under_guards(word)))
        self._anchored = _Memo[str, dict[int, list[int]]](self._grouped)

    def _grouped(self, word: str) -> dict[int, list[int]]:
        """Give the numbers of the phrases that `word` may anchor, by their guards."""
        groups: dict[int, list[int]] = {}
        for guard, number in self._under_anchor(word):
            groups.setdefault(guard, []).append(number)
        return groups

    def scan(self, words: Sequence[str]) -> Found:
        """Find every phrase in `words`."""
        spans: dict[str, list[Span]] = {}
        distinct, anchored, compiled = set(words), self._anchored, self._compiled
        present = {_NO_GUARD}.union(*map(self._guards.__getitem__, distinct))
        for at, word in enumerate(words):
            if filed := anchored[word]:
                for guard in filed.keys() & present:
                    for number in filed[guard]:
                        if span := compiled[number].span(words, at, self._barriers):
                            for name in compiled[number].names:
                                spans.setdefault(name, []).append(span)
        names = frozenset(spans).union(*map(self.alone.__getitem__, distinct))
        return Found(names, words, self, spans)


class Found:
    """The concepts that stand in a text: their `names`, and where, for those who ask."""

    def __init__(
        self, names: frozenset[str], words: Sequence[str], vocabulary: Vocabulary, spans: dict[str, list[Span]]
    ) -> None:
        """Keep what the scan gave; the places of single words are worked out when they are asked for."""
        self.names, self._words, self._vocabulary, self._several = names, words, vocabulary, spans

    def several(self, names: Iterable[str]) -> frozenset[int]:
        """Give the indexes of all words within phrases of several words that belong to these concepts."""
        spans = (span for name in names for span in self._several.get(name, ()))
        return frozenset(at for start, end in spans for at in range(start, end))

    @cached_property
    def _alone(self) -> dict[str, list[Span]]:
        spans: dict[str, list[Span]] = {}
        for start, word in enumerate(self._words):
            for name in self._vocabulary.alone[word]:
                spans.setdefault(name, []).append((start, start + 1))
        return spans

    def spans(self, name: str) -> list[Span]:
        """Give the half-open spans of words of a concept, in the order of the text."""
        return sorted((*self._several.get(name, ()), *self._alone.get(name, ())))


class _Memo(dict[Key, Known]):
    """What a function gives for each key seen so far; forgets all when it grows too large."""

    def __init__(self, function: Callable[[Key], Known]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Key) -> Known:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = known = self._function(key)
        return known
