"""A file to the tables in it, by its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import InputError, TooLarge, UnreadableDocument
from reviewer.readers.formats import Format
from reviewer.readers.sheets.choosing import nearest
from reviewer.readers.sheets.delimited import DelimitedGrid
from reviewer.readers.sheets.table import understand
from reviewer.submission import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from reviewer.readers.limits import Limits
    from reviewer.readers.sheets.row import Grid
    from reviewer.readers.sheets.table import Table
    from reviewer.readers.sheets.template import Template

_LIKELY = {Format.CSV: ",", Format.TSV: "\t"}
# A row may be so many times as long as a text: its other columns are not reviewed, but shown.
_ROOM = 4


class Opened(NamedTuple):
    """The tables of a file, and notes on what belongs to none."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def tables(path: Path, name: str, form: Format, limits: Limits, template: Template) -> Opened:
    """Open a file; raises `InputError` for one that holds no table of submissions."""
    if form is Format.XLSX:
        return _of_workbook(path, Source(file=name), limits, template)
    return Opened((understand(_grid(path, name, form, limits), template, name),))


def _grid(path: Path, name: str, form: Format, limits: Limits) -> Grid:
    def opened() -> BinaryIO:
        return path.open("rb")

    most = _ROOM * limits.max_characters
    if form in _LIKELY:
        return DelimitedGrid(opened, first=_LIKELY[form], most=most)
    from reviewer.readers.sheets import records

    if form is Format.JSONL:
        return records.jsonl(opened, most)
    if form is Format.JSON:
        return records.array(opened, name)
    message = f"it is no sheet but {form.value!r}; name a CSV, TSV, XLSX, JSON or JSONL file."
    raise UnreadableDocument(message, source=name)


def _of_workbook(path: Path, source: Source, limits: Limits, template: Template) -> Opened:
    from reviewer.readers.sheets.workbook import Workbook

    with path.open("rb") as file:
        data = file.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        message = (
            f"it has more than the limit of {limits.max_bytes:,} bytes;"
            " save it as CSV, split it, or raise the limit (max_bytes)."
        )
        raise TooLarge(message, source=str(source))
    book = Workbook(data, source, limits)
    understood, notes = _understood(_wanted(book.grids(), template, source), template, source)
    return Opened(understood, (*book.notes, *notes))


def _wanted(grids: Sequence[Grid], template: Template, source: Source) -> list[Grid]:
    by_name = {grid.sheet or "": grid for grid in grids}
    if missing := [name for name in template.sheets if name not in by_name]:
        message = f"it has no sheet {missing[0]!r}; {nearest(missing[0], tuple(by_name))}."
        raise UnreadableDocument(message, source=str(source))
    return [by_name[name] for name in template.sheets] if template.sheets else list(grids)


def _understood(grids: Sequence[Grid], template: Template, source: Source) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Understand each sheet; one of several that holds no table is noted, as is common for instructions and lists."""
    found: list[Table] = []
    errors: dict[str, InputError] = {}
    for grid in grids:
        place = str(source.model_copy(update={"sheet": grid.sheet}))
        try:
            found.append(understand(grid, template, place))
        except InputError as error:
            if len(grids) == 1 or template.sheets:
                raise
            errors[grid.sheet or ""] = error
    told = {sheet: str(error).removeprefix(f"{error.source}: ") for sheet, error in errors.items()}
    if not found:
        reasons = " ".join(f"Sheet {sheet!r}: {reason}" for sheet, reason in told.items()) or "It has no sheets."
        message = f"none of its sheets holds a table of submissions. {reasons}"
        raise UnreadableDocument(message, source=str(source))
    return tuple(found), tuple(f"The sheet {sheet!r} was not read: {reason}" for sheet, reason in told.items())
