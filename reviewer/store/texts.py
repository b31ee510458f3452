"""How values, keys and names are written into a text column, so that every code point comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from pydantic_core import PydanticSerializationError

from reviewer.identity import text_digest

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.main import IncEx

_V = TypeVar("_V", bound="BaseModel")
LONGEST_NAME = 80
_DIGEST_MARK = "sha256:"


def to_json(value: BaseModel, exclude: IncEx | None = None) -> str:
    """Write a value as JSON without what is as by default; NUL is escaped, which PostgreSQL could not keep."""
    # A default of these values is part of what is kept: whoever changes one writes a migration.
    try:
        return value.model_dump_json(exclude=exclude, exclude_defaults=True)
    except PydanticSerializationError:
        # Half of a surrogate pair is in it, which pydantic refuses; a file's name or a cut reply may hold one.
        return json.dumps(value.model_dump(mode="json", exclude=exclude, exclude_defaults=True))


def from_json(kind: type[_V], text: str) -> _V:
    """Read what `to_json` wrote; raises `ValueError` for what is no such value."""
    return kind.model_validate(json.loads(text))


def escaped(text: str) -> str:
    """Write any text so that both databases can keep it: as it is, or as JSON where that could not be kept."""
    return json.dumps(text) if _is_awkward(text) else text


def unescaped(text: str) -> str:
    """Undo `escaped`."""
    return str(json.loads(text)) if text.startswith('"') else text


def name_of(key: str) -> str:
    """Give a short text that stands for a key in an index: the key itself, or a digest of it where it is long."""
    if len(key) <= LONGEST_NAME and not key.startswith(_DIGEST_MARK) and not _is_awkward(key):
        return key
    return _DIGEST_MARK + text_digest(json.dumps(key))


def key_of(name: str, key: str | None) -> str:
    """Give the key that a name stands for; `key` is what was kept beside a digest."""
    return name if key is None else unescaped(key)


def _is_awkward(text: str) -> bool:
    if text.startswith('"') or "\0" in text:
        return True
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)
