"""The use-case reviewer: a project description and a code of conduct in, a cited verdict out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.batch import (
        Batch,
    )
    from reviewer.endpoint import (
        Endpoint,
    )
    from reviewer.errors import (
        BlockedByProvider,
        EmptySubmission,
        InputError,
        ModelError,
        ModelRejected,
        ModelUnavailable,
        PhraseError,
        PolicyError,
        ReviewerError,
        SettingsError,
        StoreError,
        TooLarge,
        UnreadableDocument,
        UnreadableReply,
        UnwritableStore,
    )
    from reviewer.policy import (
        Clause,
        Policy,
    )
    from reviewer.readers.intake import (
        Intake,
    )
    from reviewer.receipt import Receipt, WhyNotModel
    from reviewer.reviewer import (
        AsyncReviewer,
        Reviewer,
    )
    from reviewer.settings import (
        Settings,
    )
    from reviewer.store.store import (
        Store,
    )
    from reviewer.submission import (
        Remark,
        RemarkKind,
        Segment,
        Source,
        Submission,
    )
    from reviewer.verdict import (
        Calibration,
        Condition,
        DecidedBy,
        Decision,
        Finding,
        FoundBy,
        Kind,
        ModelRef,
        Question,
        Quote,
        Reason,
        Tier,
        Verdict,
        Warning,
    )

__version__ = "0.1.0"

_HOME = {
    "AsyncReviewer": "reviewer",
    "Batch": "batch",
    "BlockedByProvider": "errors",
    "Calibration": "verdict",
    "Clause": "policy",
    "Condition": "verdict",
    "DecidedBy": "verdict",
    "Decision": "verdict",
    "EmptySubmission": "errors",
    "Endpoint": "endpoint",
    "Finding": "verdict",
    "FoundBy": "verdict",
    "InputError": "errors",
    "Intake": "readers.intake",
    "Kind": "verdict",
    "ModelError": "errors",
    "ModelRef": "verdict",
    "ModelRejected": "errors",
    "ModelUnavailable": "errors",
    "PhraseError": "errors",
    "Policy": "policy",
    "PolicyError": "errors",
    "Question": "verdict",
    "Quote": "verdict",
    "Reason": "verdict",
    "Receipt": "verdict",
    "Remark": "submission",
    "RemarkKind": "submission",
    "Reviewer": "reviewer",
    "ReviewerError": "errors",
    "Segment": "submission",
    "Settings": "settings",
    "SettingsError": "errors",
    "Source": "submission",
    "Store": "store.store",
    "StoreError": "errors",
    "Submission": "submission",
    "Tier": "verdict",
    "TooLarge": "errors",
    "UnreadableDocument": "errors",
    "UnreadableReply": "errors",
    "UnwritableStore": "errors",
    "Verdict": "verdict",
    "Warning": "verdict",
    "WhyNotModel": "verdict",
}

__all__ = [
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


def __getattr__(name: str) -> object:
    """Import a public name from its home when it is first asked for."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"reviewer.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
