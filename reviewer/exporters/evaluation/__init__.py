"""The result of an evaluation: for a terminal, for programs, and as a page on which every miss can be opened."""

from __future__ import annotations

from reviewer.exporters.evaluation.page import as_html
from reviewer.exporters.evaluation.text import as_text

__all__ = ["as_html", "as_json", "as_text"]

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.score import Evaluation


def as_json(told: Evaluation) -> str:
    """Give the whole result, every case with its text and answer, as JSON that `--compare` reads."""
    return told.model_dump_json(indent=1) + "\n"
