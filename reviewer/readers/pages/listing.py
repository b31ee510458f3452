"""Lists, terms and tables of a page as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.pages.block import Block, Kind
from reviewer.readers.pages.passage import Passage, is_left_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_LISTS = frozenset({"ul", "ol", "menu"})
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = 26


def items(element: _Element, depth: int = 1) -> Iterator[Block]:
    """Give the items of a list, each followed by those nested in it; a list of links alone is navigation."""
    if _is_navigation(element):
        return
    for child, number in _numbered(element):
        passage = Passage.of(child, without=_LISTS)
        nested = [block for inner in _nested(child) for block in items(inner, depth + 1)]
        direct = [_marked(block) for block in nested if block.level == depth + 1]
        if text := " ".join(filter(None, (passage.text, *direct))):
            yield Block(Kind.ITEM, text, level=depth, number=number, lead=passage.lead)
            yield from nested


def terms(element: _Element) -> Iterator[Block]:
    """Give the descriptions of a list of terms, each headed by its term."""
    term = ""
    for child in element.iter("dt", "dd"):
        if child.tag == "dt":
            term = Passage.of(child).text
        elif text := Passage.of(child).text:
            yield Block(Kind.ITEM, f"{term}: {text}" if term else text, level=1, lead=term or None)


def rows(table: _Element) -> Iterator[Block]:
    """Give the rows of a table by their cells; the head is left out, and a table of one column is no table."""
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"} and not is_left_out(cell)]
        texts = [Passage.of(cell).text for cell in cells]
        if any(cell.tag == "td" for cell in cells) and sum(map(bool, texts)) > 1:
            yield _row(texts)


def _row(texts: list[str]) -> Block:
    """Read a row as number, heading and text, or as heading and text."""
    number = texts[0] if len(texts[0].strip("().")) <= len("xviii") and texts[0].strip("().").isalnum() else None
    head, *rest = [text for text in texts[1 if number else 0 :] if text] or [""]
    return Block(Kind.ROW, ": ".join(filter(None, (head, " ".join(rest)))), number=number, lead=head if rest else None)


def _marked(block: Block) -> str:
    return f"{f'({block.number})' if block.number else '-'} {block.text}"


def _is_navigation(element: _Element) -> bool:
    """Tell whether all the words of a list are links to elsewhere."""
    linked = sum(_letters(link) for link in element.iter("a"))
    return linked >= _letters(element)


def _letters(element: _Element) -> int:
    return sum(len("".join(str(text).split())) for text in element.itertext())


def _nested(item: _Element) -> Iterator[_Element]:
    """Give the lists in an item, but not those in another list there."""
    for inner in item.iter(*_LISTS):
        if next(inner.iterancestors("li"), None) is item:
            yield inner


def _numbered(element: _Element) -> Iterator[tuple[_Element, str | None]]:
    """Give each item of a list with the number that a browser shows."""
    count = _whole(element.get("start"), 1)
    for child in element:
        if child.tag != "li" or is_left_out(child):
            continue
        count = _whole(child.get("value"), count)
        yield child, _shown(count, element.get("type", "1")) if element.tag == "ol" else None
        count += 1


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.strip().isdecimal() else otherwise


def _shown(count: int, kind: str) -> str:
    if kind in {"a", "A"} and 1 <= count <= _LETTERS:
        return chr(ord("a") + count - 1)
    return _roman(count) if kind in {"i", "I"} else str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written
