"""Mails for tests: EML by the standard library, and MSG by a small writer of compound files."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Tree = dict[str, "bytes | Tree"]

SECTOR, MINI, CUTOFF = 512, 64, 4_096
END, FREE, OF_FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
ROOT_KIND, FOLDER_KIND, FILE_KIND = 5, 1, 2
STRING, BINARY, NUMBER = 0x001F, 0x0102, 0x0003
UTF_8 = 65_001

SUBJECT, BODY, HTML, RICH, CODEPAGE, CLASS = 0x0037, 0x1000, 0x1013, 0x1009, 0x3FDE, 0x001A
NAME, DATA, METHOD, CONTENT_ID = 0x3707, 0x3701, 0x3705, 0x3712
LINKED, EMBEDDED = 2, 5


def eml(
    text: str | None = None,
    *,
    subject: str = "A proposal",
    html: str | None = None,
    attached: Sequence[tuple[str, bytes, str]] = (),
    nested: Sequence[EmailMessage] = (),
) -> EmailMessage:
    """Make a mail; `attached` are name, bytes and kind."""
    message = EmailMessage()
    message["From"] = "a.requester@example.com"
    message["To"] = "a.reviewer@example.com"
    message["Subject"] = subject
    if text is not None:
        message.set_content(text)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    for name, data, kind in attached:
        maintype, subtype = kind.split("/")
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    for inner in nested:
        message.add_attachment(inner)
    return message


def msg(
    values: Mapping[int, str | bytes | int], attached: Sequence[Tree] = (), *, head: int = 32, raw: Tree | None = None
) -> Tree:
    """Make a message as a tree; `values` are properties by number, `raw` streams are put over it."""
    tree = _properties(values, head)
    tree |= {f"__attach_version1.0_#{number:08X}": one for number, one in enumerate(attached)}
    return {**tree, **(raw or {})}


def attachment(values: Mapping[int, str | bytes | int], nested: Tree | None = None) -> Tree:
    """Make an attachment for `msg`; a nested message is made with `head=24`."""
    tree = _properties(values, 8)
    return {**tree, "__substg1.0_3701000D": nested} if nested is not None else tree


def compound(tree: Tree) -> bytes:
    """Write a compound file (version 3, sectors of 512 bytes) that holds `tree`."""
    entries: list[list[object]] = [["Root Entry", ROOT_KIND, tree, NONE, NONE]]
    _lay_out(entries)
    mini, mini_fat, large, starts = _sorted_by_size(entries)
    blobs = [b"\0" * (len(entries) * 128), _words(mini_fat), mini, *(content for _, content in large)]
    sectors = sum(-(-len(blob) // SECTOR) for blob in blobs)
    of_fat = next(count for count in range(1, 110) if count * 128 >= sectors + count)
    fat = [OF_FAT] * of_fat
    first: list[int] = []
    for blob in blobs:
        first.append(len(fat) if blob else END)
        fat += _chain(len(fat), len(blob), SECTOR)
    starts |= {number: first[3 + place] for place, (number, _) in enumerate(large)}
    starts[0] = first[2]
    blobs[0] = b"".join(_entry(entry, starts.get(number, END), len(mini)) for number, entry in enumerate(entries))
    numbers = (0x3E, 3, 0xFFFE, 9, 6, 0, of_fat, first[0], 0, CUTOFF, first[1], -(-len(blobs[1]) // SECTOR), END, 0)
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", *numbers)
    head += _padded(_words(range(of_fat)), 436, b"\xff")
    tables = [_padded(_words(fat), SECTOR, b"\xff"), _padded(blobs[0], SECTOR), _padded(blobs[1], SECTOR, b"\xff")]
    return b"".join([head, *tables, *(_padded(blob, SECTOR) for blob in blobs[2:])])


def _sorted_by_size(
    entries: list[list[object]],
) -> tuple[bytes, list[int], list[tuple[int, bytes]], dict[int, int]]:
    """Put small files into the stream of small ones: that stream, its chains, the large files, where each starts."""
    mini, chains, large, starts = b"", list[int](), list[tuple[int, bytes]](), dict[int, int]()
    for number, (_, kind, content, *_rest) in enumerate(entries):
        if kind != FILE_KIND or not isinstance(content, bytes):
            continue
        if len(content) >= CUTOFF:
            large.append((number, content))
        elif content:
            starts[number] = len(chains)
            mini += _padded(content, MINI)
            chains += _chain(len(chains), len(content), MINI)
    return mini, chains, large, starts


def _properties(values: Mapping[int, str | bytes | int], head: int) -> Tree:
    tree: Tree = {}
    listed = b"\0" * head
    for number, value in values.items():
        if isinstance(value, int):
            listed += struct.pack("<HHIII", NUMBER, number, 6, value, 0)
            continue
        kind, data = (STRING, value.encode("utf-16-le")) if isinstance(value, str) else (BINARY, value)
        listed += struct.pack("<HHIII", kind, number, 6, len(data) + 2 * (kind == STRING), 0)
        tree[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return {"__properties_version1.0": listed, **tree}


def _lay_out(entries: list[list[object]]) -> None:
    """Number all files and folders; those of one folder hang on each other as a chain to the right."""
    at = 0
    while at < len(entries):
        content = entries[at][2]
        if isinstance(content, dict) and content:
            entries[at][3] = len(entries)
            for name in sorted(content, key=lambda one: (len(one), one.upper())):
                inner = content[name]
                kind = FILE_KIND if isinstance(inner, bytes) else FOLDER_KIND
                entries.append([name, kind, inner, NONE, len(entries) + 1])
            entries[-1][4] = NONE
        at += 1


def _entry(entry: list[object], start: int, mini_bytes: int) -> bytes:
    name, kind, content, child, right = entry
    coded = f"{name}\0".encode("utf-16-le")
    size = mini_bytes if kind == ROOT_KIND else len(content) if isinstance(content, bytes) else 0
    start = 0 if kind == FOLDER_KIND else start
    return struct.pack("<64sHBBIII36xIQ", coded, len(coded), kind, 1, NONE, right, child, start, size)


def _chain(start: int, length: int, unit: int) -> list[int]:
    count = -(-length // unit)
    return [*range(start + 1, start + count), END] if count else []


def _padded(data: bytes, unit: int, filling: bytes = b"\0") -> bytes:
    return data + filling * (-len(data) % unit)


def _words(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)
