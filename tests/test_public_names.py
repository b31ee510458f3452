"""The public names: a sorted list, and nothing else."""

from __future__ import annotations

import reviewer

NAMES = [
    "AsyncReviewer",
    "Batch",
    "BlockedByProvider",
    "Calibration",
    "Clause",
    "Condition",
    "DecidedBy",
    "Decision",
    "EmptySubmission",
    "Endpoint",
    "Finding",
    "FoundBy",
    "InputError",
    "Intake",
    "Kind",
    "ModelError",
    "ModelRef",
    "ModelRejected",
    "ModelUnavailable",
    "PhraseError",
    "Policy",
    "PolicyError",
    "Question",
    "Quote",
    "Reason",
    "Receipt",
    "Remark",
    "RemarkKind",
    "Reviewer",
    "ReviewerError",
    "Segment",
    "Settings",
    "SettingsError",
    "Source",
    "Store",
    "StoreError",
    "Submission",
    "Tier",
    "TooLarge",
    "UnreadableDocument",
    "UnreadableReply",
    "UnwritableStore",
    "Verdict",
    "Warning",
    "WhyNotModel",
    "__version__",
]


def test_the_public_names_are_these() -> None:
    """Nothing is added to or taken from the public face by accident."""
    assert sorted(reviewer.__all__) == reviewer.__all__ == NAMES == dir(reviewer)


def test_each_public_name_is_there() -> None:
    """Every name that is promised can be imported, and comes from one home."""
    for name in NAMES:
        assert getattr(reviewer, name) is getattr(reviewer, name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The lazy face answers like any module."""
    assert not hasattr(reviewer, "Revewer")
