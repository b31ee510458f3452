"""What most rows share is the form's own: a template's instructions that each requester left standing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FEWEST_ROWS = 20
_SHARE = 0.5
_FEWEST_WORDS = 5


def shared(rows: Iterable[Sequence[str]], columns: Sequence[int]) -> Mapping[int, frozenset[str]]:
    """Give, by column, the lines (white space folded) that stand in at least half of at least 20 different rows.

    What is taken for the form's own no longer counts against a project, so this is cautious.
    A whole cell that most rows share is an answer: half of an agency's forms may well say the same.
    Rows that are equal count once, and so do cells that are equal but for the line:
    copies of one proposal make no form.
    """
    distinct = {tuple(row[column] for column in columns) for row in rows}
    if len(distinct) < _FEWEST_ROWS:
        return {}
    by_column = {column: _lines_of([row[at] for row in distinct]) for at, column in enumerate(columns)}
    least = _SHARE * len(distinct)
    common = {
        column: frozenset(line for line, rests in lines.items() if len(rests) >= least)
        for column, lines in by_column.items()
    }
    return {column: lines for column, lines in common.items() if lines}


def _lines_of(cells: Iterable[str]) -> Mapping[str, set[tuple[str, ...]]]:
    """Give each line of some length with the different rests of the cells that it stands in."""
    rests: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for cell in cells:
        if "\n" in cell:
            lines = [fold(line) for line in cell.split("\n")]
            for line in {each for each in lines if each.count(" ") >= _FEWEST_WORDS - 1}:
                if rest := tuple(filter(None, (each for each in lines if each != line))):
                    rests[line].add(rest)
    return rests


def fold(line: str) -> str:
    """Fold the white space of a line."""
    return " ".join(line.split())


def parted(cell: str, lines: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """Cut a cell into stretches, each with the gap before it and whether it is the form's own.

    Gaps and stretches together are the cell, to the letter.
    """
    spans: list[tuple[int, int, bool]] = []
    at = 0
    for line in cell.split("\n"):
        if text := line.strip():
            start = at + line.index(text[0])
            own = fold(text) in lines
            begin = spans.pop()[0] if spans and spans[-1][2] is own else start
            spans.append((begin, start + len(text), own))
        at += len(line) + 1
    ends = (0, *(end for _, end, _ in spans))
    for before, (start, end, own) in zip(ends, spans, strict=False):
        yield cell[before:start], cell[start:end], own
