"""A run as CSV for Excel and its kin: UTF-8 with a mark, commas, one row an entry in the order of the input.

A text that such a program might run as a formula gets an apostrophe before it, `-5` and `- a point` like any other;
`reviewer.spreadsheet.plain` takes exactly those off again, so that every text comes back as it was.
Where there is more to say of the policies than one name, a column at the end says it in every row.
A program that takes another separator than the comma cuts cells apart; the XLSX export is safe from that, too.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, TextIO

from reviewer import wording
from reviewer.exporters.outline import visible
from reviewer.exporters.table import table
from reviewer.spreadsheet import PREFIX, neutral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.exporters.table import Cell
    from reviewer.exporters.writing import Entries
    from reviewer.run import Run

# Without it Excel takes UTF-8 for the code page of the country.
_MARK = "\ufeff"


POLICIES = "Policies"


def write(file: TextIO, run: Run, entries: Entries) -> None:
    """Write the run; the columns are found in a first pass, and no more than one row is held."""
    columns, told = table(entries()), _policies(run)
    file.write(_MARK)
    rows = csv.writer(file)
    rows.writerow(map(neutral, (*columns.headings, *([_free(columns.headings)] if told else []))))
    rows.writerows(map(_written, (*columns.cells(entry), *told)) for entry in entries())


def _free(taken: Sequence[str]) -> str:
    """Give a heading that the input does not have."""
    heading = POLICIES
    while heading in taken:
        heading = f"{PREFIX}{heading}"
    return heading


def _policies(run: Run) -> tuple[str, ...]:
    """Give the last cell of every row, if there is one: all policies, and how they differ from those below them."""
    policies = run.plan.policies
    if len(policies) == 1 and not policies[0].extends:
        return ()
    lines = (wording.policies(policies), *wording.differences(policies))
    return ("\n".join(map(visible, lines)),)


def _written(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return cell.isoformat() if isinstance(cell, date) else neutral(cell)
