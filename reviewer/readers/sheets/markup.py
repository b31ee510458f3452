"""What the XML of a sheet tells beside its values: what is hidden, broken or never calculated.

The library that reads the values tells nothing of these, and gives an error as a blank.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, NamedTuple

from lxml import etree

from reviewer.readers.office.colour import WHITE
from reviewer.readers.sheets import runs
from reviewer.readers.sheets.row import index_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from lxml.etree import _Element as Element

_PIECE = 1_048_576
# Longer than any switch that is looked for, so that one that is cut in two is found in the next piece.
_OVERLAP = 64
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
_CELL_TAG, _ROW_TAG = re.compile(rb"[<:]c(?=[\s/>])"), re.compile(rb"[<:]row(?=[\s/>])")
_ODD = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)|\bt\s*=\s*[\"']e[\"']|[<:]f[\s>/]|[<:]rPr[\s>]")
# Office declares no entities, and writes UTF-8; another program may read another text from what does.
_FOREIGN = re.compile(rb"<!DOCTYPE|\0")
_STYLED = rb"\bs\s*=\s*[\"'](?:%s)[\"']"
_TRUE = frozenset({"1", "true"})
_MOST_COLUMNS = 16_384
_LONGEST_LETTERS = 3
# More rows or columns than any sheet has.
_BEYOND = 10**9
# Digits that no row has, and more than Python would read.
_ABSURD = 10
# In any namespace: Excel writes another one into files of the stricter standard.
_ROW, _COLUMN, _CELL, _FORMULA, _VALUE, _INLINE = (f"{{*}}{name}" for name in ("row", "col", "c", "f", "v", "is"))


class Looks(NamedTuple):
    """How a workbook shows its cells: styles that hide them, the grounds of others, and common texts that hide letters.

    All are by the numbers that cells use; a ground that is not told is white.
    """

    styles: Mapping[str, str] = MappingProxyType({})
    grounds: Mapping[str, str] = MappingProxyType({})
    shared: Mapping[str, tuple[runs.Run, ...]] = MappingProxyType({})


@dataclass
class Marks:
    """What there is to say of one row, by the indexes of its columns."""

    hidden: bool = False
    hidden_cells: dict[int, str] = field(default_factory=dict)
    runs: dict[int, tuple[runs.Lost, ...]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    uncalculated: list[int] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Markup:
    """What there is to say of a sheet: its hidden columns, and the rows with anything out of the ordinary."""

    hidden_columns: set[int] = field(default_factory=set)
    rows: dict[int, Marks] = field(default_factory=lambda: defaultdict(Marks))


class Survey(NamedTuple):
    """What the bytes of a sheet show: how far it stretches, and whether its XML is worth reading, or foreign."""

    rows: int
    columns: int
    is_odd: bool
    is_foreign: bool


def survey(opened: Callable[[], IO[bytes]], styles: Collection[str]) -> Survey:
    """Pass quickly over the bytes: most sheets need no more."""
    extent, is_odd, is_foreign = Extent(), False, False
    styled = re.compile(_STYLED % b"|".join(style.encode() for style in styles)) if styles else None
    with opened() as file:
        rest = b""
        for piece in iter(partial(file.read, _PIECE), b""):
            text = rest + piece
            extent.add(text)
            is_odd = is_odd or bool(_ODD.search(text)) or bool(styled and styled.search(text))
            is_foreign = is_foreign or bool(_FOREIGN.search(text))
            rest = _cut(text)
            is_foreign = is_foreign or len(rest) > _PIECE
    return Survey(extent.rows, extent.columns, is_odd, is_foreign)


def _cut(text: bytes) -> bytes:
    """Give what belongs to the next piece, too: a tag that is cut in two, as a whole."""
    start = text.rfind(b"<")
    return text[start:] if start >= 0 and b">" not in text[start:] else text[-_OVERLAP:]


class Extent:
    """How far the cells of a sheet stretch at most; some programs leave addresses out, and bombs write odd ones."""

    def __init__(self) -> None:
        """Begin with no cells."""
        self._last = self._widest = self._most_in_row = self._in_row = 0
        self._unnamed = self._unnumbered = 0
        self._known: set[bytes] = set()

    def add(self, text: bytes) -> None:
        """Take the next piece of the XML."""
        found = _ADDRESS.findall(text)
        self._widest = max(self._widest, *map(_width, {letters for letters, _ in found} - self._known), 0)
        self._known.update(letters for letters, _ in found)
        self._last = max(self._last, *map(_tall, {number for _, number in found}), 0)
        counts = [len(_CELL_TAG.findall(row)) for row in _ROW_TAG.split(text)]
        self._most_in_row = max(self._most_in_row, self._in_row + counts[0], *counts[1:])
        self._in_row = counts[-1] + (self._in_row if len(counts) == 1 else 0)
        named = sum(bool(letters) for letters, _ in found)
        # Where two pieces overlap, a tag may be counted without its address.
        self._unnamed += max(sum(counts) - named - 1, 0)
        self._unnumbered += max(len(counts) - 1 - (len(found) - named) - 1, 0)

    @property
    def rows(self) -> int:
        """The number of the last row; those without one follow on those with one."""
        return self._last + self._unnumbered + bool(self._unnumbered)

    @property
    def columns(self) -> int:
        """How many columns there are up to the last cell."""
        return self._widest + (self._most_in_row if self._unnamed else 0)


def _width(letters: bytes) -> int:
    return index_of(letters.decode().upper()) + 1 if len(letters) <= _LONGEST_LETTERS else _BEYOND


def _tall(number: bytes) -> int:
    digits = number.lstrip(b"0")
    return int(digits or b"0") if len(digits) < _ABSURD else _BEYOND


def read(opened: Callable[[], IO[bytes]], looks: Looks) -> Markup:
    """Read the XML of a sheet row by row; raises `lxml.etree.XMLSyntaxError`."""
    markup = Markup()
    with opened() as file:
        number = 0
        for element in _elements(file):
            if etree.QName(element).localname == "col":
                markup.hidden_columns.update(_hidden_columns(element))
                continue
            number = _number(element.get("r")) or number + 1
            if (marks := _marks(element, looks)) != Marks():
                markup.rows[number] = marks
            # Rows that were read stay in the tree otherwise.
            element.clear()
            if (above := element.getparent()) is not None:
                del above[: above.index(element)]
    return markup


def _elements(file: IO[bytes]) -> Iterator[Element]:
    reading = etree.iterparse(file, tag=(_COLUMN, _ROW), resolve_entities=False, no_network=True, load_dtd=False)
    for _, element in reading:
        yield element


def _hidden_columns(column: Element) -> range:
    if column.get("hidden") not in _TRUE:
        return range(0)
    first, last = _number(column.get("min")), _number(column.get("max"))
    return range(max(first - 1, 0), min(last, _MOST_COLUMNS))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < _ABSURD else 0


def _marks(row: Element, looks: Looks) -> Marks:
    marks = Marks(hidden=row.get("hidden") in _TRUE)
    column = -1
    for cell in row.iterchildren(_CELL):
        address = (cell.get("r") or "").rstrip("0123456789")
        column = index_of(address) if address else column + 1
        value, kind = cell.findtext(_VALUE), cell.get("t")
        if kind == "e":
            marks.errors[column] = value or "#VALUE!"
        elif not value and kind != "str" and cell.find(_FORMULA) is not None:
            # A blank of the kind "str" is a result, too: that of ="".
            marks.uncalculated.append(column)
        if (why := looks.styles.get(cell.get("s", "0"))) and (value is not None or cell.find(_INLINE) is not None):
            marks.hidden_cells[column] = why
        elif lost := _lost(cell, value if kind == "s" else None, looks):
            marks.runs[column] = lost
    return marks


def _lost(cell: Element, number: str | None, looks: Looks) -> tuple[runs.Lost, ...]:
    """Give the letters of a cell, if some are lost; `number` is that of a common text."""
    inline = cell.find(_INLINE)
    found = looks.shared.get(number or "", ()) if inline is None else runs.of_text(inline)
    return runs.lost(found, looks.grounds.get(cell.get("s", "0"), WHITE)) if found else ()
