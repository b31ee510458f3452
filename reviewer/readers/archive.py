"""Guards for packed Office files (DOCX, PPTX, XLSX): what they may unpack to is known before anything is unpacked.

Nothing is ever written to the disk, so that the paths in an archive lead nowhere.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from reviewer.errors import TooLarge, UnreadableDocument

if TYPE_CHECKING:
    from reviewer.readers.limits import Limits
    from reviewer.submission import Source

# Deflate packs no better than this, so that a small archive can not hide a large one behind false sizes.
BEST_RATIO = 1_032
ABSURD_RATIO = 500
LEAST_BYTES_OF_A_BOMB = 10_000_000
PIECE_BYTES = 16_384

_ENCRYPTED = 0x1
_HEADER_BYTES = 30
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What the library raises for an archive that does not hold together, down to places before its start.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_CORRUPT = "it is damaged or cut off ({error}); open it in its own program, save it again, and send that."
_BOMB = "it is packed like a bomb ({what}); open it in its own program, save it again, and send that."


def check(data: bytes, source: Source, limits: Limits) -> zipfile.ZipFile:
    """Open a packed Office file once nothing about it can do harm.

    Raises `TooLarge` for more parts or bytes than `limits` allow, and `UnreadableDocument` for an archive that is
    damaged, locked, ambiguous, or packed as only bombs are.
    """
    try:
        opened = zipfile.ZipFile(BytesIO(data))
    except BROKEN as error:
        raise damaged(source, error) from error
    members = opened.infolist()
    _refuse_too_much(members, source, limits)
    _refuse_odd(members, source)
    _refuse_bombs(members, len(data), source)
    if len(data) * BEST_RATIO > limits.max_expanded_bytes:
        _refuse_false_sizes(members, data, source)
    return opened


def unpack(opened: zipfile.ZipFile, name: str, source: Source) -> bytes:
    """Give what is packed under a name, never more than the archive declares; raises `UnreadableDocument`."""
    try:
        return opened.read(name)
    except BROKEN as error:
        raise damaged(source, error) from error


def damaged(source: Source, error: Exception | str) -> UnreadableDocument:
    """Make the error for a file that no longer holds together."""
    return UnreadableDocument(_CORRUPT.format(error=" ".join(str(error).split()).rstrip(".")), source=str(source))


def _refuse_too_much(members: list[zipfile.ZipInfo], source: Source, limits: Limits) -> None:
    if len(members) > limits.max_parts:
        message = (
            f"it packs {len(members):,} parts, more than the limit of {limits.max_parts:,}; "
            "split it, or raise the limit (max_parts)."
        )
        raise TooLarge(message, source=str(source))
    expanded = sum(member.file_size for member in members)
    if expanded > limits.max_expanded_bytes:
        message = (
            f"it unpacks to {expanded:,} bytes, more than the limit of {limits.max_expanded_bytes:,}; "
            "make its pictures smaller, split it, or raise the limit (max_expanded_bytes)."
        )
        raise TooLarge(message, source=str(source))


def _refuse_odd(members: list[zipfile.ZipInfo], source: Source) -> None:
    if locked := next((member for member in members if member.flag_bits & _ENCRYPTED), None):
        message = f"its part {locked.filename!r} is locked with a password; save it without one."
        raise UnreadableDocument(message, source=str(source))
    if odd := next((member for member in members if member.compress_type not in _METHODS), None):
        message = f"its part {odd.filename!r} is packed in a way that Office never writes; save it again in Office."
        raise UnreadableDocument(message, source=str(source))
    name, count = next(iter(Counter(member.filename for member in members).most_common(1)), ("", 0))
    if count > 1:
        message = f"it holds {count} parts named {name!r}, so that two programs may read two texts; save it again."
        raise UnreadableDocument(message, source=str(source))


def _refuse_bombs(members: list[zipfile.ZipInfo], size: int, source: Source) -> None:
    if sum(member.compress_size for member in members) > size:
        raise UnreadableDocument(_BOMB.format(what="its parts overlap"), source=str(source))
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if ratio > BEST_RATIO or (ratio > ABSURD_RATIO and member.file_size > LEAST_BYTES_OF_A_BOMB):
            what = f"{member.filename!r} unpacks to {ratio:,.0f} times its size"
            raise UnreadableDocument(_BOMB.format(what=what), source=str(source))


def _refuse_false_sizes(members: list[zipfile.ZipInfo], data: bytes, source: Source) -> None:
    """Unpack all once, in pieces, since readers of sheets trust the stream and not the size that is declared."""
    for member in members:
        if member.compress_type == zipfile.ZIP_DEFLATED and _unpacks_to_more(member, data, source):
            what = f"{member.filename!r} unpacks to more than the {member.file_size:,} bytes that it declares"
            raise UnreadableDocument(_BOMB.format(what=what), source=str(source))


def _unpacks_to_more(member: zipfile.ZipInfo, data: bytes, source: Source) -> bool:
    at = member.header_offset
    name, extra = (int.from_bytes(data[at + start : at + start + 2], "little") for start in (26, 28))
    begin = at + _HEADER_BYTES + name + extra
    inflating, count = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        for start in range(begin, begin + member.compress_size, PIECE_BYTES):
            count += len(inflating.decompress(data[start : min(start + PIECE_BYTES, begin + member.compress_size)]))
            if count > member.file_size:
                return True
    except zlib.error as error:
        raise damaged(source, error) from error
    return False
