"""Letters within a cell that have a colour or a size of their own, and those of them that nobody sees."""

from __future__ import annotations

import re
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple

from lxml import etree

from reviewer.readers.office.colour import WHITE, is_lost, why_lost
from reviewer.readers.sheets import inks
from reviewer.readers.sheets.row import Piece
from reviewer.readers.sheets.values import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml.etree import _Element as Element

_PIECE = 1_048_576
# Longer than the switch that is looked for.
_OVERLAP = 16
# In UTF-16, which Office does not write, a NUL stands beside every letter.
_RICH = re.compile(rb"[<:]rPr[\s>]|\0")


class Run(NamedTuple):
    """Letters of one look; the colour and the size are None where they are those of the cell."""

    text: str
    ink: str | None
    size: float | None


class Lost(NamedTuple):
    """Letters, and why nobody sees them, if that is so."""

    text: str
    why: str


def shared(opened: Callable[[], IO[bytes]], grounds: Iterable[str]) -> Mapping[str, tuple[Run, ...]]:
    """Give, by the numbers that cells use, the common texts with letters that are lost on one of these grounds.

    Raises `lxml.etree.XMLSyntaxError`.
    """
    if not _is_rich(opened):
        return {}
    behind = {WHITE, *grounds}
    with opened() as file:
        texts = enumerate(map(of_text, _elements(file)))
        return {str(number): runs for number, runs in texts if any(lost(runs, ground) for ground in behind)}


def _is_rich(opened: Callable[[], IO[bytes]]) -> bool:
    with opened() as file:
        rest = b""
        for piece in iter(partial(file.read, _PIECE), b""):
            if _RICH.search(rest + piece):
                return True
            rest = piece[-_OVERLAP:]
    return False


def _elements(file: IO[bytes]) -> Iterator[Element]:
    reading = etree.iterparse(file, tag="{*}si", resolve_entities=False, no_network=True, load_dtd=False)
    for _, element in reading:
        yield element
        # Texts that were read stay in the tree otherwise.
        element.clear()
        if (above := element.getparent()) is not None:
            del above[: above.index(element)]


def of_text(element: Element) -> tuple[Run, ...]:
    """Give the runs of a common text or of one in its cell, without what tells how it is spoken."""
    return tuple(_runs(element))


def _runs(element: Element) -> Iterator[Run]:
    for part in element.iterchildren("{*}t", "{*}r"):
        if etree.QName(part).localname == "t":
            yield Run(part.text or "", None, None)
            continue
        look = part.find("{*}rPr")
        ink = None if look is None else inks.ink(look.find("{*}color"))
        size = None if look is None else inks.size(look.find("{*}sz"))
        yield Run(part.findtext("{*}t") or "", ink, size)


def lost(runs: Iterable[Run], ground: str) -> tuple[Lost, ...]:
    """Tell of each run why nobody sees it on this ground; empty if all can be seen."""
    told = tuple(Lost(run.text, _why(run, ground)) for run in runs)
    return told if any(run.why and run.text.strip() for run in told) else ()


def _why(run: Run, ground: str) -> str:
    if run.size is not None and run.size < inks.SMALLEST:
        return inks.too_small(run.size)
    return why_lost(ground) if is_lost(run.ink, ground) else ""


def cut(cell: str, runs: Iterable[Lost]) -> tuple[Piece, ...]:
    """Cut the cleaned text of a cell where its runs end; where the two do not agree, all of it is lost."""
    parts = [Lost(whole(run.text), run.why) for run in runs]
    if "".join(part.text for part in parts).strip() != cell:
        return (Piece("", cell, next(part.why for part in parts if part.why)),)
    pieces: list[Piece] = []
    gap = ""
    for part in parts:
        if text := part.text.strip():
            start = part.text.index(text)
            pieces.append(Piece(gap + part.text[:start] if pieces else "", text, part.why))
            gap = part.text[start + len(text) :]
        else:
            gap += part.text
    return tuple(pieces)
