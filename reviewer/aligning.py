"""The items of an official page aligned with the clauses of a pack.

Three ways, the surest first: a heading that says what the clause's title says, the official number, and at last the
likeness of words.
A number alone is never enough, since lists begin anew: it needs some words beside it, more of them in another section,
and no other item may be more than twice as like.
Where most numbers point to items that are not the likest ones, the page counts otherwise, and no number is believed.
Likeness is the weighted share of words that two texts have in common (twice the common weight by the weight of both),
from 0 to 1; a word weighs the less, the more clauses and items have it, and is known by its first six letters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from enum import StrEnum
from math import log
from typing import TYPE_CHECKING, NamedTuple

from reviewer.folding import fold
from reviewer.value import Value
from reviewer.words import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.policy import Clause

# Share of words from which two headings say the same.
SAME_HEADING = 0.6
# Likeness from which words alone are enough, and from which they hold up a number, in the same section and in another.
ALIKE = 0.22
BESIDE_NUMBER = 0.05
BESIDE_NUMBER_ELSEWHERE = 0.15
_OUTDONE = 2
# Share of the numbers that must point to the likest item, for any of them to be believed.
_BELIEVED = 0.5
_STEM = 6
_NUMBER = re.compile(r"[0-9]+|[a-z]+")
_LITTLE = re.compile(
    "an?|and|any|are|as|at|be|by|for|from|if|in|into|is|its?|no|not|of|on|or|other|such|than|that|the|their|them|they"
    "|this|to|use|used|using|was|which|who|with|your?|must|may"
)


class Item(Value):
    """One item of a page: a list item, a numbered or headed paragraph, a row, or all that stands under a heading.

    `place` counts from 1 in the order of the page; `part_of` is the place of the item that this one stands in.
    `sections` are the headings above it, the outermost first.
    `is_section` says that it is all that stands under a heading of the page.
    `number` is what it is numbered with, `heading` the words that head it; `text` is its wording, heading included
    where that begins the text itself.
    """

    place: int
    part_of: int | None = None
    sections: tuple[str, ...] = ()
    is_section: bool = False
    number: str | None = None
    heading: str | None = None
    text: str


class How(StrEnum):
    """By what an item was taken for a clause, the surest first."""

    NUMBER_AND_HEADING = "number and heading"
    HEADING = "heading"
    NUMBER = "number"
    WORDS = "likeness of words"


class Match(Value):
    """A clause with its item; `likeness` is that of the words, from 0 to 1, whatever they were matched by.

    `other_number` is the item's, where both are numbered and differ: the page may be of another version.
    """

    clause: str
    item: Item
    how: How
    likeness: float
    other_number: str | None = None


class Alignment(Value):
    """Matches in the order of the clauses, and what is left on both sides.

    An item is left only if it, what it stands in, and all its parts have no clause, and it has no parts itself.
    """

    matches: tuple[Match, ...]
    clauses_left: tuple[str, ...]
    items_left: tuple[Item, ...]


class _Pair(NamedTuple):
    """A clause and an item that might be it; `best` is the likeness of the item that is likest to the clause."""

    clause: Clause
    item: Item
    likeness: float
    heading: float
    is_numbered: bool
    is_in_section: bool
    best: float = 0


def align(items: Sequence[Item], clauses: Sequence[Clause]) -> Alignment:
    """Align items with clauses: each clause gets one item at most, and clauses of one number may share theirs."""
    pairs = _rated(_pairs(items, clauses))
    found: dict[str, Match] = {}
    for how in How:
        taken = {match.item.place for match in found.values()}
        fitting = ((grade, pair) for pair in pairs if (grade := _GRADES[how](pair)))
        for _, pair in sorted(fitting, key=lambda row: -row[0]):
            if pair.clause.id not in found and (pair.item.place not in taken or how is How.NUMBER):
                found[pair.clause.id] = _match(pair, how)
                # Clauses of one number share an item; by heading or words, the one that is likest has it alone.
                if how is not How.NUMBER:
                    taken.add(pair.item.place)
    return _alignment(items, clauses, found)


def _rated(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Give each pair the best likeness of its clause, and take its number away where numbers are not to be believed."""
    known, best = list(pairs), defaultdict[str, float](float)
    for pair in known:
        best[pair.clause.id] = max(best[pair.clause.id], pair.likeness)
    rated = [pair._replace(best=best[pair.clause.id]) for pair in known]
    numbered = [pair for pair in rated if pair.is_numbered and pair.is_in_section]
    right = sum(pair.likeness >= pair.best for pair in numbered)
    return rated if right >= _BELIEVED * len(numbered) else [pair._replace(is_numbered=False) for pair in rated]


