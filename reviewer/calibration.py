"""Whether a model can read: the control texts put to it, and the result kept beside the replies."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer import background, calibrating, compiled, loading
from reviewer.calibrating import CalibrationReport
from reviewer.consulting import review
from reviewer.driver import drive
from reviewer.errors import UnwritableStore
from reviewer.identity import review_digest
from reviewer.matching import Matcher
from reviewer.submission import Submission
from reviewer.verdict import Calibration

if TYPE_CHECKING:
    from reviewer.brief import Asking, Brief
    from reviewer.calibrating import Control, ControlResult
    from reviewer.call import Model
    from reviewer.store.replies import Replies


class Known(NamedTuple):
    """How a model stands, and which models answered, by their own account, when it was calibrated."""

    state: Calibration
    answered_by: frozenset[str] = frozenset()


def known_at(place: Path | str | None, asking: Asking) -> Known:
    """Look up how the model read the control texts when it was asked in this way.

    `place` is the file of the results; without one, or where it is not there or cannot be used now, nothing is known.
    """
    if place is None or not Path(place).exists():
        return Known(Calibration.NEVER)
    from reviewer.store.replies import Replies

    try:
        with Replies.open(place) as replies:
            return known(replies, asking)
    except UnwritableStore as error:
        logging.getLogger("reviewer").warning("%s What is known of the model's calibration is not looked up.", error)
        return Known(Calibration.NEVER)


def known(replies: Replies, asking: Asking) -> Known:
    """Look the same up in an open store; a model that failed stays failed until it has passed, however it is asked."""
    kept = replies.calibration(_key(asking))
    last = kept or replies.calibration(_name(asking))
    if last is None:
        return Known(Calibration.NEVER)
    report = CalibrationReport.model_validate_json(last)
    if not report.passed:
        return Known(Calibration.FAILED)
    return Known(Calibration.PASSED if kept else Calibration.OUTDATED, frozenset(report.answered_by))


def keep(report: CalibrationReport, replies: Replies, asking: Asking) -> None:
    """Keep a result under all that it holds for, and under the model alone, to tell later that it is outdated."""
    told = report.model_dump_json()
    replies.keep_calibration(_key(asking), told)
    replies.keep_calibration(_name(asking), told)


def calibrate(model: Model, brief: Brief, asking: Asking) -> CalibrationReport:
    """Put all control texts to a model, without rules beside it, so that what it finds is its own.

    Raises `ModelRejected` where the endpoint refuses us.
    """
    alone = replace(brief, rules=replace(brief.rules, matchers=_without_rules, supporters=_nobody))
    uncalibrated = replace(asking, model=asking.model.model_copy(update={"calibration": Calibration.NEVER}))
    return background.wait(background.submit(_all(model, alone, uncalibrated)))


def _without_rules(language: str) -> tuple[Matcher, ...]:
    """Read texts in their language and see nothing in them."""
    return (Matcher(compiled.rulebook(language)._replace(rules=())),)


def _nobody(_: str) -> tuple[Matcher, ...]:
    return ()


async def _all(model: Model, brief: Brief, asking: Asking) -> CalibrationReport:
    controls = loading.controls()
    return calibrating.report(await asyncio.gather(*(_one(control, model, brief, asking) for control in controls)))


async def _one(control: Control, model: Model, brief: Brief, asking: Asking) -> ControlResult:
    verdict = await drive(review(Submission.of(control.text), brief, asking), model, len(control.text))
    return calibrating.judge(control, verdict, brief.clauses)


def _key(asking: Asking) -> str:
    """Name all that a result holds for: the model, what it is asked and how, and the control texts."""
    controls = calibrating.controls_digest(loading.controls())
    return review_digest(asking.identity, asking.questionnaire.fingerprint, str(asking.mask is not None), controls)


def _name(asking: Asking) -> str:
    """Name the model alone; an address may be nobody's business, and so only its digest is kept."""
    return review_digest(asking.identity)
