"""Files, folders, patterns and standard input to submissions, in the order in which they were named."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import InputError, UnreadableDocument
from reviewer.readers import documents
from reviewer.readers.formats import HEAD_BYTES, SHEETS, Format, detect
from reviewer.readers.inputs import STANDARD_INPUT, Found, find
from reviewer.readers.limits import Limits
from reviewer.submission import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from io import BufferedReader
    from pathlib import Path

    from reviewer.readers.sheets import Look, Sheet, Template
    from reviewer.submission import Submission


class Seen(NamedTuple):
    """What a look at one file found: a sheet of rows, a document, or why it cannot be read."""

    name: str
    found: Look | Submission | InputError


@dataclass
class Intake:
    """All that was named to be read; each reading begins anew, but for standard input, which can be read once.

    `named` are files, folders, patterns, and `-` for `stream`, which is taken for `plain` where its bytes do not say;
    `leave_out` are files in folders that are not meant.
    `repeated` are the files that were named twice and read once, `passed_over` counts files in folders that are no
    documents, and `notes` tell what is odd about sheets; all are known when everything has been read.
    """

    named: Sequence[str]
    limits: Limits = field(default_factory=Limits)
    template: Template | None = None
    stream: BufferedReader | None = None
    plain: Format = Format.TEXT
    leave_out: Collection[Path] = ()
    repeated: list[str] = field(default_factory=list, init=False)
    passed_over: int = field(default=0, init=False)
    notes: list[str] = field(default_factory=list, init=False)

    def submissions(self) -> Iterator[Submission | InputError]:
        """Read everything; what cannot be read gives its error in its place, and the rest goes on."""
        self.notes.clear()
        for found in self._found():
            if isinstance(found, InputError):
                yield found
            else:
                yield from self._read(found)

    def look(self) -> Iterator[Seen]:
        """Read everything, and tell of each file what would be reviewed."""
        for found in self._found():
            if isinstance(found, InputError):
                yield Seen(found.source, found)
            else:
                yield Seen(found.name, self._looked(found))

    def count(self) -> int | None:
        """Count the submissions without reading documents; None where that cannot be known beforehand."""
        if "-" in self.named:
            return None
        total = 0
        for found in self._found():
            try:
                total += self._rows(found) if isinstance(found, Found) else 1
            except (InputError, OSError):
                total += 1  # told, in one line, where it is read
        return total

    def _found(self) -> Iterator[Found | InputError]:
        inputs = find(self.named, self.leave_out)
        yield from inputs
        self.repeated, self.passed_over = inputs.repeated, inputs.passed_over

    def _read(self, found: Found) -> Iterator[Submission | InputError]:
        try:
            if sheet := self._sheet(found):
                self.notes += [f"{found.name}: {note}" for note in sheet.notes]
                with sheet:
                    yield from sheet.submissions()
            else:
                yield self._document(found)
        except InputError as error:
            yield error

    def _looked(self, found: Found) -> Look | Submission | InputError:
        try:
            if sheet := self._sheet(found):
                with sheet:
                    return sheet.look()
            return self._document(found)
        except InputError as error:
            return error

    def _rows(self, found: Found) -> int:
        if sheet := self._sheet(found):
            with sheet:
                return sheet.count()
        return 1

    def _sheet(self, found: Found) -> Sheet | None:
        """Open a file of rows; None for a document."""
        form = self._form(found)
        if form not in SHEETS:
            return None
        from reviewer.readers.sheets import Template, open_sheet, open_stream

        template = self.template or Template()
        if found.path == STANDARD_INPUT:
            return open_stream(self._given(), found.name, form, self.limits, template)
        return open_sheet(found.path, found.name, form, self.limits, template)

    def _document(self, found: Found) -> Submission:
        if found.path == STANDARD_INPUT:
            return documents.read_stream(self._given(), Source(file=found.name), self.limits)
        return documents.read_path(found.path, self.limits)

    def _form(self, found: Found) -> Format:
        """Tell the format by the first bytes; a file that cannot be opened is told of where it is read."""
        if found.path == STANDARD_INPUT:
            return self._form_of_stream()
        try:
            with found.path.open("rb") as file:
                return detect(file.read(HEAD_BYTES), found.path.name)
        except OSError:
            return Format.TEXT

    def _form_of_stream(self) -> Format:
        head = self._given().peek(HEAD_BYTES)[:HEAD_BYTES]
        form = detect(head, "")
        if form is not Format.TEXT or self.plain is Format.TEXT:
            return form
        return _of_json(head.removeprefix(b"\xef\xbb\xbf").lstrip()) or self.plain

    def _given(self) -> BufferedReader:
        if self.stream is None:
            raise UnreadableDocument("there is none to read; name a file.", source="standard input")
        return self.stream


def _of_json(head: bytes) -> Format | None:
    """Tell a list of objects, or an object that holds one, from an object a line."""
    if not head.startswith((b"{", b"[")):
        return None
    first, _, more = head.partition(b"\n")
    try:
        return Format.JSONL if isinstance(json.loads(first), dict) and more.lstrip().startswith(b"{") else Format.JSON
    except ValueError:
        return Format.JSON
