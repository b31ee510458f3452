"""What flipped between two runs, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reviewer.changes import Cause, Diff, diff
from reviewer.exporters.difference import CAUSES as CAUSES_IN_WORDS
from reviewer.receipt import WhyNotModel
from reviewer.verdict import Calibration, Decision, Kind, Reason
from tests import entries, makers

if TYPE_CHECKING:
    from reviewer.run import Entry
    from reviewer.verdict import Verdict

SCORING = makers.finding(makers.clause("scoring"), Kind.FAIL)
PRIVACY = makers.finding(makers.clause("privacy"), Kind.REVIEW)
MET = makers.finding(makers.clause("consent"), Kind.PASS)
ELSEWHERE = {"review_digest": "another"}


def changed(entry: Entry, **fields: object) -> Entry:
    """Change fields of an entry's verdict."""
    assert entry.verdict
    return replace(entry, verdict=entry.verdict.model_copy(update=fields))


def of_model(verdict: Verdict | None, **fields: object) -> dict[str, object]:
    """Give the fields of a verdict that another model reached."""
    assert verdict
    assert verdict.model
    return {"model": verdict.model.model_copy(update=fields), **ELSEWHERE}


BEFORE = entries.entry(1, "approve", text="Same.")
AFTER = entries.entry(1, "reject", text="Same.")


def test_two_equal_runs_do_not_differ() -> None:
    """Nothing flips, comes or goes, and every row stands on the diagonal."""
    rows = [entries.entry(i, ("approve", "refer", "reject")[i % 3]) for i in range(9)]
    told = diff(rows, reversed(rows))
    assert (told.flips, told.added, told.removed, told.restated, told.matched) == ((), (), (), 0, 9)
    assert all(told.table[d][d] == 3 for d in Decision)


def test_a_flip_tells_what_came_and_went() -> None:
    """Decision, reasons and clauses stand on both sides; clauses that are met are none against it."""
    before = changed(BEFORE, findings=(PRIVACY, MET))
    (flip,) = diff([before], [changed(AFTER, findings=(SCORING,))]).flips
    assert (flip.before.decision, flip.after.decision) == (Decision.APPROVE, Decision.REJECT)
    assert flip.reasons == ((Reason.NOTHING_FOUND,), (Reason.CLAUSE_BREACHED,))
    assert flip.clauses == (("privacy",), ("scoring",))
    assert str(flip.row) == "#1 (intake.csv, row 1)"


CAUSES = [
    (changed(AFTER, **ELSEWHERE, policy=entries.POLICY.model_copy(update={"digest": "p2"})), [Cause.POLICY]),
    (changed(AFTER, **ELSEWHERE, policy=entries.POLICY.model_copy(update={"version": "2"})), [Cause.POLICY]),
    (changed(AFTER, **of_model(AFTER.verdict, name="reader-2")), [Cause.MODEL]),
    (changed(AFTER, **of_model(AFTER.verdict, prompts_digest="q2")), [Cause.PROMPTS]),
    (changed(AFTER, **of_model(AFTER.verdict, calibration=Calibration.FAILED)), [Cause.CALIBRATION]),
    (changed(AFTER, **of_model(AFTER.verdict, name="b", prompts_digest="q2")), [Cause.MODEL, Cause.PROMPTS]),
    (changed(AFTER, **ELSEWHERE), [Cause.ENGINE]),
    (AFTER, [Cause.REPLY]),
    (entries.entry(1, "refer", text="Same.", by_rules=WhyNotModel.OUTAGE), [Cause.READER]),
    (entries.entry(1, "refer", text="Another."), [Cause.TEXT]),
    (entries.entry(1, None, text="Same."), [Cause.UNREAD]),
    (entries.entry(1, None, text=""), [Cause.UNREAD]),
]


@pytest.mark.parametrize(
    ("after", "causes"), CAUSES, ids=[f"{i}-{','.join(causes)}" for i, (_, causes) in enumerate(CAUSES)]
)
def test_a_flip_names_all_that_is_not_the_same(after: Entry, causes: list[Cause]) -> None:
    """Whoever asks why is told policy, reader, model, prompts, calibration, rules, reply or text, and nothing else."""
    (flip,) = diff([BEFORE], [after]).flips
    assert list(flip.causes) == causes


