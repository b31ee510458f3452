"""The bytes of a PDF to a submission, or one sentence that says why not."""

from __future__ import annotations

from contextlib import closing
from threading import Lock
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument, PdfiumError, raw

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers.counting import plural
from reviewer.readers.pdf.annotations import attachments
from reviewer.readers.pdf.page import read_page
from reviewer.readers.pdf.report import Report
from reviewer.readers.pdf.veil import has_layers
from reviewer.readers.pdf.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.readers.limits import Limits
    from reviewer.readers.pdf.page import Page
    from reviewer.submission import Source, Submission

_ONE_AT_A_TIME = Lock()  # pdfium must not be entered by two threads, not even with two documents


def read(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read a PDF: a segment for each paragraph, with its page and its number on the page.

    Raises `EmptySubmission`, `TooLarge`, or `UnreadableDocument` for one that is locked, broken or only pictures.
    """
    if len(data) > limits.max_bytes:
        message = (
            f"it is {len(data):,} bytes long, more than the limit of {limits.max_bytes:,}; "
            "split it or raise the limit (max_bytes)."
        )
        raise TooLarge(message, source=str(source))
    if not data:
        raise EmptySubmission("it is an empty file; save or send it again.", source=str(source))
    with _ONE_AT_A_TIME, closing(opened(data, source)) as document:
        pages = _pages(document, source, limits, layers=has_layers(data))
        report = Report(pages, attachments(document), is_dynamic=document.get_formtype() == raw.FORMTYPE_XFA_FULL)
    if not any(page and page.has_text for page in pages):
        _refuse_without_text(report, source)
    writer = Writer(source)
    writer.write(pages)
    report.write(writer.transcript)
    return writer.transcript.submission(max_characters=limits.max_characters)


def opened(data: bytes, source: Source, document_of: Callable[[bytes], PdfDocument] = PdfDocument) -> PdfDocument:
    """Open a PDF with its form, if there is one; raises `UnreadableDocument`."""
    try:
        document = document_of(data)
        try:
            document.init_forms()
        except PdfiumError:
            document.close()
            raise
    except PdfiumError as error:
        raise UnreadableDocument(_REFUSALS.get(error.err_code, _BROKEN), source=str(source)) from error
    return document


_BROKEN = "it is damaged or no PDF; open it in a PDF program and save it anew."
_REFUSALS = {
    raw.FPDF_ERR_PASSWORD: "it is locked with a password; save it without one.",
    raw.FPDF_ERR_SECURITY: "it is locked in a way that is not supported; save it without protection.",
}


def _pages(document: PdfDocument, source: Source, limits: Limits, *, layers: bool) -> list[Page | None]:
    """Read the pages one after another; None stands for one that cannot be read."""
    count = len(document)
    if count > limits.max_pages:
        message = (
            f"its {count:,} pages are more than the limit of {limits.max_pages:,}; "
            "split it or raise the limit (max_pages)."
        )
        raise TooLarge(message, source=str(source))
    pages: list[Page | None] = []
    characters = 0
    for at in range(count):
        pages.append(page := _page(document, at, layers=layers))
        characters += page.characters if page else 0
        if characters > limits.max_characters:
            message = (
                f"its first {at + 1} pages alone hold {characters:,} characters, "
                f"more than the limit of {limits.max_characters:,}; split it or raise the limit (max_characters)."
            )
            raise TooLarge(message, source=str(source))
    return pages


def _page(document: PdfDocument, at: int, *, layers: bool) -> Page | None:
    try:
        with closing(document[at]) as page:
            return read_page(page, document.formenv, layers=layers)
    except PdfiumError:  # the report counts it as not read; the other pages may be sound
        return None


def _refuse_without_text(report: Report, source: Source) -> None:
    """Name the cure where there is something to see, but nothing to read."""
    if report.is_dynamic:
        message = "it is a dynamic form (XFA), whose fields cannot be read; print it to a plain PDF first."
        raise UnreadableDocument(message, source=str(source))
    if report.damaged:
        raise UnreadableDocument(_BROKEN, source=str(source))
    if report.textless:
        some = "its" if len(report.textless) == report.count else f"{len(report.textless)} of its"
        are = "is a picture" if len(report.textless) == 1 else "are pictures"
        pages = f"{'page' if report.count == 1 else plural(report.count, 'page')} {are}"
        message = f"{some} {pages} without text; run text recognition (OCR) over it first."
        raise UnreadableDocument(message, source=str(source))
