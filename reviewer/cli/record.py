"""`reviewer record`: one submission of a run as a page that stands alone."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.cli.status import Status
from reviewer.cli.stores import of_the_run, open_store, say
from reviewer.exporters.writing import replacing


@click.command()
@click.argument("key", metavar="ID")
@of_the_run
@click.option(
    "--to", "path", type=click.Path(path_type=Path), help="An .html or .md file.  [default: Markdown, printed]"
)
def record(key: str, store: str | None, run: str | None, path: Path | None) -> int:
    """Write the record of the submission ID: its verdict, its words, and what people decided.

    ID is the requester's own, or a number such as '#12' from an export.
    """
    from reviewer.exporters import record as page

    with open_store(store) as opened:
        chosen = opened.run(run)
        entry = opened.entry(chosen.id, key)
        history = opened.history(entry.id)
    as_page = path and path.suffix.lower() in {".html", ".htm"}
    text = (page.as_html if as_page else page.as_markdown)(chosen, entry, chosen.plan.clauses, history=history)
    if path is None:
        click.echo(text, nl=False)
        return Status.APPROVE
    with replacing(path) as file:
        file.write(text.encode())
    say(f"The record of {key!r} is written to {str(path)!r}.")
    return Status.APPROVE
