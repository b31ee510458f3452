"""Which row is the header: the first that reads like one, below title lines if there are any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.readers.sheets import headings

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 400
_MOST_WORDS, _MOST_WORDS_OF_A_SENTENCE = 8, 4
# So much of a header may be long labels or numbers, such as years, and so much may come again below.
_SOME = 0.25
_MOST_TITLES = 10
_FEWEST_CELLS = 2
_DATUM = re.compile(r"[\W_]*\d[\d\W_]*|\S+@\S+\.\w+|https?://\S+|www\.\S+", re.IGNORECASE)


def find(rows: Sequence[Sequence[str]]) -> int | None:
    """Give the index of the header among the first rows; None if they begin with data or hold no table.

    Titles above a header fill few cells; the first row that is filled is the header, or there is none.
    """
    widest = max((_filled(row) for row in rows), default=0)
    if widest < _FEWEST_CELLS:
        return _of_one_column(rows)
    enough = max(_FEWEST_CELLS, widest / 2)
    at = next((at for at, row in enumerate(rows[: _MOST_TITLES + 1]) if _filled(row) >= enough), None)
    return at if at is not None and reads_like_one(rows[at], rows[at + 1 :]) else None


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _of_one_column(rows: Sequence[Sequence[str]]) -> int | None:
    """A list of texts in one column has a header only where a word says so: a title looks the same."""
    for at, row in enumerate(rows):
        if label := "".join(row):
            heading = headings.read(label)
            tells = heading.tells or heading.asks or heading.instructs
            return at if tells and reads_like_one(row, rows[at + 1 :]) else None
    return None


def reads_like_one(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the cells are labels: short or questions, no data, and not what comes again in their columns."""
    labels = [cell for cell in row if cell]
    if any(len(label) > _LONGEST for label in labels):
        return False
    most = _SOME * len(labels)
    odd = sum(bool(_DATUM.fullmatch(label)) or _is_prose(label) for label in labels)
    again = sum(_comes_again(cell, at, below) for at, cell in enumerate(row) if cell)
    # A header that comes again as a whole is that of sheets put one below the other.
    return odd <= most and (again <= most or again == len(labels) > 1)


def _is_prose(label: str) -> bool:
    heading = headings.read(label)
    most = _MOST_WORDS_OF_A_SENTENCE if label.endswith(".") else _MOST_WORDS
    return len(label.split()) > most and not heading.asks and not heading.instructs


def _comes_again(cell: str, column: int, below: Sequence[Sequence[str]]) -> bool:
    return any(column < len(row) and row[column] == cell for row in below)
