"""Text and Markdown: bytes to a submission, or one sentence that says why not.

UTF-8 is taken as it is, UTF-16 and UTF-32 by their mark; what is none of these is read as Windows-1252,
unless it mixes both, which nobody can read rightly.
"""

from __future__ import annotations

import codecs
import os
import re
from typing import TYPE_CHECKING

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.submission import Source, Submission

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MOST_BYTES_A_CHARACTER = 4

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_KNOWN_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive, as Word, Excel and PowerPoint write them",
    b"\xd0\xcf\x11\xe0": "an old Office file or an Outlook message",
    b"{\\rtf": "a Rich Text file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
}
_UTF8_LETTER = re.compile(rb"[\xc3-\xcf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SNIFFED = 8_192


def read_file(path: Path, max_characters: int) -> Submission:
    """Read a text file; raises `UnreadableDocument` or `TooLarge`, or what `Submission.of` raises."""
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    try:
        with path.open("rb") as file:
            return read_stream(file, Source(file=name), max_characters)
    except OSError as error:
        cure = "; name the files in it" if path.is_dir() else ""
        message = f"cannot be read: {(error.strerror or str(error)).lower()}{cure}."
        raise UnreadableDocument(message, source=name) from error


def read_stream(stream: BinaryIO, source: Source, max_characters: int) -> Submission:
    """Read at most what the limit can need, so that a huge file costs no memory."""
    data = stream.read(max_characters * MOST_BYTES_A_CHARACTER + MOST_BYTES_A_CHARACTER)
    if stream.read(1):
        message = (
            f"it holds more than the limit of {max_characters:,} characters; "
            "shorten it, split it, or raise the limit (--max-characters)."
        )
        raise TooLarge(message, source=str(source))
    return Submission.of(decode(data, str(source)), source=source, max_characters=max_characters)


def decode(data: bytes, source: str = "the text") -> str:
    """Decode the bytes of a text; raises `UnreadableDocument` for what is none."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, encoding, source)
    _refuse_binary(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error, source)


def _refuse_binary(data: bytes, source: str) -> None:
    known = next((name for magic, name in _KNOWN_FORMATS.items() if data.startswith(magic)), None)
    if known or _CONTROL.search(data, 0, _SNIFFED):
        message = f"it is {known or 'binary data'}, and this version reads text and Markdown; save it as text first."
        raise UnreadableDocument(message, source=source)


def _decode_legacy(data: bytes, error: UnicodeDecodeError, source: str) -> str:
    if letter := _UTF8_LETTER.search(data):
        line = data.count(b"\n", 0, error.start) + 1
        message = (
            f"it mixes encodings: UTF-8 at byte {letter.start()}, something else at byte {error.start} (line {line}); "
            "save it as UTF-8."
        )
        raise UnreadableDocument(message, source=source) from error
    return _decoded(data, "windows-1252", source)


def _decoded(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is no {encoding} text; save it as UTF-8."
        raise UnreadableDocument(message, source=source) from error
