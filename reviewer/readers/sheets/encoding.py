"""In which encoding a file of rows is, told by all of it: one bad row far down must not garble the others."""

from __future__ import annotations

import codecs
import io
import re
from contextlib import closing
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from typing import BinaryIO

LEGACY = "windows-1252"
_CHUNK = 1_048_576
_HEAD = 4_096
_BYTES_A_CHARACTER = 4
_UTF8_LETTER = re.compile(rb"[\xc3-\xcf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# UTF-32 before UTF-16, whose mark is the start of the other's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Encoding(NamedTuple):
    """The name of the encoding; `mixed` if some lines are in Windows-1252 and others in UTF-8."""

    name: str
    mixed: bool = False


def detect(file: BinaryIO) -> Encoding:
    """Tell the encoding of a file by its mark or by all of its bytes; memory does not grow with the file."""
    head = file.read(_HEAD)
    if name := next((name for mark, name in _MARKS if head.startswith(mark)), None) or _without_mark(head):
        return Encoding(name)
    file.seek(0)
    if _is_utf8(file):
        return Encoding("utf-8-sig")
    file.seek(0)
    return Encoding("utf-8-sig", mixed=True) if _has_utf8_letters(file) else Encoding(LEGACY)


def _without_mark(head: bytes) -> str | None:
    """Tell UTF-16 by its zeros: every other byte of Latin text is one."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        places = head[offset::2]
        others = head[1 - offset :: 2]
        if places.count(0) > len(head) // 5 and not others.count(0):
            return name
    return None


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in iter(partial(file.read, _CHUNK), b""):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8_letters(file: BinaryIO) -> bool:
    """Whether any letters beyond ASCII are good UTF-8; in Windows-1252, none are but by a rare chance."""
    return any(_UTF8_LETTER.search(line) for line in iter(partial(file.readline, _CHUNK), b""))


def lines(opened: Callable[[], BinaryIO], encoding: Encoding, most: int, odd: list[str]) -> Generator[str]:
    """Read the lines with their ends, a longer one in pieces, of which each but the last has over `most` characters.

    A line of a mixed file that is not UTF-8 is added to `odd`, too.
    """
    with opened() as file:
        if encoding.mixed:
            yield from _mixed(file, most, odd)
            return
        with io.TextIOWrapper(file, encoding.name, errors="replace", newline="") as text:
            yield from iter(partial(text.readline, most + 1), "")


def _mixed(file: BinaryIO, most: int, odd: list[str]) -> Iterator[str]:
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    for line in iter(partial(file.readline, _BYTES_A_CHARACTER * (most + 1)), b""):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode(LEGACY, errors="replace")
            odd.append(text)
            yield text


def sample(opened: Callable[[], BinaryIO], encoding: Encoding, count: int) -> list[str]:
    """Read the first lines, each of at most a million characters."""
    with closing(lines(opened, encoding, _CHUNK, [])) as all_lines:
        return list(islice(all_lines, count))
