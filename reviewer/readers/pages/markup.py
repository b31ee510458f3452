"""The markup of a saved page as blocks; navigation, scripts, footers and what is hidden are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from reviewer.errors import UnreadableDocument
from reviewer.readers.pages import listing
from reviewer.readers.pages.block import Block, Kind
from reviewer.readers.pages.passage import Passage, is_block, is_left_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_HEADING = re.compile("h([1-6])")
_MAIN = (".//main", ".//*[@role='main']", ".//article")


class Markup:
    """A parsed page."""

    def __init__(self, markup: str, source: str) -> None:
        """Parse a page; raises `UnreadableDocument` if nothing can be made of it."""
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        try:
            # A parser in C ends at a NUL; without any element it gives no root.
            encoded = f"<html><body>{markup}" if "<" not in markup else markup
            self._root = etree.fromstring(encoded.replace("\0", " ").encode("utf-8", "replace"), parser)
        except etree.LxmlError as error:
            message = "its markup cannot be read; open it in a browser and save it again as a web page."
            raise UnreadableDocument(message, source=source) from error

    @property
    def asks_for_password(self) -> bool:
        """Whether the page has a field for a password."""
        return self._root is not None and self._root.find(".//input[@type='password']") is not None

    def blocks(self) -> list[Block]:
        """Give the blocks of what the page marks as its main part, or of all if that holds nothing."""
        if self._root is None:
            return []
        main = (found for path in _MAIN if len(found := self._root.findall(path)) == 1)
        for region in (*(found[0] for found in main), self._root):
            if blocks := list(_walk(region)):
                return blocks
        return []


def _walk(element: _Element) -> Iterator[Block]:
    """Give the blocks in an element; words between blocks are paragraphs."""
    passage = Passage()
    passage.add(element.text)
    for child in element:
        if is_left_out(child):
            pass
        elif is_block(child):
            yield from passage.paragraph()
            passage = Passage()
            yield from _block(child)
        else:
            passage.take(child)
        passage.add(child.tail)
    yield from passage.paragraph()


def _block(element: _Element) -> Iterator[Block]:
    tag = str(element.tag)
    if heading := _HEADING.fullmatch("h6" if tag == "summary" else tag):
        passage = Passage.of(element)
        if passage.text:
            yield Block(Kind.HEADING, passage.text, level=int(heading[1]))
    elif tag in {"ul", "ol", "menu"}:
        yield from listing.items(element)
    elif tag == "dl":
        yield from listing.terms(element)
    elif tag == "table" and (rows := list(listing.rows(element))):
        yield from rows
    else:
        yield from _walk(element)
