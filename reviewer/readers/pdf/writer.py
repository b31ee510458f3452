"""Writes the pages of a document into a transcript, in the order of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.pdf import line as lines
from reviewer.readers.transcript import PARAGRAPH, Transcript

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.readers.pdf.annotations import Comment, Field
    from reviewer.readers.pdf.page import Page
    from reviewer.submission import Source

_UNSEEN_FIELD = "A form field that is not shown."
_RECOGNISED = "The page is a picture; its words were recognised by a program and may be wrong."


class Writer:
    """Adds page after page; `transcript` holds what was written so far."""

    def __init__(self, source: Source) -> None:
        """Start with nothing written of `source`."""
        self.transcript = Transcript(source)
        self._compounds: frozenset[str] = frozenset()
        self._last = ""

    def write(self, pages: Sequence[Page | None]) -> None:
        """Write all pages; None stands for one that could not be read."""
        self._compounds = lines.compounds("\n".join(_words(pages)))
        for number, page in enumerate(pages, 1):
            if page:
                self._page(page, self.transcript.source.model_copy(update={"page": number}))

    def _page(self, page: Page, place: Source) -> None:
        if page.recognised:
            self.transcript.note(_RECOGNISED, place)
        self._hidden(page, 0, place)
        for number, paragraph in enumerate(page.paragraphs, 1):
            text = paragraph.text(self._compounds)
            gap = " " if number == 1 and lines.goes_on(self._last, text) else PARAGRAPH
            self.transcript.add(text, _at(place, number), gap=gap)
            self._last = text
            self._hidden(page, number, place)
        for number, comment in enumerate(page.comments, len(page.paragraphs) + 1):
            self._comment(comment, _at(place, number))
        for field in page.fields:
            self._field(field, place.model_copy(update={"label": field.name or None}))

    def _hidden(self, page: Page, after: int, place: Source) -> None:
        for hidden in page.hidden:
            if hidden.after == after:
                self.transcript.add(hidden.text, _at(place, max(1, after)), hidden=hidden.reason)
                self._last = "."

    def _comment(self, comment: Comment, place: Source) -> None:
        """Tell of a comment; what is typed over the page is read, too, as it may be an answer."""
        if comment.typed:
            self.transcript.add(comment.text, place)
            self.transcript.note(f"Words typed over the page, read with it: {comment.text!r}", place)
        else:
            self.transcript.note(f"A comment: {comment.text!r}", place)

    def _field(self, field: Field, place: Source) -> None:
        """Write the name of a field as the form's own words, and what was put in as the requester's."""
        hidden = _UNSEEN_FIELD if field.unseen else ""
        if field.ticked is not None:
            label = ": ".join(part for part in (field.name, field.value) if part)
            self.transcript.add(f"[{'x' if field.ticked else ' '}] {label}", place, hidden=hidden)
            return
        self.transcript.add(f"{field.name}:" if field.name else "", place, own=True)
        self.transcript.add(field.value, place, gap=" " if field.name else PARAGRAPH, hidden=hidden)


def _at(place: Source, paragraph: int) -> Source:
    return place.model_copy(update={"paragraph": paragraph})


def _words(pages: Iterable[Page | None]) -> Iterable[str]:
    return (line.text for page in pages if page for paragraph in page.paragraphs for line in paragraph.lines)
