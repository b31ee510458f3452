"""The spreadsheet of a run, as whoever writes it and whoever reads people's decisions back have to agree on it."""

from __future__ import annotations

import re
from enum import StrEnum

from reviewer.verdict import Decision

SHEET = "Results"
PREFIX = "Review: "


class Column(StrEnum):
    """The columns beside the input's own, in their order; people fill in the four before the last."""

    NUMBER = "Number"
    DECISION = "Decision"
    TIER = "Tier"
    WHY = "Why"
    CLAUSES = "Clauses"
    QUOTES = "Quotes"
    QUESTIONS = "Questions"
    CONDITIONS = "Conditions"
    REMEDY = "Remedy"
    WARNINGS = "Warnings"
    READ_BY = "Read by"
    WHY_NOT_MODEL = "Why not the model"
    COST = "Cost"
    SOURCE = "Source"
    REVIEWED_AT = "Reviewed at"
    YOUR_DECISION = "Your decision"
    REASON = "Reason"
    NAME = "Name"
    VALID_UNTIL = "Valid until"
    VERDICT = "Verdict"


# What people decide; what the machine recommends is called otherwise, in `reviewer.wording`.
DECISIONS = {Decision.APPROVE: "Approve", Decision.REFER: "Refer", Decision.REJECT: "Reject"}

# What a program for spreadsheets takes for a formula, also after blanks and marks that nobody sees, and also in
# full width, which some of them fold first.
_UNSEEN = "\\s\u200b-\u200f\u2060\ufeff"
_FORMULA = re.compile(f"'*(?:[\t\r]|[{_UNSEEN}]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")


def is_formula(text: str) -> bool:
    """Tell whether a program for spreadsheets may run the text, or would if an apostrophe before it were taken off."""
    return bool(_FORMULA.match(text))


def neutral(text: str) -> str:
    """Put an apostrophe before a text that may be run; `-5` and `- a point` are treated like any other."""
    return f"'{text}" if is_formula(text) else text


def plain(text: str) -> str:
    """Undo `neutral`, exactly."""
    return text[1:] if text.startswith("'") and is_formula(text) else text


def own_headings(theirs: set[str]) -> dict[Column, str]:
    """Give each of our columns its heading: its name, behind `Review: ` as often as the input has that name, too.

    `theirs` are the input's headings. Letters large and small, and blanks around them, are taken for the same.
    """
    taken = {heading.strip().casefold() for heading in theirs}
    return {column: _free(column, taken) for column in Column}


def _free(heading: str, taken: set[str]) -> str:
    while heading.casefold() in taken:
        heading = PREFIX + heading
    return heading


def column_of(heading: str) -> Column | None:
    """Tell which of our columns a heading may stand for, whatever stands before it."""
    bare = heading.strip()
    while bare.startswith(PREFIX):
        bare = bare.removeprefix(PREFIX)
    return next((column for column in Column if column == bare), None)
