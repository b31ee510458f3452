"""A summary in words: sections of names and numbers, which the workbook and Markdown lay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.receipt import WhyNotModel
from reviewer.verdict import DecidedBy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.exporters.summary import Summary

MOST_CLAUSES = 15
HOW_TO_DECIDE = (
    "To decide, fill in the columns 'Your decision', 'Reason', 'Name' and 'Valid until' of the sheet {sheet!r}, "
    "save it, and hand it to `reviewer decide --from FILE`."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A title and its rows: what is counted, and the number, or a sum in words."""

    title: str
    rows: tuple[tuple[str, int | str], ...]


def of(summary: Summary) -> Iterator[Section]:
    """Give the sections of a summary; one with nothing in it is left out."""
    for title, rows in (
        ("Recommendations", _decisions(summary)),
        ("By tier", _tiers(summary)),
        ("Who read them", _readers(summary)),
        (f"Clauses most hit (at most {MOST_CLAUSES})", _clauses(summary)),
        ("Other counts", _rest(summary)),
    ):
        if found := tuple(rows):
            yield Section(title, found)


def _decisions(summary: Summary) -> Iterator[tuple[str, int]]:
    yield "In all", summary.total
    for decision, words in wording.DECISIONS.items():
        yield words, summary.decisions[decision]
    yield wording.UNREADABLE, summary.errors
    yield wording.NOT_REACHED, summary.not_read


def _tiers(summary: Summary) -> Iterator[tuple[str, int]]:
    for tier in wording.TIERS:
        yield wording.tier(tier), summary.tiers[tier]


def _readers(summary: Summary) -> Iterator[tuple[str, int]]:
    yield wording.READ_BY_MODEL, summary.decided_by[DecidedBy.MODEL]
    yield wording.FOUND_BY_RULES, summary.rules_found
    yield wording.SILENT_RULES, summary.unread_by_model
    for why in WhyNotModel:
        if summary.why_not_model[why]:
            yield f"Why not the model: {wording.WHY_NOT_MODEL[why]}", summary.why_not_model[why]


def _clauses(summary: Summary) -> Iterator[tuple[str, str]]:
    for counted in summary.clauses[:MOST_CLAUSES]:
        clause = counted.clause
        name = f"{clause.number or ''} {clause.title} [{wording.address(clause, counted.policies)}]".strip()
        yield name, f"{counted.rejected:,} rejected, {counted.in_question:,} in question"


def _rest(summary: Summary) -> Iterator[tuple[str, int | str]]:
    yield "No objection, under conditions of its own", summary.with_conditions
    yield "Decided by people", summary.signed
    yield "No longer in the input (not counted above)", summary.vanished
    unknown = f", and {summary.cost_unknown:,} at an unknown cost" if summary.cost_unknown else ""
    yield "Cost", f"{wording.dollars(summary.cost)}{unknown}"
