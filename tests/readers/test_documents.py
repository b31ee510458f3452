"""Tests of the door to all document readers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.styles import Font

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers import documents
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind, Source
from tests.readers import mails

if TYPE_CHECKING:
    from pathlib import Path

OLE = mails.compound({"WordDocument": b"x"})
LOCKED = mails.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})


def read(data: bytes, name: str) -> str:
    """Give the text of a file."""
    return documents.read(data, Source(file=name), Limits()).text


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"Just words.", "a.txt", "Just words."),
        (b"---\ntitle: x\n---\n# Words", "a.md", "---\ntitle: x\n---\n# Words"),
        (b"<!DOCTYPE html><p>Words", "no-ending", "Words"),
        (b"<p>Words", "a.htm", "Words"),
        (b"Subject: Words\r\n\r\nMore", "a.eml", "Words\n\nMore"),
        (mails.compound(mails.msg({mails.BODY: "Words"})), "a.msg", "Words"),
    ],
)
def test_each_format_finds_its_reader(data: bytes, name: str, text: str) -> None:
    """A file is read for what it is."""
    assert read(data, name) == text


def test_the_bytes_are_named() -> None:
    """The record of a review can prove which file it was."""
    found = documents.read(b"Words", Source(file="a.txt"), Limits())
    assert found.file_sha256 == hashlib.sha256(b"Words").hexdigest()


def test_paragraphs_of_a_text_have_addresses() -> None:
    """A quote from a long text is found again; the text itself stays as it was given."""
    data = b"\r\n One\r\nline \r\n \t\r\n\r\nTwo\n\n\n  \nThree\n"
    found = documents.read(data, Source(file="a.txt"), Limits())
    assert found.text == data.decode()
    assert [found.text[segment.start : segment.end] for segment in found.segments] == ["One\r\nline", "Two", "Three"]
    assert str(found.place(found.text.index("Three"))) == "a.txt, paragraph 3"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (OLE, "a.doc", "it is an old Word, Excel or PowerPoint file; save it as DOCX"),
        (LOCKED, "a.docx", "it is locked with a password; save it without one"),
        (LOCKED, "a", "it is locked with a password; save it without one"),
        (rb"{\rtf1 x}", "a.rtf", "it is a Rich Text file; save it as DOCX"),
        (b"\x89PNG", "a.png", r"it is a picture; run text recognition \(OCR\)"),
        (b"PK\x03\x04", "a.zip", "it is an archive, .*; unpack it"),
        (b"a,b\n1,2", "a.csv", "it is a sheet with a submission in each row; give it to `reviewer batch`"),
        (b"PK\x03\x04", "a.xlsx", "it is a sheet with a submission in each row"),
        (b"[]", "a.json", "it is a sheet with a submission in each row"),
        (b"ab\x00cd", "a.txt", "it is binary data and no text"),
    ],
)
def test_what_is_no_document_says_what_it_is(data: bytes, name: str, says: str) -> None:
    """The sentence names the file, what it is and the cure."""
    with pytest.raises(UnreadableDocument, match=f"^{name}: {says}"):
        read(data, name)


def test_sheets_in_a_mail_are_text() -> None:
    """A table attached to a mail is read with it, each cell under its address, and what is hidden in it is marked."""
    assert documents.read_attachment(b"a,b\n1,2", Source(file="a.csv"), Limits()).text == "a,b\n1,2"
    book = openpyxl.Workbook()
    book.create_sheet("Q3")
    book["Q3"].append(["Name", "Use"])
    book["Q3"].append(["A", "faces"])
    book["Q3"]["A2"].font = Font(color="FFFFFFFF")
    file = BytesIO()
    book.save(file)
    found = documents.read_attachment(file.getvalue(), Source(file="a.xlsx"), Limits())
    assert found.text == "| Name | Use |\nA | faces"
    assert str(found.place(found.text.index("faces"))) == "a.xlsx, sheet Q3, row 2, cell B2"
    assert [remark.kind for remark in found.remarks] == [RemarkKind.HIDDEN]
    with pytest.raises(TooLarge, match=r"limit of 1 \(max_rows\)"):
        documents.read_attachment(file.getvalue(), Source(file="a.xlsx"), Limits(max_rows=1))


def test_paths_are_read(tmp_path: Path) -> None:
    """A file is named as it was given, also where its name is no text."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"Words")
    assert documents.read_path(path, Limits()).source.file == str(path)
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_bytes(b"Words")
    assert documents.read_path(odd, Limits()).source.file == f"{tmp_path}/caf\\xe9.txt"


def test_the_systems_reason_is_told(tmp_path: Path) -> None:
    """A missing file and a folder are each one sentence."""
    with pytest.raises(UnreadableDocument, match=r"none\.txt: cannot be read: no such file or directory\."):
        documents.read_path(tmp_path / "none.txt", Limits())
    with pytest.raises(UnreadableDocument, match=r": cannot be read: is a directory; name the files in it\."):
        documents.read_path(tmp_path, Limits())


class Endless(BytesIO):
    """A stream that counts what is asked of it and never ends."""

    asked = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Give what is asked for."""
        self.asked += size or 0
        return b"x" * (size or 0)


def test_an_endless_stream_ends() -> None:
    """Standard input may be anything, and costs no more than the limit."""
    stream = Endless()
    with pytest.raises(TooLarge, match=r"^standard input: it holds more than the limit of 100 bytes \(max_bytes\)"):
        documents.read_stream(stream, Source(file="standard input"), Limits(max_bytes=100))
    assert stream.asked == 101


def test_readers_are_imported_on_use() -> None:
    """Reading a text costs none of the libraries for the other formats."""
    code = (
        "import sys; from reviewer.readers import documents, inputs; from reviewer.readers.limits import Limits; "
        "from reviewer.submission import RemarkKind, Source; documents.read(b'words', Source(file='a.txt'), Limits()); "
        "print(sorted({'lxml', 'oxmsg', 'olefile', 'pypdfium2', 'docx', 'pptx', 'email.parser'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
