"""What of a document was read and what was not, in counted sentences."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reviewer.readers.counting import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reviewer.readers.pdf.page import Page
    from reviewer.readers.transcript import Transcript

LARGE = 0.25
MOST_NAMES = 10
FEWEST_IN_A_ROW = 3


class Report:
    """Sorts the pages by what they lack; `textless` and `damaged` are numbers of pages, counted from 1."""

    def __init__(self, pages: Sequence[Page | None], attached: Sequence[str], *, is_dynamic: bool) -> None:
        """Take the pages, None for one that cannot be read, and the names of the files within the document."""
        self.count = len(pages)
        self.is_dynamic = is_dynamic
        self.damaged = [number for number, page in enumerate(pages, 1) if page is None]
        self._pages = {number: page for number, page in enumerate(pages, 1) if page}
        self._attached = attached
        self.textless = self._where(lambda page: not page.has_text and bool(page.pictures or page.drawn))

    def write(self, transcript: Transcript) -> None:
        """Tell what was not read, and note what may be left unread."""
        for text in self._unread():
            transcript.unread(text)
        for number, page in self._pages.items():
            place = transcript.source.model_copy(update={"page": number})
            for name in page.pinned:
                transcript.unread(f"The file {name!r} is pinned to the page and was not read.", place)
        if small := self._where(lambda page: 0 < page.pictured <= LARGE and _is_seen(page)):
            pictures = plural(sum(self._pages[number].pictures for number in small), "picture")
            was = "was" if pictures.startswith("1 ") else "were"
            hold = "holds" if len(small) == 1 else "hold"
            where = transcript.source.model_copy(update={"page": small[0] if len(small) == 1 else None})
            transcript.note(f"{listed(small).capitalize()} {hold} {pictures}, which {was} not read.", where)

    def _where(self, holds: Callable[[Page], bool]) -> list[int]:
        return [number for number, page in self._pages.items() if holds(page)]

    def _unread(self) -> Iterator[str]:
        if lacks := list(self._lacks()):
            read = self.count - len(self.textless) - len(self.damaged)
            yield f"Read {read} of {plural(self.count, 'page')}; {', and '.join(lacks)}."
        if large := self._where(lambda page: page.pictured > LARGE and _is_seen(page)):
            hold = "holds a large picture" if len(large) == 1 else "hold large pictures"
            yield f"{listed(large).capitalize()} {hold} beside the text, which could not be read."
        if self.is_dynamic:
            yield "It is a dynamic form (XFA), whose fields were not read."
        if self._attached:
            yield (
                f"It holds {plural(len(self._attached), 'attached file')}, not read: "
                f"{joined([repr(name) for name in self._attached])}."
            )

    def _lacks(self) -> Iterator[str]:
        if self.textless:
            hold = "holds" if len(self.textless) == 1 else "hold"
            yield f"{listed(self.textless)} {hold} pictures without text"
        if self.damaged:
            yield f"{listed(self.damaged)} {'is' if len(self.damaged) == 1 else 'are'} damaged"


def _is_seen(page: Page) -> bool:
    """Tell whether the words of a page are its own, and not those behind its picture."""
    return page.has_text and not page.recognised


def listed(numbers: Sequence[int]) -> str:
    """Name pages in order: `page 3`, `pages 3, 7 and 9`, `pages 3 to 12 and 14`."""
    parts: list[str] = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        row = [number for _, number in group]
        parts += [f"{row[0]} to {row[-1]}"] if len(row) >= FEWEST_IN_A_ROW else map(str, row)
    return f"{'page' if len(numbers) == 1 else 'pages'} {joined(parts)}"


def joined(parts: Sequence[str]) -> str:
    """Join some words with commas and a last `and`; of many, the rest are counted."""
    if len(parts) > MOST_NAMES:
        parts = [*parts[:MOST_NAMES], f"{len(parts) - MOST_NAMES} more"]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
