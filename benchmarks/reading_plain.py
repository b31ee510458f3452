"""The plainest loop over each library that gives the words of a file: what our readers are held against."""

from __future__ import annotations

import csv
import email
import io
import json
from email import policy
from typing import TYPE_CHECKING

import docx
import ijson
import oxmsg
import pptx
import pypdfium2
from lxml import html
from python_calamine import CalamineWorkbook

from reviewer.readers.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pdf(data: bytes) -> str:
    """Give the text of each page."""
    opened = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in opened)
    finally:
        opened.close()


def word(data: bytes) -> str:
    """Give paragraphs and cells."""
    opened = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def slides(data: bytes) -> str:
    """Give the text of every shape."""
    opened = pptx.Presentation(io.BytesIO(data))
    return "\n".join(shape.text_frame.text for slide in opened.slides for shape in slide.shapes if shape.has_text_frame)


def page(data: bytes) -> str:
    """Give the text of the tree."""
    return "".join(map(str, html.fromstring(data).itertext()))


def mail(data: bytes) -> str:
    """Give the body."""
    body = email.message_from_bytes(data, policy=policy.default).get_body(("plain",))
    return str(body.get_content()) if body else ""


def outlook(data: bytes) -> str:
    """Give the body."""
    return oxmsg.Message.load(io.BytesIO(data)).body or ""


def cells(path: Path) -> int:
    """Count the cells of a CSV file."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return sum(map(len, csv.reader(file)))


def workbook(path: Path) -> int:
    """Count the cells of a workbook."""
    with path.open("rb") as file:
        opened = CalamineWorkbook.from_filelike(file)
        return sum(len(row) for row in opened.get_sheet_by_index(0).iter_rows())


def array(path: Path) -> int:
    """Count the values of an array of objects."""
    with path.open("rb") as file:
        return sum(map(len, ijson.items(file, "item")))


def lines(path: Path) -> int:
    """Count the values of objects, one a line."""
    with path.open(encoding="utf-8") as file:
        return sum(len(json.loads(line)) for line in file)


OF_DOCUMENTS: dict[Format, Callable[[bytes], str]] = {
    Format.PDF: pdf,
    Format.DOCX: word,
    Format.PPTX: slides,
    Format.HTML: page,
    Format.MAIL: mail,
    Format.OUTLOOK: outlook,
}
OF_SHEETS: dict[Format, Callable[[Path], int]] = {
    Format.CSV: cells,
    Format.XLSX: workbook,
    Format.JSON: array,
    Format.JSONL: lines,
}
