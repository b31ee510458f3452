"""A sentence of a document, and how it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How a sentence stands in its document."""

    ASSERTED = "asserted"
    ASKED = "asked"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a cell, an item, or a label with the first sentence of its value.

    A half-open span of the folded text; its label, if it has one, ends at `label`.
    """

    start: int
    end: int
    mode: Mode = Mode.ASSERTED
    label: int = 0
