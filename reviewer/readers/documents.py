"""A file of any format to one submission: what it is tells its first bytes, and a module of its own reads it."""

from __future__ import annotations

import hashlib
import os
from importlib import import_module
from typing import TYPE_CHECKING

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers.formats import HEAD_BYTES, SHEETS, Format, detect
from reviewer.submission import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from reviewer.readers.limits import Limits
    from reviewer.submission import Submission

_MAILS = frozenset({Format.MAIL, Format.OUTLOOK})
# Where the module of a format's name reads it as rows of submissions, and not as a part of a mail.
_MODULES = {Format.XLSX: "workbook_text"}
_TEXT_SHEETS = SHEETS - {Format.XLSX}

# What it is, and the cure.
_REFUSED = {
    Format.OLD_OFFICE: "it is an old Word, Excel or PowerPoint file; save it as DOCX, XLSX or PPTX.",
    Format.ENCRYPTED_OFFICE: "it is locked with a password; save it without one.",
    Format.RTF: "it is a Rich Text file; save it as DOCX or as text.",
    Format.IMAGE: "it is a picture; run text recognition (OCR) over it and save what it says as text or PDF.",
    Format.ARCHIVE: "it is an archive, or packed in a way that is not read; unpack it and name the files in it.",
}
_A_SHEET = "it is a sheet with a submission in each row; give it to `reviewer batch`, or save one row as text."


def read(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read a document of any format, and say which bytes it was.

    Raises `UnreadableDocument` for what is no document, naming the cure, and what the reader of the format raises.
    """
    form = detect(data[:HEAD_BYTES], source.file or "")
    if form in SHEETS:
        raise UnreadableDocument(_A_SHEET, source=str(source))
    return _read(form, data, source, limits).model_copy(update={"file_sha256": hashlib.sha256(data).hexdigest()})


def read_path(path: Path, limits: Limits) -> Submission:
    """Read a file; raises what `read` raises, and `UnreadableDocument` where the system refuses it."""
    name = shown(path)
    try:
        with path.open("rb") as file:
            return read_stream(file, Source(file=name), limits)
    except OSError as error:
        cure = "; name the files in it" if path.is_dir() else ""
        message = f"cannot be read: {(error.strerror or str(error)).lower()}{cure}."
        raise UnreadableDocument(message, source=name) from error


def read_stream(stream: BinaryIO, source: Source, limits: Limits) -> Submission:
    """Read at most one byte more than the limit, so that an endless stream costs no memory."""
    data = stream.read(limits.max_bytes + 1)
    _refuse_large(data, source, limits)
    return read(data, source, limits)


def shown(path: Path) -> str:
    """Give the name of a file as text; bytes that are none are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_attachment(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read a file in a mail: a sheet is a part of the text, row by row."""
    form = detect(data[:HEAD_BYTES], source.file or "")
    return _read(Format.TEXT if form in _TEXT_SHEETS else form, data, source, limits)


def _read(form: Format, data: bytes, source: Source, limits: Limits) -> Submission:
    _refuse_large(data, source, limits)
    if form in _REFUSED:
        raise UnreadableDocument(_REFUSED[form], source=str(source))
    reader = import_module(f"reviewer.readers.{_MODULES.get(form, form)}")
    if form in _MAILS:
        read_mail: Callable[[bytes, Source, Limits, object], Submission] = reader.read
        return read_mail(data, source, limits, read_attachment)
    read_document: Callable[[bytes, Source, Limits], Submission] = reader.read
    return read_document(data, source, limits)


def _refuse_large(data: bytes, source: Source, limits: Limits) -> None:
    if len(data) > limits.max_bytes:
        message = (
            f"it holds more than the limit of {limits.max_bytes:,} bytes (max_bytes); split it or raise the limit."
        )
        raise TooLarge(message, source=str(source))
