"""Which cell styles of a workbook hide their words: letters in the colour of the ground, or a format of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reviewer.readers.office.colour import UNKNOWN, WHITE, colour, is_lost, why_lost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

T = TypeVar("T")

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ALPHA_AND_COLOUR = 8
# The first colour of a theme is that of the window, and these two of the old palette are white.
_WINDOW, _WHITES = "0", frozenset({"1", "9"})
_DARKER_TINT = -0.1
SMALLEST = 1.5
# Digits that no number of a style has, and more than Python would read.
_ABSURD = 10
# A number format with three empty parts shows neither numbers nor text.
_NOTHING = ";;;"
_SOLID = "solid"


def hidden_styles(root: Element) -> Mapping[str, str]:
    """Give, by the number that cells use, why nobody sees a cell of this style."""
    fonts = [_font(font) for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
    grounds = [_ground(fill) for fill in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    nothing = {
        one.get("numFmtId")
        for one in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
        if one.get("formatCode", "").replace(" ", "") == _NOTHING
    }
    styles: dict[str, str] = {}
    for number, style in enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")):
        letters, points = _at(fonts, style.get("fontId"), (None, None))
        ground = _at(grounds, style.get("fillId"), WHITE)
        if style.get("numFmtId") in nothing:
            styles[str(number)] = "The format of the cell shows nothing of it."
        elif points is not None and points < SMALLEST:
            styles[str(number)] = too_small(points)
        elif is_lost(letters, ground):
            styles[str(number)] = why_lost(ground)
    return styles


def grounds(root: Element) -> Mapping[str, str]:
    """Give, by the number that cells use, the colour behind the letters where it is not white."""
    fills = [_ground(fill) for fill in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    styles = enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))
    found = {str(number): _at(fills, style.get("fillId"), WHITE) for number, style in styles}
    return {number: ground for number, ground in found.items() if ground != WHITE}


def too_small(points: float) -> str:
    """Say in one sentence why nobody sees such letters."""
    return f"Letters of {points:g} points, too small to be seen."


def _at(values: list[T], index: str | None, default: T) -> T:
    at = int(index) if index and index.isdecimal() and len(index) < _ABSURD else 0
    return values[at] if at < len(values) else default


def _font(font: Element) -> tuple[str | None, float | None]:
    return ink(font.find(f"{MAIN}color")), size(font.find(f"{MAIN}sz"))


def size(element: Element | None) -> float | None:
    """Give the size of letters in points, if the element is there and says it."""
    return None if element is None else _float(element.get("val"))


def _ground(fill: Element) -> str:
    """Give the colour behind the letters: white without a fill, unknown for gradients and patterns."""
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None:
        return UNKNOWN
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    return (ink(pattern.find(f"{MAIN}fgColor")) or UNKNOWN) if kind == _SOLID else UNKNOWN


def ink(element: Element | None) -> str | None:
    """Give the colour that an element names, `UNKNOWN` for one that depends on more, and None without one."""
    if element is None:
        return None
    if rgb := element.get("rgb"):
        return colour(rgb[2:] if len(rgb) == _ALPHA_AND_COLOUR else rgb)
    if element.get("theme") == _WINDOW:
        return WHITE if (_float(element.get("tint")) or 0.0) > _DARKER_TINT else UNKNOWN
    return WHITE if element.get("indexed") in _WHITES else UNKNOWN


def _float(value: str | None) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        return None
