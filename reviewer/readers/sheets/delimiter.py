"""What parts the cells of a text file: told by how evenly each candidate cuts the first rows."""

from __future__ import annotations

import csv
from collections import Counter

_CANDIDATES = (",", ";", "\t", "|")
_ANNOUNCED = "sep="
# A right delimiter cuts nearly all rows into as many cells; broken rows are few.
_EVEN = 0.5


def announced(first: str) -> str | None:
    """Give the delimiter that the first line tells, as Excel does: `sep=;`."""
    told = first.rstrip("\r\n").strip('"')
    return told[-1] if told.lower().startswith(_ANNOUNCED) and len(told) == len(_ANNOUNCED) + 1 else None


def sniff(lines: list[str], first: str = ",") -> str:
    """Give the delimiter that cuts the lines most evenly; `first` where several do as well, or none does.

    Not by `csv.Sniffer`, which takes a frequent letter for a delimiter.
    """
    candidates = sorted(_CANDIDATES, key=lambda each: each != first)
    return max(candidates, key=lambda each: _evenness(lines, each))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    widths = Counter(width for width in _widths(lines, delimiter) if width)
    if not widths:
        return 0, 0
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = rows / widths.total()
    return (round(share, 1), width) if width > 1 and share >= _EVEN else (0, 0)


def _widths(lines: list[str], delimiter: str) -> list[int]:
    widths: list[int] = []
    try:
        widths.extend(len(cells) for cells in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return widths  # a cell over the limit of the csv module: what came before it tells enough
    return widths
