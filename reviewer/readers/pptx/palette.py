"""The colours of a slide: those of its theme under the names that its master gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.office.colour import UNKNOWN, WHITE, colour
from reviewer.readers.pptx.names import A, P

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Said to be painted with nothing; None is what says nothing.
CLEAR = "clear"
# Letters that are there and let everything through.
TRANSPARENT = "transparent"

_OTHER_PAINTS = frozenset(f"{A}{name}" for name in ("gradFill", "blipFill", "pattFill", "grpFill"))
_PRESETS = {"white": WHITE, "black": "000000"}
_NO_PAINT = frozenset({"0", "1000"})
_FIRST_PAINTS = frozenset({"1", "1001"})


class Palette:
    """Tells the colour that an element of a drawing names."""

    def __init__(self, theme: Element | None, names: dict[str, str]) -> None:
        """Take the colours of a theme; `names` are the slide's names for them, such as `bg1` for `lt1`."""
        self._theme, self._names = theme, names
        scheme = None if theme is None else theme.find(f"{A}themeElements/{A}clrScheme")
        self._colours = {} if scheme is None else {_local(slot): _exact(slot) for slot in scheme}

    def of(self, root: Element) -> Palette:
        """Give the palette of a slide or a layout, which may name the colours in a way of its own."""
        said = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        return self if said is None else Palette(self._theme, {str(name): str(value) for name, value in said.items()})

    def painted(self, element: Element | None) -> str | None:
        """Give what the properties of a shape paint: a colour, `UNKNOWN`, `CLEAR`, or None where they say nothing."""
        for child in () if element is None else element:
            if child.tag == f"{A}solidFill":
                return self.named(child)
            if child.tag == f"{A}noFill":
                return CLEAR
            if child.tag in _OTHER_PAINTS:
                return UNKNOWN
        return None

    def by_style(self, reference: Element | None) -> str | None:
        """Give what a reference to a paint of the theme stands for; the first paint is the plain colour."""
        if reference is None or reference.get("idx") in _NO_PAINT:
            return None
        return self.named(reference) if reference.get("idx") in _FIRST_PAINTS else UNKNOWN

    def named(self, holder: Element) -> str:
        """Give the colour in a `a:solidFill` and the like; one that is mixed from another is not worked out."""
        for child in holder:
            alpha = child.find(f"{A}alpha")
            if alpha is not None and alpha.get("val") in {"0", "0%"}:
                return TRANSPARENT
            if len(child):
                return UNKNOWN
            if child.tag == f"{A}schemeClr":
                name = child.get("val", "")
                return self._colours.get(self._names.get(name, name), UNKNOWN)
        return _exact(holder)


def ground(palette: Palette, said: Element) -> str:
    """Give what a background (`p:bg`) is painted with."""
    reference = said.find(f"{P}bgRef")
    found = palette.painted(said.find(f"{P}bgPr")) if reference is None else palette.by_style(reference)
    return UNKNOWN if found in {None, CLEAR, TRANSPARENT} else found or UNKNOWN


def _exact(holder: Element) -> str:
    for child in holder:
        if child.tag == f"{A}srgbClr":
            return colour(child.get("val")) or UNKNOWN
        if child.tag == f"{A}sysClr":
            return colour(child.get("lastClr")) or UNKNOWN
        if child.tag == f"{A}prstClr":
            return _PRESETS.get(child.get("val", ""), UNKNOWN)
    return UNKNOWN


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
