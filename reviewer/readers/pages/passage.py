"""The words of a piece of a page, with the bold ones that head it, and which elements have none for a reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from reviewer.readers.pages.block import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|center|d[dlt]|details|div|fieldset|figcaption|figure|form|h[1-6]|header|hgroup"
    "|hr|html|li|main|menu|ol|p|pre|section|summary|table|tbody|t[dhr]|tfoot|thead|ul"
)
_LEFT_OUT = re.compile(
    "aside|audio|button|canvas|datalist|dialog|embed|footer|frame|head|iframe|input|math|nav|noscript|object|option|pre"
    "|script|select|style|svg|template|textarea|title|video"
)
_ROLES = re.compile("navigation|banner|contentinfo|complementary|search|dialog|alert|menu|menubar|tablist")
_BOLD = frozenset({"b", "strong"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:visually-?hidden|sr-only|is-hidden|screen-reader-text)(?:\s|$)")
_REGIONS = ("main", "article", "section")
# Bold words head a text only if something parts them from it: else they are stressed, and belong to the sentence.
_ENDS = re.compile(r"[:.\u2013\u2014]\s*$")
_GOES_ON = re.compile(r"\s*(?:[:.]|[-\u2013\u2014]\s)")


def is_block(element: _Element) -> bool:
    """Tell whether an element stands on lines of its own, or holds one that does."""
    return any(_BLOCKS.fullmatch(str(inner.tag)) for inner in element.iter())


def is_left_out(element: _Element) -> bool:
    """Tell whether an element is none of the page's text: navigation, a script, or hidden."""
    tag = str(element.tag)
    if _LEFT_OUT.fullmatch(tag) or _ROLES.fullmatch(element.get("role", "")):
        return True
    if tag == "header" and next(element.iterancestors(*_REGIONS), None) is None:
        return True
    is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return bool(is_hidden or _HIDDEN.search(element.get("style", "")) or _HIDDEN_CLASS.search(element.get("class", "")))


class Passage:
    """Collects words; those that are bold from the start are the lead."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[tuple[str, bool]] = []

    @classmethod
    def of(cls, element: _Element, *, without: frozenset[str] = frozenset()) -> Self:
        """Take all words in an element, but for those in elements called `without`."""
        passage = cls()
        passage.take(element, without=without)
        return passage

    def add(self, text: str | None, *, is_bold: bool = False) -> None:
        """Add words."""
        if text:
            self._pieces.append((text, is_bold))

    def take(self, element: _Element, *, without: frozenset[str] = frozenset(), is_bold: bool = False) -> None:
        """Add the words in an element; blocks in it are parted by a blank."""
        is_bold = is_bold or str(element.tag) in _BOLD
        self.add(element.text, is_bold=is_bold)
        for child in element:
            tag = str(child.tag)
            gap = " " if tag == "br" or _BLOCKS.fullmatch(tag) else ""
            self.add(gap)
            if not is_left_out(child) and tag not in without:
                self.take(child, without=without, is_bold=is_bold)
            self.add(gap)
            self.add(child.tail, is_bold=is_bold)

    @property
    def text(self) -> str:
        """The words, blanks folded."""
        return " ".join("".join(text for text, _ in self._pieces).split())

    @property
    def lead(self) -> str | None:
        """The bold words that head the text, if something parts them from it."""
        pieces = [(text, is_bold) for text, is_bold in self._pieces if text.strip()]
        count = next((at for at, (_, is_bold) in enumerate(pieces) if not is_bold), len(pieces))
        words = " ".join("".join(text for text, _ in pieces[:count]).split())
        rest = "".join(text for text, _ in pieces[count:])
        if words and (not rest or _ENDS.search(words) or _GOES_ON.match(rest)):
            return words.rstrip(":.\u2013\u2014 ")
        return None

    def paragraph(self) -> Iterator[Block]:
        """Give the words as a paragraph, if there are any."""
        if self.text:
            yield Block(Kind.PARAGRAPH, self.text, lead=self.lead)