def _number_and_heading(pair: _Pair) -> float:
    return pair.heading if pair.is_numbered and pair.heading >= SAME_HEADING else 0


def _heading(pair: _Pair) -> float:
    return pair.heading + pair.likeness if pair.heading >= SAME_HEADING else 0


def _number(pair: _Pair) -> float:
    least = BESIDE_NUMBER if pair.is_in_section else BESIDE_NUMBER_ELSEWHERE
    is_held_up = pair.likeness >= max(least, pair.best / _OUTDONE)
    return pair.likeness + pair.is_in_section if pair.is_numbered and is_held_up else 0


def _words(pair: _Pair) -> float:
    return pair.likeness if pair.likeness >= ALIKE else 0


_GRADES = {
    How.NUMBER_AND_HEADING: _number_and_heading,
    How.HEADING: _heading,
    How.NUMBER: _number,
    How.WORDS: _words,
}


def _match(pair: _Pair, how: How) -> Match:
    is_other = bool(pair.item.number and pair.clause.number) and not _is_numbered(pair.item, pair.clause)
    return Match(
        clause=pair.clause.id,
        item=pair.item,
        how=how,
        likeness=round(pair.likeness, 2),
        other_number=pair.item.number if is_other else None,
    )


def _alignment(items: Sequence[Item], clauses: Sequence[Clause], found: dict[str, Match]) -> Alignment:
    around = {item.place: item.part_of for item in items}
    wholes, taken = set(around.values()), {match.item.place for match in found.values()}
    return Alignment(
        matches=tuple(found[clause.id] for clause in clauses if clause.id in found),
        clauses_left=tuple(clause.id for clause in clauses if clause.id not in found),
        items_left=tuple(
            item for item in items if item.place not in wholes and taken.isdisjoint(_outwards(item.place, around))
        ),
    )


def _outwards(place: int | None, around: dict[int, int | None]) -> Iterator[int]:
    """Give the place of an item, and of all that it stands in."""
    while place is not None:
        yield place
        place = around.get(place)


def _pairs(items: Sequence[Item], clauses: Sequence[Clause]) -> Iterator[_Pair]:
    """Pair each clause with each item; a section with parts cannot be one by its words alone."""
    of_items = {item.place: _stems(f"{item.heading or ''} {item.text}") for item in items}
    of_clauses = {c.id: _stems(" ".join((c.title, c.text, *c.exceptions))) for c in clauses}
    weights = _weights((*of_items.values(), *of_clauses.values()))
    wholes = {item.part_of for item in items}
    for clause in clauses:
        for item in items:
            is_numbered, heading = _is_numbered(item, clause), _same_heading(item, clause)
            if item.is_section and item.place in wholes and not is_numbered and heading < SAME_HEADING:
                continue
            likeness = _likeness(of_items[item.place], of_clauses[clause.id], weights)
            in_section = any(_share(section, clause.section) >= SAME_HEADING for section in item.sections)
            yield _Pair(clause, item, likeness, heading, is_numbered, in_section)


def _is_numbered(item: Item, clause: Clause) -> bool:
    """Tell whether the numbers agree; `(f)` agrees with `5(1)(f)`."""
    if not item.number or not clause.number:
        return False
    short, long = (_NUMBER.findall(number.lower()) for number in (item.number, clause.number))
    return bool(short) and long[-len(short) :] == short


def _same_heading(item: Item, clause: Clause) -> float:
    return _share(item.heading, clause.title) if item.heading else 0


def _share(one: str, other: str) -> float:
    """Give the share of the words of two headings that both have."""
    mine, theirs = _stems(one), _stems(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0


def _likeness(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    common, both = (sum(weights[stem] for stem in stems) for stems in (one & other, [*one, *other]))
    return 2 * common / both if both else 0


def _weights(texts: Iterable[frozenset[str]]) -> dict[str, float]:
    """Weigh each word by how few of the texts have it."""
    known = list(texts)
    counts = Counter(stem for stems in known for stem in stems)
    return {stem: log((1 + len(known)) / count) for stem, count in counts.items()}


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in split(fold(text).text) if not _LITTLE.fullmatch(word))
