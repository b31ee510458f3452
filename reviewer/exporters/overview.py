"""A run as Markdown, for a pull request or a ticket: the counts, and what matters in the order of taking it up."""

from __future__ import annotations

from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from reviewer import wording
from reviewer.exporters import sections
from reviewer.exporters.markdown import escaped
from reviewer.exporters.outline import visible
from reviewer.exporters.summary import summarise
from reviewer.exporters.table import decision, number
from reviewer.verdict import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.exporters.summary import Summary
    from reviewer.exporters.writing import Entries
    from reviewer.run import Entry, Run

MOST_LISTED = 50
LONGEST = 400

# The piles that somebody has to act on now; what waits for a model and what nobody objects to is only counted.
_PILES = (
    *(wording.TIERS[tier] for tier in (Tier.BREACH_IN_WORDS, Tier.CLAUSE_IN_QUESTION, Tier.APPROVAL_NEEDED)),
    wording.UNREADABLE,
    wording.TIERS[Tier.ANSWER_NEEDED],
)


def write(file: TextIO, run: Run, entries: Entries) -> None:
    """Write the run; of its entries, the fifty are held that are listed."""
    summary = summarise(entries())
    file.writelines(f"{line}\n" for line in _lines(run, summary, _listed(entries)))


def _listed(entries: Entries) -> list[Entry]:
    matter = (entry for entry in entries() if not entry.vanished and _pile(entry) in _PILES)
    return nsmallest(MOST_LISTED, matter, key=lambda entry: (_PILES.index(_pile(entry)), entry.position))


def _pile(entry: Entry) -> str:
    return wording.TIERS[entry.verdict.tier] if entry.verdict else decision(entry)


def _lines(run: Run, summary: Summary, listed: list[Entry]) -> Iterator[str]:
    yield f"## Run {_line(run.name)}: {_line(wording.policies(run.plan.policies))}"
    if run.ended_at is None:
        yield "\nThe run is unfinished."
    for section in sections.of(summary):
        yield f"\n### {_line(section.title)}\n\n| | |\n|:--|--:|"
        yield from (f"| {_line(name)} | {_line(str(value))} |" for name, value in section.rows)
    for pile, entries in groupby(listed, _pile):
        yield f"\n### {_line(pile)}\n"
        yield from map(_item, entries)
    if (more := _to_act_on(summary) - len(listed)) > 0:
        yield f"\nAnd {more:,} more."
    yield from _overlays(run)
    yield f"\n{wording.NOT_LEGAL_ADVICE}"


def _overlays(run: Run) -> Iterator[str]:
    """Tell every deviation in full: what was cut here would be looked for nowhere else."""
    for head, told in wording.overlays(run.plan.policies):
        yield f"\n### {wording.DIFFERENCES}\n\n{escaped(visible(head))}\n"
        yield from (f"- {escaped(visible(text))}" for text in told)


def _to_act_on(summary: Summary) -> int:
    return summary.errors + sum(count for tier, count in summary.tiers.items() if wording.TIERS[tier] in _PILES)


def _item(entry: Entry) -> str:
    name = entry.submission.id or str(entry.submission.source)
    why = entry.verdict.summary if entry.verdict else entry.error or ""
    return f"- `{number(entry)}` **{_line(decision(entry))}** {_line(name)}: {_line(why)}"


def _line(text: str) -> str:
    text = visible(text)
    return escaped(text if len(text) <= LONGEST else f"{text[:LONGEST]}...")
