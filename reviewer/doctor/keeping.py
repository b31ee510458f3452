"""Where replies are kept, and what is kept there of the model's calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import calibration, wording
from reviewer.doctor.check import Check, Fault, failed, note, ok
from reviewer.errors import StoreError
from reviewer.store.replies import Replies
from reviewer.verdict import Calibration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.brief import Asking

_CALIBRATE = "reviewer doctor --calibrate"


def checks(path: Path, asking: Asking, *, calibrates: bool) -> Iterator[Check]:
    """Open the store, which proves that it can be written; an old calibration is no matter where a new one follows."""
    try:
        with Replies.open(path) as replies:
            known = calibration.known(replies, asking)
    except StoreError as error:
        yield failed("store", str(error), None, Fault.SETUP)
        return
    yield ok("store", f"replies are kept in {str(path)!r}, which can be written.")
    if not calibrates:
        yield _stands(known.state)


def _stands(state: Calibration) -> Check:
    told = f"{wording.CALIBRATIONS[state]}."
    if state is Calibration.PASSED:
        return ok("calibration", told)
    if state is Calibration.FAILED:
        return failed("calibration", told, f"ask a model that reads, and run {_CALIBRATE}", Fault.READING)
    return note("calibration", told, f"run {_CALIBRATE}")
