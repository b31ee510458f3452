"""A table on a slide, as rows whose cells have addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.addresses import letters
from reviewer.readers.office.colour import UNKNOWN
from reviewer.readers.pptx.line import lines
from reviewer.readers.pptx.names import YES, A
from reviewer.readers.pptx.palette import CLEAR, TRANSPARENT

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reviewer.readers.pptx.line import Lettering
    from reviewer.readers.transcript import Transcript
    from reviewer.submission import Source

COVERED = "Words in a cell that is merged with another."

_NO_PAINT = frozenset({CLEAR, TRANSPARENT})
# The two styles of tables that paint nothing.
_BARE = frozenset({"{5940675A-B579-460E-94D1-54222C63F5DA}", "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"})


def read_table(transcript: Transcript, table: Element, place: Source, lettering: Lettering, hidden: str) -> None:
    """Add the rows of an `a:tbl`; words that nobody sees follow, each with the address of its cell."""
    held: list[tuple[str, str, Source]] = []
    style = table.findtext(f"{A}tblPr/{A}tableStyleId") or ""
    bare = not style or style.upper() in _BARE
    # What the style of a table paints is not worked out.
    usual = lettering if bare else lettering.on(UNKNOWN)
    first = True
    for row, element in enumerate(table.iterchildren(f"{A}tr"), start=1):
        cells: list[tuple[str, Source]] = []
        for column, cell in enumerate(element.iterchildren(f"{A}tc"), start=1):
            at = place.model_copy(update={"cell": f"{letters(column)}{row}"})
            painted = lettering.palette.painted(cell.find(f"{A}tcPr"))
            on_cell = usual if painted is None else lettering if painted in _NO_PAINT else lettering.on(painted)
            seen, unseen = _words(cell, on_cell, hidden)
            cells.append((seen, at))
            held += [(text, why, at) for text, why in unseen]
        before = transcript.characters
        transcript.row(cells, first=first)
        first = first and before == transcript.characters
    for text, why, at in held:
        transcript.add(text, at, hidden=why)


def _words(cell: Element, lettering: Lettering, hidden: str) -> tuple[str, list[tuple[str, str]]]:
    """Give the words of a cell that are seen, and those that are not, each with why."""
    covered = any(cell.get(name) in YES for name in ("hMerge", "vMerge"))
    hidden = hidden or (COVERED if covered else "")
    read = list(lines(cell.find(f"{A}txBody"), lettering))
    unseen = [(text, hidden or why) for line in read for text, why in line.pieces if hidden or why]
    return "" if hidden else " ".join(line.seen for line in read), unseen
