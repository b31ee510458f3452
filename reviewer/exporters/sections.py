"""A summary in words: sections of names and numbers, which the workbook and Markdown lay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.exporters.summary import TIERS
from reviewer.exporters.table import UNREADABLE, WAITING
from reviewer.spreadsheet import DECISIONS
from reviewer.verdict import DecidedBy, Decision, Tier, WhyNotModel

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
    for decision in (Decision.REJECT, Decision.REFER, Decision.APPROVE):
        yield DECISIONS[decision], summary.decisions[decision]
    yield UNREADABLE, summary.errors
    yield f"{WAITING} (no verdict)", summary.not_read


def _tiers(summary: Summary) -> Iterator[tuple[str, int]]:
    for tier, words in TIERS.items():
        yield (words if tier is Tier.NO_OBJECTION else f"{tier.value} {words}"), summary.tiers[tier]


def _readers(summary: Summary) -> Iterator[tuple[str, int]]:
    yield _capital(wording.READERS[DecidedBy.MODEL]), summary.decided_by[DecidedBy.MODEL]
    yield "Keyword rules only, and they found something", summary.rules_found
    yield "Keyword rules only, which found nothing: not read by a model yet", summary.unread_by_model
    for why in WhyNotModel:
        if summary.why_not_model[why]:
            yield f"Why not the model: {wording.WHY_NOT_MODEL[why]}", summary.why_not_model[why]


def _clauses(summary: Summary) -> Iterator[tuple[str, str]]:
    for counted in summary.clauses[:MOST_CLAUSES]:
        clause = counted.clause
        name = f"{clause.number or ''} {clause.title} [{clause.id}]".strip()
        yield name, f"{counted.rejected:,} rejected, {counted.in_question:,} in question"


def _rest(summary: Summary) -> Iterator[tuple[str, int | str]]:
    yield "No objection, under conditions of its own", summary.with_conditions
    yield "Decided by people", summary.signed
    yield "No longer in the input (not counted above)", summary.vanished
    unknown = f", and {summary.cost_unknown:,} at an unknown cost" if summary.cost_unknown else ""
    yield "Cost", f"{summary.cost:.2f} US dollars{unknown}"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
