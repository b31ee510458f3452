"""Tests of finding the files that are meant."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reviewer.readers.inputs import Found, find

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.errors import InputError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str, content: bytes = b"Words.") -> None:
    """Write files in the current folder."""
    for name in names:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)  # noqa: PTH103, PTH120  names, as a user types them
        with open(name, "wb") as file:  # noqa: PTH123  the same
            file.write(content)


def told(found: Found | InputError) -> str:
    """Give the name of a file, or the error."""
    return found.name if isinstance(found, Found) else f"! {found}"


@pytest.mark.usefixtures("here")
def test_files_are_given_as_named() -> None:
    """In the order of the command line, not sorted."""
    put("b.txt", "a.py")
    assert [told(one) for one in find(["b.txt", "a.py"])] == ["b.txt", "a.py"]


@pytest.mark.usefixtures("here")
def test_folders_are_walked_in_a_steady_order() -> None:
    """The files of a folder by name, those of folders in it at their place; hidden and locked ones are left out."""
    put(
        "in/b.txt",
        "in/a/z.pdf",
        "in/a/B.DOCX",
        "in/c.md",
        "in/.git/x.txt",
        "in/.DS_Store",
        "in/Thumbs.db",
        "in/~$b.docx",
    )
    found = find(["in"])
    assert [told(one) for one in found] == ["in/a/B.DOCX", "in/a/z.pdf", "in/b.txt", "in/c.md"]
    assert found.passed_over == 0


@pytest.mark.usefixtures("here")
def test_what_is_no_document_is_counted_in_a_folder() -> None:
    """Scripts and the like are passed over; what is a document by its bytes is given, to be read or named."""
    put("in/a.txt", "in/run.py", "in/data.bin", "in/Makefile")
    put("in/no-ending", content=b"%PDF-1.7")
    put("in/old.zip", content=b"PK\x03\x04")
    found = find(["in"])
    assert [told(one) for one in found] == ["in/a.txt", "in/no-ending", "in/old.zip"]
    assert found.passed_over == 3


@pytest.mark.usefixtures("here")
def test_a_folder_without_documents_says_so() -> None:
    """Empty and useless folders are each an error in their place."""
    os.mkdir("empty")  # noqa: PTH102  a name, as a user types it
    put("code/run.py", "z.txt")
    nothing, cure = "there is no document in this folder", "name the files themselves to have them read."
    assert [told(one) for one in find(["empty", "code", "z.txt"])] == [
        f"! empty: {nothing}; {cure}",
        f"! code: {nothing}; 1 other file was left out; {cure}",
        "z.txt",
    ]


@pytest.mark.usefixtures("here")
def test_patterns_are_expanded() -> None:
    """Not every shell does; what fits nothing is an error, and a file whose name holds a sign is itself."""
    put("in/b.txt", "in/a.txt", "in/deep/c.txt", "odd[1].txt")
    assert [told(one) for one in find(["in/*.txt", "odd[1].txt"])] == ["in/a.txt", "in/b.txt", "odd[1].txt"]
    assert [told(one) for one in find(["in/**/c.*"])] == ["in/deep/c.txt"]
    assert [told(one) for one in find(["no/*.pdf"])] == [
        "! no/*.pdf: no file fits this pattern; check the folder and the ending."
    ]


@pytest.mark.usefixtures("here")
def test_a_missing_file_is_an_error_in_its_place() -> None:
    """The others are given, and a link to nowhere is missing, too."""
    put("a.txt", "c.txt")
    os.symlink("nowhere", "link.txt")  # noqa: PTH211  a name, as a user types it
    assert [told(one) for one in find(["a.txt", "b.txt", "link.txt", "c.txt"])] == [
        "a.txt",
        "! b.txt: cannot be read: no such file or directory.",
        "! link.txt: cannot be read: no such file or directory.",
        "c.txt",
    ]


def test_the_same_file_is_given_once(here: Path) -> None:
    """By another spelling, by a link, or from a folder; the names are kept to be told."""
    put("in/a.txt")
    os.symlink("a.txt", "in/link.txt")  # noqa: PTH211  a name, as a user types it
    found = find(["in/a.txt", "in/../in/a.txt", str(here / "in" / "a.txt"), "in", "gone.txt", "gone.txt"])
    assert [told(one) for one in found] == ["in/a.txt", "! gone.txt: cannot be read: no such file or directory."]
    assert found.repeated == ["in/../in/a.txt", f"{here}/in/a.txt", "in/a.txt", "in/link.txt", "gone.txt"]


@pytest.mark.usefixtures("here")
def test_the_same_folder_twice_is_no_empty_folder() -> None:
    """Neither by itself nor as a part of another; its files are told to be named again."""
    put("in/sub/a.txt")
    found = find(["in/sub", "in", "in/sub"])
    assert [told(one) for one in found] == ["in/sub/a.txt"]
    assert found.repeated == ["in/sub/a.txt", "in/sub/a.txt"]


@pytest.mark.usefixtures("here")
def test_links_in_a_circle_end() -> None:
    """A folder that lies in itself is walked once."""
    put("in/a.txt")
    os.symlink("..", "in/up", target_is_directory=True)  # noqa: PTH211  a name, as a user types it
    os.symlink(".", "in/self", target_is_directory=True)  # noqa: PTH211  the same
    assert [told(one) for one in find(["in"])] == ["in/a.txt"]


def test_the_stores_own_files_are_left_out(here: Path) -> None:
    """Results in the folder of the submissions are no submissions; named alone, the store says what it is."""
    put("in/a.txt", "in/out.csv")
    assert [told(one) for one in find(["in"], leave_out=[here / "in" / "out.csv"])] == ["in/a.txt"]
    (error,) = find(["in/out.csv"], leave_out=[here / "in" / "out.csv"])
    assert told(error).startswith("! in/out.csv: it is the store itself")


@pytest.mark.usefixtures("here")
def test_pipes_hang_nothing() -> None:
    """A pipe that nobody writes to lies in some folders, and is not opened."""
    put("in/a.txt")
    os.mkfifo("in/pipe")
    assert [told(one) for one in find(["in"])] == ["in/a.txt"]


@pytest.mark.usefixtures("here")
def test_names_that_are_no_text_are_shown() -> None:
    """A name in an old encoding is written out, and the file is read all the same."""
    name = os.fsdecode(b"in/caf\xe9.txt")
    put(name)
    (one,) = find(["in"])
    assert isinstance(one, Found)
    assert (one.name, one.path.read_bytes()) == ("in/caf\\xe9.txt", b"Words.")


@pytest.mark.usefixtures("here")
def test_a_pipe_that_is_named_like_a_document_is_refused() -> None:
    """It would hang whoever opens it, or lose the words that were read to tell its format."""
    os.mkfifo("plan.txt")
    (found,) = find(["."])
    assert (
        told(found)
        == "! plan.txt: it is no plain file but a pipe or a device; hand it over as standard input, named '-'."
    )
