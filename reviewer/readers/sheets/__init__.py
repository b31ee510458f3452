"""Sheets with one submission a row: CSV, TSV, XLSX, JSON and JSONL."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.errors import UnreadableDocument
from reviewer.readers.sheets import opening
from reviewer.readers.sheets.look import Look, Table
from reviewer.readers.sheets.sheet import Sheet
from reviewer.readers.sheets.template import Template

if TYPE_CHECKING:
    from typing import BinaryIO

    from reviewer.readers.formats import Format
    from reviewer.readers.limits import Limits

__all__ = ["Look", "Sheet", "Table", "Template", "open_sheet", "open_stream"]

_DEFAULT = Template()


def open_sheet(path: Path, name: str, form: Format, limits: Limits, template: Template = _DEFAULT) -> Sheet:
    """Open a file with one submission a row, whose first rows are read at once.

    `name` is what submissions call the file.
    Raises `InputError` for a file that cannot be read, that is no table, or that lacks a column of the template.
    """
    try:
        opened = opening.tables(path, name, form, limits, template)
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}."
        raise UnreadableDocument(message, source=name) from error
    return Sheet(name, opened.parts, limits, notes=opened.notes)


def open_stream(stream: BinaryIO, name: str, form: Format, limits: Limits, template: Template = _DEFAULT) -> Sheet:
    """Open a stream such as standard input, which is copied to a temporary file to be read more than once.

    The copy goes when the sheet is closed or forgotten. Raises what `open_sheet` raises.
    """
    handle, copy = tempfile.mkstemp(prefix="reviewer-")
    path = Path(copy)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(stream, file)
        sheet = open_sheet(path, name, form, limits, template)
    except BaseException:
        path.unlink()
        raise
    sheet.on_close(weakref.finalize(sheet, path.unlink, missing_ok=True))
    return sheet
