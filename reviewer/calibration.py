"""Whether a model can read: the control texts put to it, and the result kept beside the replies."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer import background, calibrating, compiled, loading
from reviewer.calibrating import CalibrationReport
from reviewer.consulting import review
from reviewer.driver import drive
from reviewer.matching import Matcher
from reviewer.submission import Submission
from reviewer.verdict import Calibration

if TYPE_CHECKING:
    from reviewer.brief import Asking, Brief
    from reviewer.calibrating import Control, ControlResult
    from reviewer.call import Model
    from reviewer.store.replies import Replies

LANGUAGE = "en"


class Known(NamedTuple):
    """How a model stands, and which models answered, by their own account, when it was calibrated."""

    state: Calibration
    answered_by: frozenset[str] = frozenset()


def known_at(place: Path | str | None, identity: str, prompts_digest: str, policy_digest: str) -> Known:
    """Look up how the model of this identity read the control texts with these prompts under this policy.

    `place` is the file of the results; without one, or where it is not there yet, the model was never tried.
    """
    if place is None or not Path(place).exists():
        return Known(Calibration.NEVER)
    from reviewer.store.replies import Replies

    with Replies.open(place) as replies:
        return known(replies, identity, prompts_digest, policy_digest)


def known(replies: Replies, identity: str, prompts_digest: str, policy_digest: str) -> Known:
    """Look the same up in an open store."""
    kept = replies.calibration(_key(identity, prompts_digest, policy_digest))
    if kept is None:
        return Known(Calibration.OUTDATED if replies.calibration(identity) else Calibration.NEVER)
    report = CalibrationReport.model_validate_json(kept)
    return Known(Calibration.PASSED if report.passed else Calibration.FAILED, frozenset(report.answered_by))


def keep(report: CalibrationReport, replies: Replies, asking: Asking, policy_digest: str) -> None:
    """Keep a result under all that it holds for, and under the model alone, to tell later that it is outdated."""
    told = report.model_dump_json()
    replies.keep_calibration(_key(asking.identity, asking.questionnaire.digest, policy_digest), told)
    replies.keep_calibration(asking.identity, told)


def calibrate(model: Model, brief: Brief, asking: Asking) -> CalibrationReport:
    """Put all control texts to a model, without rules beside it, so that what it finds is its own.

    Raises `ModelRejected` where the endpoint refuses us.
    """
    book = compiled.rulebook(LANGUAGE)[0]
    alone = replace(brief, matcher=Matcher(book._replace(rules=())))
    uncalibrated = replace(asking, model=asking.model.model_copy(update={"calibration": Calibration.NEVER}))
    return background.wait(background.submit(_all(model, alone, uncalibrated)))


async def _all(model: Model, brief: Brief, asking: Asking) -> CalibrationReport:
    controls = loading.controls(LANGUAGE)
    return calibrating.report(await asyncio.gather(*(_one(control, model, brief, asking) for control in controls)))


async def _one(control: Control, model: Model, brief: Brief, asking: Asking) -> ControlResult:
    verdict = await drive(review(Submission.of(control.text), brief, asking), model, len(control.text))
    return calibrating.judge(control, verdict, brief.clauses)


def _key(identity: str, prompts_digest: str, policy_digest: str) -> str:
    controls = calibrating.controls_digest(loading.controls(LANGUAGE))
    return calibrating.calibration_key(identity, prompts_digest, policy_digest, controls)
