"""A file to the tables in it, by its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import EmptySubmission, InputError, TooLarge, UnreadableDocument
from reviewer.readers.formats import Format
from reviewer.readers.sheets import headings
from reviewer.readers.sheets.choosing import is_prose, nearest
from reviewer.readers.sheets.delimited import DelimitedGrid
from reviewer.readers.sheets.row import Row
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
    """The tables of a file, errors in the place of what holds text and is not read, and notes on the file."""

    parts: tuple[Table | InputError, ...]
    notes: tuple[str, ...] = ()


def tables(path: Path, name: str, form: Format, limits: Limits, template: Template) -> Opened:
    """Open a file; raises `InputError` for one that holds no table of submissions."""
    if form is Format.XLSX:
        return _of_workbook(path, Source(file=name), limits, template)
    grid = _grid(path, name, form, limits)
    return Opened((understand(grid, template, name), *(_of_array(array, name) for array in grid.left_out)))


def _of_array(array: str, name: str) -> InputError:
    message = (
        "it holds sentences that were not read: another array is longer;"
        " put its objects into that one, or into a file of their own."
    )
    return UnreadableDocument(message, source=f"{name}, array {array}")


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
    parts, notes = _understood(_wanted(book.grids(), template, source), template, source)
    return Opened(parts, (*book.notes, *notes))


def _wanted(grids: Sequence[Grid], template: Template, source: Source) -> list[Grid]:
    by_name = {grid.sheet or "": grid for grid in grids}
    if missing := [name for name in template.sheets if name not in by_name]:
        message = f"it has no sheet {missing[0]!r}; {nearest(missing[0], tuple(by_name))}."
        raise UnreadableDocument(message, source=str(source))
    return [by_name[name] for name in template.sheets] if template.sheets else list(grids)


def _understood(
    grids: Sequence[Grid], template: Template, source: Source
) -> tuple[tuple[Table | InputError, ...], tuple[str, ...]]:
    """Understand each sheet; one of several that holds no table is noted, as is common for covers and lists.

    Where sentences stand in it, they may be submissions: it gives its error in its place.
    """
    parts: list[Table | InputError] = []
    told: dict[str, str] = {}
    for grid in grids:
        place = str(source.model_copy(update={"sheet": grid.sheet}))
        try:
            parts.append(understand(grid, template, place))
        except InputError as error:
            if len(grids) == 1 or template.sheets:
                raise
            told[grid.sheet or ""] = reason = str(error).removeprefix(f"{error.source}: ")
            if _holds_sentences(grid, is_blank=isinstance(error, EmptySubmission)):
                parts.append(_left_out(reason, place))
    if all(isinstance(part, InputError) for part in parts):
        reasons = " ".join(f"Sheet {sheet!r}: {reason}" for sheet, reason in told.items()) or "It has no sheets."
        message = f"none of its sheets holds a table of submissions. {reasons}"
        raise UnreadableDocument(message, source=str(source))
    return tuple(parts), tuple(f"The sheet {sheet!r} was not read: {reason}" for sheet, reason in told.items())


def _left_out(reason: str, place: str) -> InputError:
    cure = "if it holds no submissions, name the other sheets with --sheet."
    return UnreadableDocument(f"it holds sentences that were not read: {reason.rstrip('.')}; {cure}", source=place)


def _holds_sentences(grid: Grid, *, is_blank: bool) -> bool:
    """Whether sentences stand in a sheet; in one with a header alone (`is_blank`), its questions are none."""
    try:
        cells = (cell for row in grid.rows() if isinstance(row, Row) for cell in row.cells)
        return any(is_prose(cell) and not (is_blank and _is_label(cell)) for cell in cells)
    except InputError:
        return True  # damaged: what stands in it is not known


def _is_label(cell: str) -> bool:
    heading = headings.read(cell)
    return heading.tells or heading.asks or heading.instructs
