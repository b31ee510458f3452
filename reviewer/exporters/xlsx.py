"""A run as an Excel workbook: a summary, what to take up first, and every row of the input with what came of it.

Every text is written as a text, never as a formula or a link; one that Excel would run if it were typed in is marked as
text in the way that an apostrophe marks it.
The only links are to the policies' pages. The same run gives the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import UTC, date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from reviewer import wording
from reviewer.errors import SettingsError
from reviewer.exporters import sections
from reviewer.exporters.naming import project
from reviewer.exporters.outline import visible
from reviewer.exporters.styles import COLOURS, HEIGHT, ID, INPUT_WIDTH, PLAIN, PROJECT, STYLES, WIDTHS
from reviewer.exporters.summary import Summary, summarise
from reviewer.exporters.table import Cell, Table, own_cells, table
from reviewer.spreadsheet import DECISIONS, SHEET, Column, is_formula
from reviewer.verdict import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import IO

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from reviewer.exporters.writing import Entries
    from reviewer.run import Entry, Run
    from reviewer.verdict import PolicyRef

MOST_CHARACTERS = 32_767
MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384
MOST_LINK = 2_000
TO_DO = (Tier.BREACH_IN_WORDS, Tier.CLAUSE_IN_QUESTION, Tier.APPROVAL_NEEDED)
_OURS = list(Column)
TO_DO_COLUMNS = (Column.NUMBER, ID, PROJECT, *_OURS[1 : _OURS.index(Column.READ_BY)], Column.SOURCE)

_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(file: BinaryIO, run: Run, entries: Entries) -> None:
    """Write the run in three passes over its entries, none of which holds them.

    Raises `SettingsError` for more rows or columns than a sheet can have.
    """
    columns, summary = table(entries()), summarise(entries())
    _refuse_too_large(len(columns.headings), summary.total + summary.vanished)
    with _book(file, run) as book, ExitStack() as stack:
        writer = _Writer(book)
        front, to_do, results = (book.add_worksheet(name) for name in ("Summary", "To do", SHEET))
        piles = {tier: stack.enter_context(_spool()) for tier in TO_DO}
        writer.results(results, columns, _sorting(entries, piles))
        writer.to_do(to_do, _piled(piles))
        writer.summary(front, run, summary)


def _refuse_too_large(width: int, rows: int) -> None:
    if rows > MOST_ROWS or width > MOST_COLUMNS:
        message = (
            f"{rows:,} rows and {width:,} columns are more than the {MOST_ROWS:,} and {MOST_COLUMNS:,} of an Excel "
            "sheet; export to csv or jsonl."
        )
        raise SettingsError(message)


@contextmanager
def _book(file: BinaryIO, run: Run) -> Iterator[Workbook]:
    """Give a workbook that lies in temporary files until it is whole, and leaves none of them behind."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "book.xlsx"
        book = xlsxwriter.Workbook(whole, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"title": shown(f"Run {run.name}"), "created": run.started_at.astimezone(UTC)})
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            # A workbook that is not closed writes itself when it is forgotten.
            book.fileclosed = True
            for sheet in book.worksheets():
                sheet.row_data_fh.close()
        with whole.open("rb") as made:
            shutil.copyfileobj(made, file)


def _spool() -> AbstractContextManager[IO[str]]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="\n")


def _sorting(entries: Entries, piles: dict[Tier, IO[str]]) -> Iterator[Entry]:
    """Pass the entries on, and lay aside what to take up first."""
    for entry in entries():
        if entry.verdict and entry.verdict.tier in piles and not entry.vanished:
            told: dict[str, Cell] = {column.value: cell for column, cell in own_cells(entry).items()}
            told |= {ID: entry.submission.id or "", PROJECT: project(entry)}
            piles[entry.verdict.tier].write(json.dumps([told[column] for column in TO_DO_COLUMNS]) + "\n")
        yield entry


def _piled(piles: dict[Tier, IO[str]]) -> Iterator[list[Cell]]:
    for pile in piles.values():
        pile.seek(0)
        yield from map(json.loads, pile)


