"""Blocks of a page to items: what stands under a heading is one, and so is each thing listed there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.aligning import Item
from reviewer.readers.pages.block import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPED = re.compile(
    r"(?:\((?P<round>\d{1,3}|[a-z]{1,2}|[A-Z]|[ivxl]{2,5})\)"
    r"|(?P<plain>\d{1,3}(?:\.\d+)*|[A-Za-z]|[ivxl]{2,5})[.)]|(?P<parts>\d{1,3}(?:\.\d+)+))\s+(?=\S)"
)
_NAMED = re.compile(
    r"(?:article|art\.|section|clause|rule|\u00a7)\s*(?P<number>\d+[\w.()]*)[\s:.\u2013\u2014-]*", re.IGNORECASE
)


@dataclass(slots=True)
class _Open:
    """An item in the making; `level` is that of its heading, 0 for what stands under one, and the depth in a list."""

    place: int
    part_of: int | None
    sections: tuple[str, ...]
    level: int
    depth: int = 0
    number: str | None = None
    heading: str | None = None
    texts: list[str] = field(default_factory=list)


def itemised(blocks: Iterable[Block]) -> tuple[Item, ...]:
    """Give the items of a page in order; a heading with nothing under it is none, nor is a bare date."""
    pages = _Items()
    for block in blocks:
        pages.take(block)
    return pages.items()


class _Items:
    def __init__(self) -> None:
        self._all: list[_Open] = []
        self._headings: list[_Open] = []
        self._listed: list[_Open] = []

    def take(self, block: Block) -> None:
        if block.kind is Kind.HEADING:
            self._begin_section(block)
            return
        if not any(map(str.isalpha, block.text)):
            return
        number, text = _typed(block.text)
        number = block.number or number
        if block.kind is Kind.ITEM and block.level > 1:
            self._list(block, number, text)
            return
        self._listed = []
        if self._headings:
            self._headings[-1].texts.append(f"- {block.text}" if block.kind is Kind.ITEM else block.text)
        if block.kind is not Kind.PARAGRAPH or number or block.lead:
            self._list(block, number, text)

    def items(self) -> tuple[Item, ...]:
        wholes = {opened.part_of for opened in self._all}
        return tuple(
            Item(
                place=opened.place,
                part_of=opened.part_of,
                sections=opened.sections,
                is_section=opened.level > 0,
                number=opened.number,
                heading=opened.heading,
                text=" ".join(opened.texts) or opened.heading or "",
            )
            for opened in self._all
            if opened.texts or opened.place in wholes
        )

    def _begin_section(self, block: Block) -> None:
        self._headings = [opened for opened in self._headings if opened.level < block.level]
        self._listed = []
        number, heading = _headed(block.text)
        self._headings.append(self._open(self._headings, number, heading, level=block.level))

    def _list(self, block: Block, number: str | None, text: str) -> None:
        self._listed = [opened for opened in self._listed if opened.depth < block.level]
        opened = self._open([*self._headings, *self._listed], number, _headed(block.lead)[1] if block.lead else None)
        opened.depth = block.level
        opened.texts.append(text)
        self._listed.append(opened)

    def _open(self, around: list[_Open], number: str | None, heading: str | None, level: int = 0) -> _Open:
        sections = tuple(opened.heading for opened in self._headings if opened.heading)
        part_of = around[-1].place if around else None
        opened = _Open(len(self._all) + 1, part_of, sections, level, number=number, heading=heading)
        self._all.append(opened)
        return opened


def _typed(text: str) -> tuple[str | None, str]:
    """Part a typed number from the words behind it."""
    if found := _TYPED.match(text):
        return found["round"] or found["plain"] or found["parts"], text[found.end() :]
    return None, text


def _headed(text: str) -> tuple[str | None, str]:
    """Part the number of a heading from its words: `5. Title`, `Article 5: Title`."""
    if found := _NAMED.match(text):
        return found["number"].rstrip("."), text[found.end() :] or text
    return _typed(text)
