"""Digests: what a verdict was derived from, so that the same question has the same name."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reviewer.submission import Submission


def text_digest(text: str) -> str:
    """Give the SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def value_digest(value: BaseModel) -> str:
    """Give the SHA-256 of a value as JSON, in hexadecimal."""
    return text_digest(value.model_dump_json())


def reading_digest(submission: Submission) -> str:
    """Name all of a submission that a verdict hangs on: its text, and what the reader of its file saw in it."""
    own = submission.own_words
    told = [f"{start} {end}" for start, end in own]
    # Where an answer ends tells how far a label reaches that denies it.
    told += [f"answer {segment.start} {segment.end}" for segment in submission.segments] if own else []
    told += [remark.model_dump_json() for remark in submission.remarks]
    digest = text_digest(submission.text)
    return text_digest("\n".join((digest, *told))) if told else digest


def review_digest(*parts: str) -> str:
    """Name a review by everything that it was derived from; the order of the parts counts."""
    return text_digest("\n".join(parts))


def call_digest(call: BaseModel, identity: str) -> str:
    """Name a question to a model by all that is sent, and by `identity`, which names the model and its parameters."""
    return text_digest(f"{value_digest(call)}\n{identity}")
