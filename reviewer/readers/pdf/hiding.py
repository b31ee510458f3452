"""Which words of a page no person sees, and why.

What an object says of itself settles most: its mode, its size, its place, its opacity.
Where that only rouses suspicion, such as white letters do, the page is painted with and without them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pypdfium2 import raw

from reviewer.readers.pdf import calls
from reviewer.readers.pdf.painting import Painting
from reviewer.readers.pdf.scene import common, fill, holds, middle, size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage, PdfTextPage

    from reviewer.readers.pdf.run import Run
    from reviewer.readers.pdf.scene import Area, Colour, Scene

SMALLEST = 2.0
LIGHT = 200
WHITE = 250
FAINT = 128
ALIKE = 24
FULL_PAGE = 0.6
MOST_AREAS = 200

INVISIBLE = "Letters that are drawn invisibly."
TINY = f"Letters smaller than {SMALLEST:g} points."
OUTSIDE = "Letters outside the edges of the page."
TRANSPARENT = "Letters that are fully transparent."
WHITE_ON_WHITE = "White letters on a white page."
SAME_COLOUR = "Letters in the colour of what lies behind them."
COVERED = "Letters under something that is drawn over them."
SWITCHED_OFF = "Letters in a layer that is switched off."
CLIPPED = "Letters that a clipping path cuts away."

_UNSEEN_MODES = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_WORD = re.compile(r"\S+\s*")


class Inspector:
    """Tells the seen from the unseen on one page; `recognised` is set where words lie behind a scanned picture."""

    def __init__(self, page: PdfPage, text: PdfTextPage, scene: Scene) -> None:
        """Take the page, its text and what else is drawn on it; all three stay open and the caller's."""
        self.recognised = False
        self._page, self._text, self._scene = page, calls.address(text), scene
        self._crowded = len(scene.areas) > MOST_AREAS  # then painting is quicker than comparing all with all

    def sorted(self, rows: Sequence[list[Run]]) -> Iterator[list[tuple[Run, str]]]:
        """Give each run of each row with the reason why nobody sees it, or an empty one."""
        told = {run.first: self._plainly(run) for row in rows for run in row}
        doubtful = [run for row in rows for run in row if told[run.first] is None]
        painting = Painting(self._page, doubtful, self._scene.visible) if doubtful else None
        for row in rows:
            found: list[tuple[Run, str]] = []
            for run in row:
                reason = told[run.first]
                found += self._by_word(run, painting) if reason is None and painting else [(run, reason or "")]
            yield found

    def _plainly(self, run: Run) -> str | None:
        """Tell by what its object says, or give None if only a look can tell."""
        mode = calls.render_mode(run.drawn)
        colour = fill(run.drawn)
        if mode in _UNSEEN_MODES:
            return self._unseen(run)
        if run.size < SMALLEST and self._is_low(run):
            return TINY
        inside = self._is_inside(run)
        if not inside and size(common(run.box, self._scene.visible)) <= 0 < size(run.box):
            return OUTSIDE
        if colour and not colour[3] and mode == raw.FPDF_TEXTRENDERMODE_FILL:
            return TRANSPARENT
        return None if mode or not inside or self._is_doubtful(run, colour) else ""

    def _unseen(self, run: Run) -> str:
        """Let invisible words pass that recognition put behind the picture of a page."""
        scene = self._scene
        if scene.pictured < FULL_PAGE or not any(holds(box, middle(run.box)) for box in scene.pictures):
            return INVISIBLE
        self.recognised = True
        return ""

    def _is_low(self, run: Run) -> bool:
        """Tell whether its letters are indeed low; a font of bitmaps may call its size what it likes."""
        boxes = (calls.character_box(self._text, at) for at in range(run.first, run.last + 1))
        return max(min(box[3] - box[1], box[2] - box[0]) for box in boxes) < SMALLEST

    def _is_doubtful(self, run: Run, colour: Colour | None) -> bool:
        if self._crowded or colour is None or min(colour[:3]) >= LIGHT or colour[3] < FAINT:
            return True
        return any(_hides(area, self._order(run), colour) for area in self._around(run))

    def _is_inside(self, run: Run) -> bool:
        """Tell whether all of it stands within the edges of the page, and of what it is clipped to."""
        left, bottom, right, top = run.box
        edges = self._scene.windows.get(run.drawn, self._scene.visible)
        return left >= edges[0] and bottom >= edges[1] and right <= edges[2] and top <= edges[3]

    def _order(self, run: Run) -> int:
        return self._scene.order.get(run.drawn, 0)

    def _around(self, run: Run) -> list[Area]:
        if not self._scene.areas:
            return []
        point = middle(run.box)
        return [area for area in self._scene.areas if holds(area.box, point)]

    def _by_word(self, run: Run, painting: Painting) -> Iterator[tuple[Run, str]]:
        """Give the stretches of a run that are seen or not seen."""
        reason = ""
        stretch: tuple[Run, str] | None = None
        for word in _WORD.finditer(run.text):
            first = run.first + word.start()
            last = min(first + len(word.group().rstrip()) - 1, run.last)
            why = ""
            if not painting.shows(self._text, range(first, last + 1)):
                why = reason = reason or self._reason(run)
            if stretch and stretch[1] == why:
                stretch = stretch[0]._replace(text=stretch[0].text + word.group(), last=last), why
                continue
            if stretch:
                yield stretch
            stretch = run._replace(text=word.group(), first=first, last=last), why
        if stretch:
            yield stretch

    def _reason(self, run: Run) -> str:
        """Say why a run is not seen that was painted and left no trace."""
        colour, order = fill(run.drawn), self._order(run)
        around = self._around(run)
        if any(area.order > order for area in around):
            return COVERED
        if colour and colour[3] < FAINT:
            return TRANSPARENT
        if colour and min(colour[:3]) >= WHITE and not around:
            return WHITE_ON_WHITE
        if run.drawn in self._scene.layered:
            return SWITCHED_OFF
        return SAME_COLOUR if self._is_inside(run) else CLIPPED


def _hides(area: Area, order: int, colour: Colour) -> bool:
    """Tell whether an area may hide letters: it is drawn over them, or lies behind them in nearly their colour."""
    if area.order > order:
        return True
    return area.colour is not None and all(
        abs(one - other) <= ALIKE for one, other in zip(area.colour[:3], colour[:3], strict=True)
    )
