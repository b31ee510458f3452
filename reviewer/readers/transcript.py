"""A text in the making: what a reader of files finds, piece by piece, with the place of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.submission import Remark, RemarkKind, Segment, Source, Submission

if TYPE_CHECKING:
    from collections.abc import Iterable

PARAGRAPH = "\n\n"
CELL = " | "


class Transcript:
    """Collects the pieces of one submission in the order of reading."""

    def __init__(self, source: Source) -> None:
        """Start with nothing read of `source`."""
        self.source = source
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._own_words: list[tuple[int, int]] = []
        self._remarks: list[Remark] = []
        self._end = 0

    def add(
        self, text: str, place: Source | None = None, *, gap: str = PARAGRAPH, hidden: str = "", own: bool = False
    ) -> None:
        """Add a piece of text that stands at `place`, after `gap` if it is not the first; a blank one adds nothing.

        `hidden` says in one sentence why no person sees it; `own` marks it as a form's own words.
        """
        text = text.strip()
        if not text:
            return
        start, end = self._append(text, gap)
        place = place or self.source
        self._segments.append(Segment(start=start, end=end, source=place))
        if own:
            self._own_words.append((start, end))
        if hidden:
            self._remarks.append(Remark(kind=RemarkKind.HIDDEN, text=hidden, source=place, start=start, end=end))

    def row(self, cells: Iterable[tuple[str, Source]], *, first: bool = False, hidden: str = "") -> None:
        """Add a row of a table, as `| a | b |`, each cell on one line with an address of its own."""
        cells = list(cells)
        if not any(text.strip() for text, _ in cells):
            return
        self._append("|", PARAGRAPH if first else "\n")
        for text, place in cells:
            self.add(" ".join(text.split()), place, gap=" ", hidden=hidden)
            self._append("|", " ")

    def note(self, text: str, place: Source | None = None) -> None:
        """Tell of ordinary office life, such as a comment or a hidden column."""
        self._remarks.append(Remark(kind=RemarkKind.NOTE, text=text, source=place or self.source))

    def unread(self, text: str, place: Source | None = None) -> None:
        """Tell of a part that could not be read; it bars an approval."""
        self._remarks.append(Remark(kind=RemarkKind.UNREAD, text=text, source=place or self.source))

    def include(self, part: Submission, attachment: str) -> None:
        """Add all that an attachment holds, under its name."""
        start, _ = self._append(part.text, PARAGRAPH)
        for segment in part.segments or (Segment(start=0, end=len(part.text), source=part.source),):
            source = self._within(attachment, segment.source)
            self._segments.append(Segment(start=start + segment.start, end=start + segment.end, source=source))
        self._own_words += [(start + begin, start + end) for begin, end in part.own_words]
        self._remarks += [self._moved(remark, start, attachment) for remark in part.remarks]

    @property
    def is_empty(self) -> bool:
        """Whether no text was added so far."""
        return not self._parts

    @property
    def characters(self) -> int:
        """How long the text is so far, in code points."""
        return self._end

    def stop_at(self, max_characters: int) -> None:
        """Stop in the middle of a text that is already too long; raises `TooLarge`."""
        if self.characters > max_characters:
            self.submission(max_characters=max_characters)

    def submission(self, *, max_characters: int | None = None, file_sha256: str | None = None) -> Submission:
        """Give what was collected; raises what `Submission.of` raises."""
        return Submission(
            text="".join(self._parts),
            source=self.source,
            segments=tuple(self._segments),
            own_words=tuple(self._own_words),
            remarks=tuple(self._remarks),
            file_sha256=file_sha256,
        ).checked(max_characters)

    def _append(self, text: str, gap: str) -> tuple[int, int]:
        if self._parts:
            self._parts.append(gap)
            self._end += len(gap)
        start = self._end
        self._parts.append(text)
        self._end += len(text)
        return start, self._end

    def _within(self, attachment: str, source: Source) -> Source:
        inner = f"{attachment}/{source.attachment}" if source.attachment else attachment
        return source.model_copy(update={"file": self.source.file, "attachment": inner})

    def _moved(self, remark: Remark, start: int, attachment: str) -> Remark:
        where = {"source": self._within(attachment, remark.source)}
        if remark.start is None or remark.end is None:
            return remark.model_copy(update=where)
        return remark.model_copy(update={**where, "start": start + remark.start, "end": start + remark.end})
