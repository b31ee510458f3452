"""What a file is: told by its first bytes, and by its name only where those say nothing."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath


class Format(StrEnum):
    """The formats that are read, each by the module of its name, and those that are only recognised."""

    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    HTML = "html"
    MAIL = "mail"
    OUTLOOK = "outlook"
    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSON = "json"
    JSONL = "jsonl"
    OLD_OFFICE = "old_office"
    ENCRYPTED_OFFICE = "encrypted_office"
    RTF = "rtf"
    IMAGE = "image"
    ARCHIVE = "archive"


SHEETS = frozenset({Format.CSV, Format.TSV, Format.XLSX, Format.JSON, Format.JSONL})

# Enough for the signature, for the start of a mail's head, and for the directory of an old Office file.
HEAD_BYTES = 8_192

_MAGIC = {
    b"%PDF-": Format.PDF,
    b"{\\rtf": Format.RTF,
    b"\x89PNG": Format.IMAGE,
    b"\xff\xd8\xff": Format.IMAGE,
    b"GIF8": Format.IMAGE,
    b"II*\0": Format.IMAGE,
    b"MM\0*": Format.IMAGE,
    b"\x1f\x8b": Format.ARCHIVE,
    b"7z\xbc\xaf": Format.ARCHIVE,
    b"Rar!": Format.ARCHIVE,
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PACKED = {".docx": Format.DOCX, ".docm": Format.DOCX, ".pptx": Format.PPTX, ".pptm": Format.PPTX}
_PACKED |= {".xlsx": Format.XLSX, ".xlsm": Format.XLSX}
_PARTS = {b"word/": Format.DOCX, b"ppt/": Format.PPTX, b"xl/": Format.XLSX}
_NAMED = {
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".tab": Format.TSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".eml": Format.MAIL,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
}
_HTML = re.compile(rb"(?is)\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html)\b")


def detect(head: bytes, name: str) -> Format:
    """Tell the format by the first `HEAD_BYTES` of a file; `name` decides between those that look alike."""
    ending = PurePath(name).suffix.lower()
    if found := next((form for magic, form in _MAGIC.items() if head.startswith(magic)), None):
        return found
    if head.startswith(_ZIP):
        return _PACKED.get(ending) or next((form for part, form in _PARTS.items() if part in head), Format.ARCHIVE)
    if head.startswith(_OLE):
        return _of_ole(head, ending)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    return Format.HTML if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else _NAMED.get(ending, Format.TEXT)


def _of_ole(head: bytes, ending: str) -> Format:
    """Tell an Outlook message and a locked document from the old formats, which lie in the same kind of file."""
    if ending in {".msg", ".oft"} or "__nameid".encode("utf-16-le") in head:
        return Format.OUTLOOK
    locked = ending in _PACKED or "EncryptedPackage".encode("utf-16-le") in head
    return Format.ENCRYPTED_OFFICE if locked else Format.OLD_OFFICE
