"""Web pages: what a person sees of them, what they hide, and what was not read."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers import text as texts
from reviewer.readers.html.page import Page
from reviewer.readers.transcript import Transcript

if TYPE_CHECKING:
    from reviewer.readers.limits import Limits
    from reviewer.submission import Source, Submission

# Where a browser looks for it, too: within the first kilobyte.
_DECLARED_WITHIN = 1_024
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
# A parsed page takes up to fifty times the room of its markup, and nearly two kilobytes for a paragraph of one letter.
MOST_BYTES = 10_000_000
MOST_ELEMENTS = 200_000
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read a page by its blocks, each a paragraph that counts from 1.

    The bytes are in the encoding of their mark, else the one that the page declares, else UTF-8 or Windows-1252.
    Raises `UnreadableDocument`, `TooLarge` or `EmptySubmission`.
    """
    if len(data) > limits.max_bytes:
        message = f"its {len(data):,} bytes are more than the limit of {limits.max_bytes:,} (max_bytes); split it."
        raise TooLarge(message, source=str(source))
    transcript = Transcript(source)
    transcribe(decode(data, str(source)), transcript, limits)
    return transcript.submission(max_characters=limits.max_characters)


def transcribe(markup: str, transcript: Transcript, limits: Limits, *, paragraphs: int = 0) -> None:
    """Add all that a page holds; its paragraphs count on from `paragraphs`.

    Raises `UnreadableDocument` or `TooLarge`.
    """
    source = str(transcript.source)
    # A parser in C ends at a NUL, and takes no half of a surrogate pair.
    encoded = markup.replace("\0", " ").encode("utf-8", "replace")
    _measure(encoded, source)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root = etree.fromstring(encoded, parser)
    except etree.LxmlError as error:
        message = f"its markup cannot be read ({_reason(str(error))}); save it as text or as a PDF."
        raise UnreadableDocument(message, source=source) from error
    # What lies beyond a limit of the parser's is dropped without an error.
    for entry in parser.error_log.filter_from_fatals():
        message = f"its markup cannot be read in full ({_reason(entry.message)}); save it as text or as a PDF."
        raise UnreadableDocument(message, source=source)
    if root is not None:
        Page(root, transcript, limits, paragraphs).read()


def _measure(encoded: bytes, source: str) -> None:
    """Refuse a page that would take too much memory, before it does."""
    elements = encoded.count(b"<") - encoded.count(b"</")
    for count, most, noun in ((len(encoded), MOST_BYTES, "bytes"), (elements, MOST_ELEMENTS, "elements")):
        if count > most:
            message = (
                f"its {count:,} {noun} of markup are more than the limit of {most:,}; split it or save it as text."
            )
            raise TooLarge(message, source=source)


def decode(data: bytes, source: str) -> str:
    """Decode a page by its mark, else by what it declares, else as a text; raises `UnreadableDocument`."""
    declared = _CHARSET.search(data, 0, _DECLARED_WITHIN)
    if declared and not data.startswith(_MARKS):
        name = declared[1].decode("ascii", "replace")
        try:
            # A page that was read by its meta is no UTF-16, whatever it says; browsers take it as UTF-8, too.
            return data.decode("utf-8" if name.lower().startswith("utf-16") else _known(name))
        except (LookupError, UnicodeDecodeError):
            return texts.decode(data, source)
    return texts.decode(data, source)


def _known(name: str) -> str:
    """Read Latin 1 as the web does."""
    name = codecs.lookup(name).name
    return "windows-1252" if name in {"iso8859-1", "ascii"} else name


def _reason(message: str) -> str:
    """Keep the first words of a parser's message, without its advice to programmers."""
    return re.split(r"[,\n]", message)[0].strip().lower()
