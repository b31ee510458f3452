"""A page painted twice, with some of its words and without them: what differs is what a person sees of them."""

from __future__ import annotations

import ctypes
from functools import reduce
from operator import sub
from typing import TYPE_CHECKING

from pypdfium2 import raw

from reviewer.readers.pdf import calls
from reviewer.readers.pdf.run import union
from reviewer.readers.pdf.scene import common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfPage

    from reviewer.readers.pdf.run import Box, Run

SCALE = 2.0
MOST_PIXELS = 4_000_000
LEAST_CONTRAST = 16
ENOUGH = 3
_WHITE = 0xFFFFFFFF
_HOW = raw.FPDF_GRAYSCALE | raw.FPDF_RENDER_LIMITEDIMAGECACHE


class Painting:
    """A part of a page in shades of grey, with and without the words that are in doubt."""

    def __init__(self, page: PdfPage, doubtful: Sequence[Run], visible: Box) -> None:
        """Paint the visible part of the page on which these stand."""
        self._page = page
        width, height = page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        self._size = max(1, round(width * scale)), max(1, round(height * scale))
        around = common(reduce(union, (run.box for run in doubtful)), visible)
        self._left, self._upper, right, lower = self._pixels(around)
        self._width, self._height = right - self._left, lower - self._upper
        self._with = self._painted()
        for run in doubtful:
            calls.activate(run.drawn, 0)
        self._without = self._painted()
        for run in doubtful:
            calls.activate(run.drawn, 1)

    def shows(self, text: int, characters: range) -> bool:
        """Tell whether at least half of a word's characters, or of some in a long one, leave a trace for the eye."""
        some = characters[:: max(1, len(characters) // ENOUGH)]
        seen = sum(self._differs(calls.character_box(text, at)) for at in some)
        return 2 * seen >= len(some)

    def _differs(self, box: Box) -> bool:
        left, upper, right, lower = self._pixels(box)
        first, last = max(left - self._left, 0), min(right - self._left, self._width)
        for row in range(max(upper - self._upper, 0), min(lower - self._upper, self._height)):
            start, end = row * self._width + first, row * self._width + last
            one, other = self._with[start:end], self._without[start:end]
            if one != other and max(map(abs, map(sub, one, other))) >= LEAST_CONTRAST:
                return True
        return False

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Give the left, upper, right and lower edge of a box, in pixels of the whole page."""
        across, down = zip(self._pixel(box[0], box[1]), self._pixel(box[2], box[3]), strict=True)
        return min(across), min(down), max(across) + 1, max(down) + 1

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, x, y, across, down)
        return across.value, down.value

    def _painted(self) -> bytes:
        """Paint the part, a byte for each pixel, or nothing if it has no extent."""
        if self._width <= 0 or self._height <= 0:
            return b""
        pixels = (ctypes.c_ubyte * (self._width * self._height))()
        bitmap = raw.FPDFBitmap_CreateEx(self._width, self._height, raw.FPDFBitmap_Gray, pixels, self._width)
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, self._width, self._height, _WHITE)
            raw.FPDF_RenderPageBitmap(bitmap, self._page, -self._left, -self._upper, *self._size, 0, _HOW)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        return bytes(pixels)
