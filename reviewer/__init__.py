"""The use-case reviewer: a project description and a code of conduct in, a cited verdict out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.errors import (
        EmptySubmission,
        InputError,
        PhraseError,
        PolicyError,
        ReviewerError,
        SettingsError,
        TooLarge,
        UnreadableDocument,
    )
    from reviewer.policy import Clause, Policy
    from reviewer.reviewer import AsyncReviewer, Reviewer
    from reviewer.settings import Settings
    from reviewer.submission import Source, Submission
    from reviewer.verdict import (
        Condition,
        DecidedBy,
        Decision,
        Finding,
        Kind,
        Question,
        Quote,
        Reason,
        Tier,
        Verdict,
        Warning,
        WhyNotModel,
    )

__version__ = "0.1.0"

_HOME = {
    "AsyncReviewer": "reviewer",
    "Clause": "policy",
    "Condition": "verdict",
    "DecidedBy": "verdict",
    "Decision": "verdict",
    "EmptySubmission": "errors",
    "Finding": "verdict",
    "InputError": "errors",
    "Kind": "verdict",
    "PhraseError": "errors",
    "Policy": "policy",
    "PolicyError": "errors",
    "Question": "verdict",
    "Quote": "verdict",
    "Reason": "verdict",
    "Reviewer": "reviewer",
    "ReviewerError": "errors",
    "Settings": "settings",
    "SettingsError": "errors",
    "Source": "submission",
    "Submission": "submission",
    "Tier": "verdict",
    "TooLarge": "errors",
    "UnreadableDocument": "errors",
    "Verdict": "verdict",
    "Warning": "verdict",
    "WhyNotModel": "verdict",
}

__all__ = [
    "AsyncReviewer",
    "Clause",
    "Condition",
    "DecidedBy",
    "Decision",
    "EmptySubmission",
    "Finding",
    "InputError",
    "Kind",
    "PhraseError",
    "Policy",
    "PolicyError",
    "Question",
    "Quote",
    "Reason",
    "Reviewer",
    "ReviewerError",
    "Settings",
    "SettingsError",
    "Source",
    "Submission",
    "Tier",
    "TooLarge",
    "UnreadableDocument",
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
