"""What the XML of a sheet tells beside its values: what is hidden, broken or never calculated.

The library that reads the values tells nothing of these, and gives an error as a blank.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple

from lxml import etree

from reviewer.readers.sheets.row import index_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from lxml.etree import _Element as Element

_PIECE = 1_048_576
# Longer than any address of a cell, so that one that is cut in two is found in the next piece.
_OVERLAP = 64
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ODD = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)|\bt\s*=\s*[\"']e[\"']|[<:]f[\s>/]")
# Office declares no entities, and writes UTF-8; another program may read another text from what does.
_FOREIGN = re.compile(rb"<!DOCTYPE|\0")
_STYLED = rb"\bs\s*=\s*[\"'](?:%s)[\"']"
_TRUE = frozenset({"1", "true"})
_MOST_COLUMNS = 16_384
# In any namespace: Excel writes another one into files of the stricter standard.
_ROW, _COLUMN, _CELL, _FORMULA, _VALUE, _INLINE = (f"{{*}}{name}" for name in ("row", "col", "c", "f", "v", "is"))


@dataclass
class Marks:
    """What there is to say of one row, by the indexes of its columns."""

    hidden: bool = False
    hidden_cells: dict[int, str] = field(default_factory=dict)
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
    rows, columns, is_odd, is_foreign = 0, set[bytes](), False, False
    styled = re.compile(_STYLED % b"|".join(style.encode() for style in styles)) if styles else None
    with opened() as file:
        rest = b""
        for piece in iter(partial(file.read, _PIECE), b""):
            text = rest + piece
            found = _ADDRESS.findall(text)
            columns.update(letters for letters, _ in found)
            rows = max(rows, max((int(number) for _, number in found), default=0))
            is_odd = is_odd or bool(_ODD.search(text)) or bool(styled and styled.search(text))
            is_foreign = is_foreign or bool(_FOREIGN.search(text))
            rest = text[-_OVERLAP:]
    widest = max((index_of(letters.decode()) + 1 for letters in columns), default=0)
    return Survey(rows, widest, is_odd, is_foreign)


def read(opened: Callable[[], IO[bytes]], styles: Mapping[str, str]) -> Markup:
    """Read the XML of a sheet row by row; raises `lxml.etree.XMLSyntaxError`."""
    markup = Markup()
    with opened() as file:
        number = 0
        for element in _elements(file):
            if etree.QName(element).localname == "col":
                markup.hidden_columns.update(_hidden_columns(element))
                continue
            number = _number(element.get("r")) or number + 1
            if (marks := _marks(element, styles)) != Marks():
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
    return int(text) if text and text.isdecimal() else 0


def _marks(row: Element, styles: Mapping[str, str]) -> Marks:
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
        if (why := styles.get(cell.get("s", "0"))) and (value is not None or cell.find(_INLINE) is not None):
            marks.hidden_cells[column] = why
    return marks
