"""XLSX: every sheet of a workbook as a table, with what Excel hides or adds told beside the values."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from typing import IO, TYPE_CHECKING

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from reviewer.errors import TooLarge
from reviewer.readers import archive
from reviewer.readers.counting import plural
from reviewer.readers.office.parts import RELATION, Package, Part
from reviewer.readers.office.remarks import shortened
from reviewer.readers.sheets import inks, runs
from reviewer.readers.sheets import markup as markups
from reviewer.readers.sheets.row import CellRemark, Row, index_of, letter
from reviewer.readers.sheets.values import clean, shown
from reviewer.submission import RemarkKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from python_calamine import CalamineSheet, SheetMetadata

    from reviewer.readers.limits import Limits

# A cell takes so much in the library's memory, also where nothing stands in it.
_BYTES_A_CELL = 32
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWN = {f"{_DRAWING}pic": "picture", f"{_DRAWING}sp": "text box", f"{_DRAWING}graphicFrame": "chart"}
_EMBEDDED = frozenset({"oleObject", "package", "control"})
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Workbook:
    """An opened workbook; it is held in memory as a whole."""

    def __init__(self, data: bytes, source: Source, limits: Limits) -> None:
        """Open it; raises `UnreadableDocument`, or `TooLarge` also for cells that stretch further than memory does."""
        self._source, self._limits = source, limits
        main = Package(data, source, limits).main(f"{inks.MAIN}workbook", "an Excel workbook")
        # Opened once more, since the package gives whole parts, and a sheet is read in a stream.
        self._opened = zipfile.ZipFile(BytesIO(data))
        self._names = {name.lower(): name for name in self._opened.namelist()}
        self._parts = dict(self._listed(main))
        self._looks = self._looked(main)
        # Checked before the library sees the file: it takes memory for every cell up to the last.
        self._surveys = {name: self._survey(name) for name in self._parts}
        try:
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
        except CalamineError as error:
            raise archive.damaged(source, error) from error
        if strange := [one.name for one in self._sheets() if one.name not in self._parts]:
            raise archive.damaged(source, f"the part of its sheet {strange[0]!r} is not where Office puts it")

    def _looked(self, main: Part) -> markups.Looks:
        """Learn how cells are shown, from the styles and the common texts."""
        root = next((part.root for part in main.related("styles")), None)
        grounds = {} if root is None else inks.grounds(root)
        shared: Mapping[str, tuple[runs.Run, ...]] = {}
        for part in main.related("sharedStrings"):
            if (name := part.name.lower()) in self._names:
                try:
                    shared = runs.shared(partial(self._opened.open, self._names[name]), grounds.values())
                except (*archive.BROKEN, etree.XMLSyntaxError) as error:
                    raise archive.damaged(self._source, error) from error
        return markups.Looks({} if root is None else inks.hidden_styles(root), grounds, shared)

    def _listed(self, main: Part) -> Iterator[tuple[str, Part]]:
        """Give the sheets that are there, by their names, of which Office lets none come twice."""
        listed = main.root.findall(f"{inks.MAIN}sheets/{inks.MAIN}sheet")
        if len({one.get("name", "") for one in listed}) < len(listed):
            raise archive.damaged(self._source, "two of its sheets share a name")
        for one in listed:
            part = main.part(one.get(f"{RELATION}id"))
            if part and part.name.lower() in self._names:
                yield one.get("name", ""), part

    @property
    def notes(self) -> tuple[str, ...]:
        """Name the sheets that have no cells."""
        charts = (one.name for one in self._book.sheets_metadata if one.typ is not SheetTypeEnum.WorkSheet)
        return tuple(f"The sheet {name!r} has no cells, and was not read." for name in charts)

    def grids(self) -> list[SheetGrid]:
        """Give the sheets in their order, hidden ones among them."""
        return [
            SheetGrid(
                book=self._book,
                sheet=one.name,
                source=self._source.model_copy(update={"sheet": one.name}),
                markup=self._markup(one.name),
                hidden=one.visible is not SheetVisibleEnum.Visible,
                drawn=_drawn(self._parts[one.name]),
            )
            for one in self._sheets()
        ]

    def _sheets(self) -> list[SheetMetadata]:
        return [one for one in self._book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]

    def _open(self, name: str) -> IO[bytes]:
        return self._opened.open(self._names[self._parts[name].name.lower()])

    def _survey(self, name: str) -> markups.Survey:
        source = self._source.model_copy(update={"sheet": name})
        try:
            survey = markups.survey(partial(self._open, name), self._looks.styles)
        except archive.BROKEN as error:
            raise archive.damaged(source, error) from error
        if survey.is_foreign:
            raise archive.damaged(source, "its XML is not as Office writes it")
        if survey.rows * survey.columns * _BYTES_A_CELL > self._limits.max_expanded_bytes:
            message = (
                f"its cells stretch to {letter(survey.columns - 1)}{survey.rows}, more than memory may hold"
                " (max_expanded_bytes); delete what stands far from the table, or save the sheet as CSV."
            )
            raise TooLarge(message, source=str(source))
        return survey

    def _markup(self, name: str) -> markups.Markup:
        read = markups.Markup()
        # Cells that name no style have the first one.
        if self._surveys[name].is_odd or "0" in self._looks.styles or self._looks.shared:
            try:
                read = markups.read(partial(self._open, name), self._looks)
            except etree.XMLSyntaxError as error:
                raise archive.damaged(self._source, error.msg or "its XML is broken") from error
        for part in self._parts[name].related("comments"):
            for number, column, text in _comments(part):
                read.rows[number].comments.append((column, text))
        return read


def _comments(part: Part) -> Iterator[tuple[int, int, str]]:
    for comment in part.root.iter(f"{inks.MAIN}comment"):
        if address := _ADDRESS.fullmatch(comment.get("ref", "")):
            text = "".join(one.text or "" for one in comment.iter(f"{inks.MAIN}t"))
            yield int(address[2]), index_of(address[1]), shortened(text)


def _drawn(part: Part) -> Mapping[str, int]:
    """Count what lies on a sheet and cannot be read."""
    counts: Counter[str] = Counter()
    for drawing in part.related("drawing"):
        counts.update(noun for element in drawing.root.iter(*_DRAWN) if (noun := _DRAWN.get(str(element.tag))))
    counts["embedded object"] += sum(relation.kind in _EMBEDDED for relation in part.relations.values())
    return {noun: count for noun, count in counts.items() if count}


@dataclass(frozen=True)
class SheetGrid:
    """One sheet; its values come from the library, all else from the markup.

    What was drawn on it is told of the sheet and not of every row: nothing says which row it belongs to.
    """

    book: CalamineWorkbook
    sheet: str
    source: Source
    markup: markups.Markup
    hidden: bool
    drawn: Mapping[str, int]
    keys: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what is hidden, and what was not read."""
        hidden = ("The sheet is hidden.",) if self.hidden else ()
        columns = tuple(
            f"Column {letter(at)} is hidden in the sheet." for at in sorted(self.markup.hidden_columns)[:20]
        )
        rows = sum(marks.hidden for marks in self.markup.rows.values())
        folded = (f"{plural(rows, 'row')} {'is' if rows == 1 else 'are'} hidden in the sheet.",) if rows else ()
        drawn = tuple(
            f"{plural(count, noun)} on the sheet {'was' if count == 1 else 'were'} not read."
            for noun, count in self.drawn.items()
        )
        return (*hidden, *columns, *folded, *drawn)

    def rows(self) -> Iterator[Row]:
        """Give every row from the first of the sheet on."""
        start = self._values.start
        before = [""] * (start[1] if start else 0)
        for number, values in enumerate(self._values.iter_rows(), start=1):
            cells = [value if isinstance(value, str) else shown(value) for value in values]
            yield self._row(number, [*before, *cells])

    @cached_property
    def _values(self) -> CalamineSheet:
        try:
            return self.book.get_sheet_by_name(self.sheet)
        except CalamineError as error:
            raise archive.damaged(self.source, error) from error

    def _row(self, number: int, cells: list[str]) -> Row:
        marks = self.markup.rows.get(number)
        for column, error in marks.errors.items() if marks else ():
            if column < len(cells):
                cells[column] = error
        cells = clean(cells)
        if marks is None and not self.hidden and not self.markup.hidden_columns:
            return Row(number, cells)
        remarks = tuple(self._remarks(number, cells, marks or markups.Marks()))
        if marks is None:
            return Row(number, cells, remarks=remarks)
        pieces = {at: runs.cut(cells[at], lost) for at, lost in marks.runs.items() if cells[at : at + 1] and cells[at]}
        return Row(number, cells, remarks=remarks, hidden=marks.hidden_cells, pieces=pieces)

    def _remarks(self, number: int, cells: list[str], marks: markups.Marks) -> Iterator[CellRemark]:
        if self.hidden:
            yield CellRemark(RemarkKind.NOTE, f"The sheet {self.sheet!r} is hidden.")
        if marks.hidden:
            yield CellRemark(RemarkKind.NOTE, f"Row {number} is hidden in the sheet.")
        for column in sorted(self.markup.hidden_columns):
            if column < len(cells) and cells[column]:
                told = f"Column {letter(column)} is hidden in the sheet."
                yield CellRemark(RemarkKind.NOTE, told, column, if_read=True)
        for column, error in marks.errors.items():
            yield CellRemark(RemarkKind.NOTE, f"The cell holds the error {error}.", column, if_read=True)
        for column in marks.uncalculated:
            told = "The formula has no stored value; open the workbook in Excel and save it."
            yield CellRemark(RemarkKind.UNREAD, told, column, if_read=True)
        for column, text in marks.comments:
            yield CellRemark(RemarkKind.NOTE, f"A comment: {text!r}", column)
