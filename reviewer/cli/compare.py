"""`reviewer compare`: a run held against what people decided before."""

from __future__ import annotations

import click

from reviewer import comparing
from reviewer.cli.status import Status
from reviewer.cli.stores import as_text_or_json, of_the_run, open_store


@click.command()
@of_the_run
@click.option("--column", metavar="NAME", required=True, help="The column of the input that says what people decided.")
@click.option(
    "--map",
    "words",
    metavar="WORDS",
    multiple=True,
    required=True,
    help='What its words mean, as "Declined=reject,Accepted=approve".',
)
@as_text_or_json
def compare(store: str | None, run: str | None, column: str, words: tuple[str, ...], form: str) -> int:
    """Hold a run against what people decided before.

    First comes what they rejected and the run approves; then the work that the
    run would save, and its misses, each with its 95 % interval.
    """
    from reviewer.exporters import comparison

    meanings = comparing.parse_map(*words)
    with open_store(store) as opened:
        entries = opened.entries(opened.run(run).id)
        found = comparing.compare(comparing.paired(entries, column, meanings))
    click.echo(comparison.as_json(found) if form == "json" else comparison.as_text(found), nl=form == "json")
    return Status.APPROVE
