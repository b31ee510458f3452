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
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_SKIPPED = 4
MOST_SLOTS = 12
MOST_GAPS = 3
SHORTEST_PREFIX = 2
_REMEMBERED = 200_000

Span = tuple[int, int]


class PhraseError(ValueError):
    """A phrase that the phrase language has no meaning for."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a phrase: the words and beginnings that fit it, or a gap."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def fits(self, word: str) -> bool:
        """Tell whether `word` may stand here."""
        return word in self.exact or word.startswith(self.prefixes)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase; `names` are the concepts that it belongs to."""

    slots: tuple[Slot, ...]
    names: tuple[str, ...]

    def end(self, words: Sequence[str], start: int, barriers: frozenset[str]) -> int:
        """Give the index after the last word of the match that begins at `start`, or 0."""
        return _end(words, start + 1, self.slots, 1, barriers)


def _end(words: Sequence[str], at: int, slots: tuple[Slot, ...], place: int, barriers: frozenset[str]) -> int:
    if place == len(slots):
        return at
    slot = slots[place]
    if slot.gap:
        return _end_after_gap(words, at, slots, place + 1, barriers)
    if at < len(words) and slot.fits(words[at]) and (end := _end(words, at + 1, slots, place + 1, barriers)):
        return end
    return _end(words, at, slots, place + 1, barriers) if slot.optional else 0


def _end_after_gap(words: Sequence[str], at: int, slots: tuple[Slot, ...], place: int, barriers: frozenset[str]) -> int:
    for here in range(at, at + MOST_SKIPPED + 1):
        if end := _end(words, here, slots, place, barriers):
            return end
        if here >= len(words) or words[here] in barriers:
            return 0
    return 0


def compile_phrase(phrase: str, names: tuple[str, ...] = ()) -> Phrase:
    """Compile `phrase`; raises `PhraseError` with the cure where it has no meaning."""
    slots = tuple(slot for part in fold(phrase).text.split() for slot in _slots(part, phrase))
    gaps = [place for place, slot in enumerate(slots) if slot.gap]
    if not slots or len(slots) > MOST_SLOTS:
        message = f"{phrase!r} has {len(slots)} words; a phrase has 1 to {MOST_SLOTS}."
        raise PhraseError(message)
    if slots[0].gap or slots[-1].gap or len(gaps) > MOST_GAPS:
        message = f"{phrase!r} must begin and end with a word and have at most {MOST_GAPS} gaps (..)."
        raise PhraseError(message)
    if slots[0].optional:
        message = f"{phrase!r} begins with a word that may be missing; begin with one that must stand there."
        raise PhraseError(message)
    return Phrase(slots, names)


def _slots(part: str, phrase: str) -> list[Slot]:
    if part == "..":
        return [Slot(gap=True)]
    optional = part.endswith("?")
    choices = [_choice(choice, phrase) for choice in part.removesuffix("?").split("|")]
    if len(choices) == 1:
        return [_slot([(word, prefix)], optional=optional) for word, prefix in choices[0]]
    if any(len(choice) != 1 for choice in choices):
        message = f"{phrase!r}: each side of a | is one word without hyphen; write {part!r} as several phrases."
        raise PhraseError(message)
    return [_slot([choice[0] for choice in choices], optional=optional)]


def _choice(choice: str, phrase: str) -> list[tuple[str, bool]]:
    """Split one alternative into words; the last one may be a beginning."""
    prefix, parts = choice.endswith("*"), wording.split(choice.removesuffix("*"))
    if not parts or "*" in choice[:-1] or (prefix and len(parts[-1]) < SHORTEST_PREFIX and parts[-1].isascii()):
        message = f"{phrase!r}: {choice!r} is no word; write a word, or a beginning of two letters or more and a *."
        raise PhraseError(message)
    return [(part, prefix and part is parts[-1]) for part in parts]


def _slot(choices: list[tuple[str, bool]], *, optional: bool) -> Slot:
    exact = frozenset(word for word, prefix in choices if not prefix)
    return Slot(exact, tuple(word for word, prefix in choices if prefix), optional)


class Vocabulary:
    """Many phrases, found in one pass over the words of a text."""

    def __init__(self, phrases: Iterable[Phrase], barriers: frozenset[str] = frozenset()) -> None:
        """Index `phrases` by their first word; a gap never skips a word of `barriers`."""
        self._barriers = barriers
        self._exact: dict[str, list[Phrase]] = {}
        self._prefixes: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.slots[0].exact:
                self._exact.setdefault(word, []).append(phrase)
            for prefix in phrase.slots[0].prefixes:
                self._prefixes.setdefault(prefix, []).append(phrase)
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})
        self._known = _Known(self)

    def starting(self, word: str) -> tuple[Phrase, ...]:
        """Give the phrases that `word` may begin."""
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._prefixes.get(word[:length], ())
        return tuple(found)

    def scan(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Give each concept that stands in `words` with its half-open spans, in order."""
        found: dict[str, list[Span]] = {}
        known, barriers = self._known, self._barriers
        for start, word in enumerate(words):
            for phrase in known[word]:
                if end := phrase.end(words, start, barriers):
                    for name in phrase.names:
                        found.setdefault(name, []).append((start, end))
        return found


class _Known(dict[str, tuple[Phrase, ...]]):
    """The phrases that each word seen so far begins; forgets all when it grows too large."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._starting = vocabulary.starting

    def __missing__(self, word: str) -> tuple[Phrase, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = self._starting(word)
        return self[word]
