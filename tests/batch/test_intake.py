"""Whatever is named is read, in its order, and what cannot be read keeps its place."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from reviewer import InputError, Intake, Submission
from reviewer.readers.formats import Format

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "ID,Description\nA-1,It sorts the letters of customers by topic.\nA-2,It finds broken wheels of trains.\n"


def told(intake: Intake) -> list[str]:
    """Give what was read, each by its id, its file, or the name of its error."""
    return [
        type(one).__name__ if isinstance(one, InputError) else one.id or (one.source.file or "").rpartition("/")[2]
        for one in intake.submissions()
    ]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Give a folder with a sheet, two texts, an empty file and a picture."""
    (tmp_path / "a.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "b.md").write_text("It answers questions about bus timetables.", encoding="utf-8")
    (tmp_path / "c.txt").write_text("", encoding="utf-8")
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "e.txt").write_text("It reads meters.", encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_whole_and_in_order(folder: Path) -> None:
    """Sheets give their rows, documents themselves, and what cannot be read its error, each in its place."""
    expected = ["A-1", "A-2", "b.md", "EmptySubmission", "UnreadableDocument", "e.txt"]
    intake = Intake([str(folder)])
    assert told(intake) == expected
    assert intake.count() == len(expected)
    assert told(intake) == expected


def test_names_are_read_in_the_order_given(folder: Path) -> None:
    """Files, patterns and folders come as they were named, and each file once."""
    intake = Intake([str(folder / "sub"), str(folder / "*.csv"), str(folder)])
    assert told(intake)[:3] == ["e.txt", "A-1", "A-2"]
    assert sorted(name.rpartition("/")[2] for name in intake.repeated) == ["a.csv", "e.txt"]


@pytest.mark.parametrize(
    ("data", "plain", "expected"),
    [
        (ROWS.encode(), Format.CSV, ["A-1", "A-2"]),
        (b"\xef\xbb\xbf" + ROWS.replace(",", ";").encode(), Format.CSV, ["A-1", "A-2"]),
        (b'[{"id": "A-1", "description": "It sorts letters."}]', Format.CSV, ["A-1"]),
        (b'{"id": "A-1", "purpose": "It sorts."}\n{"id": "A-2", "purpose": "It reads."}\n', Format.CSV, ["A-1", "A-2"]),
        (b'{"id": 1,\n "forms": [{"id": "A-1", "purpose": "It sorts."}]}', Format.CSV, ["A-1"]),
        (b"It sorts letters.", Format.TEXT, ["standard input"]),
        (b'{"purpose": "It sorts."}', Format.TEXT, ["standard input"]),
        (b"<html><body>It sorts letters.</body></html>", Format.TEXT, ["standard input"]),
    ],
    ids=["CSV", "Excel's CSV", "JSON", "JSON lines", "JSON in lines", "text", "JSON as text", "HTML"],
)
def test_standard_input_is_told_by_its_bytes(data: bytes, plain: Format, expected: list[str]) -> None:
    """What is piped in has no name, so its first bytes tell what it is, and the command what it is otherwise."""
    intake = Intake(["-"], stream=io.BufferedReader(io.BytesIO(data)), plain=plain)
    assert intake.count() is None
    assert told(intake) == expected


def test_a_look_tells_what_would_be_read(folder: Path) -> None:
    """Every file has its line, and nothing is lost between the look and the reading."""
    seen = list(Intake([str(folder)]).look())
    kinds = ["Look", "Submission", "EmptySubmission", "UnreadableDocument", "Submission"]
    assert [type(one.found).__name__ for one in seen] == kinds
    assert isinstance(seen[1].found, Submission)


def test_no_standard_input_is_told_in_a_sentence() -> None:
    """A program that names `-` and gives nothing to read is told so."""
    (error,) = Intake(["-"]).submissions()
    assert str(error) == "standard input: there is none to read; name a file."
