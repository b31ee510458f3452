"""`reviewer runs`: what runs a store holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from reviewer import wording
from reviewer.cli.status import Status
from reviewer.cli.stores import as_text_or_json, of_the_store, open_store
from reviewer.exporters.outline import visible
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from reviewer.run import Run
    from reviewer.store.counting import Counts

_HEAD = ("Run", "Name", "Policy", "Model", *(str(d) for d in Decision), "no verdict", "Begun", "Ended", "Inputs")


@click.command()
@of_the_store
@as_text_or_json
def runs(store: str | None, form: str) -> int:
    """List the runs of a store: policy, model, rows by decision, and when.

    Times are in UTC.
    """
    from reviewer.exporters.plain import table

    with open_store(store) as opened:
        told = [(run, opened.counts(run.id)) for run in opened.runs()]
    if form == "json":
        lines = [_object(run, counts) for run, counts in told]
    elif told:
        lines = [*table(_HEAD, [_row(run, counts) for run, counts in told]), *_overlays(run for run, _ in told)]
    else:
        lines = ["There is no run in this store; `reviewer batch` makes one."]
    for line in lines:
        click.echo(line)
    return Status.APPROVE


def _row(run: Run, counts: Counts) -> list[str | int]:
    plan = run.plan
    return [
        run.id,
        visible(plan.name or ""),
        wording.addresses(plan.policies),
        visible(plan.model.name) if plan.model else "none",
        *_counts(counts).values(),
        _when(run.started_at),
        _when(run.ended_at) if run.ended_at else "unfinished",
        visible(", ".join(plan.inputs)),
    ]


def _overlays(runs: Iterable[Run]) -> Iterator[str]:
    """Tell below the table how the policies in it differ from those that they extend, each once."""
    told = dict.fromkeys(text for run in runs for text in wording.differences(run.plan.policies))
    yield from ("", *map(visible, told)) if told else ()


def _object(run: Run, counts: Counts) -> str:
    told = {"run": run.model_dump(mode="json"), "rows": _counts(counts), "vanished": counts.vanished}
    return json.dumps(told, separators=(",", ":"))


def _counts(counts: Counts) -> dict[str, int]:
    """Count what the input of the latest pass holds."""
    by_decision = {str(decision): counts.decisions[decision] for decision in Decision}
    return {**by_decision, "no verdict": counts.errors + counts.not_read}


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
