"""Packed files that are made to do harm, and those that only look like it."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from reviewer.errors import InputError, TooLarge, UnreadableDocument
from reviewer.readers import archive
from reviewer.readers.limits import Limits
from reviewer.submission import Source
from tests.readers import office

SOURCE = Source(file="plan.docx")


def refused(data: bytes, limits: Limits | None = None) -> str:
    """Give the sentence with which an archive is refused."""
    with pytest.raises(InputError) as caught:
        archive.check(data, SOURCE, limits or Limits())
    return str(caught.value)


def test_an_ordinary_archive_is_opened() -> None:
    """What does no harm can be unpacked at once."""
    opened = archive.check(office.packed({"a.xml": "<a/>", "b.xml": b""}), SOURCE, Limits())
    assert archive.unpack(opened, "a.xml", SOURCE) == b"<a/>"


def test_too_many_bytes_name_the_limit() -> None:
    """A file that unpacks to more than the limit is refused before it is unpacked."""
    data = office.packed({"a.xml": "words " * 1_000})
    with pytest.raises(TooLarge, match=r"plan\.docx: it unpacks to 6,000 bytes, more than the limit of 5,999"):
        archive.check(data, SOURCE, Limits(max_expanded_bytes=5_999))


def test_too_many_parts_name_the_limit() -> None:
    """A file of very many small parts is refused, too."""
    data = office.packed({f"{number}.xml": "" for number in range(11)})
    with pytest.raises(TooLarge, match="packs 11 parts, more than the limit of 10"):
        archive.check(data, SOURCE, Limits(max_parts=10))


def test_a_bomb_is_refused_by_its_ratio() -> None:
    """Twenty million blanks in twenty thousand bytes are no document, even where the limits would allow them."""
    data = office.packed({"word/document.xml": b" " * 20_000_000})
    assert "'word/document.xml' unpacks to 1,0" in refused(data)


def test_a_false_size_is_found_out() -> None:
    """A part that declares 10 bytes and unpacks to more is a bomb in disguise."""
    data = with_sizes(office.packed({"xl/sheet.xml": "x" * 5_000}), 10)
    assert "unpacks to more than the 10 bytes that it declares" in refused(data, Limits(max_expanded_bytes=50_000))


def test_a_false_size_never_unpacks_to_more() -> None:
    """Where the archive is too small to do harm, what is unpacked still ends at the size that it declares."""
    data = with_sizes(office.packed({"word/document.xml": "x" * 5_000}), 10)
    with pytest.raises(UnreadableDocument, match="damaged"):
        archive.unpack(archive.check(data, SOURCE, Limits()), "word/document.xml", SOURCE)


def test_overlapping_parts_are_a_bomb() -> None:
    """Parts that share their bytes declare more of them than the file has."""
    data = office.packed({"a.xml": bytes(range(256)) * 4})
    at = data.index(b"PK\x01\x02")
    assert "its parts overlap" in refused(data[: at + 20] + struct.pack("<I", 5_000) + data[at + 24 :])


def test_a_locked_part_is_named() -> None:
    """A part behind a password can not be read, and the cure is said."""
    data = office.packed({"a.xml": "<a/>"})
    at = data.index(b"PK\x01\x02")
    assert "'a.xml' is locked with a password" in refused(data[: at + 8] + b"\x01" + data[at + 9 :])


def test_two_parts_of_one_name_are_refused() -> None:
    """What one program shows and another reads must not be two texts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr("word/document.xml", "<first/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            opened.writestr("word/document.xml", "<second/>")
    assert "2 parts named 'word/document.xml'" in refused(stream.getvalue())


def test_an_unknown_packing_is_refused() -> None:
    """Office packs in one way; others can take memory without end."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("a.xml", "<a/>")
    assert "packed in a way that Office never writes" in refused(stream.getvalue())


@pytest.mark.parametrize("kept", [0, 10, 100, -10])
def test_a_cut_file_is_damaged(kept: int) -> None:
    """A download that broke off is said to be cut off."""
    data = office.packed({"a.xml": bytes(range(256))})
    assert "it is damaged or cut off" in refused(data[:kept])


def test_damage_within_a_part_is_found_when_it_is_unpacked() -> None:
    """Flipped bytes do not pass for words."""
    data = bytearray(office.packed({"a.xml": bytes(range(256))}))
    data[60:70] = b"\xff" * 10
    opened = archive.check(bytes(data), SOURCE, Limits())
    with pytest.raises(UnreadableDocument, match="damaged"):
        archive.unpack(opened, "a.xml", SOURCE)


def test_damage_is_found_while_sizes_are_checked() -> None:
    """A stream that can not be unpacked is damage, and no crash."""
    data = bytearray(office.packed({"a.xml": "words and more words " * 50}))
    data[36:46] = b"\xff" * 10
    assert "it is damaged" in refused(bytes(data), Limits(max_expanded_bytes=10_000))


def with_sizes(data: bytes, size: int) -> bytes:
    """Let the only part of an archive declare another size, in both places where it stands."""
    at = data.index(b"PK\x01\x02")
    declared = struct.pack("<I", size)
    return data[:22] + declared + data[26 : at + 24] + declared + data[at + 28 :]


def test_a_part_that_begins_before_the_file_is_damaged() -> None:
    """Bytes that were lost on the way move all parts, the first one to a place that does not exist."""
    data = office.packed({"a.xml": "<a/>", "b.xml": "<b/>"})
    opened = archive.check(data[:8] + data[20:], SOURCE, Limits())
    with pytest.raises(UnreadableDocument, match="damaged or cut off"):
        archive.unpack(opened, "a.xml", SOURCE)


def test_what_a_library_says_is_put_on_one_line() -> None:
    """Its messages may hold line breaks, and ours are one sentence."""
    assert "(first second)" in str(archive.damaged(SOURCE, "first\n second."))
