"""Folded text to words, quickly, and their places when somebody asks.

A word is a run of letters, digits and marks; in scripts that write without spaces it is one character.
A possessive `'s` is no word. All other punctuation separates.
"""

from __future__ import annotations

import re

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(f"[{_UNSPACED}]|[^ {_UNSPACED}]+")
_CHARACTERS_A_WORD = 3
_POSSESSIVE = re.compile(r"'s\b")


class _Separators(dict[int, int]):
    """A table for `str.translate` that learns: what is no part of a word becomes a blank."""

    def __missing__(self, code: int) -> int:
        self[code] = code if f"a{chr(code)}".isidentifier() else ord(" ")
        return self[code]


_SEPARATORS = _Separators({ord("_"): ord(" ")})


def split(folded: str) -> list[str]:
    """Give the words of a folded text, in order."""
    spaced = _spaced(folded)
    return spaced.split() if folded.isascii() or not _HAS_UNSPACED.search(spaced) else _WORD.findall(spaced)


def count(folded: str) -> int:
    """Count words as a reader would: in scripts that write without spaces, three characters for one."""
    found = split(folded)
    unspaced = sum(len(word) == 1 and bool(_HAS_UNSPACED.match(word)) for word in found)
    return len(found) - unspaced + -(-unspaced // _CHARACTERS_A_WORD)


def places(folded: str) -> list[tuple[int, int]]:
    """Give the half-open span of each word that `split` gives."""
    return [match.span() for match in _WORD.finditer(_spaced(folded))]


def _spaced(folded: str) -> str:
    if "'s" in folded:
        folded = _POSSESSIVE.sub("  ", folded)
    return folded.translate(_SEPARATORS)
