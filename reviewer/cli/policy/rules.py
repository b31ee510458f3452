"""The shipped rules together with those that a policy brings itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import loading
from reviewer.checking import run_cases
from reviewer.rule import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.checking import CaseResult
    from reviewer.loading import Pack
    from reviewer.rule import Case


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


def own_cases(pack: Pack) -> tuple[Case, ...]:
    """Give the cases that a pack brings itself; raises `PolicyError` with every issue."""
    return tuple(case for folder in pack.own_rules for case in loading.cases_from(folder))


def run_own_cases(pack: Pack) -> Iterator[CaseResult]:
    """Run the cases that a pack brings itself, with its own rules alone."""
    for folder in pack.own_rules:
        yield from run_cases(loading.own_library(folder), loading.cases_from(folder))
