"""Text boxes of a Word file: what is painted behind their words, and whether people see them at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.docx.names import PARAGRAPH, WP, WPS, A, V, W
from reviewer.readers.office.colour import UNKNOWN, WHITE, colour

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Of a twentieth of a point, in which pages are measured, in the units of drawings.
UNITS_A_TWIP = 635
LETTER_PAPER = (12_240 * UNITS_A_TWIP, 15_840 * UNITS_A_TWIP)

_SHAPE_LOOK, _SHAPE_STYLE = f"{WPS}spPr", f"{WPS}style"
_PAINTS = frozenset(f"{A}{name}" for name in ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))
_YES = frozenset({"1", "true", "on", "t"})


def ground_of(box: Element, ground: str | None) -> str | None:
    """Give what is behind the words of a `w:txbxContent` that is anchored on `ground`."""
    holder = box.getparent()
    shape = None if holder is None else holder.getparent()
    if shape is None:
        return ground
    if shape.tag.startswith(V):
        return _of_older_shape(shape, ground)
    painted = _painted(shape)
    if painted is None and _stands_on_another(box, shape):
        return UNKNOWN
    return ground if painted is None else painted


def why_hidden(box: Element, paper: tuple[int, int]) -> str:
    """Say in one sentence why nobody sees a box, or nothing; `paper` is the size of the page in units of drawings."""
    drawing = next(box.iterancestors(f"{W}drawing"), None)
    if drawing is not None:
        named = next(drawing.iter(f"{WP}docPr"), None)
        if named is not None and named.get("hidden") in _YES:
            return "A text box that is not shown."
        anchor = drawing.find(f"{WP}anchor")
        off = anchor is not None and any(
            _is_off(anchor, axis, extent) for axis, extent in zip("HV", paper, strict=True)
        )
        return "A text box off the page." if off else ""
    older = next((shape for shape in box.iterancestors() if shape.tag.startswith(V) and shape.get("style")), None)
    style = "" if older is None else older.get("style", "").replace(" ", "").lower()
    return "A text box that is not shown." if "visibility:hidden" in style else ""


def _is_off(anchor: Element, axis: str, paper: int) -> bool:
    """Tell whether a box lies beyond the page from wherever on the page it may be measured."""
    position, size = anchor.find(f"{WP}position{axis}"), anchor.find(f"{WP}extent")
    offset = None if position is None else position.findtext(f"{WP}posOffset")
    if position is None or size is None or offset is None:
        return False
    try:
        start, extent = int(offset), int(size.get("cx" if axis == "H" else "cy", "0"))
    except ValueError:
        return False
    slack = 0 if position.get("relativeFrom") == "page" else paper
    return start >= paper or start + extent <= -slack


def _painted(shape: Element) -> str | None:
    look = shape.find(_SHAPE_LOOK)
    for child in () if look is None else look:
        if child.tag == f"{A}noFill":
            return None
        if child.tag in _PAINTS:
            exact = child.find(f"{A}srgbClr")
            return UNKNOWN if exact is None or len(exact) else colour(exact.get("val"))
    filled = shape.find(f"{_SHAPE_STYLE}/{A}fillRef")
    return UNKNOWN if filled is not None and filled.get("idx", "0") != "0" else None


def _stands_on_another(box: Element, shape: Element) -> bool:
    """Tell whether a picture or a painted shape is anchored beside the box, as on covers, where it may lie behind."""
    paragraph = next(box.iterancestors(PARAGRAPH), None)
    if paragraph is None:
        return False
    if next(paragraph.iter(f"{A}blip"), None) is not None:
        return True
    return any(other is not shape and _painted(other) is not None for other in paragraph.iter(f"{WPS}wsp"))


def _of_older_shape(shape: Element, ground: str | None) -> str | None:
    if shape.get("filled", "t") not in _YES:
        return ground
    fill = shape.find(f"{V}fill")
    if fill is not None and fill.get("type", "solid") != "solid":
        return UNKNOWN
    named = shape.get("fillcolor", "white").split(" ")[0]
    return WHITE if named == "white" else colour(named)


def paper_of(body: Element) -> tuple[int, int]:
    """Give the size of the page in the units of drawings: that of the last section, which most files have alone."""
    size = body.find(f"{W}sectPr/{W}pgSz")
    found = [] if size is None else [size.get(f"{W}w", ""), size.get(f"{W}h", "")]
    if not all(value.isdecimal() for value in found) or not found:
        return LETTER_PAPER
    return int(found[0][:6]) * UNITS_A_TWIP, int(found[1][:6]) * UNITS_A_TWIP
