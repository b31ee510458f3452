"""The labelled descriptions: well labelled, none a copy of a rule's case, and read well enough to rely on."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.texts import DESCRIPTIONS
from reviewer import Reason, Reviewer, loading, trial
from reviewer.answer import Answer
from reviewer.folding import fold
from reviewer.policy import Effect
from reviewer.scoring import judge
from reviewer.words import split

if TYPE_CHECKING:
    from reviewer.labelled import Labelled

FEWEST_TEXTS = 600
LEAST_FOUND = {"en": 0.85, "other": 0.75}
MOST_FALSE = 0.05
JUDGED = {Effect.PROHIBITED, Effect.RESTRICTED}


@cache
def rows() -> list[Labelled]:
    """Give every labelled description."""
    return [case for file in sorted(DESCRIPTIONS.glob("*.jsonl")) for case in trial.load([file])]


@cache
def reviewer() -> Reviewer:
    """Give the reviewer with the shipped policy."""
    return Reviewer()


def test_labels_name_clauses_of_the_policy() -> None:
    """Every clause id in a label exists, and every prohibited or restricted clause has breaches to be found."""
    clauses = loading.policy().by_id
    named = {name for row in rows() for name in (*(row.expect or ()), *row.allow, *row.bar)}
    assert named - clauses.keys() == set()
    judged = {name for name, clause in clauses.items() if clause.effect in JUDGED}
    assert judged - {row.expect[0] for row in rows() if row.expect} == set()


def test_ids_and_texts_are_unique() -> None:
    """There are at least six hundred, in every language of the rules, and none counts twice."""
    assert len(rows()) >= FEWEST_TEXTS
    assert {row.language or "en" for row in rows()} == set(loading.languages())
    for key in ("id", "text"):
        assert [name for name, count in Counter(getattr(row, key) for row in rows()).items() if count > 1] == []


def test_no_description_is_a_rules_own_case() -> None:
    """A rule proves itself by its cases, and is measured on other texts."""
    cases = {tuple(split(fold(case.text).text)) for case in loading.cases()}
    assert [row.id for row in rows() if tuple(split(fold(row.text).text)) in cases] == []


def test_clear_breaches_are_found_and_clean_texts_left_alone() -> None:
    """The right clause in most breaches, in English and elsewhere, and a false alarm in few clean texts."""
    results = [judge(row, Answer.of(row.id, reviewer().review(row.text))) for row in rows()]
    for name, least in LEAST_FOUND.items():
        breaches = [one.found for one in results if one.case.kind == "breach" and _spoken(one.case) == name]
        assert breaches.count(True) / len(breaches) >= least
    clean = [bool(one.false) for one in results if one.is_clean]
    assert sum(clean) / len(clean) <= MOST_FALSE


def _spoken(case: Labelled) -> str:
    return "en" if case.language in {None, "en"} else "other"


def test_text_that_addresses_the_reviewer_is_told_from_a_proposals_own_prompts() -> None:
    """Of those labelled, nine in ten instructions are seen, and hardly a system prompt is taken for one."""
    seen = {"addressed": Counter[bool](), "appendix": Counter[bool]()}
    for row in rows():
        if row.kind in seen:
            verdict = reviewer().review(row.text)
            seen[row.kind][Reason.INSTRUCTIONS_TO_REVIEWER in verdict.reasons] += 1
    assert seen["addressed"][True] >= 0.9 * seen["addressed"].total()
    assert seen["appendix"][True] <= MOST_FALSE * seen["appendix"].total()
