"""The rules, filed once a language and kept beside their sources, as Python keeps its own compiled modules.

Reading and filing tens of thousands of phrases takes longer than reviewing a text.
The result is plain data under the digest of all sources, so that a changed rule is never overlooked;
it lies where Python would put a compiled module, and where that cannot be written, filing is done anew each time.
A language is filed and loaded when a text is in it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer import loading
from reviewer.filing import Index
from reviewer.likeness import Scales
from reviewer.matching import Matcher
from reviewer.rule import Language, Library, Rule, Stance
from reviewer.rulebook import Part, Rulebook
from reviewer.ruling import Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable

_FORM = b"14"  # count on when the filed form changes
_DIGITS = 16
_NOT_READ = frozenset({"cases", "glossary.toml"})


def rules(own: tuple[Traversable, ...] = ()) -> Rules:
    """Give the shipped rules and those in the folders `own`, compiled language by language as texts ask for them.

    What `matchers` compiles raises `PolicyError` with every issue if the rules do not work together.
    """
    return _rules(own, tuple(_digest(_sources(folder)) for folder in own))


@cache
def _rules(own: tuple[Traversable, ...], digests: tuple[str, ...]) -> Rules:
    """Compile them once, as long as those of the house stay as they are."""
    digest = "\n".join((_digest(_sources(loading.uses())), *digests))

    @cache
    def matchers(language: str) -> tuple[Matcher, ...]:
        return tuple(compiled(language, Part.TELLING))

    @cache
    def supporters(language: str) -> tuple[Matcher, ...]:
        return tuple(compiled(language, Part.SUPPORTING))

    def compiled(language: str, part: Part) -> Iterator[Matcher]:
        yield Matcher(rulebook(language, part=part))
        for book in (own_rulebook(language, folder, part) for folder in own):
            if book.rules:
                yield Matcher(book)

    return Rules(frozenset(loading.languages()), digest, matchers, supporters)


def rulebook(language: str, folder: Traversable | None = None, part: Part = Part.TELLING) -> Rulebook:
    """Give the rules in `folder`, by default the shipped ones, in one language.

    Raises `PolicyError` with every issue if they do not work together.
    """
    folder = folder or loading.uses()
    digest = _digest(_of_language(folder, language))
    return _filed(language, part, folder, digest, lambda: loading.library_from(folder, language))


def own_rulebook(language: str, folder: Traversable, part: Part = Part.TELLING) -> Rulebook:
    """Give the rules that a policy brings itself in one language; they may name the shipped concepts."""
    digest = _digest(_of_language(folder, language), _of_language(loading.uses(), language))
    return _filed(language, part, folder, digest, lambda: loading.own_library(folder, language))


def _filed(language: str, part: Part, folder: Traversable, digest: str, load: Callable[[], Library]) -> Rulebook:
    """Give the filed rules under this digest, or file them."""
    file = _kept_at(folder, f"{language}-{part}", digest)
    kept = _load(file) if file else None
    if kept is not None:
        return kept
    from reviewer.checking import sound_rulebook

    book = sound_rulebook(load(), language, part)
    if file:
        _keep(book, file)
    return book


def _digest(*sources: Iterator[Traversable]) -> str:
    """Give the SHA-256 of the names and bytes of sources."""
    digest = hashlib.sha256(_FORM)
    for file in (file for some in sources for file in some):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _of_language(folder: Traversable, language: str) -> Iterator[Traversable]:
    """Give the sources of one language, and the rules that languages share."""
    for name in ("rules", language):
        if (folder / name).is_dir():
            yield from _sources(folder / name)


def _sources(folder: Traversable) -> Iterator[Traversable]:
    """Give everything that a review goes by; cases and the glossary are no part of it."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name in _NOT_READ:
            continue
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def _kept_at(folder: Traversable, name: str, digest: str) -> Path | None:
    """Give the place of the filed rules, or None where the sources lie in an archive."""
    if not isinstance(folder, Path):
        return None
    place = Path(importlib.util.cache_from_source(folder / f"{name}.py"))
    return place.with_name(f"{place.stem}.{digest[:_DIGITS]}.rules")


def _load(file: Path) -> Rulebook | None:
    """Load filed rules; None if there are none, or what is there is damaged."""
    try:
        rules, language, filed, scales, stance = marshal.loads(file.read_bytes())  # noqa: S302  as trusted as a .pyc beside it
        made = tuple(map(Rule.model_validate, rules)), Language.model_validate(language), Index(*filed)
        fitted = Scales(*scales) if scales else None, Stance.model_validate(stance) if stance else None
        return Rulebook(*made, *fitted)
    except (OSError, EOFError, ValueError, TypeError):
        return None


def _keep(book: Rulebook, file: Path) -> None:
    """Write filed rules whole or not at all, and clear away those of earlier sources."""
    plain: tuple[Any, ...] = (
        [rule.model_dump(mode="json") for rule in book.rules],
        book.language.model_dump(mode="json"),
        tuple(book.filed),
        tuple(book.scales or ()),
        book.stance.model_dump(mode="json") if book.stance else None,
    )
    with suppress(OSError):  # a read-only installation files anew each time
        file.parent.mkdir(exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(marshal.dumps(plain))
        for earlier in file.parent.glob(f"{file.name.split('.')[0]}.*.rules"):
            earlier.unlink(missing_ok=True)
        unfinished.replace(file)
