"""The control texts put to a model that nothing is remembered of, told text by text where it went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import calibration, loading, wording
from reviewer.doctor.asking import cost
from reviewer.doctor.check import Check, Fault, failed, note, ok, without
from reviewer.errors import ModelRejected, StoreError
from reviewer.receipt import WhyNotModel
from reviewer.store.replies import Replies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.brief import Asking
    from reviewer.calibrating import CalibrationReport, ControlResult
    from reviewer.call import Model, Trace
    from reviewer.desk import Desk

_SHARES = {
    "answered": "control texts answered",
    "breaches": "breaches found",
    "addressed": "breaches found that ask to be approved",
    "clean": "clean texts left alone",
    "negated": "texts left alone that speak of an abuse to rule it out",
    "quotes": "quotes that stand in the text",
}
# These say nothing of how a model reads.
_DISTURBANCES = {WhyNotModel.OUTAGE, WhyNotModel.RATE_LIMIT, WhyNotModel.QUOTA, WhyNotModel.BUDGET}
_FAILED = "ask a model that reads better; until then the model's approvals count as referrals"


def announced(desk: Desk, trace: Trace | None) -> Check:
    """Say how many calls a calibration makes, and what they cost if they cost what one has cost just now."""
    calls = sum(len(desk.requests(control.text)) for control in loading.controls())
    each, unknown = (trace.cost, trace.cost_unknown) if trace else (None, None)
    price = cost(None if each is None else each * calls, unknown)
    told = f"makes {calls} calls, and one more for each answer that has to be repaired; roughly {price}."
    return note("calibration", told if each is not None else told.replace("roughly ", ""))


def checks(model: Model, desk: Desk, asking: Asking, store: Path, secrets: tuple[str, ...]) -> Iterator[Check]:
    """Put the control texts to the model, keep the result in the store, and tell it."""
    try:
        report = _discreet(calibration.calibrate(model, desk.brief, asking), secrets)
    except ModelRejected as error:
        yield failed("answer", str(error), None, Fault.ENDPOINT)
        return
    yield from (note("share", f"{words}: {getattr(report, name)}.") for name, words in _SHARES.items())
    yield from (note("control text", _told(result)) for result in report.results if not result.right)
    yield from _kept(report, asking, store)


def _discreet(report: CalibrationReport, secrets: tuple[str, ...]) -> CalibrationReport:
    """Take the secrets out of the names that the models give themselves, before they are stored."""
    results = tuple(
        result.model_copy(update={"answered_by": _hidden(result.answered_by, secrets)}) for result in report.results
    )
    return report.model_copy(update={"answered_by": _hidden(report.answered_by, secrets), "results": results})


def _hidden(names: tuple[str, ...], secrets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(without(name, secrets) for name in names)


def _told(result: ControlResult) -> str:
    which = f"{result.id} ({result.kind})"
    if result.why_not_model:
        return f"{which}: no answer, for {wording.WHY_NOT_MODEL[result.why_not_model]}."
    against = ", ".join(result.against) or "nothing"
    quotes = f"{result.located} of {result.quotes} quotes stand in the text"
    return f"{which}: would {result.decision}; held against it: {against}; {quotes}."


def _kept(report: CalibrationReport, asking: Asking, store: Path) -> Iterator[Check]:
    """Keep a result, unless it is the network's or the budget's and not the model's."""
    disturbed = sorted({result.why_not_model for result in report.results if result.why_not_model in _DISTURBANCES})
    if disturbed and not report.passed:
        why = " and ".join(wording.WHY_NOT_MODEL[why] for why in disturbed)
        told = f"{report.summary} This was not kept, for {why} in between."
        yield failed("calibration", told, "run it again once that is cured", Fault.ENDPOINT)
        return
    try:
        with Replies.open(store) as replies:
            calibration.keep(report, replies, asking)
    except StoreError as error:
        yield failed("store", str(error), None, Fault.SETUP)
        return
    if report.passed:
        yield ok("calibration", report.summary)
    else:
        yield failed("calibration", report.summary, _FAILED, Fault.READING)
