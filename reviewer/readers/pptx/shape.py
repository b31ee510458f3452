"""The shapes of a slide: where each stands, in which order they are read, and which nobody sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.office.parts import ALTERNATE, chosen
from reviewer.readers.pptx.names import FRAME, GROUP, PICTURE, SHAPE, YES, A, P

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

# Of the height of a slide: shapes whose tops differ by less stand side by side.
SAME_LINE = 0.02
NOT_SHOWN = "A shape that is not shown."
OFF_SLIDE = "A shape off the slide."

_TITLES = frozenset({"title", "ctrTitle"})
_MARGINS = frozenset({"dt", "ftr", "sldNum", "hdr"})
_NAMED, _USE, _PLACE = (f"{P}{name}" for name in ("cNvPr", "nvPr", "ph"))
_LOOK, _GROUP_LOOK, _MEASURES, _FRAME_MEASURES = f"{P}spPr", f"{P}grpSpPr", f"{A}xfrm", f"{P}xfrm"
_KINDS = frozenset({SHAPE, PICTURE, FRAME, f"{P}contentPart"})


class Box(NamedTuple):
    """Where a shape stands, in units of drawings (914,400 to the inch) from the upper left corner of the slide."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Tell whether this box covers at least half of another."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        area = (other.right - other.left) * (other.bottom - other.top)
        return width > 0 and height > 0 and width * height * 2 >= area

    def is_off(self, width: float, height: float) -> bool:
        """Tell whether no part of it stands on a slide of this size."""
        return self.right <= 0 or self.bottom <= 0 or self.left >= width or self.top >= height


class Scale(NamedTuple):
    """How the measures within a group become those of the slide."""

    across: float = 1
    right: float = 0
    along: float = 1
    down: float = 0

    def place(self, box: Box) -> Box:
        """Give a box within the group its place on the slide."""
        left, right = (self.across * value + self.right for value in (box.left, box.right))
        top, bottom = (self.along * value + self.down for value in (box.top, box.bottom))
        return Box(left, top, right, bottom)


class Holder(NamedTuple):
    """The place that a layout holds for a shape, and the shape takes: its kind and its number."""

    kind: str
    number: str

    @property
    def is_title(self) -> bool:
        """Whether it is the title of the slide."""
        return self.kind in _TITLES

    @property
    def of_master(self) -> str:
        """The kind of place in the master that this one follows."""
        return "title" if self.is_title else self.kind if self.kind in _MARGINS else "body"


@dataclass(frozen=True)
class Shape:
    """A shape; the members of a group stand in `members`, in order of reading. `depth` counts from the back."""

    element: Element
    box: Box | None
    hidden: str
    holder: Holder | None
    depth: int = 0
    members: tuple[Shape, ...] = ()

    @property
    def singles(self) -> Iterator[Shape]:
        """The shapes that are no groups, in order of reading."""
        if not self.members:
            yield self
        for member in self.members:
            yield from member.singles


