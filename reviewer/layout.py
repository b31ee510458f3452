"""Folded text to pieces: paragraphs with their lines joined, list items, headings, table rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer import words as wording

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LABEL_WORDS = 10
WRAPPED_AT = 40
LONGEST_LABEL = 200

_SIGNS = "\u2610-\u2612\u2713\u2714\u2717\u2718\u25a0\u25a1"
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[-*+\u2022\u00b7\u25aa\u25e6\u2023>]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_TICK = re.compile(rf"\s*(?:[-*\u2022]\s+)?(?:\[[ x\u2713\u2714]?\]|\([ x]\)|[{_SIGNS}])\s*")
_TICKED = re.compile("[x\u2611\u2612\u2713\u2714\u25a0]")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|([*_]{2})[^*_]+\1\s*$)")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_LABEL = re.compile(r"([^\n:|?!.]{1,100}?(?:\([^)\n]{0,80}\))?):[*_]*(?=\s|$|[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A half-open span of the folded text that stands on its own; `ink` is where its words begin.

    `ticked` is None where there is no box to tick; `apart` says that a blank line stands before it.
    """

    start: int
    end: int
    ink: int
    item: bool = False
    heading: bool = False
    ticked: bool | None = None
    apart: bool = False


def pieces(text: str, start: int = 0, stop: int | None = None) -> Iterator[Piece]:
    """Cut a folded text, or a stretch of it, into pieces: a full line goes on in the next unless that begins anew."""
    current: Piece | None = None
    end, last = 0, ""
    for match in _LINE.finditer(text, start, len(text) if stop is None else stop):
        line = match.group()
        if line.isspace():
            continue
        if current and _UNDERLINE.fullmatch(line):
            current, last = replace(current, heading=True), line
            continue
        if not (current and match.start() == end + 1 and _goes_on(current, last, line)):
            if current:
                yield replace(current, end=end)
            current = _piece(line, match.start(), apart=current is None or match.start() > end + 1)
        end, last = match.end(), line
    if current:
        yield replace(current, end=end)


def _piece(line: str, start: int, *, apart: bool) -> Piece:
    """Begin a piece with its first line; where it ends is known later."""
    if tick := _TICK.match(line):
        return Piece(start, start, start + tick.end(), item=True, ticked=is_tick(tick.group()), apart=apart)
    if bullet := _BULLET.match(line):
        return Piece(start, start, start + bullet.end(), item=True, apart=apart)
    return Piece(start, start, start, heading=bool(_HEADING.match(line)), apart=apart)


def _goes_on(piece: Piece, last: str, line: str) -> bool:
    if piece.heading or len(last) < WRAPPED_AT or "|" in last or last.rstrip().endswith((":", "?")):
        return False
    anew = _BULLET.match(line) or _TICK.match(line) or _HEADING.match(line) or "|" in line
    return not anew and label(line.lstrip(), 0, len(line)) is None


def label(text: str, start: int, end: int) -> int | None:
    """Give where the label that begins at `start` ends, its colon included; None if none begins there."""
    if text.find(":", start, min(end, start + LONGEST_LABEL)) < 0:
        return None
    found = _LABEL.match(text, start, end)
    return found.end() if found and wording.count(found.group(1)) <= MOST_LABEL_WORDS else None


def is_box(text: str) -> bool:
    """Tell whether a text is a box and no more, ticked or not."""
    return _TICK.fullmatch(text) is not None


def is_tick(mark: str) -> bool:
    """Tell whether a box or a table cell is ticked."""
    return bool(_TICKED.search(mark))


def is_row(text: str) -> bool:
    """Tell whether a piece is a row of a table."""
    return text.count("|") > 1


def is_rule(cells: list[str]) -> bool:
    """Tell whether a table row only draws the line under its head."""
    return all(set(cell) <= set("-: ") for cell in cells)


def cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the spans of the cells of a table row, empty ones included."""
    row = text[start:end].rstrip()
    at = start + (row.index("|") + 1 if row.lstrip().startswith("|") else 0)
    for cell in text[at : start + len(row)].removesuffix("|").split("|"):
        yield at, at + len(cell)
        at += len(cell) + 1
