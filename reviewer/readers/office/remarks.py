"""Remarks on Office files: lists of notes that end somewhere, and counts of what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import UnreadableDocument
from reviewer.readers.counting import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.readers.transcript import Transcript
    from reviewer.submission import Source

MOST_NOTES = 50
MOST_QUOTED = 300


def shortened(text: str) -> str:
    """Put a text on one line of at most `MOST_QUOTED` characters."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_QUOTED else f"{line[: MOST_QUOTED - 1].rstrip()}\u2026"


def list_notes(transcript: Transcript, notes: Sequence[tuple[str, Source]], what: str) -> None:
    """Note the first `MOST_NOTES`, then how many more of `what` there are."""
    for text, place in notes[:MOST_NOTES]:
        transcript.note(text, place)
    if len(notes) > MOST_NOTES:
        transcript.note(f"And {len(notes) - MOST_NOTES:,} more {what}.")


def not_read(count: int, noun: str, where: str = "") -> str:
    """Say in one sentence that some things were not read."""
    return f"{plural(count, noun)}{where} {'was' if count == 1 else 'were'} not read."


def refuse_pictures_alone(transcript: Transcript, pictures: int) -> None:
    """Refuse a file that shows its words as pictures; raises `UnreadableDocument`."""
    if transcript.is_empty and pictures:
        message = f"it holds {plural(pictures, 'picture')} and no text; run text recognition (OCR) over it first."
        raise UnreadableDocument(message, source=str(transcript.source))
