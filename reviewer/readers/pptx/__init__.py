"""PowerPoint files (PPTX): the words of each slide in the order of reading, each with its place.

Slides are counted from 1 in the order of the show, hidden ones, too.
Paragraphs are counted from 1 within a slide: those that are not empty, outside of tables, the title first, then from
top to bottom and from left to right. Tables count from 1 within a slide; cells are named as in a spreadsheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import TooLarge
from reviewer.readers.office.parts import RELATION, Package
from reviewer.readers.office.remarks import list_notes, not_read, refuse_pictures_alone, shortened
from reviewer.readers.pptx.names import NO, A, P
from reviewer.readers.pptx.palette import Palette
from reviewer.readers.pptx.shape import Tree
from reviewer.readers.pptx.slide import Deck, Slide
from reviewer.readers.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from reviewer.readers.limits import Limits
    from reviewer.readers.office.parts import Part
    from reviewer.submission import Source, Submission

USUAL_SIZE = (9_144_000, 6_858_000)
MOST_SLIDES_NAMED = 20


def read(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read a PowerPoint file; raises `UnreadableDocument`, `EmptySubmission` or `TooLarge`.

    Words that nobody sees are part of the text, with a remark; speaker notes, comments and hidden slides are notes;
    pictures, charts, recordings and embedded objects are counted as not read, with their slides.
    """
    main = Package(data, source, limits).main(f"{P}presentation", "a PowerPoint file")
    show = _Show(main, Deck(Transcript(source), limits))
    show.read()
    transcript, unread = show.deck.transcript, show.deck.unread
    refuse_pictures_alone(transcript, len(unread["picture"]))
    for noun, slides in sorted(unread.items()):
        numbers = [number for number in slides if number is not None]
        if numbers:
            transcript.unread(not_read(len(numbers), noun, _on(numbers)))
        if len(numbers) < len(slides):
            transcript.note(not_read(len(slides) - len(numbers), noun, " on the masters of the slides"))
    return transcript.submission(max_characters=limits.max_characters)


class _Show:
    """Reads the slides in their order, then the masters and layouts that they follow."""

    def __init__(self, main: Part, deck: Deck) -> None:
        self.deck, self._main, self._source = deck, main, deck.transcript.source
        self._size = _size(main.root)
        self._above: dict[str, tuple[Part, Tree, Palette]] = {}
        self._notes: list[tuple[str, Source]] = []
        self._comments: list[tuple[str, Source]] = []

    def read(self) -> None:
        listed = self._main.root.findall(f"{P}sldIdLst/{P}sldId")
        if len(listed) > self.deck.limits.max_pages:
            message = (
                f"it has {len(listed):,} slides, more than the limit of {self.deck.limits.max_pages:,}; "
                "split it, or raise the limit (max_pages)."
            )
            raise TooLarge(message, source=str(self._source))
        slides = (self._main.part(element.get(f"{RELATION}id")) for element in listed)
        for number, part in enumerate(slides, start=1):
            place = self._source.model_copy(update={"slide": number})
            if part is None:
                self.deck.transcript.unread(f"Slide {number} is listed, but the file does not hold it.", place)
            else:
                self._slide(part, place)
        self._read_above()
        list_notes(self.deck.transcript, self._notes, "slides that are hidden or have speaker notes")
        list_notes(self.deck.transcript, self._comments, "comments")

    def _slide(self, part: Part, place: Source) -> None:
        above = self._layers(part)
        trees = tuple(tree for _, tree, _ in above)
        tree = Tree(part.root, self._size, trees)
        palette = above[0][2].of(part.root) if above else Palette(None, {})
        Slide(self.deck, part, (tree, *trees), palette, place).read()
        if part.root.get("show") in NO:
            self._notes.append((f"Slide {place.slide} is hidden in the show; its words are read.", place))
        if spoken := shortened(" ".join(_spoken(part))):
            self._notes.append((f"Speaker notes of slide {place.slide}: {spoken!r}", place))
        self._comments += [(f"A comment says: {shortened(text)!r}", place) for text in _comments(part)]

    def _layers(self, slide: Part) -> Sequence[tuple[Part, Tree, Palette]]:
        """Give the layout and the master that a slide follows, each read once."""
        layout = next(slide.related("slideLayout"), None)
        master = None if layout is None else next(layout.related("slideMaster"), None)
        if layout is None or master is None:
            return ()
        if master.name not in self._above:
            theme = next(master.related("theme"), None)
            names = master.root.find(f"{P}clrMap")
            named = {} if names is None else {str(name): str(value) for name, value in names.items()}
            palette = Palette(None if theme is None else theme.root, named)
            self._above[master.name] = (master, Tree(master.root, self._size), palette)
        of_master = self._above[master.name]
        if layout.name not in self._above:
            tree = Tree(layout.root, self._size, (of_master[1],))
            self._above[layout.name] = (layout, tree, of_master[2].of(layout.root))
        return self._above[layout.name], of_master

    def _read_above(self) -> None:
        """Read the words that masters and layouts put on every slide, once."""
        place = self._source.model_copy(update={"label": "slide master"})
        for part, tree, palette in self._above.values():
            Slide(self.deck, part, (tree, *tree.above), palette, place).read(own_words_only=True)


def _size(root: Element) -> tuple[int, int]:
    said = root.find(f"{P}sldSz")
    found = [] if said is None else [said.get("cx", ""), said.get("cy", "")]
    if not found or not all(value.isdecimal() for value in found):
        return USUAL_SIZE
    return int(found[0][:12]), int(found[1][:12])


def _spoken(slide: Part) -> Iterator[str]:
    for part in slide.related("notesSlide"):
        for shape in part.root.iter(f"{P}sp"):
            holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if holder is not None and holder.get("type") == "body":
                yield from _paragraphs(shape)


def _comments(slide: Part) -> Iterator[str]:
    """Give the comments on a slide, as older and newer versions keep them."""
    for part in slide.related("comments"):
        for comment in part.root:
            text = comment.findtext(f"{P}text") or " ".join(_paragraphs(comment))
            if text.strip():
                yield text


def _paragraphs(element: Element) -> Iterator[str]:
    for paragraph in element.iter(f"{A}p"):
        yield "".join(run.text or "" for run in paragraph.iter(f"{A}t"))


def _on(slides: Sequence[int]) -> str:
    """Name slides: ` on slide 3`, ` on slides 1, 3 and 4`."""
    numbers = [str(number) for number in sorted(set(slides))]
    if len(numbers) > MOST_SLIDES_NAMED:
        numbers[MOST_SLIDES_NAMED:] = [f"{len(numbers) - MOST_SLIDES_NAMED} more"]
    if len(numbers) == 1:
        return f" on slide {numbers[0]}"
    return f" on slides {', '.join(numbers[:-1])} and {numbers[-1]}"
