"""The styles of a Word file, each with what it takes over from those that it is based on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.docx.layout import NOTHING_SAID, Layout, layout
from reviewer.readers.docx.look import PLAIN, Look, look, number, shade
from reviewer.readers.docx.names import PARAGRAPH_LOOK, RUN_LOOK, VAL, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

# Styles based on one another in a ring, or in an absurdly long row, end here.
MOST_BASES = 20

_HEADING = re.compile(r"(?:heading|title|subtitle)\s*(\d)?$", re.IGNORECASE)


class Style(NamedTuple):
    """What a paragraph's style says: how letters look, what is behind, whether it is a heading or in a list, its place.

    `level` counts from 1, and 0 says that it is no heading.
    """

    look: Look = PLAIN
    ground: str | None = None
    level: int | None = None
    listed: bool | None = None
    layout: Layout = NOTHING_SAID

    def over(self, base: Style) -> Style:
        """Lay this style over the one that it is based on."""
        return Style(
            self.look.over(base.look),
            base.ground if self.ground is None else self.ground,
            base.level if self.level is None else self.level,
            base.listed if self.listed is None else self.listed,
            base.layout if self.layout is NOTHING_SAID else self.layout.over(base.layout),
        )


class Styles:
    """The styles by their ids; what is asked for twice is worked out once."""

    def __init__(self, root: Element | None) -> None:
        """Index the part `styles.xml`, if there is one."""
        found = [] if root is None else root.findall(f"{W}style")
        self._elements = {element.get(f"{W}styleId", ""): element for element in found}
        self._default = next((name for name, element in self._elements.items() if _is_default(element)), "")
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self._base = Style() if defaults is None else _of_all(defaults)
        self._known: dict[str | None, Style] = {}
        self._grounds: dict[str, dict[str, str]] = {}

    def paragraph(self, name: str | None) -> Style:
        """Give what a paragraph of this style looks like, over what the document says of all."""
        if name not in self._known:
            style = Style()
            for element in self._chain(name if name in self._elements else self._default):
                style = style.over(_own(element))
            self._known[name] = style.over(self._base)
        return self._known[name]

    def letters(self, name: str | None) -> Look:
        """Give what a style of letters says, and no more."""
        found = PLAIN
        for element in self._chain(name or ""):
            found = found.over(look(element.find(RUN_LOOK)))
        return found

    def table(self, name: str) -> dict[str, str]:
        """Give what a style of tables paints, by the region: `firstRow`, `band1Horz`; the empty one is all of it."""
        if name not in self._grounds:
            self._grounds[name] = {}
            for element in self._chain(name):
                self._grounds[name] = {**dict(_regions(element)), **self._grounds[name]}
        return self._grounds[name]

    def _chain(self, name: str) -> Iterator[Element]:
        for _ in range(MOST_BASES):
            element = self._elements.get(name)
            if element is None:
                return
            yield element
            based = element.find(f"{W}basedOn")
            name = "" if based is None else based.get(VAL, "")


def own(properties: Element | None) -> Style:
    """Give what the properties of a paragraph say beside its letters."""
    if properties is None:
        return Style()
    numbers = properties.find(f"{W}numPr/{W}numId")
    level = number(properties.find(f"{W}outlineLvl"))
    return Style(
        ground=shade(properties.find(f"{W}shd")),
        # The ninth level is what Word calls body text.
        level=None if level is None else (level + 1) % 10,
        listed=None if numbers is None else numbers.get(VAL) != "0",
        layout=layout(properties),
    )


def _of_all(defaults: Element) -> Style:
    """Give what a document says of all its paragraphs."""
    return Style(
        look=look(defaults.find(f"{W}rPrDefault/{RUN_LOOK}")),
        layout=layout(defaults.find(f"{W}pPrDefault/{PARAGRAPH_LOOK}")),
    )


def _own(element: Element) -> Style:
    style = own(element.find(PARAGRAPH_LOOK))._replace(look=look(element.find(RUN_LOOK)))
    name = element.find(f"{W}name")
    found = _HEADING.match("" if name is None else name.get(VAL, ""))
    return style._replace(level=int(found[1] or 1)) if found else style


def _is_default(element: Element) -> bool:
    return element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {"1", "true", "on"}


def _regions(element: Element) -> Iterator[tuple[str, str]]:
    if painted := shade(element.find(f"{W}tcPr/{W}shd")) or shade(element.find(f"{W}tblPr/{W}shd")):
        yield "", painted
    for part in element.findall(f"{W}tblStylePr"):
        if painted := shade(part.find(f"{W}tcPr/{W}shd")):
            yield part.get(f"{W}type", ""), painted
