"""A file that is there in full or as it was before, whatever happens while it is written."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from reviewer.errors import SettingsError
from reviewer.run import Entry

if TYPE_CHECKING:
    from pathlib import Path

# Each call streams the entries anew, so that they can be counted first and written after.
Entries = Callable[[], Iterable[Entry]]

_ANY_WRITE = 0o222
_CURE = "close it where it is open, or name another"
_CURES = {
    errno.ENOSPC: "make room there, or name another",
    errno.EDQUOT: "make room there, or name another",
    errno.ENOENT: "make its folder first, or name another",
    errno.ENOTDIR: "name one in a folder",
    errno.EISDIR: "name a file in it",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EROFS: "name another",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write; it takes the place of `path` when the block ends, and only if it ends well.

    A device or a pipe is written to directly, since nothing may take its place.
    Raises `SettingsError` with the cure if it cannot be written; the file there is then as it was.
    """
    with _telling(path):
        target = path.resolve()
        with target.open("wb") if _is_special(target) else _beside(target) as file:
            yield file


def refuse_unwritable(path: Path) -> None:
    """Raise what `replacing` would raise, before the work is done that is to be written; nothing stays behind."""
    with _telling(path):
        target = path.resolve()
        if not _is_special(target):
            _refuse_unwritable(target)
            temporary = _temporary(target)
            temporary.touch(exist_ok=False)
            temporary.unlink()


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn the errors of a disk into a `SettingsError` with the cure."""
    try:
        yield
    except OSError as error:
        cure = _CURES.get(error.errno or 0, _CURE)
        why = (error.strerror or str(error)).lower()
        raise SettingsError(f"The file {str(path)!r} cannot be written: {why}; {cure}.") from error


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    _refuse_unwritable(target)
    temporary = _temporary(target)
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _temporary(target: Path) -> Path:
    # By name, and not by `tempfile`, so that the file is as readable for colleagues as any other.
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")


def _refuse_unwritable(target: Path) -> None:
    """Refuse what a replacement would pass over in silence: a folder, and a file that is marked as read-only."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.stat().st_mode & _ANY_WRITE:
        raise PermissionError(errno.EACCES, "it is read-only")
