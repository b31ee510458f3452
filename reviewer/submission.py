"""What is reviewed: a text, and where it came from."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import cached_property
from typing import Self

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.value import Value


class Source(Value):
    """Where a text or a part of it stands, as a person would look it up.

    Pages, slides, paragraphs, tables and rows count from 1; `cell` is an address such as `C14`, in a sheet or a table.
    `attachment` names a file in a mail, with those it lies in before it: `forwarded.eml/plan.pdf`.
    """

    file: str | None = None
    attachment: str | None = None
    page: int | None = None
    slide: int | None = None
    table: int | None = None
    paragraph: int | None = None
    label: str | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    ticket: str | None = None

    def __str__(self) -> str:
        """Name the place in a few words: `intake.xlsx, sheet Q3, cell C14`."""
        named = {name: f"{name} {value}" for name, value in self if value is not None and name != "file"}
        if self.label is not None and (self.page or self.slide or self.paragraph):
            named["label"] = self.label  # such as a footnote, and no field of a form
        elif self.label is not None:
            named["label"] = f"field {self.label}"
        return ", ".join([self.file, *named.values()] if self.file else named.values()) or "the text"


class Segment(Value):
    """A stretch of the text with an address of its own: a page, a paragraph, a cell.

    `start` and `end` are code points into the text, half open.
    """

    start: int
    end: int
    source: Source


class RemarkKind(StrEnum):
    """What a reader of files saw: words that no person sees, a part that it could not read, or ordinary office life."""

    HIDDEN = "hidden"
    UNREAD = "unread"
    NOTE = "note"


class Remark(Value):
    """What the reader of a file has to say beside the text, in one sentence, with its place.

    Hidden words stand in the text, too, from `start` to `end`, in code points, half open.
    """

    kind: RemarkKind
    text: str
    source: Source = Source()
    start: int | None = None
    end: int | None = None


class Submission(Value):
    """One text to review, as it was given, and where it came from.

    `segments` are in the order of the text and do not overlap.
    `own_words` are spans that are a form's own, such as labels, and say nothing of the project (half open, in order).
    `remarks` are what the reader of the file saw beside the text.
    `id` is what the requester's side calls it; `fields` are all columns of its row, header and value, read or not.
    `file_sha256` is of the bytes of the file that it came from.
    """

    text: str
    source: Source = Source()
    segments: tuple[Segment, ...] = ()
    own_words: tuple[tuple[int, int], ...] = ()
    remarks: tuple[Remark, ...] = ()
    id: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    file_sha256: str | None = None

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
        return cls(text=text, source=source or Source(), segments=segments).checked(max_characters)

    def checked(self, max_characters: int | None = None) -> Self:
        """Give it back if it can be reviewed; raises what `of` raises."""
        _refuse_unreadable(self.text, str(self.source), max_characters)
        return self

    def place(self, start: int) -> Source:
        """Tell where the code point at `start` stands: its segment, or the whole submission."""
        at = bisect_right(self._starts, start) - 1
        return self.segments[at].source if at >= 0 and start < self.segments[at].end else self.source

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]


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
