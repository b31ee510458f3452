"""Which files are meant: plain names, folders and patterns, each file once, in a steady order."""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import InputError, UnreadableDocument
from reviewer.readers.counting import counted
from reviewer.readers.documents import shown
from reviewer.readers.formats import HEAD_BYTES, Format, detect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# Files of these endings in a folder are meant, read or not; of others, only what is a document by its bytes.
_MEANT = re.compile(
    r"\.(?:txt|text|md|markdown|pdf|docx|docm|doc|pptx|pptm|ppt|xlsx|xlsm|xls|html|htm|xhtml|eml|msg|oft|csv|tsv|tab"
    r"|json|jsonl|ndjson|rtf)",
    re.IGNORECASE,
)
_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
_LOCK = "~$"
_MAGIC = "*?["
STANDARD_INPUT = Path("-")


def is_pattern(name: str) -> bool:
    """Tell whether a name may stand for several files."""
    return any(sign in name for sign in _MAGIC)


class Found(NamedTuple):
    """A file to read, and its name as people know it."""

    path: Path
    name: str


class Inputs:
    """The files that some names stand for; walk over it once, then ask what was left out.

    `repeated` are names of files that were found before, and `passed_over` counts those in folders that are no
    documents.
    """

    def __init__(self, named: Sequence[str], leave_out: Collection[Path] = ()) -> None:
        """Take names of files and folders, patterns that no shell has expanded, and `-` for standard input.

        `leave_out` are the store's own files.
        """
        self.repeated: list[str] = []
        self.passed_over = 0
        self._named = named
        self._left_out = {_identity(path) for path in leave_out}
        self._seen: set[object] = set()

    def __iter__(self) -> Iterator[Found | InputError]:
        """Give each file once, and in its place an error for a name that stands for none."""
        for name in self._named:
            path = Path(name)
            if path == STANDARD_INPUT:
                yield Found(path, "standard input")
            elif path.is_dir():
                yield from self._of_folder(path)
            elif not os.path.lexists(path) and is_pattern(name):
                yield from self._of_pattern(name)
            else:
                yield from self._once(path)

    def _of_pattern(self, pattern: str) -> Iterator[Found | InputError]:
        matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
        if not matches:
            message = "no file fits this pattern; check the folder and the ending."
            yield UnreadableDocument(message, source=_printable(pattern))
        for match in matches:
            path = Path(match)
            if not path.is_dir():
                yield from self._once(path)

    def _of_folder(self, folder: Path) -> Iterator[Found | InputError]:
        before, count = self.passed_over, 0
        for path in _walk(folder):
            if isinstance(path, InputError):
                count += 1
                yield path
            elif self._is_meant(path):
                count += 1
                yield from self._once(path)
        if not count:
            there = self.passed_over - before
            what = f"; {counted(there, 'other file')} left out" if there else ""
            message = f"there is no document in this folder{what}; name the files themselves to have them read."
            yield UnreadableDocument(message, source=shown(folder))

    def _is_meant(self, path: Path) -> bool:
        name = path.name.lower()
        if name.startswith((".", _LOCK)) or name in _SYSTEM or _identity(path) in self._left_out:
            return False
        if _MEANT.fullmatch(path.suffix) or _is_document(path):
            return True
        self.passed_over += 1
        return False

    def _once(self, path: Path) -> Iterator[Found | InputError]:
        """Give a file, or say that it is missing; the same file under another name is only kept in mind."""
        if (identity := _identity(path)) in self._left_out:
            message = "it is the store itself, which holds results and no submissions; name another file."
            yield UnreadableDocument(message, source=shown(path))
        elif identity in self._seen:
            self.repeated.append(shown(path))
        elif path.exists() and not path.is_file():
            # It gives its words only once, and a file is opened more than once: its first words would be lost.
            message = "it is no plain file but a pipe or a device; hand it over as standard input, named '-'."
            yield UnreadableDocument(message, source=shown(path))
        else:
            self._seen.add(identity)
            yield Found(path, shown(path)) if path.exists() else _missing(path)


def find(named: Sequence[str], leave_out: Collection[Path] = ()) -> Inputs:
    """Find the files that `named` stand for: files, folders with all in them, and patterns such as `intake/*.pdf`."""
    return Inputs(named, leave_out)


def _walk(folder: Path) -> Iterator[Path | InputError]:
    """Give the files of a folder and of those in it, by name; no folder twice, so that links in a circle end."""
    waiting, seen = [folder], set[object]()
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            yield path
            continue
        if (identity := _identity(path)) in seen:
            continue
        seen.add(identity)
        try:
            inner = sorted(path.iterdir(), key=lambda one: os.fsencode(one.name), reverse=True)
        except OSError as error:
            yield _refused(path, error)
            continue
        waiting += [one for one in inner if not one.name.startswith(".") or not one.is_dir()]


def _identity(path: Path) -> object:
    """Name a file by what it is on the disk, and one that is not there by its spelling."""
    try:
        status = path.stat()
    except OSError:
        return path.absolute()
    # Where a file system numbers no files, the spelling has to do.
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)


def _is_document(path: Path) -> bool:
    """Tell by the first bytes, without opening what is no plain file, such as a pipe that nobody writes to."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return True  # it is named where it is read, with the system's reason
    return detect(head, path.name) is not Format.TEXT


def _missing(path: Path) -> InputError:
    try:
        path.stat()
    except (OSError, ValueError) as error:
        return _refused(path, error)
    return UnreadableDocument("cannot be read: it came and went; name it again.", source=shown(path))


def _refused(path: Path, error: OSError | ValueError) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableDocument(f"cannot be read: {reason.lower()}.", source=shown(path))


def _printable(text: str) -> str:
    return os.fsencode(text).decode("utf-8", "backslashreplace")
