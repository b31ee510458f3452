"""The page of a run: one file that opens from a disk, with a summary, a table to filter, and each text marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.exporters.html import words
from reviewer.exporters.html.data import Rows
from reviewer.exporters.html.figures import Figures
from reviewer.exporters.html.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from reviewer.exporters.summary import ClauseCount
    from reviewer.exporters.writing import Entries
    from reviewer.run import Run


def write(file: TextIO, run: Run, entries: Entries) -> None:
    """Write the page of a run.

    The entries are streamed twice: to be counted, and to be written. An index of the rows is held in memory,
    and the page holds every text that the store has kept.
    """
    figures, rows = Figures.of(entries()), Rows()
    page = render(
        "page.html.jinja",
        ("base.css", "page.css"),
        "page.js",
        title=wording.policies(run.plan.policies),
        run=run,
        facts=list(_facts(run)),
        advice=wording.NOT_LEGAL_ADVICE,
        figures=figures,
        choices=_choices(figures),
        blocks=rows.blocks(entries()),
        rows=rows,
    )
    file.writelines(page)


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    for policy in run.plan.policies:
        yield "Policy", f"{policy.name}, version {policy.version}; {policy.url}"
        yield "Digest of the policy", policy.digest
    for head, told in wording.overlays(run.plan.policies):
        yield wording.DIFFERENCES, "\n".join((head, *told))
    yield "Standing", words.standing(run.plan.clauses)
    yield "Model", words.model(run.plan.model)
    yield "Inputs", ", ".join(run.plan.inputs)
    yield "Started", words.instant(run.started_at)
    yield "Ended", words.instant(run.ended_at) if run.ended_at else "It is unfinished; run it again to go on."


def _choices(figures: Figures) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Give the choices of the filter that stand in the summary, each as the id, the label, and its options."""
    clauses = sorted(figures.summary.clauses, key=lambda one: _numerically(one.clause.number or ""))
    return [
        ("pile", "Tier", [(f"p{bar.key}", bar.name) for bar in figures.piles]),
        ("decision", "Decision", [(bar.key, bar.name) for bar in figures.decisions]),
        ("clause", "Clause", [_choice(one) for one in clauses]),
        ("reader", "Read by", [(bar.key, bar.name) for bar in figures.readers]),
        ("why", "Why not the model", [(bar.key, bar.name) for bar in figures.why_not_model]),
    ]


def _choice(one: ClauseCount) -> tuple[str, str]:
    return wording.address(one.clause, one.policies), words.clause_title(one.clause, one.policies)


def _numerically(number: str) -> tuple[int, str]:
    """Sort official numbers as numbers, and clauses without one after them."""
    return (int(number), "") if number.isdecimal() else (10_000, number)
