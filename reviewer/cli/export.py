"""`reviewer export`: a run as the file that colleagues open."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.cli.status import Status
from reviewer.cli.stores import of_the_run, open_store, refuse_input, say
from reviewer.exporters import formats
from reviewer.verdict import Decision


@click.command()
@of_the_run
@click.option(
    "--to", "path", type=click.Path(path_type=Path), required=True, help="The file; its ending is its format."
)
@click.option("--format", "form", type=click.Choice(formats.FORMS), help="The format, where the ending says another.")
@click.option(
    "--fail-on",
    type=click.Choice(["reject", "refer"]),
    default="reject",
    show_default=True,
    help="The mildest decision that is a failure in JUnit XML.",
)
def export(store: str | None, run: str | None, path: Path, form: str | None, fail_on: str) -> int:
    """Write a run to a file, in the order of its input.

    CSV and XLSX are the input's own rows with what came of each; HTML is one
    page that needs no network; MD is a summary; JSONL is everything; SARIF and
    XML (JUnit) are for CI.
    """
    with open_store(store) as opened:
        chosen = opened.run(run)
        refuse_input(path, chosen.plan.inputs)
        with opened.view(chosen.id) as entries:
            formats.write(path, chosen, entries, form, fail_on=Decision(fail_on))
    say(f"Run {chosen.name!r} is written to {str(path)!r}.")
    return Status.APPROVE
