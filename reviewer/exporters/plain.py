"""Tables and lists in plain text, and values as lines of JSON, as the reports of the terminal share them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.value import Value

MOST_LISTED = 20


def table(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """Give the lines of a table, numbers to the right, words to the left."""
    body = [[_cell(cell) for cell in row] for row in rows]
    numbers = [all(cell.replace(",", "").isdigit() for cell in column) for column in zip(*body, strict=True)]
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    for line in (head, *body):
        # Without rows no column is known to be of numbers.
        aligned = zip(line, widths, numbers or [False] * len(head), strict=True)
        yield "  ".join(cell.rjust(width) if number else cell.ljust(width) for cell, width, number in aligned).rstrip()


def listed(items: Sequence[str], most: int | None = MOST_LISTED, whole: str = "--format json") -> Iterator[str]:
    """Give items one a line, the first `most` of them, and say how many more there are and where."""
    yield from (f"  - {item}" for item in items[:most])
    if most is not None and len(items) > most:
        yield f"  ... and {len(items) - most:,} more; {whole} has them all."


def as_line(value: Value) -> str:
    """Give a value as one line of JSON, in ASCII: it may end on a terminal, and its texts are not ours."""
    return json.dumps(value.model_dump(mode="json"), separators=(",", ":"))


def _cell(cell: str | int) -> str:
    return f"{cell:,}" if isinstance(cell, int) else cell
