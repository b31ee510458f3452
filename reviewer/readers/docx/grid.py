"""A table of a Word file as rows of cells, each with its address and with what is painted behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.addresses import letters
from reviewer.readers.docx.layout import is_too_low
from reviewer.readers.docx.look import is_on, number, shade
from reviewer.readers.docx.names import CELL, ROW, VAL, W
from reviewer.readers.office.colour import UNKNOWN, WHITE, is_lost
from reviewer.readers.office.parts import ALTERNATE, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from reviewer.readers.docx.styles import Styles

# What Word allows; a file can claim any number.
MOST_COLUMNS = 63

_SHADE, _SPAN = f"{W}shd", f"{W}gridSpan"
_MERGES = frozenset({f"{W}vMerge", f"{W}hMerge"})
_WRAPS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


class Cell(NamedTuple):
    """A cell: how many columns it takes, whether it only goes on from the one above, and what is behind it."""

    element: Element
    address: str
    span: int
    goes_on: bool
    ground: str | None


class Row(NamedTuple):
    """A row; `before` are columns that are left out at its start."""

    cells: tuple[Cell, ...]
    before: int
    hidden: bool


def rows(table: Element, styles: Styles, ground: str | None) -> Iterator[Row]:
    """Give the rows of a `w:tbl` that stands on `ground`."""
    found = list(_within(table, ROW))
    named = table.find(f"{W}tblPr/{W}tblStyle")
    regions = {} if named is None else styles.table(named.get(VAL, ""))
    own = shade(table.find(f"{W}tblPr/{W}shd"))
    for at, element in enumerate(found):
        edges = {"firstRow": at == 0, "lastRow": at == len(found) - 1}
        yield _row(element, at + 1, ground if own is None else own, _Painting(regions, edges))


class _Painting(NamedTuple):
    """What a style of tables paints in a row, by the region."""

    regions: dict[str, str]
    edges: dict[str, bool]

    def behind(self, **edges: bool) -> str | None:
        """Give what may be painted behind a cell; which bands are switched on is not asked."""
        if not self.regions:
            return None
        apart = {name for name, holds in {**self.edges, **edges}.items() if not holds}
        painted = [colour for name, colour in self.regions.items() if name not in apart]
        return None if all(is_lost(colour, WHITE) for colour in painted) else UNKNOWN


def _row(element: Element, line: int, ground: str | None, painting: _Painting) -> Row:
    before = min(number(element.find(f"{W}trPr/{W}gridBefore")) or 0, MOST_COLUMNS)
    column, cells, found = before + 1, [], list(_within(element, CELL))
    for at, cell in enumerate(found):
        properties = cell.find(f"{W}tcPr")
        behind, span, goes_on = (None, 1, False) if properties is None else _properties(properties)
        if behind is None:
            painted = painting.behind(firstCol=at == 0, lastCol=at == len(found) - 1)
            behind = ground if painted is None else painted
        cells.append(Cell(cell, f"{letters(column)}{line}", span, goes_on, behind))
        column += span
    hidden = is_on(element.find(f"{W}trPr/{W}hidden")) or is_too_low(element.find(f"{W}trPr/{W}trHeight"))
    return Row(tuple(cells), before, hidden)


def _properties(properties: Element) -> tuple[str | None, int, bool]:
    behind, span, goes_on = None, 1, False
    for child in properties:
        if child.tag == _SHADE:
            behind = shade(child)
        elif child.tag == _SPAN:
            span = max(1, min(number(child) or 1, MOST_COLUMNS))
        elif child.tag in _MERGES:
            goes_on = child.get(VAL, "continue") == "continue"
    return behind, span, goes_on


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Give the rows or cells in a part, through what may be wrapped around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPS:
            yield from _within(child, tag)
        elif child.tag == ALTERNATE and (version := chosen(child)) is not None:
            yield from _within(version, tag)
