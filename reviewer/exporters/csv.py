"""A run as CSV for Excel and its kin: UTF-8 with a mark, commas, one row an entry in the order of the input.

A text that such a program might run as a formula gets an apostrophe before it, `-5` and `- a point` like any other;
`reviewer.spreadsheet.plain` takes exactly those off again, so that every text comes back as it was.
A program that takes another separator than the comma cuts cells apart; the XLSX export is safe from that, too.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, TextIO

from reviewer.exporters.table import table
from reviewer.spreadsheet import neutral

if TYPE_CHECKING:
    from reviewer.exporters.table import Cell
    from reviewer.exporters.writing import Entries
    from reviewer.run import Run

# Without it Excel takes UTF-8 for the code page of the country.
_MARK = "\ufeff"


def write(file: TextIO, _: Run, entries: Entries) -> None:
    """Write the run; the columns are found in a first pass, and no more than one row is held."""
    columns = table(entries())
    file.write(_MARK)
    rows = csv.writer(file)
    rows.writerow(map(neutral, columns.headings))
    rows.writerows(map(_written, columns.cells(entry)) for entry in entries())


def _written(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return cell.isoformat() if isinstance(cell, date) else neutral(cell)
