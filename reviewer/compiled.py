"""The shipped rules, filed once and kept beside their sources, as Python keeps its own compiled modules.

Reading and filing tens of thousands of phrases takes longer than reviewing a text.
The result is plain data under the digest of all sources, so that a changed rule is never overlooked;
it lies where Python would put a compiled module, and where that cannot be written, filing is done anew each time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer import loading
from reviewer.matching import Rulebook
from reviewer.rule import Language, Rule
from reviewer.vocabulary import Index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

LANGUAGE = "en"

_FORM = b"6"  # count on when the filed form changes
_DIGITS = 16


def rulebook(language: str, folder: Traversable | None = None) -> tuple[Rulebook, str]:
    """Give the rules in `folder`, by default the shipped ones, in one language, and the digest of their sources.

    Raises `PolicyError` with every issue if they do not work together.
    """
    folder = folder or loading.uses()
    digest = _digest(folder)
    file = _kept_at(folder, language, digest)
    kept = _load(file) if file else None
    if kept is not None:
        return kept, digest
    from reviewer.checking import sound_rulebook

    book = sound_rulebook(loading.library_from(folder), language)
    if file:
        _keep(book, file)
    return book, digest


def _digest(folder: Traversable) -> str:
    """Give the SHA-256 of the names and bytes of everything that a review goes by; cases are no part of it."""
    digest = hashlib.sha256(_FORM)
    for file in _sources(folder):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "cases":
            yield from _sources(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def _kept_at(folder: Traversable, language: str, digest: str) -> Path | None:
    """Give the place of the filed rules, or None where the sources lie in an archive."""
    if not isinstance(folder, Path):
        return None
    place = Path(importlib.util.cache_from_source(folder / f"{language}.py"))
    return place.with_name(f"{place.stem}.{digest[:_DIGITS]}.rules")


def _load(file: Path) -> Rulebook | None:
    """Load filed rules; None if there are none, or what is there is damaged."""
    try:
        rules, language, filed = marshal.loads(file.read_bytes())  # noqa: S302  as trusted as Python's own .pyc beside it
        return Rulebook(tuple(map(Rule.model_validate, rules)), Language.model_validate(language), Index(*filed))
    except (OSError, EOFError, ValueError, TypeError):
        return None


def _keep(book: Rulebook, file: Path) -> None:
    """Write filed rules whole or not at all, and clear away those of earlier sources."""
    plain: tuple[Any, ...] = (
        [rule.model_dump(mode="json") for rule in book.rules],
        book.language.model_dump(mode="json"),
        tuple(book.filed),
    )
    with suppress(OSError):  # a read-only installation files anew each time
        file.parent.mkdir(exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(marshal.dumps(plain))
        for earlier in file.parent.glob(f"{file.name.split('.')[0]}.*.rules"):
            earlier.unlink(missing_ok=True)
        unfinished.replace(file)
