"""A paragraph in the making: pieces that look alike are joined, and blanks fold as on a page."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(r"  +")
_BREAKS = re.compile(r" ?\n ?")


class Piece(NamedTuple):
    """Words of one look; `gap` is what stands between them and the piece before."""

    text: str
    hidden: str = ""
    is_own: bool = False
    label: str | None = None
    gap: str = " "


class Passage:
    """Collects the pieces of a paragraph or a cell."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.prefix = ""
        self.is_plain = False
        self._pieces: list[Piece] = []

    def add(self, piece: Piece) -> None:
        """Add words as the page has them; in a plain passage, blanks and breaks are the author's."""
        self._pieces.append(piece if self.is_plain else piece._replace(text=_BLANKS.sub(" ", piece.text)))

    def line(self) -> None:
        """Begin a new line."""
        self._glue("\n")

    def space(self) -> None:
        """Keep what follows apart from what was before."""
        self._glue(" ")

    def take(self) -> list[Piece]:
        """Give the pieces, folded, and begin anew; a prefix waits until there are words for it."""
        pieces = [piece for piece in self._joined() if piece.text]
        if pieces and self.prefix:
            pieces[0] = pieces[0]._replace(text=self.prefix + pieces[0].text)
            self.prefix = ""
        self._pieces, self.is_plain = [], False
        return pieces

    def _glue(self, blank: str) -> None:
        if self._pieces:
            self._pieces.append(self._pieces[-1]._replace(text=blank))

    def _joined(self) -> list[Piece]:
        groups: list[tuple[Piece, list[str]]] = []
        for piece in self._pieces:
            if groups and (piece[1:] == groups[-1][0][1:] or piece.text.isspace()):
                groups[-1][1].append(piece.text)
            else:
                groups.append((piece, [piece.text]))
        joined: list[Piece] = []
        before = ""
        for first, texts in groups:
            whole = self._folded("".join(texts))
            text = whole.strip()
            between = before + whole[: len(whole) - len(whole.lstrip())]
            joined.append(first._replace(text=text, gap="\n" if "\n" in between else between[:1]))
            before = whole[len(whole.rstrip()) :] if text else between
        return joined

    def _folded(self, text: str) -> str:
        return text if self.is_plain else _BREAKS.sub("\n", _SPACES.sub(" ", text))
