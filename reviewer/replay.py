"""An entry tried under another policy, and where its verdict there comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reviewer.run import Entry


class How(StrEnum):
    """Where the verdict under the new policy comes from.

    `rules`: the rules, which read it alone before, too. `replies`: what a model said before.
    `asked`: a model, anew, for a changed clause can touch the text or a reply is not kept.
    `not_asked`: it would have to be asked; until then the entry stands as it was.
    `not_kept`: there are no words to review, or there never was a verdict.
    """

    RULES = "rules"
    REPLIES = "replies"
    ASKED = "asked"
    NOT_ASKED = "not_asked"
    NOT_KEPT = "not_kept"


class Replayed(NamedTuple):
    """An entry as it stands, and as it would stand; `touching` are the changed clauses that can touch it."""

    before: Entry
    after: Entry
    how: How
    touching: tuple[str, ...] = ()
    error: str | None = None
