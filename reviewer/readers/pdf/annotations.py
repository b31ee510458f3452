"""What people put on a page: comments, words typed over it, filled form fields, attached files."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import PdfiumError, raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdfium2 import PdfDocument, PdfFormEnv, PdfPage

DAMAGED = "damaged"

_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_BOXES = frozenset({raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON})
_WRITTEN = frozenset({raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX})
_NO_COMMENTS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP})


@dataclass(frozen=True, slots=True)
class Comment:
    """Words in an annotation; `typed` says that they stand on the page itself, as an answer typed over a form does."""

    text: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form with its name and what was put in; `ticked` is None where there is no box to tick."""

    name: str
    value: str = ""
    ticked: bool | None = None
    unseen: bool = False


def annotated(page: PdfPage, form: PdfFormEnv | None) -> Iterator[Comment | Field]:
    """Give the comments and the filled fields of a page, in the order of the file."""
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        if annotation := raw.FPDFPage_GetAnnot(page, at):
            try:
                yield from _fields(annotation, form) if form else ()
                yield from _comments(annotation)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _comments(annotation: raw.FPDF_ANNOTATION) -> Iterator[Comment]:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    text = "" if kind in _NO_COMMENTS else _string(raw.FPDFAnnot_GetStringValue, annotation, b"Contents").strip()
    if text:
        seen = not raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN
        yield Comment(text, typed=seen and kind == raw.FPDF_ANNOT_FREETEXT)


def _fields(annotation: raw.FPDF_ANNOTATION, form: PdfFormEnv) -> Iterator[Field]:
    if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET:
        return
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    unseen = bool(raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN)
    name = _field_string(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
    name = name or _field_string(raw.FPDFAnnot_GetFormFieldName, form, annotation)
    if kind in _BOXES:
        option = _field_string(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation)
        ticked = bool(raw.FPDFAnnot_IsChecked(form, annotation))
        yield Field(name, option if kind == raw.FPDF_FORMFIELD_RADIOBUTTON else "", ticked=ticked, unseen=unseen)
    elif kind in _WRITTEN and (value := _value(form, annotation, kind)):
        yield Field(name, value, unseen=unseen)


def _value(form: PdfFormEnv, annotation: raw.FPDF_ANNOTATION, kind: int) -> str:
    if kind != raw.FPDF_FORMFIELD_LISTBOX:
        return _field_string(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    chosen = range(raw.FPDFAnnot_GetOptionCount(form, annotation))
    labels = (
        _string(raw.FPDFAnnot_GetOptionLabel, form, annotation, at)
        for at in chosen
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, at)
    )
    return ", ".join(labels)


def attachments(document: PdfDocument) -> list[str]:
    """Give the names of the files that lie in a document; one that is damaged has none."""
    return [_attached(document, at) for at in range(document.count_attachments())]


def _attached(document: PdfDocument, at: int) -> str:
    try:
        return str(document.get_attachment(at).get_name())
    except PdfiumError:  # it counts as not read all the same
        return DAMAGED


def pinned(page: PdfPage) -> Iterator[str]:
    """Give the names of the files that are pinned to a page."""
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        if annotation := raw.FPDFPage_GetAnnot(page, at):
            try:
                if file := raw.FPDFAnnot_GetFileAttachment(annotation):
                    yield _string(raw.FPDFAttachment_GetName, file)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _field_string(get: Callable[..., int], form: PdfFormEnv, annotation: raw.FPDF_ANNOTATION) -> str:
    return _string(get, form, annotation).strip()


def _string(get: Callable[..., int], *arguments: object) -> str:
    """Ask for a string as pdfium gives it: first for its length in bytes, then for UTF-16 with a closing zero."""
    length = get(*arguments, None, 0)
    letters = ctypes.create_string_buffer(length)
    get(*arguments, ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return letters.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")
