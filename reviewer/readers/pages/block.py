"""What a page is made of: headings, paragraphs, list items and rows, in their order."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    ROW = auto()


class Block(NamedTuple):
    """A piece of a page; `lead` are the bold words or the term that head it.

    `level` is that of a heading (1 to 6), or how deep an item of a list stands (from 1).
    The text of an item has its nested items as well, and they follow as blocks of their own.
    """

    kind: Kind
    text: str
    level: int = 0
    number: str | None = None
    lead: str | None = None
