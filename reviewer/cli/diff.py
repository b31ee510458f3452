"""`reviewer diff`: what two runs decide differently, and why."""

from __future__ import annotations

import click

from reviewer import changes
from reviewer.cli.status import Status
from reviewer.cli.stores import as_text_or_json, of_the_store, open_store


@click.command()
@click.argument("run_a")
@click.argument("run_b")
@of_the_store
@as_text_or_json
@click.option("--fail-on-change", is_flag=True, help="Leave with 3 if a decision flipped.")
def diff(run_a: str, run_b: str, store: str | None, form: str, fail_on_change: bool) -> int:
    """Tell which decisions flipped from RUN_A to RUN_B, and why.

    A run is named by its name or number; `reviewer runs` lists them. Rows are
    matched by what names them, and by their text where that has changed.
    """
    from reviewer.exporters import difference

    with open_store(store) as opened:
        before, after = opened.run(run_a), opened.run(run_b)
        told = changes.diff(opened.entries(before.id), opened.entries(after.id))
    if form == "json":
        click.echo(difference.as_json(told))
    else:
        click.echo(difference.as_text(told, f"run {before.name}", f"run {after.name}"), nl=False)
    return Status.REFER if fail_on_change and told.flips else Status.APPROVE
