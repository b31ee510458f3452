"""A story of a Word file, such as its body, a header or a footnote: paragraphs and tables in their order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reviewer.readers.docx.box import ground_of, why_hidden
from reviewer.readers.docx.grid import rows
from reviewer.readers.docx.line import Line, deleted
from reviewer.readers.docx.names import PARAGRAPH, TABLE, A, W
from reviewer.readers.office.parts import ALTERNATE, chosen
from reviewer.readers.office.remarks import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from reviewer.readers.docx.grid import Row
    from reviewer.readers.docx.styles import Styles
    from reviewer.readers.limits import Limits
    from reviewer.readers.office.parts import Part
    from reviewer.readers.transcript import Transcript
    from reviewer.submission import Source

NOT_SHOWN = "Words in a hidden row of a table."
COVERED = "Words in a cell that is merged with the one above it."

_LEFT_OUT = frozenset(f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "sectPr", "moveFrom", "tblPr", "tblGrid"))


@dataclass
class Book:
    """What all stories of a file share, and what was come across on the way."""

    transcript: Transcript
    styles: Styles
    limits: Limits
    page: str | None
    paper: tuple[int, int]
    unread: Counter[str] = field(default_factory=Counter)
    comments: dict[str, Source] = field(default_factory=dict)
    footnotes: dict[str, Source] = field(default_factory=dict)
    endnotes: dict[str, Source] = field(default_factory=dict)
    changes: list[tuple[str, Source]] = field(default_factory=list)


@dataclass(frozen=True)
class Where:
    """Where blocks stand: their place, what is painted behind them, and why nobody sees them, if so."""

    place: Source
    ground: str | None
    hidden: str = ""
    counted: bool = False


class Story:
    """Reads one part into the transcript; `counted` gives its paragraphs outside of tables a number."""

    def __init__(self, book: Book, part: Part, place: Source, *, counted: bool = False) -> None:
        """Start at its first paragraph and table."""
        self._book, self._part = book, part
        self._where = Where(place, book.page, counted=counted)
        self._paragraphs = self._tables = 0

    def read(self, container: Element) -> None:
        """Read all that a container such as `w:body` holds; raises `TooLarge`."""
        self._blocks(container, self._where)

    def _blocks(self, container: Element, where: Where) -> None:
        for item in self._items(container, where):
            if isinstance(item, Line):
                self._paragraph(item, where)
            else:
                self._table(item, where)
            self._book.transcript.stop_at(self._book.limits.max_characters)

    def _items(self, container: Element, where: Where) -> Iterator[Line | Element]:
        """Give the paragraphs and the tables in a container, through what may be wrapped around them."""
        for child in container:
            if child.tag == PARAGRAPH:
                yield Line(child, self._book.styles, where.ground)
            elif child.tag == TABLE:
                yield child
            elif child.tag == ALTERNATE:
                version = chosen(child)
                yield from () if version is None else self._items(version, where)
            elif child.tag == f"{W}altChunk":
                self._book.unread["embedded document"] += 1
            elif child.tag == f"{W}del":
                self._changed("Deleted", deleted(child), where.place)
            elif child.tag not in _LEFT_OUT:
                yield from self._items(child, where)

    def _paragraph(self, line: Line, where: Where) -> None:
        place = where.place
        if where.counted:
            self._paragraphs += bool(line.pieces)
            place = place.model_copy(update={"paragraph": max(self._paragraphs, 1)})
        mark, gap = line.mark, "\n\n"
        for text, why in line.pieces:
            self._book.transcript.add(mark + text.strip(), place, gap=gap, hidden=where.hidden or why)
            mark, gap = "", " "
        self._beside(line, place)
        self._boxes(line, replace(where, place=place, counted=False))

    def _beside(self, line: Line, place: Source) -> None:
        """Keep what a paragraph holds beside its words."""
        book = self._book
        self._changed("Deleted", " ".join(line.deleted), place)
        self._changed("Inserted", "".join(line.inserted), place)
        for known, marks in (
            (book.comments, line.comments),
            (book.footnotes, line.footnotes),
            (book.endnotes, line.endnotes),
        ):
            for mark in marks:
                known.setdefault(mark, place)
        book.unread.update(line.unread)

    def _changed(self, verb: str, text: str, place: Source) -> None:
        if text.strip():
            self._book.changes.append((f"{verb} by a tracked change: {shortened(text)!r}", place))

    def _boxes(self, line: Line, where: Where) -> None:
        """Read the text boxes and diagrams that are anchored in a paragraph, after its own words."""
        for box in line.boxes:
            behind, hidden = ground_of(box, where.ground), why_hidden(box, self._book.paper)
            place = where.place.model_copy(update={"label": "text box"})
            self._blocks(box, Where(place, behind, where.hidden or hidden))
        for relation in line.diagrams:
            place = where.place.model_copy(update={"label": "diagram"})
            part = self._part.part(relation)
            for paragraph in () if part is None else part.root.iter(f"{A}p"):
                text = "".join(run.text or "" for run in paragraph.iter(f"{A}t"))
                self._book.transcript.add(text, place, hidden=where.hidden)

    def _table(self, table: Element, where: Where) -> None:
        self._tables += 1
        reading = _Table(where.place.model_copy(update={"table": self._tables}))
        for row in rows(table, self._book.styles, where.ground):
            self._row(row, reading, where)
            self._book.transcript.stop_at(self._book.limits.max_characters)
        for text, why, place in reading.hidden:
            self._book.transcript.add(text, place, hidden=why)
        for item, at in reading.held:
            if isinstance(item, Line):
                self._boxes(item, at)
            else:
                self._table(item, at)

    def _row(self, row: Row, reading: _Table, where: Where) -> None:
        cells: list[tuple[str, Source]] = [("", reading.place)] * row.before
        for cell in row.cells:
            hidden = where.hidden or (NOT_SHOWN if row.hidden else COVERED if cell.goes_on else "")
            at = Where(reading.place.model_copy(update={"cell": cell.address}), cell.ground, hidden)
            items = list(self._items(cell.element, at))
            if len(row.cells) == 1 and _is_frame(items):
                self._framed(items, at)
                reading.is_first = True
                return
            cells.append((self._seen(items, at, reading), at.place))
            cells += [("", at.place)] * (cell.span - 1)
        before = self._book.transcript.characters
        self._book.transcript.row(cells, first=reading.is_first)
        reading.is_first = reading.is_first and before == self._book.transcript.characters

    def _framed(self, items: list[Line | Element], at: Where) -> None:
        """Read a row of one cell, which only draws a frame around what it holds, as paragraphs."""
        for item in items:
            if isinstance(item, Line):
                self._paragraph(item, at)
            else:
                self._table(item, at)

    def _seen(self, items: list[Line | Element], at: Where, reading: _Table) -> str:
        """Give the words of a cell; what does not fit on its line is held back until the table is read."""
        seen = []
        for item in items:
            if isinstance(item, Line):
                self._beside(item, at.place)
                reading.hidden += [(text, at.hidden or why, at.place) for text, why in item.pieces if at.hidden or why]
                seen.append("" if at.hidden else item.seen)
            if not isinstance(item, Line) or item.boxes or item.diagrams:
                reading.held.append((item, at))
        return " ".join(seen)


@dataclass
class _Table:
    """A table that is being read: hidden words, boxes and inner tables wait until its rows are together."""

    place: Source
    is_first: bool = True
    hidden: list[tuple[str, str, Source]] = field(default_factory=list)
    held: list[tuple[Line | Element, Where]] = field(default_factory=list)


def _is_frame(items: list[Line | Element]) -> bool:
    held = [item for item in items if not isinstance(item, Line) or item.pieces]
    return len(held) > 1 or any(not isinstance(item, Line) for item in held)
