"""What else is drawn on a page: pictures, filled areas, and in which order all of it was drawn."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from reviewer.readers.pdf import calls
from reviewer.readers.pdf.veil import NOWHERE, is_layered, window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

    from reviewer.readers.pdf.run import Box

Colour = tuple[int, int, int, int]
Matrix = tuple[float, float, float, float, float, float]

THINNEST_AREA = 3.0
MOST_NESTED = 12
FEWEST_SEGMENTS = 200
_AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Around(NamedTuple):
    """What the forms around an object do to it: they move it, clip it to a box, or put it into a layer."""

    matrix: Matrix = _AS_IT_IS
    window: Box | None = None
    layered: bool = False


_NOTHING_AROUND = Around()


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the page filled with one colour, or with several (None); `order` counts what was drawn before it."""

    box: Box
    colour: Colour | None
    order: int


@dataclass(slots=True)
class Scene:
    """The page without its words; boxes and sizes are in points, `order` goes by the address of each object.

    `windows` has, by its address, the box in which a text is surely seen where something may take it away; `layered`
    are texts in layers that may be switched off.
    """

    visible: Box
    order: dict[int, int] = field(default_factory=dict)
    pictures: list[Box] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    segments: int = 0
    windows: dict[int, Box] = field(default_factory=dict)
    layered: set[int] = field(default_factory=set)

    @property
    def pictured(self) -> float:
        """Tell which share of the page the pictures take, from 0 to 1; overlaps count twice."""
        page = size(self.visible)
        return min(1.0, sum(size(common(box, self.visible)) for box in self.pictures) / page) if page else 0.0

    @property
    def is_drawn(self) -> bool:
        """Tell whether enough lines and curves stand on it to be letters or a diagram, and no mere frame."""
        return self.segments >= FEWEST_SEGMENTS


def look(page: PdfPage, *, layers: bool = False) -> Scene:
    """Look at every object of a page, once; `layers` says that its forms may lie in layers without saying so."""
    edges = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, edges)
    scene = Scene((edges.left, edges.bottom, edges.right, edges.top))
    for drawn, kind, around in _on_page(calls.address(page), layers=layers):
        scene.order[drawn] = len(scene.order)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            _veil(scene, drawn, around)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            scene.pictures.append(_box(drawn, around.matrix))
            scene.areas.append(Area(scene.pictures[-1], None, len(scene.order)))
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            scene.areas.append(Area(_box(drawn, around.matrix), None, len(scene.order)))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            scene.segments += calls.segments(drawn)
            scene.areas += _area(drawn, around.matrix, len(scene.order))
    return scene


def _veil(scene: Scene, drawn: int, around: Around) -> None:
    """Note what may take a text away."""
    if around.layered or is_layered(drawn):
        scene.layered.add(drawn)
        scene.windows[drawn] = NOWHERE
    elif (seen := _window(drawn, around)) is not None:
        scene.windows[drawn] = common(seen, scene.visible)


def _window(drawn: int, around: Around) -> Box | None:
    """Give the box that an object and the forms around it are clipped to, or None."""
    own = window(drawn)
    if own is None:
        return around.window
    moved = _moved(own, around.matrix) if _is_square(around.matrix) else NOWHERE
    return moved if around.window is None else common(moved, around.window)


def _is_square(matrix: Matrix) -> bool:
    """Tell whether boxes stay boxes."""
    a, b, c, d = matrix[:4]
    return not (b or c) or not (a or d)


def _on_page(page: int, *, layers: bool) -> Iterator[tuple[int, int, Around]]:
    """Give the objects of a page in the order of drawing, each with its kind and what the forms around do to it."""
    for at in range(calls.count_on_page(page)):
        drawn = calls.on_page(page, at)
        kind = calls.kind(drawn)
        yield drawn, kind, _NOTHING_AROUND
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _in_form(drawn, Around(layered=layers), MOST_NESTED)


def _in_form(form: int, outside: Around, depth: int) -> Iterator[tuple[int, int, Around]]:
    inner = raw.FS_MATRIX()
    calls.object_matrix(form, inner)
    around = Around(
        _after((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), outside.matrix),
        _window(form, outside),
        outside.layered or is_layered(form),
    )
    for at in range(calls.count_in_form(form)):
        drawn = calls.in_form(form, at)
        kind = calls.kind(drawn)
        yield drawn, kind, around
        if kind == raw.FPDF_PAGEOBJ_FORM and depth:
            yield from _in_form(drawn, around, depth - 1)


def _after(one: Matrix, other: Matrix) -> Matrix:
    """Give the matrix that does one and then the other."""
    a, b, c, d, e, f = other
    pairs = [(one[0], one[1]), (one[2], one[3]), (one[4], one[5])]
    turned = [(x * a + y * c, x * b + y * d) for x, y in pairs]
    return (*turned[0], *turned[1], turned[2][0] + e, turned[2][1] + f)


def _box(drawn: int, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    calls.bounds(drawn, left, bottom, right, top)
    return _moved((left.value, bottom.value, right.value, top.value), matrix)


def _moved(box: Box, matrix: Matrix) -> Box:
    """Give the smallest box around a box that was moved."""
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
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
    found = calls.fill_colour(drawn)
    return (found[0], found[1], found[2], found[3]) if found else None


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
