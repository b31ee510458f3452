"""What counts as found, as a false alarm, and as right."""

from __future__ import annotations

import pytest

from reviewer.counted import CLAUSE, KIND, OVERALL, groups_of
from reviewer.labelled import Labelled
from reviewer.verdict import Decision, Kind, Reason
from tests.evaluating.makers import case, found, judged


def test_any_expected_clause_is_found_by_fail_or_review() -> None:
    """A breach or a question on any of the expected clauses finds it, and what is said to be met does not."""
    assert judged(case("1", "a", "b"), found("b", Kind.REVIEW)).found
    assert judged(case("1", "a"), found("a", Kind.PASS)).found is False
    assert judged(case("1")).found is None


def test_in_an_exception_a_met_restriction_is_found() -> None:
    """Where an exception decides, seeing that it holds is the right reading; what does not apply is no finding."""
    assert judged(case("1", "a", kind="exception"), found("a", Kind.PASS)).found
    assert judged(case("1", "a", kind="exception"), found("a", Kind.NOT_APPLICABLE)).found is False


def test_false_alarms_depend_on_whether_anything_is_expected() -> None:
    """Beside an expected clause only a barred one is false; in a clean text everything that is not allowed is."""
    assert judged(case("1", "a", bar=("c",)), "a", "b", "c").false == {"c"}
    assert judged(case("1", allow=("b",)), "a", "b").false == {"a"}
    assert judged(case("1"), found("a", Kind.PASS)).false == set()


def test_decision_and_warning_count_where_the_label_names_them() -> None:
    """A case is right only if its decision and its warning are, too, and says what is wrong."""
    assert judged(case("1", "a", decision="reject"), "a").wrong == ("decided refer, not reject",)
    assert judged(case("1", "a", decision="refer"), "a").is_right
    warned = Labelled(id="1", text="A text.", warning=Reason.HIDDEN_TEXT)
    assert judged(warned).wrong == ("no warning: hidden_text",)


def test_a_label_without_clauses_says_nothing_of_them() -> None:
    """Where only a decision is labelled, a finding is neither found nor a false alarm, and the text is not clean."""
    one = judged(Labelled(id="1", text="A text.", decision=Decision.REFER), "a")
    assert (one.found, one.false, one.is_clean, one.is_right) == (None, frozenset(), False, True)


def test_groups_count_by_hand() -> None:
    """Recall, precision and F1 of a small set are those that pencil and paper give."""
    told = [
        judged(case("1", "a"), "a"),
        judged(case("2", "a", "b"), "b"),
        judged(case("3", "a")),
        judged(case("4", "b"), "b", "c"),
        judged(case("5", kind="benign"), "a"),
        judged(case("6", kind="benign")),
    ]
    groups = groups_of(told)
    ones = [1] * len(told)
    # Of `a`: written for 1, 2, 3, found in 1 and (as b) in 2; flagged rightly in 1, falsely in 5.
    assert groups[CLAUSE, "a"].statistic(ones) == pytest.approx((2 / 3, 1 / 2, 4 / 7))
    # Of `b`: written for 4, found; flagged rightly in 2 and 4, never falsely. `c` in 4 counts neither way.
    assert groups[CLAUSE, "b"].statistic(ones) == (1.0, 1.0, 1.0)
    assert (CLAUSE, "c") not in groups
    assert groups[KIND, "breach"].statistic(ones) == pytest.approx((3 / 4, 1.0, 6 / 7))
    assert groups[KIND, "benign"].statistic(ones) == (None, None, None)
    assert groups[OVERALL, ""].statistic(ones) == (3 / 4, 3 / 4, 3 / 4)


def test_a_resample_weighs_each_case() -> None:
    """A case that was drawn twice counts twice, and one that was not drawn does not count."""
    group = groups_of([judged(case("1", "a"), "a"), judged(case("2", "a"))])[OVERALL, ""]
    assert group.statistic([2, 1])[0] == 2 / 3
    assert group.statistic([0, 0]) == (None, None, None)
    assert group.statistic([0, 1]) == (0.0, None, None)
