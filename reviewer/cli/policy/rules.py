"""The shipped rules together with those that a policy brings itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import loading
from reviewer.checking import run_cases
from reviewer.rule import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from reviewer.checking import CaseResult
    from reviewer.loading import Pack


def with_own(pack: Pack) -> Library:
    """Give the shipped rules and the pack's own; raises `PolicyError` with every issue."""
    library = loading.library()
    for folder in pack.own_rules:
        own = loading.library_from(folder)
        library = Library(
            concepts=(*library.concepts, *own.concepts),
            rules=(*library.rules, *own.rules),
            languages=(*library.languages, *own.languages),
        )
    return library


def own_part(folder: Traversable) -> Library:
    """Give the rules in a folder with no more of the shipped concepts than they go by; raises `PolicyError`."""
    own, whole = loading.library_from(folder), loading.own_library(folder)
    spoken = {name for rule in own.rules for name in rule.languages} | {concept.language for concept in own.concepts}
    named = {(name, concept) for name in spoken for rule in own.rules for concept in rule.concepts}
    named |= {(concept.language, concept.id) for concept in own.concepts}
    by_name = {(concept.language, concept.id): concept for concept in whole.concepts}
    waiting = list(named)
    while waiting:
        if concept := by_name.get(waiting.pop()):
            further = {(concept.language, included) for included in concept.includes} - named
            named |= further
            waiting += further
    return Library(
        concepts=tuple(concept for concept in whole.concepts if (concept.language, concept.id) in named),
        rules=own.rules,
        languages=tuple(language for language in whole.languages if language.id in spoken),
    )


def run_own_cases(pack: Pack) -> Iterator[CaseResult]:
    """Run the cases that a pack brings itself, with its own rules alone."""
    for folder in pack.own_rules:
        yield from run_cases(loading.own_library(folder), loading.cases_from(folder))
