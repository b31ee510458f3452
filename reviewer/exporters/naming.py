"""What a submission is called, so that a person knows the project without looking it up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.exporters.outline import visible
from reviewer.exporters.table import fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.run import Entry
    from reviewer.submission import Submission

MOST_CHARACTERS = 80

# A bare `Name` may be a person's; this one is the project's own.
_NAME = re.compile(r"(?i)(?:(?:project|use[ _-]?case|system|application|tool)[ _-]?)(?:name|title)|title")


def project(entry: Entry) -> str:
    """Give the project in at most eighty characters: its name in the row, or the first line that is read.

    Where no text is kept it is the first thing in the row that is not the id; empty if there is nothing at all.
    """
    row = {name: value for name, value in fields(entry).items() if value.strip() and value != entry.submission.id}
    named = next((value for name, value in row.items() if _NAME.fullmatch(name.strip())), None)
    read = next((line for line in own_lines(entry.submission) if line), None)
    return shortened(visible(named or read or next(iter(row.values()), "")), MOST_CHARACTERS, "...")


def own_lines(submission: Submission) -> Iterator[str]:
    """Give the lines of the text without a form's own words, and no blanks around them."""
    text, at = submission.text, 0
    for start, end in [*submission.own_words, (len(text), len(text))]:
        yield from (line.strip() for line in text[at:start].splitlines())
        at = max(at, end)


def shortened(text: str, most: int, mark: str) -> str:
    """Cut a text that is longer than this, with a mark where it was cut; both together are no longer."""
    return text if len(text) <= most else f"{text[: most - len(mark)].rstrip()}{mark}"
