"""Draws for blind checking, and what the answers say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reviewer.sampling import check, draw, miss_rate
from reviewer.verdict import Decision
from tests import entries

if TYPE_CHECKING:
    from random import Random

APPROVED = [entries.entry(i) for i in range(200)]
MIXED = [entries.entry(i, ("approve", "refer", "reject", None)[i % 4]) for i in range(200)]


@given(st.randoms(use_true_random=False), st.integers(0, 250))
def test_the_order_of_the_input_does_not_matter(shuffler: Random, n: int) -> None:
    """The same seed draws the same entries in the same order, whatever order they come in."""
    shuffled = list(APPROVED)
    shuffler.shuffle(shuffled)
    assert draw(shuffled, n, seed=7) == draw(iter(APPROVED), n, seed=7)


def test_the_draw_of_a_seed_never_changes() -> None:
    """A sample drawn last month is drawn again today; these numbers stand for good."""
    assert [entry.id for entry in draw(APPROVED, 5, seed=7)] == [3, 163, 63, 85, 129]


def test_another_seed_draws_others() -> None:
    """A second check is of other entries."""
    assert set(ids(seed=7)) != set(ids(seed=8))


def ids(seed: int) -> list[int]:
    """Give the numbers of 20 drawn ones."""
    return [entry.id for entry in draw(APPROVED, 20, seed=seed)]


def test_a_larger_draw_holds_the_smaller_one() -> None:
    """Who has checked 20 and wants 60 has 40 left to check."""
    assert draw(APPROVED, 60, seed=7)[:20] == draw(APPROVED, 20, seed=7)


def test_answers_do_not_move_the_draw() -> None:
    """The entries stay the same while sign-offs come in."""
    answered = [entries.signed(entry, "reject") if entry.id % 3 else entry for entry in APPROVED]
    assert [entry.id for entry in draw(answered, 20, seed=7)] == ids(seed=7)


def test_a_verdict_that_changes_moves_one_entry() -> None:
    """If a drawn approval becomes a referral, it leaves, one comes in, and all others stay."""
    gone = ids(seed=7)[3]
    changed = [entries.entry(gone, "refer") if entry.id == gone else entry for entry in APPROVED]
    drawn = [entry.id for entry in draw(changed, 20, seed=7)]
    assert drawn[:-1] == [number for number in ids(seed=7) if number != gone]


def test_approvals_alone_are_drawn_or_what_was_asked_for() -> None:
    """Referrals, rejections, unread and vanished rows are left out of a check of approvals."""
    gone = replace(entries.entry(900), vanished=True)
    drawn = draw([*MIXED, gone], 1000, seed=7)
    assert {entry.id for entry in drawn} == set(range(0, 200, 4))
    referred = draw([*MIXED, gone], 1000, seed=7, decision=Decision.REFER)
    assert {entry.id for entry in referred} == set(range(1, 200, 4))


def test_every_entry_is_drawn_as_often_as_another() -> None:
    """Over many seeds each of 20 entries is among the first 5 about a quarter of the time."""
    few = APPROVED[:20]
    drawn = [entry.id for seed in range(2000) for entry in draw(few, 5, seed)]
    assert all(400 < drawn.count(entry.id) < 600 for entry in few)


def test_the_miss_rate_is_of_the_answered() -> None:
    """Three of sixty answers say otherwise, and those who have not answered count neither way."""
    sampled = [entries.signed(entry, "reject" if i < 3 else "approve") for i, entry in enumerate(APPROVED[:60])]
    sampled += APPROVED[60:70]
    assert str(miss_rate(sampled)) == "3 of 60 (5.0 %, 95 % interval 1.7 to 13.7 %)"
    told = check(sampled)
    assert [str(miss.row) for miss in told.misses] == [f"#{i} (intake.csv, row {i})" for i in range(3)]
    assert (told.misses[0].decision, told.misses[0].reason, told.misses[0].name) == (
        Decision.REJECT,
        "It should reject.",
        "A reviewer",
    )
    assert len(told.unanswered) == 10


def test_a_person_who_refers_an_approval_has_not_approved_it() -> None:
    """An answer between yes and no counts as a miss: the approval was not shared."""
    assert miss_rate([entries.signed(APPROVED[0], "refer")]).k == 1


def test_the_newest_answer_counts() -> None:
    """Who has thought again is heard."""
    assert miss_rate([entries.signed(APPROVED[0], "reject", "approve")]).k == 0


def test_an_answer_to_an_earlier_verdict_is_no_answer() -> None:
    """Who decided before the text changed is asked again; whoever saw this verdict, or none, is heard."""
    entry = APPROVED[0]
    assert entry.verdict
    old, new, blind = (
        replace(entry, sign_offs=(entries.sign_off("reject", review_digest=digest),))
        for digest in ("old", entry.verdict.review_digest, None)
    )
    assert [(miss_rate([one]).k, miss_rate([one]).n) for one in (old, new, blind)] == [(0, 0), (1, 1), (1, 1)]


def test_without_answers_nothing_is_claimed() -> None:
    """No answers are no zero misses."""
    assert str(miss_rate(APPROVED)) == "none of 0: nothing can be said"


def test_a_check_of_referrals_counts_those_who_would_not_refer() -> None:
    """For other decisions a miss is whatever people decided otherwise."""
    sampled = [entries.signed(entries.entry(i, "refer"), "refer" if i else "approve") for i in range(4)]
    assert miss_rate(sampled).k == 1
