"""What is reviewed: a text, and where it came from."""

from __future__ import annotations

from typing import Self

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.value import Value


class Source(Value):
    """Where a text or a part of it stands, as a person would look it up.

    Pages and paragraphs count from 1; `cell` is a spreadsheet address such as `C14`.
    """

    file: str | None = None
    page: int | None = None
    paragraph: int | None = None
    label: str | None = None
    sheet: str | None = None
    cell: str | None = None
    ticket: str | None = None

    def __str__(self) -> str:
        """Name the place in a few words: `intake.xlsx, sheet Q3, cell C14`."""
        named = {
            "page": self.page,
            "paragraph": self.paragraph,
            "field": self.label,
            "sheet": self.sheet,
            "cell": self.cell,
            "ticket": self.ticket,
        }
        parts = [f"{name} {value}" for name, value in named.items() if value is not None]
        return ", ".join([self.file, *parts] if self.file else parts) or "the text"


class Segment(Value):
    """A stretch of the text with an address of its own: a page, a paragraph, a cell.

    `start` and `end` are code points into the text, half open.
    """

    start: int
    end: int
    source: Source


class Submission(Value):
    """One text to review, as it was given, and where it came from."""

    text: str
    source: Source = Source()
    segments: tuple[Segment, ...] = ()

    @classmethod
    def of(
        cls,
        text: str,
        *,
        source: Source | None = None,
        segments: tuple[Segment, ...] = (),
        max_characters: int | None = None,
    ) -> Self:
        """Take `text` as it stands, or say in one sentence why it cannot be reviewed.

        Raises `EmptySubmission`, `TooLarge` or `UnreadableDocument`, and `TypeError` for what is no text at all.
        """
        _refuse_other_than_text(text)
        source = source or Source()
        _refuse_unreadable(text, str(source), max_characters)
        return cls(text=text, source=source, segments=segments)

    def place(self, start: int) -> Source:
        """Tell where the code point at `start` stands: its segment, or the whole submission."""
        for segment in self.segments:
            if segment.start <= start < segment.end:
                return segment.source
        return self.source


def _refuse_other_than_text(text: object) -> None:
    if not isinstance(text, str):
        message = f"A submission is a text, and this is of type {type(text).__name__!r}; decode or read it first."
        raise TypeError(message)


def _refuse_unreadable(text: str, source: str, max_characters: int | None) -> None:
    if not text or text.isspace():
        message = "there is no text in it; describe what the project does and for whom."
        raise EmptySubmission(message, source=source)
    if max_characters is not None and len(text) > max_characters:
        message = (
            f"{len(text):,} characters are more than the limit of {max_characters:,}; "
            "shorten it, split it, or raise the limit (max_characters)."
        )
        raise TooLarge(message, source=source)
    if (at := _lone_surrogate(text)) is not None:
        message = f"character {at} is half of a surrogate pair ({text[at]!r}); decode the text again from its source."
        raise UnreadableDocument(message, source=source)


def _lone_surrogate(text: str) -> int | None:
    if text.isascii():
        return None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None