def test_the_engine_is_told_by_elimination() -> None:
    """A verdict does not name its engine, so that it is told alone, and the words for it say why it is."""
    newer = changed(AFTER, **of_model(AFTER.verdict, name="b", prompts_digest="q2"))
    (flip,) = diff([BEFORE], [newer]).flips
    assert Cause.ENGINE not in flip.causes
    assert CAUSES_IN_WORDS[Cause.ENGINE].startswith("nothing else has changed but")


def test_the_same_decision_for_other_reasons_is_counted() -> None:
    """A referral that now hangs on another clause is no flip, and is not passed over either."""
    before, after = (changed(entries.entry(1, "refer"), findings=(one,)) for one in (SCORING, PRIVACY))
    told = diff([before], [after])
    assert (told.flips, told.restated) == ((), 1)


def test_rows_come_and_go() -> None:
    """What only one run has is named, with its row; what had vanished belongs to no run."""
    gone = replace(entries.entry(9, "reject"), vanished=True)
    told = diff([entries.entry(1), entries.entry(2), gone], [entries.entry(2), entries.entry(3), gone])
    assert ([row.number for row in told.removed], [row.number for row in told.added]) == ([1], [3])
    assert told.matched == 1


def test_a_renamed_row_is_found_by_its_text() -> None:
    """A file that was renamed is the same submission, and no removal and addition."""
    renamed = replace(entries.entry(5, "refer", text="Same."), key="other-name")
    told = diff([BEFORE], [renamed])
    assert (told.added, told.removed, len(told.flips)) == ((), (), 1)
    assert told.flips[0].causes == (Cause.REPLY,)


def test_equal_texts_are_paired_in_their_order() -> None:
    """Two renamed rows with one text find one partner each."""
    before = [entries.entry(i, d, text="Same.") for i, d in enumerate(("approve", "reject"))]
    after = [replace(entry, key=f"new-{entry.key}") for entry in before]
    assert diff(before, after).flips == ()
    assert len(diff(before, after[:1]).removed) == 1


def test_a_row_put_in_above_moves_no_decision() -> None:
    """Rows without an id are known by their place, and are found again one row further down."""
    before = [entries.entry(i, d) for i, d in enumerate(("approve", "refer", "reject"))]
    shifted = [replace(entries.entry(e.id + 1), submission=e.submission, verdict=e.verdict) for e in before]
    told = diff(before, [entries.entry(0, text="New."), *shifted])
    assert (told.flips, told.removed, [row.number for row in told.added]) == ((), (), [0])


def test_an_id_is_stronger_than_a_text() -> None:
    """Where the requester's side names its rows, two that swapped their texts have both changed."""
    before = [entries.entry(i, d, text=d, id=f"A-{i}") for i, d in enumerate(("approve", "reject"))]
    after = [entries.entry(i, d, text=d, id=f"A-{i}") for i, d in enumerate(("reject", "approve"))]
    assert [flip.causes for flip in diff(before, after).flips] == [(Cause.TEXT,), (Cause.TEXT,)]


def test_flips_stand_in_the_order_of_the_rows() -> None:
    """However they were matched, a reader finds them as in the sheet."""
    before = [entries.entry(i, "approve") for i in range(4)]
    after = [entries.entry(i, "refer", text="New." if i == 1 else None) for i in range(4)]
    assert [flip.row.number for flip in diff(before, after).flips] == [0, 1, 2, 3]


def test_unread_rows_have_their_place_in_the_table() -> None:
    """A row that can be read now is counted from `none`, which has no column where nothing was unread."""
    assert diff([entries.entry(1, None)], [entries.entry(1, "refer")]).table["none"]["refer"] == 1
    assert set(diff([BEFORE], [AFTER]).table) == set(Decision)


def test_a_difference_is_read_back_from_json() -> None:
    """Programs get the whole of it."""
    told = diff([BEFORE, entries.entry(2)], [AFTER, entries.entry(3)])
    assert Diff.model_validate_json(told.model_dump_json()) == told