class Tree:
    """Reads a tree of shapes; `above` are the trees of the layout and the master that it follows."""

    def __init__(self, root: Element, size: tuple[int, int], above: tuple[Tree, ...] = ()) -> None:
        """Read the shapes of a slide, a layout or a master; `size` is of the slide."""
        self.root, self.above = root, above
        self._size, self._depth = size, 0
        self.background = root.find(f"{P}cSld/{P}bg")
        tree = root.find(f"{P}cSld/{P}spTree")
        found = () if tree is None else tuple(self._shapes(tree, Scale(), ""))
        self.shapes = self._ordered(found)
        self._held: dict[Holder, Shape | None] = {}
        self._places = {shape.holder: shape for shape in self.singles if shape.holder is not None}

    @property
    def singles(self) -> Iterator[Shape]:
        """The shapes that are no groups, in order of reading."""
        for shape in self.shapes:
            yield from shape.singles

    @cached_property
    def from_the_back(self) -> list[Shape]:
        """The shapes that are no groups and are shown, from the back to the front."""
        return sorted((shape for shape in self.singles if not shape.hidden), key=lambda shape: shape.depth)

    @cached_property
    def free(self) -> list[Shape]:
        """Those of them that hold no place, and so are shown on every slide that follows this tree."""
        return [shape for shape in self.from_the_back if shape.holder is None]

    def followed(self, holder: Holder | None) -> Iterator[Shape]:
        """Give the shapes of the layout and the master that hold the place of one, the layout's first."""
        for tree in self.above if holder is not None else ():
            if holder is not None and (shape := tree.held(holder)) is not None:
                yield shape

    def held(self, holder: Holder) -> Shape | None:
        """Give the shape of a layout or a master that holds a place."""
        if holder not in self._held:
            same = (shape for place, shape in self._places.items() if _follows(holder, place))
            self._held[holder] = next(same, None)
        return self._held[holder]

    def _shapes(self, parent: Element, scale: Scale, hidden: str) -> Iterator[Shape]:
        for child in parent:
            if child.tag == ALTERNATE:
                version = chosen(child)
                yield from () if version is None else self._shapes(version, scale, hidden)
            elif child.tag == GROUP:
                yield from self._group(child, scale, hidden)
            elif child.tag in _KINDS:
                yield self._single(child, scale, hidden)

    def _group(self, element: Element, scale: Scale, hidden: str) -> Iterator[Shape]:
        measures = _measures(element)
        box = _box(measures)
        inner = scale if measures is None or box is None else _within(measures, box, scale)
        hidden = hidden or _said_of(element)[0]
        members = self._ordered(tuple(self._shapes(element, inner, hidden)))
        if members:
            yield Shape(element, None if box is None else scale.place(box), hidden, None, members=members)

    def _single(self, element: Element, scale: Scale, hidden: str) -> Shape:
        self._depth += 1
        not_shown, holder = _said_of(element)
        box = _box(_measures(element))
        if box is not None:
            box = scale.place(box)
        elif holder is not None:
            box = next((shape.box for shape in self.followed(holder) if shape.box is not None), None)
        hidden = hidden or not_shown or (OFF_SLIDE if box is not None and box.is_off(*self._size) else "")
        return Shape(element, box, hidden, holder, depth=self._depth)

    def _ordered(self, shapes: Iterable[Shape]) -> tuple[Shape, ...]:
        """Put shapes in the order of reading: the title, then from top to bottom, side by side from left to right."""
        slack, line, keys = self._size[1] * SAME_LINE, float("-inf"), {}
        for shape in sorted(shapes, key=_top):
            line = line if _top(shape) - line < slack else _top(shape)
            title = shape.holder is not None and shape.holder.is_title
            keys[shape] = (not title, line, shape.box.left if shape.box else 0)
        return tuple(sorted(keys, key=keys.__getitem__))


def _top(shape: Shape) -> float:
    return shape.box.top if shape.box else 0


def _follows(holder: Holder, place: Holder) -> bool:
    """Tell whether a shape follows a place: by its number in a layout, by its kind in a master."""
    if holder.is_title or holder.kind in _MARGINS:
        return place.of_master == holder.of_master
    return place.number == holder.number or (place.kind == holder.of_master and place.number == "1")


def _said_of(element: Element) -> tuple[str, Holder | None]:
    """Give why a shape is not shown, if so, and the place that it takes, if any."""
    why, holder = "", None
    for said in element[0] if len(element) else ():
        if said.tag == _NAMED and said.get("hidden") in YES:
            why = NOT_SHOWN
        elif said.tag == _USE:
            place = next(said.iterchildren(_PLACE), None)
            holder = None if place is None else Holder(place.get("type", "obj"), place.get("idx", "0"))
    return why, holder


def _measures(element: Element) -> Element | None:
    holder: Element | None = element
    if element.tag != FRAME:
        holder = next(element.iterchildren(_LOOK, _GROUP_LOOK), None)
    return None if holder is None else next(holder.iterchildren(_MEASURES, _FRAME_MEASURES), None)


def _box(measures: Element | None, corner: str = "off", extent: str = "ext") -> Box | None:
    start = None if measures is None else measures.find(f"{A}{corner}")
    size = None if measures is None else measures.find(f"{A}{extent}")
    if start is None or size is None:
        return None
    try:
        left, top = int(start.get("x", "0")), int(start.get("y", "0"))
        return Box(left, top, left + int(size.get("cx", "0")), top + int(size.get("cy", "0")))
    except ValueError:
        return None


def _within(measures: Element, box: Box, scale: Scale) -> Scale:
    inner = _box(measures, "chOff", "chExt")
    if inner is None or inner.right == inner.left or inner.bottom == inner.top:
        return scale
    across, along = (
        (box.right - box.left) / (inner.right - inner.left),
        (box.bottom - box.top) / (inner.bottom - inner.top),
    )
    right, down = box.left - inner.left * across, box.top - inner.top * along
    return Scale(
        scale.across * across, scale.across * right + scale.right, scale.along * along, scale.along * down + scale.down
    )