class _Writer:
    """Writes cells into a workbook, each style made once."""

    def __init__(self, book: Workbook) -> None:
        self.styles: dict[str, Format] = {name: book.add_format(style) for name, style in STYLES.items()}

    def results(self, sheet: Worksheet, columns: Table, entries: Iterator[Entry]) -> None:
        names = [PLAIN] * columns.width + list(Column)
        self._head(sheet, columns.headings, names)
        row = 0
        for row, entry in enumerate(entries, 1):
            sheet.set_row(row, HEIGHT)
            self._row(sheet, row, names, columns.cells(entry))
        sheet.autofilter(0, 0, row, len(names) - 1)
        _ask(sheet, max(row, 1), columns.width)

    def to_do(self, sheet: Worksheet, rows: Iterator[list[Cell]]) -> None:
        self._head(sheet, TO_DO_COLUMNS, TO_DO_COLUMNS)
        row = 0
        for row, cells in enumerate(rows, 1):
            sheet.set_row(row, HEIGHT)
            self._row(sheet, row, TO_DO_COLUMNS, cells)
        sheet.autofilter(0, 0, row, len(TO_DO_COLUMNS) - 1)

    def summary(self, sheet: Worksheet, run: Run, summary: Summary) -> None:
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 1, 24)
        sheet.fit_to_pages(1, 0)
        policies = run.plan.policies
        self._text(sheet, 0, 0, f"Run {run.name}: {wording.policies(policies)}", "title")
        for row, policy in enumerate(policies, 1):
            if policy.url.startswith(("https://", "http://")) and len(policy.url) < MOST_LINK:
                sheet.write_url(row, 0, policy.url, self.styles["link"])
        lines = chain(_overlays(policies), _lines(summary))
        for row, (name, value, style) in enumerate(lines, len(policies) + 2):
            self._text(sheet, row, 0, name, style)
            if value != "":
                self._cell(sheet, row, 1, value, PLAIN)

    def _head(self, sheet: Worksheet, headings: Sequence[str], names: Sequence[str]) -> None:
        for place, (heading, name) in enumerate(zip(headings, names, strict=True)):
            sheet.set_column(place, place, WIDTHS.get(name, INPUT_WIDTH))
            self._text(sheet, 0, place, heading, "head")
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()

    def _row(self, sheet: Worksheet, row: int, names: Sequence[str], cells: Sequence[Cell]) -> None:
        for place, (name, cell) in enumerate(zip(names, cells, strict=True)):
            if cell != "":
                style = COLOURS.get(str(cell), PLAIN) if name == Column.DECISION else PLAIN
                self._cell(sheet, row, place, cell, style)

    def _cell(self, sheet: Worksheet, row: int, place: int, cell: Cell, style: str) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, self.styles["date"])
        elif isinstance(cell, str):
            self._text(sheet, row, place, cell, style)
        else:
            sheet.write_number(row, place, cell, self.styles[style if isinstance(cell, int) else "cost"])

    def _text(self, sheet: Worksheet, row: int, place: int, text: str, style: str) -> None:
        marked = f"{style} formula" if is_formula(text) else style
        sheet.write_string(row, place, shown(text), self.styles[marked])


def _overlays(policies: Sequence[PolicyRef]) -> Iterator[tuple[str, Cell, str]]:
    for head, told in wording.overlays(policies):
        yield visible(head), "", "note"
        yield from ((visible(text), "", "note") for text in told)
        yield "", "", PLAIN


def _lines(summary: Summary) -> Iterator[tuple[str, Cell, str]]:
    for section in sections.of(summary):
        yield section.title, "", "head"
        yield from ((name, value, PLAIN) for name, value in section.rows)
        yield "", "", PLAIN
    yield sections.HOW_TO_DECIDE.format(sheet=SHEET), "", "note"


def _ask(sheet: Worksheet, last: int, before: int) -> None:
    """Let people choose a decision from a list, and type a date that is one."""
    decision, until = (before + list(Column).index(name) for name in (Column.YOUR_DECISION, Column.VALID_UNTIL))
    choice = {"validate": "list", "source": list(DECISIONS.values())}
    sheet.data_validation(1, decision, last, decision, choice)
    day = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), "error_message": "A date, please."}
    sheet.data_validation(1, until, last, until, day)


def shown(text: str) -> str:
    """Give a text that a cell can hold: what XML has no sign for by its code, and cut where it is too long."""
    text = _BARRED.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
    # The library takes such a text for marked-up runs and passes it on unescaped, so that it could break the file.
    text = f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
    # Excel counts as UTF-16 does, in which a rare letter is two.
    if len(text) * 2 <= MOST_CHARACTERS or len(text.encode("utf-16-le")) <= MOST_CHARACTERS * 2:
        return text
    note = f" ... [cut: {len(text):,} characters; the whole text is in the store]"
    room = (MOST_CHARACTERS - len(note)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + note
