"""Office files for the tests: saved by python-docx and python-pptx, or packed by hand where those can not write it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from reviewer.submission import RemarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reviewer.submission import Source, Submission

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "r": _KINDS,
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)

# A picture of one white dot.
_DOT = b"\x00\xff\xff\xff"


class Savable(Protocol):
    """A document of one of the two libraries."""

    def save(self, path_or_stream: BytesIO) -> None:
        """Write the file."""


def saved(document: Savable) -> bytes:
    """Give a document as the bytes of its file."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Pack parts under their names."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Give the parts of a file under their names."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give the same file with one part changed."""
    members = unpacked(data)
    return packed({**members, name: change(members[name])})


def word(body: str, parts: Mapping[str, str] | None = None, before: str = "") -> bytes:
    """Pack a Word file by hand: `parts` are others that the body leads to, by the kind of their relation.

    The relation of each has the kind as its id, too; `before` stands before the body.
    """
    parts = parts or {}
    relations = "".join(_relation(kind, f"{kind}.xml") for kind in parts)
    return packed(
        {
            "_rels/.rels": _relations(_relation("officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {_NAMES}>{before}<w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relations(relations),
            **{f"word/{kind}.xml": content.replace(" NAMES", f" {_NAMES}", 1) for kind, content in parts.items()},
        }
    )


def paragraph(*runs: str, properties: str = "") -> str:
    """Give the XML of a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, look: str = "") -> str:
    """Give the XML of a run of a paragraph."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def dot() -> BytesIO:
    """Give a picture as a file, in the PNG format."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(_DOT)), (b"IEND", b""))
    packed_chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(packed_chunks))


def place(submission: Submission, words: str) -> Source:
    """Give the place of the first of some words; raises `ValueError` where they do not stand in the text."""
    return submission.place(submission.text.index(words))


def hidden(submission: Submission) -> dict[str, str]:
    """Give the words that nobody sees, each with why."""
    found = (remark for remark in submission.remarks if remark.kind is RemarkKind.HIDDEN)
    return {submission.text[remark.start : remark.end]: remark.text for remark in found}


def remarks(submission: Submission, kind: RemarkKind) -> list[str]:
    """Give what the reader has to say of one kind."""
    return [remark.text for remark in submission.remarks if remark.kind is kind]


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'
