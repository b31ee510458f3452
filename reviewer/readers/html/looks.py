"""How words on a page look: whether a person can see them, and if not, why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.html import colours
from reviewer.readers.html.colours import BLACK, WHITE, Colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

LEAST_PIXELS = 2.0
FAR_OFF = -500.0

NOT_SHOWN = "Words that the page does not show ({how})."
TINY = "Letters of less than 2 pixels."
WHITE_ON_WHITE = "White letters on a white page."
OF_ONE_COLOUR = "Letters in the colour of what is behind them."
OFF_THE_PAGE = "Words that stand off the page."
CUT_AWAY = "Words in a box without room for them."

# Where there is none of these, an element looks as the one around it.
_LOOKING = frozenset({"dialog"})
_ATTRIBUTES = frozenset({"hidden", "popover", "bgcolor", "background", "text", "color"})

_USUAL_PIXELS = 16.0
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "rem": 16.0, "em": 16.0, "ex": 8.0, "ch": 8.0, "vw": 12.0, "vh": 8.0}
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|rem|em|ex|ch|vw|vh|%)?(?![\w.])")
_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0}
_NO_CLIP = re.compile(r"rect\(\s*([01])(?:px)?(?:[\s,]+\1(?:px)?){3}\s*\)")
_NO_SHAPE = re.compile(r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0(?:px|%)? 0(?:px|%)?\s*\)")
_NO_SCALE = re.compile(r"scale(?:3d|x|y)?\(\s*0?\.?0*\s*[,)]")
_SHIFT = re.compile(r"translate(?:3d|x|y)?\(([^()]*)\)")


class Look(NamedTuple):
    """What an element hands down to those in it; a colour that is None is not known."""

    gone: str = ""
    is_unseen: bool = False
    pixels: float = _USUAL_PIXELS
    ink: Colour | None = BLACK
    paper: Colour | None = WHITE
    is_indented: bool = False

    @property
    def hidden(self) -> str:
        """Say in one sentence why no person sees words that look so; empty where they are seen."""
        if self.gone:
            return self.gone
        if self.is_unseen:
            return NOT_SHOWN.format(how="visibility: hidden")
        if self.pixels < LEAST_PIXELS:
            return TINY
        if self.is_indented:
            return OFF_THE_PAGE
        if self.ink is None or self.paper is None or not colours.are_alike(self.ink, self.paper):
            return ""
        return WHITE_ON_WHITE if self.paper == WHITE and self.ink.opacity == 1 else OF_ONE_COLOUR

    def within(self, element: _Element, declared: Mapping[str, str]) -> Look:
        """Give the look of what stands in `element`, for which these declarations hold."""
        if not declared and element.tag not in _LOOKING and _ATTRIBUTES.isdisjoint(element.attrib):
            return self
        return Look(
            gone=self.gone or _gone(element, declared),
            is_unseen=declared.get("visibility", "hidden" if self.is_unseen else "") in {"hidden", "collapse"},
            pixels=_pixels(declared, self.pixels),
            ink=_ink(element, declared, self.ink),
            paper=_paper(element, declared, self.paper),
            is_indented=_is_far(declared["text-indent"]) if "text-indent" in declared else self.is_indented,
        )


def _gone(element: _Element, declared: Mapping[str, str]) -> str:
    """Say why nothing in the element can be seen, whatever stands in it."""
    if "display" not in declared and _is_hidden_by_itself(element):
        return NOT_SHOWN.format(how=f"<{element.tag}> that is not open" if element.tag == "dialog" else "hidden")
    for name, value in (("display", "none"), ("content-visibility", "hidden")):
        if declared.get(name) == value:
            return NOT_SHOWN.format(how=f"{name}: {value}")
    if _is_clear(declared.get("opacity", "")) or "opacity(0" in declared.get("filter", ""):
        return NOT_SHOWN.format(how="opacity: 0")
    if _is_off(declared):
        return OFF_THE_PAGE
    return CUT_AWAY if _is_cut(declared) else ""


def _is_hidden_by_itself(element: _Element) -> bool:
    closed = element.tag == "dialog" and element.get("open") is None
    return closed or element.get("hidden") is not None or element.get("popover") is not None


def _is_clear(opacity: str) -> bool:
    found = _LENGTH.fullmatch(opacity)
    return found is not None and float(found[1]) < (5 if found[2] == "%" else 1 / 20)


def _is_off(declared: Mapping[str, str]) -> bool:
    if declared.get("position", "static") != "static" and any(
        _is_far(declared.get(side, "")) for side in ("left", "right", "top", "bottom")
    ):
        return True
    shift = _SHIFT.search(declared.get("transform", ""))
    pushed = (declared.get("margin-left", ""), declared.get("margin-top", ""), *declared.get("margin", "").split())
    return any(map(_is_far, (*pushed, *(shift[1].split(",") if shift else ()))))


def _is_cut(declared: Mapping[str, str]) -> bool:
    overflow = " ".join(declared.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    sides = (declared.get(name, "") for name in ("width", "height", "max-width", "max-height"))
    if ("hidden" in overflow or "clip" in overflow) and any(0 <= _length(side, 99) <= 1 for side in sides):
        return True
    clipped = _NO_CLIP.search(declared.get("clip", "")) or _NO_SHAPE.search(declared.get("clip-path", ""))
    return bool(clipped or _NO_SCALE.search(declared.get("transform", "")))


def _is_far(length: str) -> bool:
    return _length(length, 0) <= FAR_OFF


def _length(value: str, otherwise: float) -> float:
    """Give a length in pixels; one that is no plain length, or a share of something, is `otherwise`."""
    found = _LENGTH.fullmatch(value.strip())
    if found is None or found[2] == "%":
        return otherwise
    return float(found[1]) * _UNITS[found[2] or ""]


def _pixels(declared: Mapping[str, str], inherited: float) -> float:
    value = declared.get("font-size", "")
    if not value and (found := _LENGTH.search(declared.get("font", ""))):
        value = found[0]
    found = _LENGTH.fullmatch(value)
    if found is None:
        return _SIZES.get(value, _USUAL_PIXELS if value else inherited)
    if found[2] in {"em", "%"}:
        return float(found[1]) * inherited / (100 if found[2] == "%" else 1)
    return float(found[1]) * _UNITS[found[2] or ""]


def _ink(element: _Element, declared: Mapping[str, str], inherited: Colour | None) -> Colour | None:
    named = element.get("text" if element.tag == "body" else "color") if element.tag in {"body", "font"} else None
    value = declared.get("-webkit-text-fill-color") or declared.get("color") or (named or "").strip().lower()
    if not value or value in {"inherit", "currentcolor"}:
        return inherited
    if "text" in declared.get("background-clip", "") + declared.get("-webkit-background-clip", ""):
        return None
    return colours.parse(value)


def _paper(element: _Element, declared: Mapping[str, str], inherited: Colour | None) -> Colour | None:
    if declared.get("background-image", "none") != "none" or element.get("background"):
        return None
    value = declared.get("background-color") or declared.get("background") or (element.get("bgcolor") or "").lower()
    if value in {"", "none", "inherit", "transparent", "initial", "unset"}:
        return inherited
    if "url(" in value or "gradient(" in value:
        return None
    found = colours.parse(value)
    if found is not None and found.opacity == 0:
        return inherited
    return found if found is not None and found.opacity == 1 else None
