"""The base of all values: frozen, closed to unknown keys, JSON in and out."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# Words that somebody answers for: never empty.
Said = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


class Value(BaseModel):
    """Made once, never changed, equal by content; its validator is built when it is first needed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
