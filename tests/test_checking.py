"""The lint of packs: each mistake that a policy author can make is told."""

from __future__ import annotations

import pytest

from reviewer import PolicyError, loading
from reviewer.checking import check_library, check_policy, matcher, run_cases
from reviewer.policy import Effect
from reviewer.rule import Case, Concept, Cue, Level, Library, Rule
from tests import makers

SCORING = Rule(
    languages=("en",),
    id="scores-people",
    use="scoring",
    title="People are scored",
    why="It is forbidden.",
    false_positives="Games.",
    level=Level.STRONG,
    cue=(Cue(sentence=("score", "people")),),
)
CONCEPTS = (
    Concept(id="score", language="en", phrases=("scor*",)),
    Concept(id="people", language="en", phrases=("people", "citizen*")),
)
CASES = tuple(
    Case(rule="scores-people", language="en", text=text, matches=matches)
    for text, matches in (
        ("It scores people.", True),
        ("Citizens get a score.", True),
        ("It scores games.", False),
        ("It will not score people.", False),
    )
)


def library(*, rules: tuple[Rule, ...] = (SCORING,), concepts: tuple[Concept, ...] = CONCEPTS) -> Library:
    """Give a small library with the shipped grammar of English."""
    return Library(concepts=concepts, rules=rules, languages=loading.library().languages)


def told(of: Library, cases: tuple[Case, ...] = CASES) -> list[str]:
    """Give the issues as text."""
    return [str(issue) for issue in check_library(of, cases)]


def test_a_sound_library_has_no_issue() -> None:
    """Nothing is told where nothing is wrong, and the cases hold."""
    assert told(library()) == []
    assert [result.holds for result in run_cases(library(), CASES)] == [True] * 4


def test_two_rules_with_one_id_are_told() -> None:
    """An id names one rule."""
    assert "rule 'scores-people': stands 2 times; give each its own id." in told(library(rules=(SCORING, SCORING)))


def test_a_phrase_that_does_not_compile_is_told() -> None:
    """The concept and the phrase are named, with the cure."""
    broken = Concept(id="people", language="en", phrases=("..", "x*|"))
    issues = told(library(concepts=(CONCEPTS[0], broken)))
    assert any("concept 'en/people': '..' must begin and end with a word" in issue for issue in issues)
    assert any("concept 'en/people': 'x*|'" in issue for issue in issues)


def test_a_broken_library_cannot_be_compiled() -> None:
    """Every issue is in the error, not the first alone."""
    broken = (Concept(id="people", language="en", phrases=("..",), includes=("nobody",)), CONCEPTS[0])
    with pytest.raises(PolicyError, match="nobody") as caught:
        matcher(library(concepts=broken), "en")
    assert "must begin and end with a word" in str(caught.value)


def test_unknown_and_idle_concepts_are_told() -> None:
    """A misspelt concept would silently never match."""
    rule = SCORING.model_copy(update={"cue": (Cue(sentence=("scoer", "people"), unless=("games|sports",)),)})
    issues = told(library(rules=(rule,)))
    assert "concept 'scoer': is named by a rule or a concept, but 'en' lacks it." in issues
    assert "concept 'sports': is named by a rule or a concept, but 'en' lacks it." in issues
    assert "concept 'en/score': is used by no rule; remove it or use it." in issues


def test_a_rule_needs_two_cases_of_each_kind() -> None:
    """A rule travels with its proof, on both sides."""
    assert told(library(), CASES[:3]) == ["rule 'scores-people': has 1 no-match cases in 'en'; write at least 2."]


def test_known_misses_prove_nothing() -> None:
    """A todo case does not count towards the two."""
    cases = (*CASES[:3], CASES[3].model_copy(update={"todo": True}))
    assert told(library(), cases) == ["rule 'scores-people': has 1 no-match cases in 'en'; write at least 2."]


def test_cases_of_no_rule_are_told() -> None:
    """A case whose rule was renamed is orphaned."""
    stray = CASES[0].model_copy(update={"rule": "gone"})
    assert "cases of 'gone': no rule has this id." in told(library(), (*CASES, stray))


def test_clauses_are_checked() -> None:
    """Unknown uses, missing conditions and questions, and doubled ids are told."""
    odd = makers.clause("deciding", Effect.RESTRICTED).model_copy(
        update={"needs": None, "condition": None, "question": None}
    )
    policy = makers.policy(makers.clause("scoring"), makers.clause("scoring"), odd)
    issues = [str(issue) for issue in check_policy(policy, library())]
    assert issues == [
        "clause 'scoring': stands 2 times; give each its own id.",
        "clause 'deciding': names the use 'deciding', which no rule is about.",
        "clause 'deciding': `needs` belongs to restricted clauses, and to all of them.",
        "clause 'deciding': lacks a `condition`: what is an approval tied to?",
        "clause 'deciding': lacks a `question`: what must the requester say?",
    ]
