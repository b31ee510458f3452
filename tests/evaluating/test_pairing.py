"""Two readings of the same cases: flips both ways, and what cannot be compared."""

from __future__ import annotations

import pytest

from reviewer.answer import ReaderName
from reviewer.errors import SettingsError
from reviewer.exporters import evaluation
from reviewer.labelled import Labelled
from reviewer.pairing import pair, pairs_with
from tests.evaluating.makers import answer, case, reading, result

CASES = [case(str(number), "a") for number in range(1, 8)]


def test_flips_are_named_both_ways() -> None:
    """What only the later reading gets right is gained, what only the earlier one does is lost, with the exact p."""
    before = reading(*(answer(one.id, *(["a"] if one.id in "17" else [])) for one in CASES))
    after = reading(*(answer(one.id, *(["a"] if one.id in "23457" else [])) for one in CASES))
    told = pair(CASES, before, after, ("then", "now"))
    assert (told.gained, told.lost) == (("2", "3", "4", "5"), ("1",))
    assert (told.both_right, told.both_wrong) == (1, 1)
    assert told.p == 12 / 32


def test_a_case_without_a_verdict_is_wrong_there() -> None:
    """A reading that gave no verdict on a case did not get it right."""
    told = pair(CASES[:1], reading(answer("1", decision=None)), reading(answer("1", "a")), ("then", "now"))
    assert told.gained == ("1",)


def test_both_sides_are_judged_by_the_later_labels() -> None:
    """A label that was corrected in between does not make a flip of itself."""
    before, after = result([case("1", "a")], reading(answer("1", "a"))), result([case("1")], reading(answer("1", "a")))
    (told,) = pairs_with(before, after)
    assert (told.gained, told.lost, told.both_wrong) == ((), (), 1)


def test_readers_are_compared_with_themselves() -> None:
    """Where both results have several readers, each is compared with itself, and single ones whoever they are."""
    rules, model = reading(answer("1", "a")), reading(answer("1"), reader=ReaderName.MODEL)
    both, one, other = (result([case("1", "a")], *of) for of in ((rules, model), (rules,), (model,)))
    assert [(told.before, told.after) for told in pairs_with(both, both)] == [
        ("rules before", "rules now"),
        ("model before", "model now"),
    ]
    assert [(told.before, told.after) for told in pairs_with(one, other)] == [("rules before", "model now")]
    assert [(told.before, told.after) for told in both.pairs] == [("rules", "model")]
    stored = result([case("1", "a")], reading(answer("1"), reader=ReaderName.STORED))
    with pytest.raises(SettingsError, match=r"read by rules and model, and this one by stored; choose --readers"):
        list(pairs_with(both, stored))


def test_other_cases_are_refused_with_their_number() -> None:
    """Cases that only one result has, and those with another text, are counted and named."""
    before = result(CASES[:5], reading(*(answer(one.id) for one in CASES[:5])))
    changed = Labelled(id="1", text="Another text.", expect=())
    now = [changed, *CASES[5:]]
    after = result(now, reading(*(answer(one.id) for one in now)))
    with pytest.raises(SettingsError) as error:
        list(pairs_with(before, after))
    said = str(error.value)
    assert "4 only in the earlier result ('2', '3', '4', ...)" in said
    assert "2 only in this one ('6', '7')" in said
    assert "1 with another text ('1')" in said


def test_the_text_lists_flips() -> None:
    """On the terminal each flip stands with its id, under the test's p-value."""
    before = result(CASES[:2], reading(answer("1", "a"), answer("2")))
    after = result(CASES[:2], reading(answer("1"), answer("2", "a")))
    shown = evaluation.as_text(after.model_copy(update={"pairs": tuple(pairs_with(before, after))}))
    assert "McNemar's exact test, two-sided: p = 1." in shown
    assert "- right now: 2\n  - wrong now: 1" in shown
