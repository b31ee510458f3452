"""The page on formats tells what the readers do: endings, refusals, limits, and what is remarked on its examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reviewer import InputError, Intake, Source
from reviewer.readers import documents
from reviewer.readers.formats import SHEETS, Format, detect
from reviewer.readers.limits import Limits
from reviewer.submission import Submission
from tests.pages import headings, lines, page, section

PAGE = "docs/formats.md"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
HEADS = {Format.PDF: b"%PDF-1.7", Format.DOCX: ZIP, Format.PPTX: ZIP, Format.XLSX: ZIP, Format.OUTLOOK: OLE}
REFUSED = [
    ("old.doc", OLE),
    ("locked.docx", OLE),
    ("letter.rtf", b"{\\rtf1 }"),
    ("sketch.png", b"\x89PNG\r\n"),
    ("forms.zip", ZIP),
    ("program.bin", b"\x00\x01"),
    ("blank.txt", b" \n"),
]


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the tables under a heading, without the heads."""
    found = re.findall(r"^\| (.+) \|$", section(PAGE, heading), re.MULTILINE)
    return [[cell.strip() for cell in row.split(" | ")] for row in found][2:]


def test_each_format_is_told_with_its_endings() -> None:
    """The table has every format that is read, and each ending leads to it."""
    told = {
        Format(name.strip("`")): re.findall(r"`(\.\w+)`", endings) for name, _, endings in rows("How a format is told")
    }
    refused = {Format.OLD_OFFICE, Format.ENCRYPTED_OFFICE, Format.RTF, Format.IMAGE, Format.ARCHIVE}
    assert set(told) == set(Format) - refused
    assert set(list(told)[-len(SHEETS) :]) == SHEETS
    for form, endings in told.items():
        assert endings
        assert {detect(HEADS.get(form, b"plain"), f"x{ending}") for ending in endings} == {form}


@pytest.mark.parametrize(("name", "data"), REFUSED)
def test_each_refusal_is_quoted(name: str, data: bytes) -> None:
    """What is said of a file that is refused stands in the table."""
    with pytest.raises(InputError) as error:
        documents.read(data, Source(file=name), Limits())
    assert str(error.value).removeprefix(f"{name}: ") in {said for _, said in rows("What is refused")}
    assert len(rows("What is refused")) == len(REFUSED)


def test_each_limit_has_its_row() -> None:
    """Every limit is told in the order of the program, with its default."""
    assert [(name.strip("`"), default) for name, default, _ in rows("Limits")] == [
        (name, f"{value:,}") for name, value in Limits()
    ]


@pytest.mark.parametrize("name", re.findall(r"^<!-- file: (\S+) -->$", page(PAGE), re.MULTILINE))
def test_what_is_remarked_on_an_example_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example is read, and its remarks are those below it."""
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(rf"^<!-- file: {name} -->\n```\w+\n(.*?)^```$", page(PAGE), re.MULTILINE | re.DOTALL)
    Path(name).write_text(block, encoding="utf-8")
    (submission,) = Intake([name]).submissions()
    assert isinstance(submission, Submission)
    found = [[remark.kind.value, remark.text, str(remark.source)] for remark in submission.remarks]
    assert found == lines(PAGE, f"remarks: {name}")


def test_each_reader_has_its_section() -> None:
    """What a person hands in is found under its name."""
    assert {
        "Text and Markdown",
        "PDF",
        "DOCX",
        "PPTX",
        "HTML",
        "Mails",
        "CSV and TSV",
        "XLSX",
        "JSON and JSONL",
    } <= set(headings(PAGE))
