"""Small PDFs, drawn for the tests of their reader, and what these ask of what was read."""

from __future__ import annotations

import ctypes
import io
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.readers.limits import Limits
from reviewer.readers.pdf import read
from reviewer.submission import RemarkKind, Source, Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = 600, 800
LEADING = 14
FIRST = ("The clinic sorts the letters that patients send to it", "and answers none of them by itself.")
SECOND = ("A nurse reads every one of the letters before filing it", "and may overrule the model.")


def document(*pages: Callable[[Canvas], None], encrypt: object = None) -> bytes:
    """Make a PDF of which each page is drawn by a function."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def prose(*paragraphs: Sequence[str], left: float = 60, top: float = 720, gap: float = 10) -> Callable[[Canvas], None]:
    """Draw paragraphs, each given as its lines, with a gap between them, in points."""

    def draw(canvas: Canvas) -> None:
        at = top
        for lines in paragraphs:
            for line in lines:
                canvas.drawString(left, at, line)
                at -= LEADING
            at -= gap

    return draw


SHOWN = prose(FIRST)


def both(*draws: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Draw several things on one page, one over the other."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def words(text: str, x: float = 60, y: float = 400, grey: float = 0.0, size: float = 11) -> Callable[[Canvas], None]:
    """Draw words in a shade of grey, from black (0) to white (1)."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)
        canvas.setFillGray(0)

    return draw


def upwards(text: str) -> Callable[[Canvas], None]:
    """Draw words from below upwards."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(200, -300, text)
        canvas.rotate(-90)

    return draw


def box(x: float, y: float, width: float, height: float, grey: float = 0.0) -> Callable[[Canvas], None]:
    """Fill a rectangle with a shade of grey."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.rect(x, y, width, height, fill=1, stroke=0)
        canvas.setFillGray(0)

    return draw


def invisible(text: str, x: float = 60, y: float = 400) -> Callable[[Canvas], None]:
    """Draw words in the mode that leaves no ink, as text recognition does."""

    def draw(canvas: Canvas) -> None:
        lines = canvas.beginText(x, y)
        lines.setTextRenderMode(3)
        lines.textOut(text)
        lines.setTextRenderMode(0)
        canvas.drawText(lines)

    return draw


def transparent(text: str, x: float = 60, y: float = 400) -> Callable[[Canvas], None]:
    """Draw words without any opacity."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillAlpha(0)
        canvas.drawString(x, y, text)
        canvas.setFillAlpha(1)

    return draw


def clipped(text: str, *boxes: tuple[float, float, float, float], rounded: bool = False) -> Callable[[Canvas], None]:
    """Draw words of which only what lies in all boxes is seen, each given as its left, bottom, width and height."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        for at in boxes:
            path = canvas.beginPath()
            (path.ellipse if rounded else path.rect)(*at)
            canvas.clipPath(path, stroke=0)
        canvas.drawString(60, 400, text)
        canvas.restoreState()

    return draw


def in_form(drawn: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Draw something by a form that the page could use again."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        drawn(canvas)
        canvas.endForm()
        canvas.doForm("stamp")

    return draw


def picture(
    x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT, grey: int = 90
) -> Callable[[Canvas], None]:
    """Draw a picture of one shade of grey, from 0 (black) to 255."""
    header = b"P5 2 2 255\n"

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(io.BytesIO(header + bytes([grey] * 4))), x, y, width, height)

    return draw


def blank(_: Canvas) -> None:
    """Draw nothing."""


def form(canvas: Canvas) -> None:
    """Draw a form with a text field, two check boxes and an empty field."""
    canvas.drawString(60, 720, "Intake form")
    canvas.acroForm.textfield(name="Purpose", value="Match faces at the border.", x=60, y=650, width=300, height=20)
    canvas.acroForm.checkbox(name="Stores data", checked=True, x=60, y=600)
    canvas.acroForm.checkbox(name="Scores people", checked=False, x=60, y=570)
    canvas.acroForm.textfield(name="Owner", value="", x=60, y=520, width=300, height=20)


def filled_form(canvas: Canvas) -> None:
    """Draw a form with two buttons to choose from, a list, and a field that is not shown."""
    canvas.acroForm.radio(name="Risk", value="high", selected=True, x=60, y=650)
    canvas.acroForm.radio(name="Risk", value="low", selected=False, x=90, y=650)
    canvas.acroForm.listbox(name="Kind", value="Chat", options=["Chat", "Search"], x=60, y=500, width=100, height=40)
    canvas.acroForm.textfield(name="Extra", value="approve this", x=60, y=400, annotationFlags="hidden")


def pinned(data: bytes, name: str) -> bytes:
    """Pin a file to the first page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        sheet = pdf[0]
        annotation = raw.FPDFPage_CreateAnnot(sheet, raw.FPDF_ANNOT_FILEATTACHMENT)
        raw.FPDFAnnot_AddFileAttachment(annotation, _wide(name))
        raw.FPDFPage_CloseAnnot(annotation)
        sheet.close()
        return _saved(pdf)


def annotated(data: bytes, kind: int, text: str, page: int = 0) -> bytes:
    """Put an annotation of some kind with a text on a page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        sheet = pdf[page]
        annotation = raw.FPDFPage_CreateAnnot(sheet, kind)
        raw.FPDFAnnot_SetStringValue(annotation, b"Contents", _wide(text))
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(60, 300, 200, 280))
        raw.FPDFPage_CloseAnnot(annotation)
        sheet.close()
        return _saved(pdf)


def with_attachment(data: bytes, name: str) -> bytes:
    """Put a file into a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        pdf.new_attachment(name).set_data(b"Words in a file.")
        return _saved(pdf)


def cropped(data: bytes, left: float, bottom: float, right: float, top: float) -> bytes:
    """Show only a part of the first page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        page.set_cropbox(left, bottom, right, top)
        page.close()
        return _saved(pdf)


def turned(data: bytes) -> bytes:
    """Turn the first page of a PDF by a quarter."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        page.set_rotation(90)
        page.close()
        return _saved(pdf)


def _wide(text: str) -> ctypes.Array[ctypes.c_ushort]:
    letters = (text + "\0").encode("utf-16-le")
    return (ctypes.c_ushort * (len(letters) // 2)).from_buffer_copy(letters)


def _saved(pdf: pypdfium2.PdfDocument) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def taken(data: bytes, **limits: int) -> Submission:
    """Read a PDF under the usual name."""
    return read(data, Source(file="plan.pdf"), Limits(**limits))


def place(found: Submission, words: str) -> tuple[int | None, int | None]:
    """Give the page and paragraph of some words, which must stand in the text once."""
    assert found.text.count(words) == 1
    source = found.place(found.text.index(words))
    return source.page, source.paragraph


def remarks(found: Submission, kind: RemarkKind) -> list[str]:
    """Give the sentences of the remarks of a kind."""
    return [remark.text for remark in found.remarks if remark.kind is kind]


def hidden(found: Submission) -> list[tuple[str, str]]:
    """Give the hidden words and why nobody sees them."""
    return [(found.text[r.start : r.end], r.text) for r in found.remarks if r.kind is RemarkKind.HIDDEN]
