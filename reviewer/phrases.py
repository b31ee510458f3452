"""The phrase language: what one phrase means, and where it stands in words.

A phrase is a few words in a row, compared with folded words:

- `watch list` stands for itself; a hyphen or an apostrophe separates words.
- `match*` is any word that begins so.
- `match*|compar*` is either.
- `the?` may be missing.
- `..` skips up to four words, and never a negation.

Nothing in it can run away: a phrase is tried only where one of its words stands,
and looks at a bounded number of words around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from reviewer import words as wording
from reviewer.errors import PhraseError
from reviewer.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_SKIPPED = 4
MOST_SLOTS = 12
MOST_GAPS = 3
LONGEST_SPAN = MOST_SLOTS + MOST_GAPS * MOST_SKIPPED
SHORTEST_PREFIX = 2
_PAIR = 2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One place in a phrase: the words and beginnings that fit it, or a gap."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    @property
    def needed(self) -> bool:
        """Whether a word must stand here."""
        return not (self.gap or self.optional)

    def fits(self, word: str) -> bool:
        """Tell whether `word` may stand here."""
        return word in self.exact or word.startswith(self.prefixes)


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A compiled phrase, taken apart at the place that it is looked for from: its `anchor`.

    `before` runs backwards from there, `after` forwards; `names` are the concepts that the phrase belongs to.
    `is_pair` says that it is two words and nothing else, so that it stands wherever these do.
    """

    anchor: Slot
    before: tuple[Slot, ...]
    after: tuple[Slot, ...]
    names: tuple[str, ...]
    is_pair: bool = False

    @classmethod
    def of(cls, slots: tuple[Slot, ...], names: tuple[str, ...], anchor: int = 0) -> Phrase:
        """Take a phrase apart at its place number `anchor`, where a word must stand."""
        is_pair = len(slots) == _PAIR and all(slot.needed for slot in slots)
        return cls(slots[anchor], slots[:anchor][::-1], slots[anchor + 1 :], names, is_pair)

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
    for place, slot in enumerate(slots):
        if slot.gap:
            return _reach_over_gap(words, at, slots[place + 1 :], step, barriers)
        beside = at + step
        fits = 0 <= beside < len(words) and slot.fits(words[beside])
        if slot.optional:
            found = _reach(words, beside, slots[place + 1 :], step, barriers) if fits else None
            return _reach(words, at, slots[place + 1 :], step, barriers) if found is None else found
        if not fits:
            return None
        at = beside
    return at


def _reach_over_gap(
    words: Sequence[str], at: int, slots: tuple[Slot, ...], step: int, barriers: frozenset[str]
) -> int | None:
    first = slots[0]
    for here in range(at, at + step * (MOST_SKIPPED + 1), step):
        beside = here + step
        is_inside = 0 <= beside < len(words)
        if not first.needed or (is_inside and first.fits(words[beside])):
            found = _reach(words, here, slots, step, barriers)
            if found is not None:
                return found
        if not is_inside or words[beside] in barriers:
            return None
    return None


def parse(phrase: str) -> tuple[Slot, ...]:
    """Give the places of a phrase; raises `PhraseError` with the cure where it has no meaning."""
    parts = phrase.split() if phrase.isascii() and phrase.islower() else fold(phrase).text.split()
    try:
        slots = tuple(slot for part in parts for slot in _slots(part))
    except PhraseError as error:
        message = f"{phrase!r}: {error}"
        raise PhraseError(message) from None
    if problem := _problem(slots):
        message = f"{phrase!r} {problem}"
        raise PhraseError(message)
    return slots


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
    return Slot(exact, prefixes, optional)
