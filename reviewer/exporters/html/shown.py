"""Text under review made harmless to look at: what cannot be seen is shown by its code, and lines stay lines."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def shown(text: str) -> str:
    """Keep line breaks and tabs; show control, invisible and direction-changing characters as `<U+202E>`."""
    if _is_plain(text):
        return text
    return "".join(map(_shown, _BREAKS.sub("\n", text)))


def everywhere(value: object) -> object:
    """Do the same to every text within lists and dictionaries."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, (list, tuple)):
        return [everywhere(part) for part in value]
    if isinstance(value, dict):
        return {everywhere(name): everywhere(part) for name, part in value.items()}
    return value


def _is_plain(text: str) -> bool:
    return text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable()


def _shown(character: str) -> str:
    if character in "\n\t" or character.isprintable():
        return character
    return " " if unicodedata.category(character) == "Zs" else f"<U+{ord(character):04X}>"
