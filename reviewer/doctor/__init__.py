"""What is well and what is not between a text and a verdict by a model, from the settings to the calibration.

The checks come one by one, as they are done; none holds a key, also where a server sends it back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pydantic import SecretStr

from reviewer import background
from reviewer.call import Closable
from reviewer.configuration import cache_file, describe
from reviewer.configuration.rows import DEFAULT
from reviewer.doctor import asking, keeping, trying, way
from reviewer.doctor.check import Check, Fault, Outcome, failed, note, sealed
from reviewer.doctor.route import passwords
from reviewer.doctor.seams import Line, Seams
from reviewer.errors import PolicyError, SettingsError
from reviewer.loading import DEFAULT_POLICY
from reviewer.reviewer import Reviewer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from reviewer.call import Model
    from reviewer.configuration import Configuration
    from reviewer.desk import Desk
    from reviewer.endpoint import Endpoint

__all__ = ["Check", "Fault", "Line", "Outcome", "Seams", "examine"]

# One that is sure, and one for bad luck: whoever asks the doctor does not want to wait for an outage to end.
TRIAL_ATTEMPTS = 2

_ALWAYS = {"policy", "cache", "model", "base_url", "api_key"}
_NO_MODEL = (
    "No model is configured, so keyword rules read alone:"
    " they reject what breaches a clause in plain words, refer everything else to a person, and approve nothing."
)
_NAME_ONE = (
    "set REVIEWER_MODEL (or --model), and REVIEWER_BASE_URL for another endpoint than OpenAI's;\n"
    "set the key as OPENAI_API_KEY or REVIEWER_API_KEY, and for Azure AZURE_OPENAI_ENDPOINT, _DEPLOYMENT and _API_KEY"
)


class _Patient(NamedTuple):
    """What is examined: the models (for one question and for many), and all that is asked with."""

    known: Configuration
    endpoint: Endpoint
    trial: Model
    model: Model
    desk: Desk
    seams: Seams
    proxies: Mapping[str, str]


def examine(known: Configuration, *, calibrate: bool = False, seams: Seams | None = None) -> Iterator[Check]:
    """Check one thing after another, from what is configured to whether the model reads (`calibrate`)."""
    seams = seams or Seams()
    proxies = seams.proxies()
    secrets = tuple(_secrets(known.endpoint, proxies))
    for check in _examined(known, seams, proxies, secrets, calibrate=calibrate):
        yield sealed(check, secrets)


def _secrets(endpoint: Endpoint | None, proxies: Mapping[str, str]) -> Iterator[str]:
    if endpoint and isinstance(endpoint.api_key, SecretStr):
        yield endpoint.api_key.get_secret_value()
    yield from passwords(proxies)


def _examined(
    known: Configuration, seams: Seams, proxies: Mapping[str, str], secrets: tuple[str, ...], *, calibrate: bool
) -> Iterator[Check]:
    yield from _settings(known)
    if known.endpoint is None:
        yield failed("model", _NO_MODEL, _NAME_ONE, Fault.SETUP)
        return
    try:
        patient = _admitted(known, known.endpoint, seams, proxies)
    except (PolicyError, SettingsError) as error:
        yield failed("set-up", str(error), None, Fault.SETUP)
        return
    try:
        yield from _rounds(patient, secrets, calibrate=calibrate)
    finally:
        _discharge(patient)


def _settings(known: Configuration) -> Iterator[Check]:
    chosen = replace(known, policies=known.policies or (DEFAULT_POLICY,), cache=known.cache or cache_file())
    for row in describe(chosen):
        if row.name in _ALWAYS or row.where != DEFAULT:
            yield note("setting", f"{row.name}: {row.value} ({row.where})")


def _admitted(known: Configuration, endpoint: Endpoint, seams: Seams, proxies: Mapping[str, str]) -> _Patient:
    """Put together what is asked with, without any memory; raises `SettingsError` and `PolicyError`."""
    trial = seams.model(endpoint, min(TRIAL_ATTEMPTS, endpoint.attempts))
    model = seams.model(endpoint, endpoint.attempts)
    desk = Reviewer(known.policies or DEFAULT_POLICY, as_of=known.as_of, model=model, settings=known.settings).desk
    desk.brief  # noqa: B018  a broken policy is told before anything is sent
    return _Patient(known, endpoint, trial, model, desk, seams, proxies)


def _rounds(patient: _Patient, secrets: tuple[str, ...], *, calibrate: bool) -> Iterator[Check]:
    """Ask only where the way is clear, and calibrate only where the model answers and the result can be kept."""
    asked, ask = asking.Asked(patient.trial, patient.desk), patient.desk.reader()
    if ask is None:
        raise AssertionError(patient)
    store = patient.known.cache or cache_file()
    if (yield from _until_failed(way.checks(patient.endpoint, patient.proxies, patient.seams))):
        yield from asked.checks()
    keeps = yield from _until_failed(keeping.checks(store, ask.asking, calibrates=calibrate))
    if calibrate and asked.answered and keeps:
        yield trying.announced(patient.desk, asked.trace)
        yield from trying.checks(patient.model, patient.desk, ask.asking, store, secrets)
    elif calibrate:
        yield note("calibration", "was not run, for what failed above.")


def _until_failed(checks: Iterable[Check]) -> Generator[Check, None, bool]:
    """Hand checks on up to the first that failed; gives whether none did."""
    for check in checks:
        yield check
        if check.outcome is Outcome.FAILED:
            return False
    return True


def _discharge(patient: _Patient) -> None:
    """Close the connections of models that have any."""
    for model in (patient.trial, patient.model):
        if isinstance(model, Closable):
            background.wait(background.submit(model.aclose()))
