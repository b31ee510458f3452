"""Text to folded text, with a map back to the original.

Folding makes texts comparable that a reader would call the same: compatibility forms (NFKC),
case, diacritics on Latin letters, typographic quotes and dashes, invisible characters,
and Cyrillic or Greek letters that pose as Latin ones inside a Latin word.
It never changes which words stand there, and folding twice is folding once.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_MARK = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(rf"[^{_MARKS}][{_MARKS}]+|[^\x00-\x7f]", re.DOTALL)
_TYPOGRAPHY = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2014\u2015\ufe58", " - "),
    "\u0131": "i",
    **dict.fromkeys("\u0622\u0623\u0625\u0671", "\u0627"),
    **dict.fromkeys("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640", ""),
    "\u060c": ",",
    "\u3001": ",",
    "\u061b": ";",
    "\u061f": "?",
}
_POSING = str.maketrans("авекмнорстухіјѕһԁԛԝαεικνορτυ", "abekmhopctyxijshdqwaeikvoptu")
_POSER = re.compile("[авекмнорстухіјѕһԁԛԝαεικνορτυ]")
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[a-z]")
_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where its characters came from.

    `starts` are the folded offsets at which a run begins, `origins` the original ones;
    `lengths` is how many original characters a run replaced, or 0 where it copies one to one.
    """

    text: str
    original: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    lengths: tuple[int, ...] = (0,)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty half-open span of the folded text to one of the original."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        begins = self.origins[first] + (0 if self.lengths[first] else start - self.starts[first])
        ends = self.origins[last] + (self.lengths[last] or end - self.starts[last])
        return begins, ends

    def place(self, at: int) -> int:
        """Map an offset of the original to the folded text; within what was replaced, to where that begins."""
        run = bisect_right(self.origins, at) - 1
        return min(len(self.text), self.starts[run] + (0 if self.lengths[run] else at - self.origins[run]))


def fold(text: str) -> Folded:
    """Fold `text`; plain ASCII needs only its case folded, and no map."""
    if text.isascii():
        return Folded(text.lower(), text)
    return _fold_with_map(text)


def _fold_with_map(text: str) -> Folded:
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    length = done = 0

    def copy(upto: int) -> None:
        nonlocal length
        if upto > done:
            runs.append((length, done, 0))
            parts.append(text[done:upto].lower())
            length += upto - done

    for cluster in _CLUSTER.finditer(text):
        copy(cluster.start())
        done = cluster.end()
        if piece := fold_cluster(cluster.group()):
            runs.append((length, cluster.start(), done - cluster.start()))
            parts.append(piece)
            length += len(piece)
    copy(len(text))
    starts, origins, lengths = zip(*runs, strict=True) if runs else ((0,), (0,), (0,))
    return Folded(_unmask("".join(parts)), text, starts, origins, lengths)


def _unmask(folded: str) -> str:
    """Give Latin letters back to Latin words that borrow look-alikes; lengths stay."""
    if not _POSER.search(folded):
        return folded
    return _WORD.sub(_unmask_word, folded)


def _unmask_word(word: re.Match[str]) -> str:
    return word.group().translate(_POSING) if _LATIN.search(word.group()) else word.group()


@lru_cache(maxsize=65_536)
def fold_cluster(cluster: str) -> str:
    """Fold one character with the marks on it, until folding changes nothing."""
    for _ in range(_MOST_ROUNDS):
        folded = _fold_once(cluster)
        if folded == cluster:
            break
        cluster = folded
    return cluster


def _fold_once(cluster: str) -> str:
    plain = "".join(_TYPOGRAPHY.get(character, character) for character in cluster)
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", plain).casefold())
    kept = [c for c, keep in zip(apart, _kept(apart), strict=True) if keep]
    return unicodedata.normalize("NFKC", "".join(kept))


def _kept(apart: str) -> list[bool]:
    """Which characters stay: no format characters, no selectors, and accents only on scripts that live by them."""
    keep, base_takes_marks = [], False
    for character in apart:
        category = unicodedata.category(character)
        if _MARK.match(character):
            keep.append(base_takes_marks)
            continue
        base_takes_marks = category[0] in "LM" and not _is_latin(character)
        keep.append(category != "Cf" and not _is_selector(character))
    return keep


def _is_latin(character: str) -> bool:
    return character.isascii() or unicodedata.name(character, "").startswith("LATIN")


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
