"""What a store is given for a row, and what it knows of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.identity import text_digest
from reviewer.store.texts import to_json

if TYPE_CHECKING:
    from reviewer.receipt import WhyNotModel
    from reviewer.submission import Submission
    from reviewer.verdict import DecidedBy, Verdict


@dataclass(frozen=True, slots=True)
class Recorded:
    """One row of an input, and what came of it: a verdict, an error in words, or neither yet.

    `key` names it from one pass to the next, once in a run.
    `calls` are the digests of the calls that were made for it, so that a purge can forget their replies, too.
    """

    position: int
    key: str
    submission: Submission
    verdict: Verdict | None = None
    error: str | None = None
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a row; `number` is the store's own for it, `passed` the pass in which it was last seen.

    `submission_digest` is what `submission_digest` gave for it, whatever of it is kept.
    `is_partly_read`: the model gave no answer to a part of it.
    """

    number: int
    submission_digest: str
    decided_by: DecidedBy | None
    why_not_model: WhyNotModel | None
    has_verdict: bool
    has_error: bool
    passed: int
    is_partly_read: bool = False


def submission_digest(submission: Submission) -> str:
    """Name a submission by all that is in it, its places too: a row that moved is quoted with other places."""
    return text_digest(to_json(submission))
