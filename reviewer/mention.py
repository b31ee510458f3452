"""An entry as a report mentions it, light enough to be held by the hundred thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reviewer.value import Value

if TYPE_CHECKING:
    from reviewer.run import Entry


class Mention(Value):
    """Which entry is meant: the store's number, its key, what the requester calls it, and where it stood."""

    number: int
    key: str
    id: str | None = None
    place: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Mention an entry, without its text."""
        submission = entry.submission
        return cls(number=entry.id, key=entry.key, id=submission.id, place=str(submission.source))

    def __str__(self) -> str:
        """Name it as a person would look it up: `#12 DOE-17 (intake.csv, row 5)`."""
        return f"#{self.number} {self.id} ({self.place})" if self.id else f"#{self.number} ({self.place})"
