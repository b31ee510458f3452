"""`reviewer open`: a document reviewed, and its record in the browser."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewer.batch import plan
from reviewer.cli.options import configured, of_the_review, the_reviewer
from reviewer.cli.status import Status
from reviewer.cli.stores import refuse_input, say
from reviewer.exporters import record as page
from reviewer.exporters.writing import replacing
from reviewer.readers import documents
from reviewer.readers.limits import Limits
from reviewer.run import Entry, Run

if TYPE_CHECKING:
    from reviewer.reviewer import Reviewer


@click.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@of_the_review
@click.option(
    "--to", "path", type=click.Path(path_type=Path), help="Write the page here.  [default: a temporary folder]"
)
@click.option("--no-browser", is_flag=True, help="Write the page, and open nothing.")
def open_file(
    file: Path,
    offline: bool,
    config: Path | None,
    path: Path | None,
    no_browser: bool,
    **settings: Any,  # noqa: ANN401  each by the name that the configuration knows it by
) -> int:
    """Review FILE, write its record as a page, and open that in the browser.

    Nothing is kept but the page, and a model's replies in the user's cache;
    `reviewer batch` keeps what it reviews.
    """
    refuse_input(path, [str(file)])
    known = configured(config, offline=offline, **settings)
    with the_reviewer(known, offline=offline) as reviewer:
        text = _page(file, reviewer)
    target = path or Path(tempfile.mkdtemp(prefix="reviewer-")) / f"{file.stem}.html"
    with replacing(target) as written:
        written.write(text.encode())
    say(f"The record is written to {str(target)!r}.")
    if not no_browser:
        click.launch(target.resolve().as_uri())
    return Status.APPROVE


def _page(file: Path, reviewer: Reviewer) -> str:
    submission = documents.read_path(file, Limits.of(reviewer.settings))
    verdict, now = reviewer.review(submission), datetime.now(UTC)
    run = Run(id=1, plan=plan(reviewer.desk, None, (str(file),), ""), passes=1, started_at=now, ended_at=now)
    entry = Entry(id=1, position=1, key=str(file), submission=submission, verdict=verdict, at=now)
    return page.as_html(run, entry, run.plan.clauses)
