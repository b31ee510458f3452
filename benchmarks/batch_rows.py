"""The rows to measure on: a CSV file of real ones, or of the labelled descriptions, and as many as wanted made of them.

Nothing is identical in what is made: each row's number stands before its id and its text.
"""

from __future__ import annotations

import csv
from itertools import cycle, islice
from typing import TYPE_CHECKING

from benchmarks.texts import labelled
from reviewer import InputError, Reviewer
from reviewer.readers.intake import Intake
from reviewer.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

ID, TEXT = "id", "use_case_name"
HEADER = (ID, "kind", "problem_solved")


def sheet(folder: Path, inventory: Path | None) -> Path:
    """Give the inventory itself, or write the labelled descriptions as a sheet."""
    if inventory is not None:
        return inventory
    path = folder / "described.csv"
    _write(path, HEADER, [[str(row["id"]), str(row["kind"]), str(row["text"])] for row in labelled()])
    return path


def many(source: Path, count: int, path: Path, only: Collection[int] | None = None) -> Path:
    """Write so many rows made from those of a sheet, or from `only` these, as a spreadsheet counts them."""
    with source.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header, *rows = csv.reader(file)
    if only is not None:
        rows = [row for number, row in enumerate(rows, start=2) if number in only]
    named = header.index(ID)
    told = header.index(TEXT if TEXT in header else HEADER[-1])
    made = []
    for number, row in enumerate(islice(cycle(rows), count)):
        one = list(row)
        one[named] = f"{number}-{one[named]}"
        one[told] = f"{number}: {one[told]}"
        made.append(one)
    _write(path, header, made)
    return path


def asked(source: Path, count: int, path: Path) -> Path:
    """Write so many rows that a model is asked about in one call: some say too little to ask."""
    reviewer = Reviewer(model=ScriptedModel([]))
    given = (one for one in Intake([str(source)]).submissions() if not isinstance(one, InputError))
    once = {one.source.row for one in given if len(reviewer.requests(one)) == 1}
    return many(source, count, path, {number for number in once if number})


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
