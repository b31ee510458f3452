"""A file of each format, with the words of real descriptions: what readers are measured on."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import TYPE_CHECKING

import docx
import pptx
import xlsxwriter

from reviewer.readers.formats import Format
from tests.readers import mails, pdfs
from tests.readers.office import saved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_WIDTH = 95
_ON_A_PAGE, _ON_A_SLIDE = 40, 8
_MOST = 300_000


def documents(texts: Sequence[str]) -> dict[Format, bytes]:
    """Make a document of each format of up to 300,000 characters."""
    paragraphs = list(_paragraphs(texts))
    whole = "\n\n".join(paragraphs)
    page = "".join(f"<h2>Part {at}</h2><p>{html.escape(words)}</p>" for at, words in enumerate(paragraphs))
    mail = {mails.SUBJECT: "A proposal", mails.BODY: whole.replace("\n", "\r\n")}
    return {
        Format.PDF: _pdf(paragraphs),
        Format.DOCX: _docx(paragraphs),
        Format.PPTX: _pptx(paragraphs),
        Format.HTML: f"<!doctype html><meta charset=utf-8><title>A proposal</title><body>{page}</body>".encode(),
        Format.MAIL: mails.eml(whole).as_bytes(),
        Format.OUTLOOK: mails.compound(mails.msg(mail)),
    }


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    room = _MOST
    for text in texts:
        # What all fonts and all markup can say.
        for words in text.encode("ascii", "ignore").decode().splitlines():
            if room > 0 and (plain := " ".join(words.split())):
                room -= len(plain)
                yield plain


def _pdf(paragraphs: Sequence[str]) -> bytes:
    lines = [words[at : at + _WIDTH] for words in paragraphs for at in range(0, len(words), _WIDTH)]
    pages = [lines[at : at + _ON_A_PAGE] for at in range(0, len(lines), _ON_A_PAGE)]
    return pdfs.document(*(pdfs.prose(page, left=40) for page in pages))


def _docx(paragraphs: Sequence[str]) -> bytes:
    made = docx.Document()
    half = len(paragraphs) // 2
    for words in paragraphs[:half]:
        made.add_paragraph(words)
    table = made.add_table(rows=0, cols=2)
    for at in range(half, len(paragraphs) - 1, 2):
        for cell, words in zip(table.add_row().cells, paragraphs[at : at + 2], strict=True):
            cell.text = words
    return saved(made)


def _pptx(paragraphs: Sequence[str]) -> bytes:
    made = pptx.Presentation()
    for at in range(0, len(paragraphs), _ON_A_SLIDE):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = f"Part {at}"
        slide.placeholders[1].text = "\n".join(paragraphs[at : at + _ON_A_SLIDE])
    return saved(made)


def sheets(source: Path, folder: Path) -> dict[Format, Path]:
    """Write the rows of a CSV file in each format of sheets."""
    with source.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header, *rows = csv.reader(file)
    objects = [dict(zip(header, row, strict=True)) for row in rows]
    written: dict[Format, Callable[[], bytes]] = {
        Format.CSV: source.read_bytes,
        Format.XLSX: lambda: _xlsx([header, *rows]),
        Format.JSON: lambda: json.dumps(objects).encode(),
        Format.JSONL: lambda: "\n".join(map(json.dumps, objects)).encode(),
    }
    paths = {form: folder / f"rows.{form}" for form in written}
    for form, path in paths.items():
        path.write_bytes(written[form]())
    return paths


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Rows")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(number, column, value[:32_767])
    return data.getvalue()
