"""The addresses of cells, as spreadsheets give them."""

from __future__ import annotations

_LETTERS = 26


def letters(column: int) -> str:
    """Name a column, counted from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name
