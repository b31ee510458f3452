"""The runs of a page: stretches of its text that one command of the page drew, with their place and their looks."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from reviewer.readers.pdf import calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pypdfium2 import PdfTextPage

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of the page."""

HYPHENS = "\ufffe\x02"  # what pdfium puts for a hyphen at which a line breaks, in place of the line's end
_LINE = re.compile(f"[^\r\n{HYPHENS}]*(?:[{HYPHENS}]|\r?\n|\r)?")
_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_HALF = re.compile("[\ud800-\udfff]")
_FIRST_LEAP = 8
_UPRIGHT = (1.0, 0.0)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Run(NamedTuple):
    """A stretch of text on one line, drawn at once; `first` and `last` count its inked characters on the page.

    `start` and `end` are where it begins and ends along its direction, `base` where its letters stand across it;
    these, `size` (of the font, as the page scales it) and `box` are in points. `drawn` is the address of what drew it.
    """

    text: str
    first: int
    last: int
    drawn: int
    start: float
    end: float
    base: float
    size: float
    direction: tuple[float, float]
    box: Box


def lines(text_page: PdfTextPage) -> Iterator[list[Run]]:
    """Give the lines of a page in pdfium's order, each as its runs."""
    text, page = characters(text_page), calls.address(text_page)
    cut = every_character if _RIGHT_TO_LEFT.search(text) else leaps
    for line in _LINE.finditer(text):
        if inked := line.group().rstrip():
            yield list(_runs(page, text, cut(page, line.start(), line.start() + len(inked), text), line.end()))


def characters(page: PdfTextPage) -> str:
    """Give the text of a page, in which each code point has the number that pdfium gives its character."""
    count = raw.FPDFText_CountChars(page)
    text = str(page.get_text_range()) if count > 0 else ""
    if len(text) == count:
        return text
    return together(raw.FPDFText_GetUnicode(page, at) for at in range(count))  # slow, but it skips none


def together(codes: Iterable[int]) -> str:
    """Make a text of UTF-16 or UTF-32 codes, one code point for each; zero and what is no character leave a mark."""
    return _HALF.sub("\ufffd", _PAIR.sub(_whole, "".join(map(chr, codes))).replace("\0", " "))


def _whole(pair: re.Match[str]) -> str:
    """Put both halves of a surrogate pair together, and let folding drop what fills the second place."""
    return pair.group().encode("utf-16", "surrogatepass").decode("utf-16") + "\u2060"


def leaps(page: int, start: int, end: int, text: str) -> Iterator[tuple[int, int, int]]:
    """Give the spans that one object drew, by ever longer leaps: a question per character takes ten times as long.

    Most objects reach to the end of a line or of a word, so that these are asked for first.

    Characters that pdfium made up, such as a blank between two words, have no object.
    """
    while start < end:
        drawn = calls.text_object(page, start)
        after = _last_of(page, drawn, (start, end), text) + 1 if drawn else start + 1
        yield start, after, drawn
        start = after


def _last_of(page: int, drawn: int, span: tuple[int, int], text: str) -> int:
    """Find the last character of the object that begins a span; an object's characters stand side by side."""
    known, end = span
    if calls.text_object(page, end - 1) == drawn:
        return end - 1
    word = text.find(" ", known, end)
    if word > known and calls.text_object(page, word - 1) == drawn:
        if calls.text_object(page, word) != drawn:
            return word - 1
        known = word
    step, growing = _FIRST_LEAP, True
    while step:
        if known + step < end and calls.text_object(page, known + step) == drawn:
            known += step
            step = step * 2 if growing else step // 2
        else:
            step, growing = step // 2, False
    return known


def every_character(page: int, start: int, end: int, _text: str) -> Iterator[tuple[int, int, int]]:
    """Give the spans that one object drew where pdfium turned the order of letters round, so that they may mix."""
    begun, drawn = start, calls.text_object(page, start) or 0
    for at in range(start + 1, end + 1):
        now = (calls.text_object(page, at) or 0) if at < end else -1
        if now != drawn:
            yield begun, at, drawn
            begun, drawn = at, now


def _runs(page: int, text: str, spans: Iterator[tuple[int, int, int]], stop: int) -> Iterator[Run]:
    """Give the runs of a line; blanks belong to the run before them."""
    waiting: tuple[int, int, int] | None = None
    for start, end, drawn in spans:
        if text[start:end].isspace() or not drawn:
            continue
        if waiting:
            yield _run(page, text, waiting, start)
        waiting = start, end, drawn
    if waiting:
        yield _run(page, text, waiting, stop)


def _run(page: int, text: str, span: tuple[int, int, int], until: int) -> Run:
    """Measure the run that an object drew; its text reaches until the next one begins."""
    start, end, drawn = span
    inked = text[start:end]
    first = end - len(inked.lstrip())
    last = start + len(inked.rstrip()) - 1
    a, b, c, d, _, _ = calls.matrix(page, first)
    along, across = math.hypot(a, b), math.hypot(c, d)
    begins = calls.character_box(page, first)
    ends = calls.character_box(page, last) if last > first else begins
    box = union(begins, ends) if last > first else begins
    size = calls.font_size(page, first) * min(across, along)
    x, y = calls.origin(page, first)
    if not (along and (b or a < 0)):
        return Run(text[first:until], first, last, drawn, x, ends[2], y, size, _UPRIGHT, box)
    right, up = a / along, b / along
    stop = max(ends[0] * right + ends[1] * up, ends[2] * right + ends[3] * up)
    begin, base = x * right + y * up, y * right - x * up
    return Run(text[first:until], first, last, drawn, begin, stop, base, size, (round(right, 2), round(up, 2)), box)


def union(one: Box, other: Box) -> Box:
    """Give the smallest box around both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
