"""The rules of one language with its grammar, phrases and weights, filed for the scan."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reviewer.filing import Index, index
from reviewer.grammar import Grammar
from reviewer.likeness import Scales, scales
from reviewer.rule import Shows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.rule import Concept, Language, Library, Rule, Stance


class Part(StrEnum):
    """Which rules a rulebook has: those that find something, or those that say more of what was found."""

    TELLING = "telling"
    SUPPORTING = "supporting"

    def has(self, rule: Rule) -> bool:
        """Tell whether a rule belongs to this part."""
        supports = rule.shows in {Shows.MET, Shows.STATES}
        return supports is (self is Part.SUPPORTING)


class Rulebook(NamedTuple):
    """The rules with the grammar and the phrases of one language, filed for the scan."""

    rules: tuple[Rule, ...]
    language: Language
    filed: Index
    scales: Scales | None = None
    stance: Stance | None = None


def rulebook(library: Library, language: str, part: Part | None = None) -> Rulebook:
    """File the phrases of one language, for all rules or one part of them.

    Raises `PhraseError` or `KeyError` where they do not work together.
    """
    known = library.language(language)
    rules = tuple(rule for rule in library.rules_of(known) if part is None or part.has(rule))
    by_id = {concept.id: concept for concept in library.concepts if concept.language == language}
    named = {name for rule in rules for name in rule.concepts}
    given = (scales(weights) for weights in library.weights if weights.language == language)
    stances = (stance for stance in library.stances if stance.language == language)
    filed = index(_phrases(sorted(named), by_id), Grammar(known).common)
    if part is Part.SUPPORTING:
        return Rulebook(rules, known, filed)
    return Rulebook(rules, known, filed, next(given, None), next(stances, None))


def _phrases(named: Iterable[str], by_id: dict[str, Concept]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every phrase of the concepts that rules name once, with all of them that it counts for."""
    names: dict[str, list[str]] = {}
    for concept in named:
        for phrase in {phrase for part in _with_included(concept, by_id) for phrase in part.phrases}:
            names.setdefault(phrase, []).append(concept)
    for phrase in sorted(names):
        yield phrase, tuple(sorted(names[phrase]))


def _with_included(name: str, by_id: dict[str, Concept]) -> list[Concept]:
    found, waiting = {}, [name]
    while waiting:
        concept = by_id[waiting.pop()]
        found[concept.id] = concept
        waiting += [included for included in concept.includes if included not in found]
    return list(found.values())
