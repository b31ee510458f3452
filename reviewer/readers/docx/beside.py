"""What stands beside the body of a Word file: foot- and endnotes, headers, footers, comments, and what is not read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reviewer.readers.docx.names import PARAGRAPH, A, W
from reviewer.readers.docx.story import Story
from reviewer.readers.office.parts import RELATION
from reviewer.readers.office.remarks import list_notes, not_read, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from reviewer.readers.docx.story import Book
    from reviewer.readers.office.parts import Part
    from reviewer.submission import Source

_ID, _TYPE, _REFERENCE = f"{W}id", f"{W}type", f"{RELATION}id"
_WORDS = (f"{W}t", f"{W}delText", f"{A}t")


class Beside:
    """Reads all that the body of a file leads to, after the body, into the same transcript."""

    def __init__(self, book: Book, main: Part) -> None:
        """Take what the body has left in `book`."""
        self._book, self._main = book, main

    def read(self) -> None:
        """Read the notes, the margins and the comments, and tell of what could not be read."""
        self._notes("footnote", self._book.footnotes)
        self._notes("endnote", self._book.endnotes)
        in_text = Counter(self._book.unread)
        self._margins("header")
        self._margins("footer")
        in_margins = self._book.unread - in_text
        self._book.unread = in_text
        for noun, count in sorted(in_text.items()):
            self._book.transcript.unread(not_read(count, noun))
        for noun, count in sorted(in_margins.items()):
            self._book.transcript.note(not_read(count, noun, " in the headers and footers"))
        list_notes(self._book.transcript, list(self._comments()), "comments")
        list_notes(self._book.transcript, self._book.changes, "tracked changes")

    def _notes(self, noun: str, marks: dict[str, Source]) -> None:
        """Read the notes that the text leads to, in its order; others are shown to nobody."""
        part = next(self._main.related(f"{noun}s"), None)
        found = {} if part is None else {note.get(_ID, ""): note for note in part.root if _TYPE not in note.attrib}
        for number, mark in enumerate((mark for mark in marks if mark in found), start=1):
            if part is not None:
                self._story(part, f"{noun} {number}", found[mark])
        lost = [words(note) for name, note in found.items() if name not in marks]
        notes = [f"A {noun} that no mark leads to: {shortened(text)!r}" for text in lost if text.strip()]
        list_notes(self._book.transcript, [(text, self._book.transcript.source) for text in notes], f"{noun}s")

    def _margins(self, noun: str) -> None:
        """Read each header or footer that a section shows, but one text only once."""
        known: set[str] = set()
        for reference in self._main.root.iter(f"{W}{noun}Reference"):
            part = self._main.part(reference.get(_REFERENCE))
            if part is None or part.name in known or (text := words(part.root)) in known:
                continue
            known |= {part.name, text}
            self._story(part, noun, part.root)

    def _story(self, part: Part, label: str, container: Element) -> None:
        place = self._book.transcript.source.model_copy(update={"label": label})
        Story(self._book, part, place).read(container)

    def _comments(self) -> Iterator[tuple[str, Source]]:
        part = next(self._main.related("comments"), None)
        found = {} if part is None else {comment.get(_ID, ""): words(comment) for comment in part.root}
        order = [name for name in (*self._book.comments, *found) if name in found]
        for name in dict.fromkeys(order):
            if found[name].strip():
                place = self._book.comments.get(name, self._book.transcript.source)
                yield f"A comment says: {shortened(found[name])!r}", place


def words(element: Element) -> str:
    """Give all words in a part, one paragraph a line."""
    paragraphs = element.iter(PARAGRAPH)
    return "\n".join("".join(text.text or "" for text in paragraph.iter(*_WORDS)) for paragraph in paragraphs)
