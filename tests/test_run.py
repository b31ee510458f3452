"""Which decision of a person is on the verdict that stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from reviewer.exporters.summary import summarise
from tests import entries

if TYPE_CHECKING:
    from reviewer.run import Entry, SignOff


def entry(*told: SignOff) -> Entry:
    """Make an entry with a verdict of noon and these decisions."""
    return replace(entries.entry(1), at=entries.NOON, sign_offs=told)


def test_a_decision_on_an_earlier_verdict_is_none_on_this_one() -> None:
    """It neither counts nor hides the one that was taken on what stands, whichever was taken in last."""
    verdict = entry().verdict
    assert verdict
    now, before = (entries.sign_off("reject", review_digest=digest) for digest in (verdict.review_digest, "0" * 64))
    assert entry(before).sign_off is None
    assert entry(now, before).sign_off == now
    assert summarise([entry(before), entry(now)]).signed == 1


def test_a_decision_without_a_verdict_is_on_the_one_that_stood() -> None:
    """Where the sheet did not show which verdict it was about, the time tells."""
    told = entries.sign_off("reject")
    early, late = (told.model_copy(update={"at": entries.NOON + timedelta(hours=hours)}) for hours in (-1, 1))
    assert entry(early).sign_off is None
    assert entry(late).sign_off == late
    unread = replace(entry(early), verdict=None, at=None)
    assert unread.sign_off == early
