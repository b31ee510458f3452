"""`reviewer purge`: what a store forgets, and what it can then no longer show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click

from reviewer.cli.status import Status
from reviewer.cli.stores import of_the_store, open_store


@click.command()
@of_the_store
@click.option("--run", metavar="RUN", help="Forget what is in this run: its name or number.")
@click.option("--days", type=click.IntRange(min=0), help="Forget what was recorded longer ago than this many days.")
@click.option(
    "--submission", metavar="ID", help="Forget this submission: the requester's own id, or a number as '#12'."
)
@click.option("--yes", is_flag=True, help="Do not ask; there is no way back.")
def purge(store: str | None, run: str | None, days: int | None, submission: str | None, yes: bool) -> int:
    """Forget submissions by age, run or id: texts, verdicts, people's decisions and replies.

    What is named holds together: --run q3 --days 90 forgets what is older than
    90 days in that run.
    """
    if run is None and days is None and submission is None:
        raise click.UsageError("Name what to forget: --days, --run or --submission.")
    with open_store(store) as opened:
        number = opened.run(run).id if run else None
        what = _named(number, days, submission)
        if not yes and not click.confirm(f"Forget {what} in {opened.where!r} for good?", err=True):
            click.echo("Nothing is forgotten; --yes does without the question.")
            return Status.APPROVE
        before = datetime.now(UTC) - timedelta(days=days) if days is not None else None
        click.echo(opened.purge(before=before, run=number, key=submission).says)
    return Status.APPROVE


def _named(run: int | None, days: int | None, submission: str | None) -> str:
    """Say in words what is meant."""
    what = f"submission {submission!r}" if submission else "every submission"
    what += f" of run {run}" if run else ""
    return what + (f" that was recorded more than {days} days ago" if days is not None else "")
