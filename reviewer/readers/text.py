"""Text and Markdown: bytes to a submission, or one sentence that says why not.

UTF-8 is taken as it is, UTF-16 and UTF-32 by their mark; what is none of these is read as Windows-1252,
unless it mixes both, which nobody can read rightly.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from reviewer.errors import UnreadableDocument
from reviewer.submission import Segment, Source, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.readers.limits import Limits

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UTF8_LETTER = re.compile(rb"[\xc3-\xcf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SNIFFED = 8_192
_GAP = re.compile(r"\r?\n[^\S\n]*\n\s*")


def read(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read a text as it stands, with an address for each paragraph, from 1.

    Raises `UnreadableDocument`, `TooLarge` or `EmptySubmission`.
    """
    text = decode(data, str(source))
    # Checked before it is cut into paragraphs, each of which takes a thousand bytes.
    Submission.of(text, source=source, max_characters=limits.max_characters)
    segments = tuple(
        Segment(start=start, end=end, source=source.model_copy(update={"paragraph": number}))
        for number, (start, end) in enumerate(paragraphs(text), 1)
    )
    return Submission.of(text, source=source, segments=segments, max_characters=limits.max_characters)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give where each paragraph starts and ends, blanks around it left out; an empty line parts two."""
    start = 0
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap else len(text)
        if paragraph := text[start:end].strip():
            begin = text.index(paragraph[0], start, end)
            yield begin, begin + len(paragraph)
        start = gap.end() if gap else end


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
    if _CONTROL.search(data, 0, _SNIFFED):
        message = "it is binary data and no text; save it as text, PDF or DOCX first."
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
