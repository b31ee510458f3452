"""A slide, a layout or a master of a PowerPoint file: its shapes in the order of reading, into the transcript."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.office.colour import UNKNOWN, WHITE
from reviewer.readers.office.parts import RELATION
from reviewer.readers.pptx.line import NO_LEVELS, Lettering, Levels, lines, scale_of
from reviewer.readers.pptx.names import CX, DGM, FRAME, LINES, NO, PICTURE, SHAPE, A, C, P
from reviewer.readers.pptx.palette import CLEAR, TRANSPARENT, ground
from reviewer.readers.pptx.table import read_table
from reviewer.readers.transcript import PARAGRAPH

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reviewer.readers.limits import Limits
    from reviewer.readers.office.parts import Part
    from reviewer.readers.pptx.palette import Palette
    from reviewer.readers.pptx.shape import Holder, Shape, Tree
    from reviewer.readers.transcript import Transcript
    from reviewer.submission import Source

_PLAYED = frozenset(f"{A}{name}" for name in ("videoFile", "audioFile", "wavAudioFile", "quickTimeFile"))
_CHARTS = frozenset({f"{C}chart", f"{CX}chart"})


class Taken(NamedTuple):
    """What a shape takes over with the place that a layout holds for it: how its letters look, and what it paints."""

    levels: Levels = NO_LEVELS
    paint: str | None = None


NOTHING_TAKEN = Taken()


@dataclass
class Deck:
    """What all slides of a file share; `unread` are the numbers of the slides that hold each kind of thing."""

    transcript: Transcript
    limits: Limits
    taken: dict[tuple[tuple[Tree, ...], Holder], Taken] = field(default_factory=dict)
    unread: defaultdict[str, list[int | None]] = field(default_factory=lambda: defaultdict(list))


class Slide:
    """Reads one slide; `trees` are of itself and of what it follows: layout and master."""

    def __init__(self, deck: Deck, part: Part, trees: tuple[Tree, ...], palette: Palette, place: Source) -> None:
        """Read nothing yet."""
        self._deck, self._part, self._trees, self._palette = deck, part, trees, palette
        self._place, self._paragraphs, self._tables = place, 0, 0

    def read(self, *, own_words_only: bool = False) -> None:
        """Read all shapes; `own_words_only` leaves out the places of a layout, whose words are only hints."""
        for shape in self._trees[0].singles:
            if not own_words_only or shape.holder is None:
                self._shape(shape)
                self._deck.transcript.stop_at(self._deck.limits.max_characters)

    def _shape(self, shape: Shape) -> None:
        element = shape.element
        if element.tag == FRAME:
            self._frame(shape)
        elif element.tag == PICTURE:
            played = any(element.find(f"{P}nvPicPr/{P}nvPr/{tag}") is not None for tag in _PLAYED)
            self._unread("video or sound recording" if played else "picture")
        elif element.tag == f"{P}contentPart":
            self._unread("drawing")
        else:
            self._text(shape)
            if element.find(f"{P}spPr/{A}blipFill") is not None:
                self._unread("picture")

    def _unread(self, noun: str) -> None:
        self._deck.unread[noun].append(self._place.slide)

    def _text(self, shape: Shape) -> None:
        body = shape.element.find(f"{P}txBody")
        if body is None:
            return
        title = shape.holder is not None and shape.holder.is_title
        for line in lines(body, self._lettering(shape, body)):
            mark, gap = "## " if title else line.mark, PARAGRAPH
            self._paragraphs += 1
            place = self._place.model_copy(update={"paragraph": self._paragraphs})
            for text, why in line.pieces:
                self._deck.transcript.add(mark + text.strip(), place, gap=gap, hidden=shape.hidden or why)
                mark, gap = "", " "

    def _lettering(self, shape: Shape, body: Element) -> Lettering:
        levels, own = self._taken(shape).levels, next(body.iterchildren(f"{A}lstStyle"), None)
        if own is not None and len(own):
            levels = Levels((own, *levels.styles))
        return Lettering(self._palette, partial(self._behind, shape), levels, scale_of(body))

    def _taken(self, shape: Shape) -> Taken:
        """Give what a shape takes over with its place, which is worked out once for all slides of a layout."""
        if shape.holder is None:
            return NOTHING_TAKEN
        key = (self._trees[1:2], shape.holder)
        if key not in self._deck.taken:
            followed = list(self._trees[0].followed(shape.holder))
            path, kind = f"{P}txBody/{A}lstStyle", shape.holder.of_master
            styles = [style for each in followed if (style := each.element.find(path)) is not None]
            of_master = self._trees[-1].root.find(f"{P}txStyles/{P}{kind}Style")
            paints = (paint for each in followed if (paint := self._said_paint(each)) is not None)
            levels = Levels(styles if of_master is None else [*styles, of_master])
            self._deck.taken[key] = Taken(levels, next(paints, None))
        return self._deck.taken[key]

    def _frame(self, shape: Shape) -> None:
        data = shape.element.find(f"{A}graphic/{A}graphicData")
        for child in () if data is None else data:
            if child.tag == f"{A}tbl":
                self._tables += 1
                place = self._place.model_copy(update={"table": self._tables})
                behind = partial(self._behind, shape)
                read_table(self._deck.transcript, child, place, Lettering(self._palette, behind), shape.hidden)
            elif child.tag in _CHARTS:
                self._unread("chart")
            elif child.tag == f"{DGM}relIds":
                self._diagram(child.get(f"{RELATION}dm"), shape.hidden)
            else:
                self._unread("embedded object")

    def _diagram(self, relation: str | None, hidden: str) -> None:
        part = self._part.part(relation)
        place = self._place.model_copy(update={"label": "diagram"})
        for paragraph in () if part is None else part.root.iter(LINES):
            text = "".join(run.text or "" for run in paragraph.iter(f"{A}t"))
            self._deck.transcript.add(text, place, hidden=hidden)

    def _behind(self, shape: Shape) -> str | None:
        """Give the colour behind the words of a shape: its own, of a shape under it, or of the slide."""
        own = self._paint(shape)
        if own is not None:
            return own
        if shape.box is not None:
            under = (other for other in self._painted if other[1].box is not None and other[1].box.covers(shape.box))
            below = [paint for at, other, paint in under if at > 0 or other.depth < shape.depth]
            if below:
                return below[-1]
        return self._ground

    def _paint(self, shape: Shape) -> str | None:
        """Give what a shape paints, by itself or as the place that it takes; None where it lets all through."""
        if shape.element.tag != SHAPE:
            return UNKNOWN
        paint = self._said_paint(shape)
        if paint is None:
            paint = self._taken(shape).paint
        return None if paint in {CLEAR, TRANSPARENT} else paint

    def _said_paint(self, shape: Shape) -> str | None:
        paint = self._palette.painted(next(shape.element.iterchildren(f"{P}spPr"), None))
        if paint is not None:
            return paint
        style = next(shape.element.iterchildren(f"{P}style"), None)
        return None if style is None else self._palette.by_style(style.find(f"{A}fillRef"))

    @cached_property
    def _painted(self) -> list[tuple[int, Shape, str]]:
        """The shapes that paint something, from the back to the front: of the master, the layout, the slide."""
        found: list[tuple[int, Shape, str]] = []
        shown = [tree for at, tree in enumerate(self._trees) if at == 0 or self._shows_above(at)]
        for at, tree in reversed(list(enumerate(shown))):
            seen = tree.free if at else tree.from_the_back
            found += [(at, single, paint) for single in seen if (paint := self._paint(single)) is not None]
        return found

    def _shows_above(self, at: int) -> bool:
        return all(tree.root.get("showMasterSp") not in NO for tree in self._trees[:at])

    @cached_property
    def _ground(self) -> str:
        """The colour of the background, which is white where nobody says anything."""
        said = next((tree.background for tree in self._trees if tree.background is not None), None)
        return WHITE if said is None else ground(self._palette, said)
