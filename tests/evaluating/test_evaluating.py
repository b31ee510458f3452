"""The figures of a result: groups, decisions, confusion, agreement, costs and bootstrap intervals."""

from __future__ import annotations

import pytest

from reviewer import evaluating, resampling, trial
from reviewer.answer import Again, Answer, ReaderName, Spent
from reviewer.receipt import WhyNotModel
from reviewer.score import NOTHING
from reviewer.verdict import Decision
from tests.evaluating.makers import answer, case, reading, scores


def test_groups_are_scored_by_kind_clause_and_language() -> None:
    """Each group has its counts, its figures, and a dash where nothing is expected."""
    cases = [case("1", "a", language="fr"), case("2", "a", language="fr"), case("3", kind="benign", language="de")]
    told = scores(cases, answer("1", "a"), answer("2"), answer("3", "b"))
    assert (told.kinds["breach"].expected, told.kinds["breach"].found) == (2, 1)
    assert told.languages["fr"].recall.value == 0.5
    assert told.clauses["b"].alarms == 1
    assert str(told.kinds["benign"].recall) == "-"
    assert (told.overall.clean_alarms.k, told.overall.clean_alarms.n) == (1, 1)
    assert (told.overall.right.k, told.overall.right.n) == (1, 3)
    assert [miss.id for miss in told.misses] == ["2", "3"]


def test_allowed_findings_are_told_from_false_alarms() -> None:
    """A clean text with an allowed finding has a finding, and no false alarm."""
    whole = scores([case("1", allow=("a",))], answer("1", "a")).overall
    assert (whole.clean_alarms.k, whole.clean_flagged.k) == (0, 1)


def test_decisions_are_counted_where_a_label_names_one() -> None:
    """The table has expected by given decision, and cases without a labelled decision are not in it."""
    cases = [case("1", decision="reject"), case("2", decision="reject"), case("3", decision="approve"), case("4")]
    decisions = ("reject", "refer", "approve", "refer")
    told = scores(cases, *(answer(str(number), decision=said) for number, said in enumerate(decisions, 1))).decisions
    assert told is not None
    assert told.table["reject"] == {"approve": 0, "refer": 1, "reject": 1}
    assert (told.agreed.k, told.agreed.n) == (2, 3)
    # 2/3 agree; by chance 2/3 * 1/3 + 1/3 * 1/3 = 1/3 would.
    assert told.kappa.value == pytest.approx(0.5)
    assert scores([case("4")], answer("4")).decisions is None


def test_confusion_counts_the_first_expected_clause_by_what_was_found() -> None:
    """A text counts under every clause that was found in it, and under nothing where none was."""
    cases = [case("1", "a", "b"), case("2", "a"), case("3")]
    told = scores(cases, answer("1", "b", "c"), answer("2"), answer("3"))
    assert told.confusion == {"a": {"b": 1, "c": 1, NOTHING: 1}, NOTHING: {NOTHING: 1}}


def test_readings_again_are_compared_in_decision_and_clauses() -> None:
    """A case is steady only if all its readings came to the same decision and the same clauses."""
    same = Again(decision=Decision.REFER, clauses=("a",))
    others = (same, Again(decision=Decision.REFER, clauses=("b",)), Again(decision=Decision.REJECT, clauses=("a",)))
    answers = [answer(str(n), "a").model_copy(update={"again": (one,)}) for n, one in enumerate(others)]
    told = scores([case(str(n), "a") for n in range(3)], *answers, repeats=2).agreement
    assert told is not None
    assert (told.same.k, told.same.n, told.unsteady) == (1, 3, ("1", "2"))
    # Two of three pairs of decisions agree; by chance (25 + 1) / 36 would.
    assert told.kappa.value == pytest.approx((2 / 3 - 26 / 36) / (1 - 26 / 36))


def test_costs_add_up_all_readings() -> None:
    """Tokens and dollars are of every reading, an unknown cost is counted, and what came from memory took no time."""
    spent = (
        Spent(calls=1, input_tokens=100, output_tokens=10, cost=0.02, seconds=1.0),
        Spent(calls=2, input_tokens=50, cost=None, seconds=3.0),
        Spent(from_memory=1),
    )
    one = answer("1").model_copy(update={"spent": spent})
    told = evaluating.evaluate([case("1")], reading(one, reader=ReaderName.MODEL), trial.drawing(times=1)).costs
    assert (told.readings, told.calls, told.from_memory, told.input_tokens, told.output_tokens) == (3, 3, 1, 150, 10)
    assert (told.cost, told.cost_unknown) == (0.02, 1)
    assert (told.median, told.percentile_95) == (2.0, 3.0)


def test_a_cost_that_nobody_knows_is_no_cost_of_nothing() -> None:
    """Where no reading tells its cost, there is none to print; where nobody was asked, it is 0."""
    for spent, cost in ((Spent(calls=1, cost=None), None), (Spent(), 0.0)):
        one = answer("1").model_copy(update={"spent": (spent,)})
        assert scores([case("1")], one).costs.cost == cost


def test_cases_without_a_verdict_are_in_no_figure() -> None:
    """What could not be read is named, and neither found nor missed."""
    told = scores([case("1", "a"), case("2", "a")], answer("1", "a"), answer("2", decision=None))
    assert (told.unread, told.overall.expected, told.overall.recall.value) == (("2",), 1, 1.0)


def test_a_model_that_did_not_read_is_told() -> None:
    """Where the rules had to read in place of the model, the result says how often and why."""
    one = answer("1").model_copy(update={"why_not_model": WhyNotModel.OUTAGE})
    told = evaluating.evaluate([case("1")], reading(one, reader=ReaderName.MODEL), trial.drawing(times=1))
    assert told.fallbacks == {"outage": 1}


def test_nothing_to_score_gives_dashes() -> None:
    """A result in which nothing could be read has no figure at all, and does not fail."""
    told = scores([case("1", "a")], Answer(id="1", error="It is empty."))
    assert str(told.overall.recall) == "-"
    assert told.overall.right.n == 0


def test_intervals_come_from_the_resamples() -> None:
    """The limits are the 25th and the 975th of a thousand, over the resamples in which the figure is defined."""
    thousand = [[number, 1000 - number] for number in range(1000)]
    ((figure,),) = resampling.figures([lambda weights: (weights[0] / 1000,)], 2, lambda _: thousand)
    assert (figure.low, figure.high) == (0.024, 0.974)
    ((figure,),) = resampling.figures([lambda weights: (weights[0] or None,)], 1, lambda _: [[0], [4]])
    assert (figure.value, figure.low, figure.high) == (1, 4, 4)
    assert resampling.figures([lambda _: (None,)], 0, trial.drawing()) == [(resampling.Figure(),)]


def test_resamples_are_the_same_for_the_same_seed() -> None:
    """Every resample draws as many cases as there are, and a result can be made again."""
    first, again, other = (list(trial.drawing(seed, 5)(7)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert {sum(weights) for weights in first} == {7}


def test_a_wider_set_has_a_narrower_interval() -> None:
    """Recall of 80 % is known better from 200 cases than from 10, and lies within its limits."""
    widths = []
    for count in (10, 200):
        cases = [case(str(number), "a") for number in range(count)]
        answers = [answer(one.id, *(["a"] if number % 5 else [])) for number, one in enumerate(cases)]
        recall = evaluating.evaluate(cases, reading(*answers), trial.drawing(times=200)).overall.recall
        assert recall.low is not None
        assert recall.high is not None
        assert recall.low <= 0.8 <= recall.high
        widths.append(recall.high - recall.low)
    assert widths[0] > 2 * widths[1]
