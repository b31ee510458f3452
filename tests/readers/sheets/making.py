"""Small sheets for the tests, and short ways to read them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.readers.sheets import Sheet, Template, open_sheet
from reviewer.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from reviewer.errors import InputError

HEADER = ("ID", "Purpose")
PROSE = "To find broken wheels of freight trains by camera"


def delimited(*rows: Sequence[str], delimiter: str = ",") -> str:
    """Write rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def opened(
    folder: Path,
    data: str | bytes,
    form: Format = Format.CSV,
    template: Template | None = None,
    limits: Limits | None = None,
) -> Sheet:
    """Put the data into a file of this format and open it."""
    path = folder / f"intake.{form}"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_sheet(path, path.name, form, limits or Limits(), template or Template())


def read(
    folder: Path,
    data: str | bytes,
    form: Format = Format.CSV,
    template: Template | None = None,
    limits: Limits | None = None,
) -> list[Submission | InputError]:
    """Give all rows."""
    return list(opened(folder, data, form, template, limits).submissions())


def texts(rows: list[Submission | InputError]) -> list[str]:
    """Give the texts, and of errors their names."""
    return [row.text if isinstance(row, Submission) else type(row).__name__ for row in rows]


def only(rows: list[Submission | InputError]) -> Submission:
    """Give the one submission that there is."""
    (row,) = rows
    assert isinstance(row, Submission)
    return row


def broken(row: Submission | InputError) -> InputError:
    """Give what must be an error."""
    assert not isinstance(row, Submission)
    return row


def book(*rows: tuple[str, ...]) -> tuple[Workbook, Worksheet]:
    """Make a workbook with one sheet of these rows below ID and Purpose."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Q3"
    for row in (("ID", "Purpose"), *(rows or (("1", PROSE),))):
        sheet.append(row)
    return made, sheet


def saved(made: Workbook) -> bytes:
    """Give the bytes of a workbook."""
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()
