"""Which words of the submissions a store keeps."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from reviewer.submission import Submission
from reviewer.verdict import Condition, FoundBy, Question

if TYPE_CHECKING:
    from reviewer.verdict import Finding, Quote, Verdict, Warning

_Asked = TypeVar("_Asked", Question, Condition)


class Keep(StrEnum):
    """Which words of a submission stay in the store.

    `full`: submissions and verdicts, whole.
    `quotes`: verdicts, whole; of a submission only its source, id and file digest (length and digest stand in the
    verdict), without text, columns, segments and the reader's remarks.
    `none`: the same of a submission, and a verdict without the words of quotes and their sentences (their places stay),
    and without what a model or a reader of files wrote in its own words, which may repeat them; replies are not kept.

    Names of files, ids and keys stay in each case.
    """

    NONE = "none"
    QUOTES = "quotes"
    FULL = "full"


def of_submission(keep: Keep, submission: Submission) -> Submission:
    """Give what is kept of a submission."""
    if keep is Keep.FULL:
        return submission
    return Submission(text="", source=submission.source, id=submission.id, file_sha256=submission.file_sha256)


def of_verdict(keep: Keep, verdict: Verdict) -> Verdict:
    """Give what is kept of a verdict."""
    if keep is not Keep.NONE:
        return verdict
    said = {text for finding in verdict.findings for text in (finding.question, finding.condition) if text}
    receipt = verdict.receipt and verdict.receipt.model_copy(update={"failures": ()})
    return verdict.model_copy(
        update={
            "findings": tuple(map(_silent, verdict.findings)),
            "questions": tuple(_without(said, question) for question in verdict.questions),
            "conditions": tuple(_without(said, condition) for condition in verdict.conditions),
            "warnings": tuple(map(_silent_warning, verdict.warnings)),
            "receipt": receipt,
        }
    )


def _silent(finding: Finding) -> Finding:
    """Leave out what the text and the model say; the rationale of a rule is its title, and stays."""
    changes: dict[str, object] = {"quotes": _blank(finding.quotes), "question": None, "condition": None}
    if finding.found_by is not FoundBy.RULES:
        changes["rationale"] = ""
    return finding.model_copy(update=changes)


def _silent_warning(warning: Warning) -> Warning:
    """Leave out quotes, and the text of a mere note: a comment or a hidden column stands in it."""
    text = warning.text if warning.reason else ""
    return warning.model_copy(update={"text": text, "quotes": _blank(warning.quotes)})


def _without(said: set[str], asked: _Asked) -> _Asked:
    return asked.model_copy(update={"text": ""}) if asked.text in said else asked


def _blank(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Leave the places of quotes, and none of their words."""
    return tuple(
        quote.model_copy(
            update={"text": "", "sentence": quote.sentence and quote.sentence.model_copy(update={"text": ""})}
        )
        for quote in quotes
    )
