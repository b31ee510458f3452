"""How letters look in a Word file, by their own format and by the styles over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.docx.names import VAL, W
from reviewer.readers.office.colour import UNKNOWN, WHITE, colour, is_lost, why_lost

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

SMALLEST_HALF_POINTS = 4
NARROWEST_PERCENT = 10

_OFF = frozenset({"0", "false", "off"})
_WHITE_IN_THEMES = frozenset({"background1", "light1"})
_MARKERS = {"white": WHITE, "black": "000000", "none": None}


class Look(NamedTuple):
    """What decides whether letters are seen; None where nothing is said, so that a style or the page decides."""

    hidden: bool | None = None
    ink: str | None = None
    half_points: int | None = None
    ground: str | None = None
    percent: int | None = None

    def over(self, base: Look) -> Look:
        """Lay this look over another."""
        return Look(
            base.hidden if self.hidden is None else self.hidden,
            base.ink if self.ink is None else self.ink,
            base.half_points if self.half_points is None else self.half_points,
            base.ground if self.ground is None else self.ground,
            base.percent if self.percent is None else self.percent,
        )

    def why_hidden(self, ground: str | None) -> str:
        """Say in one sentence why nobody sees such letters on `ground`; an empty one if everybody does."""
        if self.hidden:
            return "Words that are formatted as hidden."
        if self.half_points is not None and self.half_points < SMALLEST_HALF_POINTS:
            return f"Letters of {self.half_points / 2:g} points, too small to read."
        if self.percent is not None and self.percent < NARROWEST_PERCENT:
            return f"Letters of {self.percent} % of their width, too narrow to read."
        behind = ground if self.ground is None else self.ground
        return why_lost(self.ink or "") if is_lost(self.ink, behind) else ""


PLAIN = Look()


def look(element: Element | None) -> Look:
    """Give what a run's own properties say; what does not bear on being seen is passed over."""
    said = PLAIN
    for child in () if element is None else element:
        if reads := _READ.get(child.tag):
            said = reads(child).over(said)
    return said


def shade(element: Element | None) -> str | None:
    """Give the colour that a `w:shd` paints, `UNKNOWN` for a mixture, None where it paints nothing."""
    if element is None or (pattern := element.get(VAL)) == "nil":
        return None
    if pattern == "solid":
        return colour(element.get(f"{W}color")) or "000000"
    return colour(element.get(f"{W}fill")) if pattern in {None, "clear"} else UNKNOWN


def is_on(element: Element | None) -> bool:
    """Tell whether a switch such as `w:vanish` is there, and not there to be off."""
    return element is not None and element.get(VAL) not in _OFF


def number(element: Element | None, name: str = VAL) -> int | None:
    """Give the whole number in an attribute, or None where there is none."""
    value = "" if element is None else element.get(name, "")
    return int(value) if value.isdecimal() and len(value) < len("1000000") else None


def _ink(element: Element) -> Look:
    value = element.get(VAL, "")
    # A colour of the theme wins over the digits beside it, unless these say how it is shaded.
    if element.get(f"{W}themeColor") in _WHITE_IN_THEMES and element.get(f"{W}themeShade") is None:
        return Look(ink=WHITE)
    # Letters of the automatic colour are seen on every ground; they lie over the colour of a style, too.
    return Look(ink=colour(value) or UNKNOWN)


def _percent(element: Element) -> int | None:
    """Give how wide letters are; none at all means as wide as ever."""
    value = element.get(VAL, "").rstrip("%")
    return int(value) or None if value.isdecimal() and len(value) < len("1000") else None


_READ: dict[str, Callable[[Element], Look]] = {
    f"{W}vanish": lambda element: Look(hidden=is_on(element)),
    f"{W}color": _ink,
    f"{W}sz": lambda element: Look(half_points=number(element)),
    f"{W}w": lambda element: Look(percent=_percent(element)),
    f"{W}shd": lambda element: Look(ground=shade(element)),
    f"{W}highlight": lambda element: Look(ground=_MARKERS.get(element.get(VAL, ""), UNKNOWN)),
}
