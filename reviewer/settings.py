"""What an operator may set; frozen, and read at the doors only."""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationInfo, field_validator, model_validator

from reviewer.errors import SettingsError
from reviewer.value import Value

SHORTEST_WINDOW = 1_000


class Settings(Value):
    """The settings of a review.

    `max_characters`: a longer text is refused, in code points.
    `rules_may_reject`: whether a strong rule's hit rejects, or only refers.
    `window_characters`: the longest stretch of text that one call to a model carries; a longer text goes in several.
    `window_overlap`: how much of a stretch the next one repeats, so that no sentence is read in halves only.
    `max_output_tokens`: the longest answer that a model may give to one call.
    `mask`: whether addresses, numbers, keys and secrets are masked before text leaves.
    `store_text`: which words of the submissions a store of runs keeps: none, the quotes in verdicts, or all.
    `max_bytes` and those after it: how much a reader of files takes on, as `Limits` tells.
    """

    max_characters: int = 1_000_000
    rules_may_reject: bool = True
    window_characters: int = 24_000
    window_overlap: int = 400
    max_output_tokens: int = 4_096
    mask: bool = False
    store_text: Literal["none", "quotes", "full"] = "full"
    max_bytes: int = 100_000_000
    max_pages: int = 2_000
    max_rows: int = 1_000_000
    max_expanded_bytes: int = 500_000_000
    max_parts: int = 10_000
    max_depth: int = 5

    @field_validator(
        "max_characters",
        "max_output_tokens",
        "max_bytes",
        "max_pages",
        "max_rows",
        "max_expanded_bytes",
        "max_parts",
        "max_depth",
    )
    @classmethod
    def _room_for_something(cls, value: int, info: ValidationInfo) -> int:
        if value < 1:
            message = f"{info.field_name} is {value!r}; it must be 1 or more."
            raise SettingsError(message)
        return value

    @field_validator("window_characters")
    @classmethod
    def _room_for_sentences(cls, value: int) -> int:
        if value < SHORTEST_WINDOW:
            message = f"window_characters is {value!r}; it must be {SHORTEST_WINDOW:,} or more."
            raise SettingsError(message)
        return value

    @model_validator(mode="after")
    def _windows_move_on(self) -> Settings:
        if not 0 <= self.window_overlap < self.window_characters / 2:
            message = (
                f"window_overlap is {self.window_overlap!r}; it must be 0 or more,"
                f" and less than half of window_characters ({self.window_characters!r})."
            )
            raise SettingsError(message)
        return self
