"""A real model on a real server; off by default, since it takes minutes: `pytest -m real`.

The model is tiny and reads badly, so that only the shape is held to anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.real_server import MODEL, serving
from reviewer import calibration
from reviewer.endpoint import Endpoint
from reviewer.reviewer import Reviewer
from reviewer.settings import Settings
from reviewer.verdict import DecidedBy, Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.real, pytest.mark.enable_socket]

TEXT = "Officers wear cameras, and the app compares the faces of passers-by live with the sheriff's wanted list."
SETTINGS = Settings(window_characters=6_000, max_output_tokens=700)


@pytest.fixture(name="endpoint", scope="module")
def _endpoint() -> Iterator[Endpoint]:
    """Start the server, and describe it with the patience that it needs."""
    with serving() as url:
        yield Endpoint(model=MODEL, base_url=url, timeout=900, deadline=7_200, attempts=2, in_flight=1)


def test_a_review_ends_with_a_verdict_that_claims_nothing_false(endpoint: Endpoint, tmp_path: Path) -> None:
    """Whatever it says, each quote stands in the text or is marked, and what the rules see is not approved."""
    with Reviewer(model=endpoint, settings=SETTINGS, cache=tmp_path / "replies.db") as reviewer:
        verdict = reviewer.review(TEXT)
    assert verdict.decision in {Decision.REFER, Decision.REJECT}
    assert verdict.decided_by in DecidedBy
    assert verdict.receipt is not None
    assert verdict.receipt.output_tokens > 0
    for finding in verdict.findings:
        assert all(quote.start is None or TEXT[quote.start : quote.end] == quote.text for quote in finding.quotes)


def test_a_calibration_ends_with_a_report(endpoint: Endpoint) -> None:
    """Every control text has its result, whatever it is."""
    with Reviewer(model=endpoint, settings=SETTINGS) as reviewer:
        reader = reviewer.desk.reader()
        assert reader is not None
        report = calibration.calibrate(reader.model, reviewer.desk.brief, reader.asking)
    assert report.answered.of == len(report.results) > 0
    assert report.summary
