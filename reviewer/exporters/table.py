"""An entry as a row: the input's own columns as they stood, then what came of it, then what people fill in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.exporters.outline import quoted, visible
from reviewer.spreadsheet import DECISIONS, Column, own_headings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.receipt import Receipt
    from reviewer.run import Entry, SignOff
    from reviewer.verdict import ClauseRef, Condition, PolicyRef, Verdict

Cell = str | float | date

FILE = "File"


@dataclass(frozen=True)
class Table:
    """The columns of a run: `inputs` are the input's own, `file` says whether a column for documents leads them."""

    inputs: tuple[str, ...]
    file: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above each column."""
        lead = (_free_file(self.inputs),) if self.file else ()
        theirs = (*lead, *self.inputs)
        return (*theirs, *own_headings(set(theirs)).values())

    @property
    def width(self) -> int:
        """How many columns stand before ours."""
        return len(self.inputs) + self.file

    def cells(self, entry: Entry) -> list[Cell]:
        """Give the cells of an entry in the order of the headings; what there is nothing to say of is an empty text."""
        given = fields(entry)
        lead = [entry.submission.source.file or "" if not given else ""] if self.file else []
        return [*lead, *(given.get(name, "") for name in self.inputs), *own_cells(entry).values()]


def table(entries: Iterable[Entry]) -> Table:
    """Find the columns of a run: those of all its entries, in the order in which they first appear."""
    names, file = dict[str, None](), False
    for entry in entries:
        given = fields(entry)
        names.update(dict.fromkeys(given))
        file = file or not given
    return Table(tuple(names), file)


def fields(entry: Entry) -> dict[str, str]:
    """Give the row of the input under its headings; of two columns with one name the second is `name (2)`."""
    pairs = entry.submission.fields
    given = dict(pairs)
    if len(given) == len(pairs):
        return given
    seen, given = Counter[str](), {}
    for name, value in pairs:
        seen[name] += 1
        given[name if seen[name] == 1 else f"{name} ({seen[name]})"] = value
    return given


def number(entry: Entry) -> str:
    """Give the store's number of an entry as people write it."""
    return f"#{entry.id}"


def decision(entry: Entry) -> str:
    """Say in a word or two what came of an entry."""
    if entry.verdict:
        return wording.DECISIONS[entry.verdict.decision]
    return wording.UNREADABLE if entry.error else wording.NOT_REACHED


def tier(entry: Entry) -> str:
    """Give the tier with its number; what has no verdict has none."""
    return wording.tier(entry.verdict.tier) if entry.verdict else ""


def own_cells(entry: Entry) -> dict[Column, Cell]:
    """Give our own cells of an entry, every column in its order."""
    told = _of_verdict(entry.verdict) if entry.verdict else {Column.WHY: entry.error or ""}
    told |= {
        Column.NUMBER: number(entry),
        Column.DECISION: decision(entry),
        Column.TIER: tier(entry),
        Column.WARNINGS: "\n".join(_warnings(entry)),
        Column.SOURCE: str(entry.submission.source),
        Column.REVIEWED_AT: entry.at.isoformat(timespec="seconds") if entry.at else "",
        Column.VERDICT: entry.verdict.review_digest if entry.verdict else "",
    }
    if signed := entry.sign_off:
        told |= _of_sign_off(signed)
    return {column: told.get(column, "") for column in Column}


def _of_verdict(verdict: Verdict) -> dict[Column, Cell]:
    against = [finding for finding in verdict.findings if finding.is_against]
    policies = verdict.policies
    conditions = (f"{tied.text} [{wording.address(tied.clause, policies)}]" for tied in tied_to(verdict))
    return {
        Column.WHY: verdict.summary,
        Column.CLAUSES: "; ".join(_clause(found.clause, policies) for found in against),
        Column.QUOTES: "\n".join(quoted(quote) for finding in against for quote in finding.quotes),
        Column.QUESTIONS: "\n".join(question.text for question in verdict.questions if question.text),
        Column.CONDITIONS: "\n".join(conditions),
        Column.REMEDY: "\n".join(dict.fromkeys(finding.remedy for finding in against if finding.remedy)),
        Column.READ_BY: wording.READERS[verdict.decided_by] if verdict.why_not_model else wording.read_by(verdict),
        Column.WHY_NOT_MODEL: wording.WHY_NOT_MODEL[verdict.why_not_model] if verdict.why_not_model else "",
        Column.COST: _cost(verdict.receipt),
    }


def _clause(clause: ClauseRef, policies: Sequence[PolicyRef]) -> str:
    return wording.titled(f"{clause.number or ''} {clause.title}".strip(), clause, policies)


def tied_to(verdict: Verdict) -> tuple[Condition, ...]:
    """Give the conditions of this project, without those that hold for every one, and those whose words are kept."""
    return tuple(tied for tied in verdict.conditions if tied.text and not tied.standing)


def _cost(receipt: Receipt | None) -> Cell:
    if receipt is None:
        return ""
    return f"unknown: {receipt.cost_unknown}" if receipt.cost is None else receipt.cost


def _warnings(entry: Entry) -> Iterator[str]:
    if entry.vanished:
        yield "The input has it no more."
    for warning in entry.verdict.warnings if entry.verdict else ():
        yield "\n".join((visible(warning.text), *map(quoted, warning.quotes)))
    # Read back beside a newer verdict, it would count for what nobody saw.
    if entry.sign_offs and not entry.is_meant_by(signed := entry.sign_offs[-1]):
        yield (
            f"Before this verdict, {visible(signed.name)} decided {DECISIONS[signed.decision]!r} "
            f"on {signed.at.date().isoformat()}: {visible(signed.reason)}"
        )


def _of_sign_off(signed: SignOff) -> dict[Column, Cell]:
    return {
        Column.YOUR_DECISION: DECISIONS[signed.decision],
        Column.REASON: signed.reason,
        Column.NAME: signed.name,
        Column.VALID_UNTIL: signed.valid_until or "",
    }


def _free_file(inputs: tuple[str, ...]) -> str:
    name = FILE
    while name in inputs:
        name = f"Review: {name}"
    return name
