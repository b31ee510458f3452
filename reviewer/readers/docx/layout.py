"""Where the words of a paragraph stand in a Word file, as far as it decides whether anybody sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.docx.names import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SQUEEZED = "Words on a line that is too low to show them."
OFF_THE_PAGE = "Words off the page."

# In twips, twentieths of a point. The widest paper that Word knows is 22 inches wide; seven inches before the margin
# are off the page with any margin, and at most half of one is on it.
LOWEST = 40
FAR_BEFORE, FAR_BEHIND = -10_000, 31_000

_LENGTH = re.compile(r"-?\d{1,6}")


class Layout(NamedTuple):
    """What a paragraph or its style says, in twips; None where nothing is said, so that a style decides.

    `start` is the indent of all lines, `first` what is added to it on the first, `line` how high lines are at least or
    exactly, as `rule` says, and `x` and `y` where a frame stands, from its right and its lower edge as far as known.
    """

    start: int | None = None
    first: int | None = None
    line: int | None = None
    rule: str | None = None
    x: int | None = None
    y: int | None = None

    def over(self, base: Layout) -> Layout:
        """Lay this layout over another."""
        return Layout._make(under if own is None else own for own, under in zip(self, base, strict=True))

    @property
    def why_hidden(self) -> str:
        """Say in one sentence why nobody sees the words, or nothing."""
        if self.rule == "exact" and self.line is not None and self.line < LOWEST:
            return SQUEEZED
        start = self.start or 0
        far = any(
            not FAR_BEFORE < at < FAR_BEHIND for at in (start, start + (self.first or 0), self.x or 0, self.y or 0)
        )
        return OFF_THE_PAGE if far else ""


NOTHING_SAID = Layout()


def layout(properties: Element | None) -> Layout:
    """Give what the properties of a paragraph say of its place."""
    if properties is None:
        return NOTHING_SAID
    spacing, indent, frame = (properties.find(f"{W}{name}") for name in ("spacing", "ind", "framePr"))
    if spacing is indent is frame:
        return NOTHING_SAID
    hanging = _twips(indent, "hanging")
    start = _twips(indent, "start")
    return Layout(
        start=_twips(indent, "left") if start is None else start,
        first=_twips(indent, "firstLine") if hanging is None else -hanging,
        line=_twips(spacing, "line"),
        rule=None if spacing is None else spacing.get(f"{W}lineRule"),
        x=_edge(frame, "x", "w"),
        y=_edge(frame, "y", "h"),
    )


def is_too_low(height: Element | None) -> bool:
    """Tell whether a row is so low that its words are cut away."""
    found = _twips(height, "val")
    return height is not None and height.get(f"{W}hRule") == "exact" and found is not None and found < LOWEST


def _edge(frame: Element | None, name: str, extent: str) -> int | None:
    """Give where a frame begins, or where it ends if it begins before the page."""
    at = _twips(frame, name)
    return at + (_twips(frame, extent) or 0) if at is not None and at < 0 else at


def _twips(element: Element | None, name: str) -> int | None:
    value = "" if element is None else element.get(f"{W}{name}", "")
    return int(value) if _LENGTH.fullmatch(value) else None
