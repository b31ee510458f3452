"""Which row is the header: the first that reads like one, below title lines if there are any."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from reviewer.readers.sheets import answers, headings

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 400
_MOST_WORDS, _MOST_WORDS_OF_A_SENTENCE = 8, 4
# So much of a header may be long labels or numbers, such as years, and so much may come again below.
_SOME = 0.25
_MOST_TITLES = 10
_FEWEST_CELLS = 2
# A phrase may be a label, but seldom is one above phrases as long; fewer words will do beside a yes or a no.
_FEWEST_WORDS, _FEWEST_BESIDE_ANSWER = 4, 3
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
    if at is None or not reads_like_one(rows[at], rows[at + 1 :]):
        return None
    return None if _is_a_row_itself(rows[at], rows[at + 1 :]) else at


def _is_a_row_itself(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a phrase stands in it, nothing that is worded like a header, and each cell is as long as those below."""
    labels = [cell for cell in row if cell]
    if row in below or any(map(headings.is_typical, labels)):
        return False
    columns = [(cell, [each[at] for each in below if each[at : at + 1] and each[at]]) for at, cell in enumerate(row)]
    answered = any(answers.is_yes_or_no(cell) and answers.are_yes_and_no(values) for cell, values in columns)
    fewest = _FEWEST_BESIDE_ANSWER if answered else _FEWEST_WORDS
    has_phrase = any(len(label.split()) >= fewest for label in labels)
    return has_phrase and all(_is_as_long(cell, values) for cell, values in columns if cell)


def _is_as_long(cell: str, values: Sequence[str]) -> bool:
    """Whether it has no more than twice the words of most of these, and no less than half of them."""
    if not values:
        return False
    usual = median(len(value.split()) for value in values)
    return usual / 2 <= len(cell.split()) <= 2 * usual


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
