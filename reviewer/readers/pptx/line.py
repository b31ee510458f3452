"""One paragraph of a slide: words that are seen and words that are not, and whether it is a list item."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reviewer.readers.office.colour import is_lost, why_lost
from reviewer.readers.office.parts import ALTERNATE, chosen
from reviewer.readers.pptx.names import LINES, A, M
from reviewer.readers.pptx.palette import CLEAR, TRANSPARENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from reviewer.readers.pptx.palette import Palette

SMALLEST_HUNDREDTHS = 200
USUAL_HUNDREDTHS = 1_800

_WHOLE = 100_000
_LOOK, _TEXT, _BREAK, _FORMULA = f"{A}rPr", f"{A}t", f"{A}br", f"{M}t"
_PROPERTIES = f"{A}pPr"
_SILENT = frozenset({_PROPERTIES, f"{A}endParaRPr"})
_RUNS = frozenset({f"{A}r", f"{A}fld"})
_BULLETS = {f"{A}buNone": "", f"{A}buChar": "- ", f"{A}buAutoNum": "- ", f"{A}buBlip": "- "}


class Level(NamedTuple):
    """What the styles of a text say of paragraphs of one level: the mark before them, and how letters look."""

    mark: str
    looks: tuple[Element, ...]


class Levels:
    """The levels of a text by the lists of styles (`a:lstStyle` and the like) that hold for it, the nearest first."""

    def __init__(self, styles: Sequence[Element] = ()) -> None:
        """Work out nothing yet."""
        self.styles = styles
        self._known: dict[str, Level] = {}

    def level(self, name: str) -> Level:
        """Give one level, which a slide counts from 0."""
        if name not in self._known:
            tag = f"{A}lvl{int(name) + 1 if name.isdecimal() else 1}pPr"
            said = [found for style in self.styles if (found := style.find(tag)) is not None]
            looks = tuple(look for level in said if (look := level.find(f"{A}defRPr")) is not None)
            marks = (mark for level in said if (mark := bullet(level)) is not None)
            self._known[name] = Level(next(marks, ""), looks)
        return self._known[name]


NO_LEVELS = Levels()


class Lettering:
    """What decides whether the letters of a text are seen: colours, styles, and the ground that they stand on.

    The ground is asked for only where letters have a colour.
    """

    def __init__(
        self, palette: Palette, ground: Callable[[], str | None], levels: Levels = NO_LEVELS, scale: float = 1
    ) -> None:
        """Take how much smaller the letters are drawn than they say, so that they fit, as `scale`."""
        self.palette, self.levels = palette, levels
        self._ground, self._scale = ground, scale
        self._known: dict[Level, str] = {}

    def on(self, ground: str | None) -> Lettering:
        """Give the same letters on another ground."""
        return Lettering(self.palette, lambda: ground, self.levels, self._scale)

    @cached_property
    def behind(self) -> str | None:
        """What is painted behind the letters."""
        return self._ground()

    def why_hidden(self, level: Level, look: Element | None) -> str:
        """Say why nobody sees letters of a level with a look of their own; an empty sentence if everybody does."""
        if look is not None and (len(look) or look.get("sz")):
            return self._why((look, *level.looks))
        if level not in self._known:
            self._known[level] = self._why(level.looks)
        return self._known[level]

    def _why(self, looks: Sequence[Element]) -> str:
        sizes = (value for look in looks if (value := look.get("sz", "")).isdecimal())
        points = int(next(sizes, str(USUAL_HUNDREDTHS))[:6]) * self._scale
        if points < SMALLEST_HUNDREDTHS:
            return f"Letters of {points / 100:g} points, too small to read."
        ink = next((found for look in looks if (found := self.palette.painted(look)) is not None), None)
        if ink == TRANSPARENT or (ink == CLEAR and not any(look.find(f"{A}ln") is not None for look in looks)):
            return "Letters without a colour."
        if not ink or ink == CLEAR:
            return ""
        marks = (mark for look in looks if (mark := look.find(f"{A}highlight")) is not None)
        marker = next(marks, None)
        behind = self.behind if marker is None else self.palette.named(marker)
        return why_lost(ink) if is_lost(ink, behind) else ""


class Line:
    """A paragraph, read once. `pieces` are stretches of words, each with why nobody sees it, or nothing."""

    def __init__(self, element: Element, lettering: Lettering) -> None:
        """Read an `a:p`."""
        self.pieces: list[tuple[str, str]] = []
        self._lettering = lettering
        # The properties come first, or not at all; a search for them would take longer than all the rest.
        own = element[0] if len(element) and element[0].tag == _PROPERTIES else None
        self._level = lettering.levels.level("0" if own is None else own.get("lvl", "0"))
        mark = None if own is None else bullet(own)
        self.mark = self._level.mark if mark is None else mark
        self._walk(element)

    @property
    def seen(self) -> str:
        """The words that people see."""
        return "".join(text for text, why in self.pieces if not why)

    def _walk(self, element: Element) -> None:
        for child in element:
            if child.tag in _RUNS:
                self._run(child)
            elif child.tag == _BREAK:
                self._add("\n", "")
            elif child.tag == _FORMULA:
                self._add(child.text or "", "")
            elif child.tag == ALTERNATE:
                if (version := chosen(child)) is not None:
                    self._walk(version)
            elif child.tag not in _SILENT:
                self._walk(child)

    def _run(self, element: Element) -> None:
        look, text = None, ""
        for child in element:
            if child.tag == _LOOK:
                look = child
            elif child.tag == _TEXT:
                text = child.text or ""
        if not element.get("type", "").startswith("slidenum"):
            self._add(text, self._lettering.why_hidden(self._level, look))

    def _add(self, text: str, why: str) -> None:
        if self.pieces and (self.pieces[-1][1] == why or text.isspace()):
            self.pieces[-1] = (self.pieces[-1][0] + text, self.pieces[-1][1])
        elif text and not text.isspace():
            self.pieces.append((text, why))


def bullet(properties: Element) -> str | None:
    """Give what stands before paragraphs of such properties, as in Markdown; None where they say nothing."""
    return next((_BULLETS[child.tag] for child in properties if child.tag in _BULLETS), None)


def lines(body: Element | None, lettering: Lettering) -> Iterator[Line]:
    """Read the paragraphs of a text body that are not empty."""
    for element in () if body is None else body.iterchildren(LINES):
        line = Line(element, lettering)
        if line.pieces:
            yield line


def scale_of(body: Element) -> float:
    """Give how much smaller than they say the letters are drawn, so that they fit."""
    fit = body.find(f"{A}bodyPr/{A}normAutofit")
    value = "" if fit is None else fit.get("fontScale", "")
    return int(value[:6]) / _WHOLE if value.isdecimal() else 1
