"""Bounds on figures: what can be named, and what keeps them."""

from __future__ import annotations

import pytest

from reviewer.bounding import Bound, missed, parse, refuse_unknown
from reviewer.errors import SettingsError
from tests.evaluating.makers import answer, case, scores

CASES = [case("1", "a", decision="refer"), case("2", "a", decision="reject"), case("3", kind="v1.2", language="fr")]
SCORES = scores(CASES, answer("1", "a"), answer("2"), answer("3", "b"))


def test_a_bound_names_a_figure_of_a_group() -> None:
    """A path leads to a figure, a name may hold dots, and the bound reads as it was written."""
    assert parse("kind.v1.2.recall=0.9", is_least=True) == Bound("kind", "v1.2", "recall", 0.9, is_least=True)
    assert str(parse("overall.false-alarms=0.04", is_least=False)) == "at most overall.false-alarms=0.04"


@pytest.mark.parametrize(
    "text",
    ["recall=0.9", "kind.recall=0.9", "overall.breach.recall=0.9", "kind.a.kappa=1", "overall.recall", "x.a.f1=1"],
)
def test_a_path_that_leads_nowhere_is_refused(text: str) -> None:
    """A slip in the path is told with the forms there are."""
    with pytest.raises(SettingsError, match=r"names no figure; write overall\.FIGURE, kind\.NAME\.FIGURE"):
        parse(text, is_least=True)


@pytest.mark.parametrize("number", ["", "much", "90", "-0.1", "nan"])
def test_a_bound_is_a_share(number: str) -> None:
    """What is no number from 0 to 1 is refused with an example."""
    with pytest.raises(SettingsError, match=r"write a share from 0 to 1, such as 0\.9"):
        parse(f"overall.recall={number}", is_least=True)


def test_a_name_that_no_case_has_is_told_before_anybody_reads() -> None:
    """A bound on a kind that there is not would never be kept, or always."""
    with pytest.raises(SettingsError, match=r"the kind 'beach', .* there are: breach, v1\.2\."):
        refuse_unknown([parse("kind.beach.recall=0.9", is_least=True)], CASES)
    refuse_unknown([parse("clause.a.recall=0.9", is_least=True), parse("overall.recall=1", is_least=True)], CASES)


@pytest.mark.parametrize(
    ("text", "is_least", "told"),
    [
        ("kind.breach.recall=0.5", True, []),
        ("kind.breach.recall=0.6", True, ["It was to be at least kind.breach.recall=0.6, and it is 0.5."]),
        ("overall.false-alarms=1", False, []),
        ("language.fr.any-finding=0.5", False, ["It was to be at most language.fr.any-finding=0.5, and it is 1."]),
        ("kind.v1.2.recall=0", True, ["It was to be at least kind.v1.2.recall=0, and it is not defined."]),
        ("overall.kappa=0", True, []),
        ("overall.agreed=0.51", True, ["It was to be at least overall.agreed=0.51, and it is 0.5."]),
        ("overall.same=0.5", True, ["It was to be at least overall.same=0.5, and it is not defined."]),
        ("clause.a.f1=0.9", True, ["It was to be at least clause.a.f1=0.9, and it is 0.6667."]),
    ],
)
def test_bounds_are_kept_or_missed(text: str, is_least: bool, told: list[str]) -> None:  # noqa: FBT001  a row of the table
    """At least and at most include the bound itself, and what is not defined keeps none."""
    assert list(missed([parse(text, is_least=is_least)], SCORES)) == told
