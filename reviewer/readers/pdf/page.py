"""One page: its paragraphs, its hidden words, its fields and comments, and what on it is no text."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.readers.pdf import scene as scenes
from reviewer.readers.pdf.annotations import Comment, Field, annotated, pinned
from reviewer.readers.pdf.columns import in_order
from reviewer.readers.pdf.hiding import Inspector
from reviewer.readers.pdf.line import Column
from reviewer.readers.pdf.run import HYPHENS, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfFormEnv, PdfPage

    from reviewer.readers.pdf.line import Paragraph
    from reviewer.readers.pdf.run import Run

_PLAIN = {ord("\r"): "", **dict.fromkeys(map(ord, HYPHENS), "-")}


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that nobody sees, why, and after how many paragraphs of the page they stand."""

    text: str
    reason: str
    after: int


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds; `pictured` is the share of it that pictures take, `recognised` that its words lie behind."""

    paragraphs: tuple[Paragraph, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    comments: tuple[Comment, ...] = ()
    fields: tuple[Field, ...] = ()
    pinned: tuple[str, ...] = ()
    pictures: int = 0
    pictured: float = 0.0
    recognised: bool = False
    drawn: bool = False

    @property
    def has_text(self) -> bool:
        """Tell whether there are words on it, seen or not."""
        typed = any(comment.typed for comment in self.comments)
        return bool(self.paragraphs or self.hidden or typed or any(field.value for field in self.fields))

    @property
    def characters(self) -> int:
        """Tell how long its words are, hidden ones included, in code points."""
        lines = (line for paragraph in self.paragraphs for line in paragraph.lines)
        return sum(len(line.text) for line in lines) + sum(len(hidden.text) for hidden in self.hidden)


def read_page(page: PdfPage, form: PdfFormEnv | None, *, layers: bool = False) -> Page:
    """Read a page that is open, and leave it so; `layers` says that the file may draw forms in layers."""
    scene = scenes.look(page, layers=layers)
    with closing(page.get_textpage()) as text:
        inspector = Inspector(page, text, scene)
        rows = list(inspector.sorted(list(lines(text))))
    seen = [[run for run, reason in row if not reason] for row in rows]
    paragraphs = tuple(Column(in_order([row for row in seen if row])).paragraphs())
    found = list(annotated(page, form))
    return Page(
        paragraphs=paragraphs,
        hidden=tuple(_hidden(rows, paragraphs)),
        comments=tuple(one for one in found if isinstance(one, Comment)),
        fields=tuple(one for one in found if isinstance(one, Field)),
        pinned=tuple(pinned(page)),
        pictures=len(scene.pictures),
        pictured=scene.pictured,
        recognised=inspector.recognised,
        drawn=scene.is_drawn,
    )


def _hidden(rows: Sequence[list[tuple[Run, str]]], paragraphs: Sequence[Paragraph]) -> Iterator[Hidden]:
    """Give the hidden stretches, each as long as no seen word or other reason comes between."""
    places = sorted(
        (run.first, number)
        for number, paragraph in enumerate(paragraphs, 1)
        for line in paragraph.lines
        for run in line.runs
    )
    text, reason, begun = "", "", 0
    for row in [*rows, []]:
        for run, why in row:
            if why != reason:
                yield from _stretch(text, reason, begun, places)
                text, reason, begun = "", why, run.first
            text += run.text
    yield from _stretch(text, reason, begun, places)


def _stretch(text: str, reason: str, begun: int, places: Sequence[tuple[int, int]]) -> Iterator[Hidden]:
    """Give a stretch, unless it is seen or holds no letter or digit."""
    if reason and any(map(str.isalnum, text)):
        at = bisect_right(places, (begun, 0))
        yield Hidden(text.translate(_PLAIN), reason, places[at - 1][1] if at else 0)
