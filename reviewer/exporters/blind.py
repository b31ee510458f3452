"""A sheet for a blind check: the input's own columns and empty ones to decide in, and nothing of what the run decided.

The digest of the verdict stands in the last column, so that an answer is known to be about it; it tells nothing of it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from reviewer.errors import SettingsError
from reviewer.exporters.table import fields, number
from reviewer.exporters.writing import replacing
from reviewer.spreadsheet import DECISIONS, SHEET, Column, is_formula, neutral, own_headings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from reviewer.run import Entry

TEXT = "Text"
OURS = (
    Column.NUMBER,
    Column.SOURCE,
    Column.YOUR_DECISION,
    Column.REASON,
    Column.NAME,
    Column.VALID_UNTIL,
    Column.VERDICT,
)


@dataclass(frozen=True)
class Sheet:
    """Headings and rows; `decision` is the place of the column to decide in, counted from 0."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    decision: int


def sheet(entries: Sequence[Entry], leave_out: Collection[str] = ()) -> Sheet:
    """Lay out the sheet; `leave_out` names columns of the input that would tell the checker too much.

    A submission without columns shows its text. Raises `SettingsError` for a column that there is not.
    """
    given = [fields(entry) or {TEXT: entry.submission.text} for entry in entries]
    names = list(dict.fromkeys(name for row in given for name in row))
    if unknown := [name for name in leave_out if name not in names]:
        message = f"There is no column {unknown[0]!r} to leave out; the columns are {', '.join(map(repr, names))}."
        raise SettingsError(message)
    shown = [name for name in names if name not in leave_out]
    # Ours stand behind, also the number: whoever reads them back takes the last column of a name.
    headings = own_headings(set(shown))
    return Sheet(
        headings=(*shown, *(headings[column] for column in OURS)),
        rows=tuple(
            (*(row.get(name, "") for name in shown), *_own(entry)) for entry, row in zip(entries, given, strict=True)
        ),
        decision=len(shown) + OURS.index(Column.YOUR_DECISION),
    )


def _own(entry: Entry) -> Iterator[str]:
    told = {
        Column.NUMBER: number(entry),
        Column.SOURCE: str(entry.submission.source),
        Column.VERDICT: entry.verdict.review_digest if entry.verdict else "",
    }
    return (told.get(column, "") for column in OURS)


def write(path: Path, laid_out: Sheet) -> None:
    """Write the sheet as CSV or XLSX, by the ending of the name.

    Raises `SettingsError` for another ending, for a file that cannot be written, and for one that is there already:
    it may hold the answers of a checker.
    """
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if (ending := path.suffix.casefold()) not in writers:
        message = f"The sheet {str(path)!r} has an ending that is not known; name it .xlsx or .csv."
        raise SettingsError(message)
    if path.exists():
        message = f"The file {str(path)!r} is there already, and may hold answers; name another, or remove it."
        raise SettingsError(message)
    with replacing(path) as file:
        writers[ending](file, laid_out)


def _write_csv(file: BinaryIO, laid_out: Sheet) -> None:
    # With a mark, without which Excel takes UTF-8 for the code page of the country.
    text = io.TextIOWrapper(file, "utf-8-sig", errors="backslashreplace", newline="")
    rows = csv.writer(text)
    rows.writerows([neutral(cell) for cell in row] for row in (laid_out.headings, *laid_out.rows))
    text.flush()
    text.detach()


def _write_xlsx(file: BinaryIO, laid_out: Sheet) -> None:
    import xlsxwriter

    from reviewer.exporters.styles import HEIGHT, STYLES
    from reviewer.exporters.xlsx import shown

    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        styles = {name: book.add_format(style) for name, style in STYLES.items()}
        for at, row in enumerate((laid_out.headings, *laid_out.rows)):
            kind = "plain" if at else "head"
            page.set_row(at, HEIGHT if at else None)
            for place, cell in enumerate(row):
                page.write_string(at, place, shown(cell), styles[f"{kind} formula" if is_formula(cell) else kind])
        page.freeze_panes(1, 0)
        page.set_column(0, len(laid_out.headings) - 1, 30)
        choice = {"validate": "list", "source": list(DECISIONS.values())}
        page.data_validation(1, laid_out.decision, max(len(laid_out.rows), 1), laid_out.decision, choice)
