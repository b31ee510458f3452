"""What an operator may set; frozen, and read at the doors only."""

from __future__ import annotations

from pydantic import field_validator

from reviewer.errors import SettingsError
from reviewer.value import Value


class Settings(Value):
    """The settings of a review.

    `max_characters`: a longer text is refused, in code points.
    `rules_may_reject`: whether a strong rule's hit rejects, or only refers.
    """

    max_characters: int = 1_000_000
    rules_may_reject: bool = True

    @field_validator("max_characters")
    @classmethod
    def _room_for_text(cls, value: int) -> int:
        if value < 1:
            message = f"max_characters is {value!r}; it must be 1 or more."
            raise SettingsError(message)
        return value
