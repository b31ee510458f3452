"""The walk over one page: blocks to paragraphs, tables to rows, controls to what was filled in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from reviewer.readers.counting import counted, plural
from reviewer.readers.html.controls import Controls
from reviewer.readers.html.looks import Look
from reviewer.readers.html.passage import Passage, Piece
from reviewer.readers.html.styles import Styles
from reviewer.readers.html.table import Table
from reviewer.readers.transcript import CELL, PARAGRAPH

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reviewer.readers.limits import Limits
    from reviewer.readers.transcript import Transcript
    from reviewer.submission import Source

PICTURE = "picture's description"

# Not the whole head: the parser leaves words in it where no body is begun, and browsers show them.
_LEFT_OUT = frozenset({"script", "style", "template", "datalist", "title"})
_UNREAD = {"iframe": "frame", "frame": "frame", "object": "object", "embed": "object", "applet": "object"}
_UNREAD |= {"video": "video", "audio": "recording", "canvas": "drawing"}
_FILLED_IN = frozenset({"input", "select", "textarea"})
_INLINE = re.compile(
    "a|abbr|acronym|b|bd[io]|big|cite|code|data|del|dfn|em|font|i|input|ins|kbd|label|map|mark|nobr|output|q|r[pt]|ruby"
    "|s|samp|select|small|span|strike|strong|su[bp]|time|tt|u|var|wbr|button|meter|progress|img|area|picture|source"
)


class Page:
    """Reads one parsed page into a transcript, without recursion: pages nest as deep as their makers like."""

    def __init__(self, root: _Element, transcript: Transcript, limits: Limits, paragraphs: int = 0) -> None:
        """Take the page; its paragraphs count on from `paragraphs`."""
        self._root = root
        self._transcript, self._most = transcript, limits.max_characters
        self._styles = Styles((style.text or "" for style in root.iter("style")), str(transcript.source))
        self._controls = Controls(root)
        self._looks = [Look()]
        self._hidden = [""]
        self._owns = [False]
        self._passage = Passage()
        self._paragraphs = paragraphs
        self._tables: list[Table | None] = []
        self._tables_seen = 0
        self._unread: Counter[str] = Counter()
        self._pictures = 0
        self._comments = 0

    def read(self) -> None:
        """Add all that stands on the page, and then say what was not read; raises `TooLarge`."""
        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                if not self._enter(node):
                    walk.skip_subtree()
                continue
            if event == "end":
                self._leave(node)
                self._transcript.stop_at(self._most)
            elif event == "comment":
                self._comments += any(map(str.isalpha, node.text or ""))
            self._say(node.tail)
        self._end_paragraph()
        self._tell()

    def _enter(self, element: _Element) -> bool:
        """Begin an element; gives whether what lies in it is to be read."""
        tag = str(element.tag)
        self._dress(element)
        self._owns.append(tag not in _FILLED_IN and (self._owns[-1] or self._controls.is_own(element)))
        self._break_at(tag)
        if tag in _LEFT_OUT or self._stands_for_itself(element, tag):
            return False
        self._begin(element, tag)
        self._say(element.text)
        return True

    def _stands_for_itself(self, element: _Element, tag: str) -> bool:
        """Take an element whose content is not read as text: a picture, a frame, a box to tick."""
        if tag == "img":
            self._pictures += 1
            self._say(element.get("alt"), label=PICTURE)
        elif tag == "svg":
            words = next(element.iter("text", "foreignobject"), None) is not None
            self._unread["drawing"] += words
            self._pictures += not words
        elif tag in _UNREAD:
            if not self._is_beacon(element):
                self._unread[_UNREAD[tag]] += 1
        elif tag in {"input", "select"}:
            self._say(self._controls.value(element))
        else:
            return False
        return True

    def _is_beacon(self, element: _Element) -> bool:
        """Tell whether a frame only counts visitors: it is hidden, and stands in for a script."""
        return bool(self._hidden[-1]) and next(element.iterancestors("noscript"), None) is not None

    def _begin(self, element: _Element, tag: str) -> None:
        if tag == "br":
            self._passage.line()
        elif tag == "li":
            self._passage.prefix = "- "
        elif tag in {"pre", "textarea"}:
            self._passage.is_plain = True
        elif tag == "label":
            self._say(self._controls.mark(element))
        elif tag == "table":
            table = Table.of(element)
            self._tables_seen += table is not None
            self._tables.append(table)
        elif tag in {"td", "th"} and (table := self._table):
            table.begin_cell(element)

    def _leave(self, element: _Element) -> None:
        tag = str(element.tag)
        if tag in {"td", "th"} and (table := self._table) and table.is_in_cell:
            table.end_cell(self._passage.take())
        elif tag == "tr" and (table := self._table):
            self._end_row(table)
        else:
            self._break_at(tag)
        if tag == "table":
            self._end_table()
        elif tag == "li":
            self._passage.prefix = ""
        self._owns.pop()
        self._looks.pop()
        self._hidden.pop()

    def _dress(self, element: _Element) -> None:
        """Reckon how words in it look; most look as those around it."""
        around = self._looks[-1]
        look = around.within(element, self._styles.of(element))
        self._looks.append(look)
        self._hidden.append(self._hidden[-1] if look is around else look.hidden)

    def _break_at(self, tag: str) -> None:
        """End a paragraph where a block begins or ends; within a cell it is only a space."""
        if _INLINE.fullmatch(tag):
            return
        if self._is_in_cell(tag):
            self._passage.space()
        else:
            self._end_paragraph()

    @property
    def _table(self) -> Table | None:
        return self._tables[-1] if self._tables else None

    def _is_in_cell(self, tag: str) -> bool:
        """Tell whether a block is only a line within a cell, or a break, and so ends no paragraph."""
        return tag == "br" or (self._table is not None and self._table.is_in_cell and tag not in {"td", "th", "tr"})

    def _say(self, text: str | None, label: str | None = None) -> None:
        if text:
            self._passage.add(Piece(text, self._hidden[-1], is_own=self._owns[-1], label=label))

    def _end_paragraph(self) -> None:
        pieces = self._passage.take()
        if not pieces:
            return
        self._paragraphs += 1
        place = self._transcript.source.model_copy(update={"paragraph": self._paragraphs})
        for number, piece in enumerate(pieces):
            at = place.model_copy(update={"label": piece.label}) if piece.label else place
            gap = piece.gap if number else PARAGRAPH
            self._transcript.add(piece.text, at, gap=gap, hidden=piece.hidden, own=piece.is_own)

    def _end_table(self) -> None:
        table = self._tables.pop()
        if table is not None and table.has_cells:
            self._end_row(table)

    def _end_row(self, table: Table) -> None:
        """Write the row; where its pieces differ in look, each by itself."""
        source = self._transcript.source.model_copy(update={"table": self._tables_seen})
        row = table.end_row(source)
        looks = {piece[1:4] for pieces, _ in row for piece in pieces}
        hidden, *others = looks.pop() if len(looks) == 1 else ("", True, None)
        if others == [False, None]:
            cells = [(" ".join(piece.text for piece in pieces), place) for pieces, place in row]
            self._transcript.row(cells, first=table.is_first, hidden=hidden)
        else:
            self._write_apart(row, PARAGRAPH if table.is_first else "\n")
        table.is_first = table.is_first and not any(pieces for pieces, _ in row)

    def _write_apart(self, row: list[tuple[list[Piece], Source]], gap: str) -> None:
        for pieces, place in row:
            for piece in pieces:
                at = place.model_copy(update={"label": piece.label}) if piece.label else place
                # What parts two cells wins over what parts two pieces.
                self._transcript.add(piece.text, at, gap=gap or piece.gap, hidden=piece.hidden, own=piece.is_own)
                gap = ""
            gap = gap or CELL

    def _tell(self) -> None:
        if self._unread:
            kinds = ", ".join(plural(count, kind) for kind, count in sorted(self._unread.items()))
            self._transcript.unread(f"Parts of the page were not read: {kinds}.")
        if self._pictures:
            self._transcript.note(f"{counted(self._pictures, 'picture')} not read.")
        if self._comments:
            self._transcript.note(f"{counted(self._comments, 'HTML comment')} not read.")
        if unfollowed := self._styles.unfollowed:
            self._transcript.note(
                f"{counted(unfollowed, 'style rule')} not followed, so that words may be hidden by them."
            )
