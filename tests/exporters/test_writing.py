"""Files that are there in full or not at all, and the format that their name stands for."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pytest

from reviewer.errors import SettingsError
from reviewer.exporters import formats
from reviewer.exporters.writing import refuse_unwritable, replacing
from reviewer.verdict import Decision
from tests.exporters import makers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.run import Entry

STARTS = {
    "csv": b"\xef\xbb\xbfTitle,",
    "xlsx": b"PK\x03\x04",
    "jsonl": b'{"run": 3',
    "md": b"## Run autumn",
    "html": b"<!doctype html>",
    "sarif": b'{"$schema"',
    "xml": b"<?xml",
}


@pytest.mark.parametrize("form", formats.FORMS)
def test_the_ending_names_the_format(tmp_path: Path, form: str) -> None:
    """Every format that is listed can be written, and leaves one file."""
    path = tmp_path / f"out.{form.upper()}"
    formats.write(path, makers.run(), makers.entries(*makers.every_kind()))
    assert path.read_bytes()[:40].lower().startswith(STARTS[form].lower())
    assert list(tmp_path.iterdir()) == [path]


def test_a_format_can_be_told(tmp_path: Path) -> None:
    """The name may then end as it likes, and `.sarif.json` is SARIF without being told."""
    formats.write(tmp_path / "report", makers.run(), makers.entries(), "jsonl")
    assert (tmp_path / "report").read_bytes() == b""
    assert formats.form_of(Path("x.SARIF.json")) == "sarif"


def test_what_cannot_be_written_is_known_beforehand(tmp_path: Path) -> None:
    """The question leaves nothing behind, and changes no file that is there."""
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    for name in ("out.csv", "new.csv"):
        refuse_unwritable(tmp_path / name)
    for name, cure in {"missing/out.csv": "make its folder first", "": "name a file in it"}.items():
        with pytest.raises(SettingsError, match=cure):
            refuse_unwritable(tmp_path / name)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(("name", "form"), [("out.ods", None), ("out", None), ("out.csv", "pdf")])
def test_an_unknown_format_lists_those_that_there_are(tmp_path: Path, name: str, form: str | None) -> None:
    """Nothing is written, and the choices are named."""
    with pytest.raises(SettingsError, match="csv, xlsx, jsonl, md, html, sarif, xml"):
        formats.write(tmp_path / name, makers.run(), makers.entries(), form)
    assert not list(tmp_path.iterdir())


def test_a_gate_on_referrals_reaches_the_format(tmp_path: Path) -> None:
    """What the caller fails on is what the report fails."""
    path = tmp_path / "out.xml"
    formats.write(path, makers.run(), makers.entries(makers.entry(1, "referred")), fail_on=Decision.REFER)
    assert b'failures="1"' in path.read_bytes()


@pytest.mark.parametrize("form", [form for form in formats.FORMS if form != "md"])
def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path, form: str) -> None:
    """An export that fails halfway changes nothing and leaves nothing beside."""

    def broken() -> Iterator[Entry]:
        yield makers.entry(1, "approved")
        raise KeyError("gone")

    path = tmp_path / f"out.{form}"
    path.write_bytes(b"yesterday's")
    with pytest.raises(KeyError):
        formats.write(path, makers.run(), broken)
    assert path.read_bytes() == b"yesterday's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_takes_over_the_rights_of_the_old_one(tmp_path: Path) -> None:
    """What colleagues could read they can read again, and a link stays a link."""
    path, link = tmp_path / "out.csv", tmp_path / "link.csv"
    path.write_bytes(b"")
    path.chmod(0o640)
    link.symlink_to(path)
    with replacing(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    """Somebody marked it so for a reason; the error names the file and the cure."""
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(SettingsError, match=r"out\.csv' cannot be written: it is read-only; close it .* or name anoth"):
        formats.write(path, makers.run(), makers.entries())
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A mistyped folder is made by nobody."""
    with pytest.raises(SettingsError, match="make its folder first"):
        formats.write(tmp_path / "no" / "out.csv", makers.run(), makers.entries())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder with such a name is not replaced."""
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(SettingsError, match="name a file in it"):
        formats.write(tmp_path / "out.csv", makers.run(), makers.entries())


@pytest.mark.parametrize("form", formats.FORMS)
def test_a_full_disk_is_said_to_be_full(form: str) -> None:
    """The device that is always full is written to directly, is not replaced, and the error says to make room."""
    full = Path("/dev/full")
    with pytest.raises(SettingsError, match="no space left on device; make room there"):
        formats.write(full, makers.run(), makers.entries(makers.entry(1, "approved")), form)
    assert full.is_char_device()


def _fill_up(file: BinaryIO) -> None:
    file.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path) -> None:
    """The half of the new one goes, the whole of the old one stays."""
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with pytest.raises(SettingsError, match="make room there"), replacing(path) as file:
        _fill_up(file)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])
