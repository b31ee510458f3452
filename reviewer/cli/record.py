"""`reviewer record`: one submission of a run as a page that stands alone."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.cli.status import Status
from reviewer.cli.stores import of_the_run, open_store, refuse_input, say
from reviewer.errors import SettingsError
from reviewer.exporters.writing import replacing

_PAGES = {".html", ".htm"}
_UNSEEN = "\u200b"  # what an older export puts into an id, so that nothing links it


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
        refuse_input(path, chosen.plan.inputs)
        entry = opened.entry(chosen.id, key.replace(_UNSEEN, ""))
        history = opened.history(entry.id)
    ending = path.suffix.lower() if path else ".md"
    if ending not in {*_PAGES, ".md"}:
        message = f"The ending of {str(path)!r} names no format of a record; take .html or .md."
        raise SettingsError(message)
    as_page = ending in _PAGES
    text = (page.as_html if as_page else page.as_markdown)(chosen, entry, chosen.plan.clauses, history=history)
    if path is None:
        click.echo(text, nl=False)
        return Status.APPROVE
    with replacing(path) as file:
        file.write(text.encode())
    say(f"The record of {key!r} is written to {str(path)!r}.")
    return Status.APPROVE
