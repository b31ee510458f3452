"""What else is drawn on a page: pictures, filled areas, and in which order all of it was drawn."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pypdfium2 import raw

from reviewer.readers.pdf import calls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

    from reviewer.readers.pdf.run import Box

Colour = tuple[int, int, int, int]
Matrix = tuple[float, float, float, float, float, float]

THINNEST_AREA = 3.0
MOST_NESTED = 12
FEWEST_SEGMENTS = 200
_CHANNELS = [ctypes.c_uint() for _ in range(4)]  # filled in by pdfium; `read` lets in one thread at a time
_AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the page filled with one colour, or with several (None); `order` counts what was drawn before it."""

    box: Box
    colour: Colour | None
    order: int


@dataclass(slots=True)
class Scene:
    """The page without its words; boxes and sizes are in points, `order` goes by the address of each object."""

    visible: Box
    order: dict[int, int] = field(default_factory=dict)
    pictures: list[Box] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    segments: int = 0

    @property
    def pictured(self) -> float:
        """Tell which share of the page the pictures take, from 0 to 1; overlaps count twice."""
        page = size(self.visible)
        return min(1.0, sum(size(common(box, self.visible)) for box in self.pictures) / page) if page else 0.0

    @property
    def is_drawn(self) -> bool:
        """Tell whether enough lines and curves stand on it to be letters or a diagram, and no mere frame."""
        return self.segments >= FEWEST_SEGMENTS


def look(page: PdfPage) -> Scene:
    """Look at every object of a page, once."""
    edges = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, edges)
    scene = Scene((edges.left, edges.bottom, edges.right, edges.top))
    for drawn, kind, matrix in _on_page(calls.address(page)):
        scene.order[drawn] = len(scene.order)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            scene.pictures.append(_box(drawn, matrix))
            scene.areas.append(Area(scene.pictures[-1], None, len(scene.order)))
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            scene.areas.append(Area(_box(drawn, matrix), None, len(scene.order)))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            scene.segments += calls.segments(drawn)
            scene.areas += _area(drawn, matrix, len(scene.order))
    return scene


def _on_page(page: int) -> Iterator[tuple[int, int, Matrix]]:
    """Give the objects of a page in the order of drawing, each with its kind and what moves it to its place."""
    for at in range(calls.count_on_page(page)):
        drawn = calls.on_page(page, at)
        kind = calls.kind(drawn)
        yield drawn, kind, _AS_IT_IS
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _in_form(drawn, _AS_IT_IS, MOST_NESTED)


def _in_form(form: int, matrix: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
    inner = raw.FS_MATRIX()
    calls.object_matrix(form, inner)
    matrix = _after((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
    for at in range(calls.count_in_form(form)):
        drawn = calls.in_form(form, at)
        kind = calls.kind(drawn)
        yield drawn, kind, matrix
        if kind == raw.FPDF_PAGEOBJ_FORM and depth:
            yield from _in_form(drawn, matrix, depth - 1)


def _after(one: Matrix, other: Matrix) -> Matrix:
    """Give the matrix that does one and then the other."""
    a, b, c, d, e, f = other
    pairs = [(one[0], one[1]), (one[2], one[3]), (one[4], one[5])]
    turned = [(x * a + y * c, x * b + y * d) for x, y in pairs]
    return (*turned[0], *turned[1], turned[2][0] + e, turned[2][1] + f)


def _box(drawn: int, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    calls.bounds(drawn, left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    moved = [(x * a + y * c + e, x * b + y * d + f) for x, y in corners]
    across, up = zip(*moved, strict=True)
    return min(across), min(up), max(across), max(up)


def _area(drawn: int, matrix: Matrix, order: int) -> Iterator[Area]:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    calls.draw_mode(drawn, filled, stroked)
    if filled.value:
        box = _box(drawn, matrix)
        if min(box[2] - box[0], box[3] - box[1]) >= THINNEST_AREA:
            yield Area(box, fill(drawn), order)


def fill(drawn: int) -> Colour | None:
    """Give the colour that an object is filled with, red, green, blue and opacity up to 255; None for a pattern."""
    if not calls.fill_colour(drawn, *_CHANNELS):
        return None
    red, green, blue, opacity = _CHANNELS
    return red.value, green.value, blue.value, opacity.value


def common(one: Box, other: Box) -> Box:
    """Give what two boxes share; its right is left of its left if that is nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def size(box: Box) -> float:
    """Give the area of a box, in square points."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def middle(box: Box) -> tuple[float, float]:
    """Give the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def holds(box: Box, point: tuple[float, float]) -> bool:
    """Tell whether a point lies in a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
