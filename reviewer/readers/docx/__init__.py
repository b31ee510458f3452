"""Word files (DOCX): words in their order, each paragraph and each cell with its place.

Paragraphs are counted from 1 over the body, as a person counts those that are not empty: headings and list items
count, the words in tables, text boxes, notes, headers and footers do not. A text box has the number of the paragraph
that it is anchored in. Tables count in the order in which they begin, inner ones, too; cells are named as in a
spreadsheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.docx.beside import Beside
from reviewer.readers.docx.box import paper_of
from reviewer.readers.docx.names import W
from reviewer.readers.docx.story import Book, Story
from reviewer.readers.docx.styles import Styles
from reviewer.readers.office.colour import WHITE, colour
from reviewer.readers.office.parts import Package
from reviewer.readers.office.remarks import refuse_pictures_alone
from reviewer.readers.transcript import Transcript

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reviewer.readers.limits import Limits
    from reviewer.readers.office.parts import Part
    from reviewer.submission import Source, Submission


def read(data: bytes, source: Source, limits: Limits) -> Submission:
    """Read a Word file; raises `UnreadableDocument`, `EmptySubmission` or `TooLarge`.

    Words that nobody sees are part of the text, with a remark; comments and tracked changes are notes;
    pictures, charts and embedded objects are counted as not read.
    """
    main = Package(data, source, limits).main(f"{W}document", "a Word file")
    body = main.root.find(f"{W}body")
    if body is None:
        body = main.root
    book = Book(Transcript(source), _styles(main), limits, _page(main.root), paper_of(body))
    Story(book, main, source, counted=True).read(body)
    Beside(book, main).read()
    refuse_pictures_alone(book.transcript, book.unread["picture"])
    return book.transcript.submission(max_characters=limits.max_characters)


def _styles(main: Part) -> Styles:
    part = next(main.related("styles"), None)
    return Styles(None if part is None else part.root)


def _page(root: Element) -> str:
    """Give the colour of the pages, which is white where nothing is said."""
    background = root.find(f"{W}background")
    painted = None if background is None else colour(background.get(f"{W}color"))
    return WHITE if painted is None else painted
