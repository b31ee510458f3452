"""What an operator may set; frozen, and read at the doors only."""

from __future__ import annotations

from pydantic import Field

from reviewer.value import Value


class Settings(Value):
    """The settings of a review.

    `max_characters`: a longer text is refused, in code points.
    `rules_may_reject`: whether a strong rule's hit rejects, or only refers.
    """

    max_characters: int = Field(default=1_000_000, gt=0)
    rules_may_reject: bool = True
