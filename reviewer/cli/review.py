"""`reviewer review`: texts in, verdicts out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewer.cli.options import (
    NO_MODEL,
    configured,
    of_the_columns,
    of_the_review,
    standard_input,
    the_reviewer,
    the_template,
)
from reviewer.cli.status import Status, gravest
from reviewer.errors import InputError, ModelError, SettingsError
from reviewer.readers.intake import Intake
from reviewer.readers.limits import Limits
from reviewer.receipt import WhyNotModel
from reviewer.settings import Settings
from reviewer.verdict import DecidedBy, Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reviewer.endpoint import Endpoint
    from reviewer.errors import ReviewerError
    from reviewer.reviewer import Reviewer
    from reviewer.submission import Submission

_STATUS = {Decision.APPROVE: Status.APPROVE, Decision.REFER: Status.REFER, Decision.REJECT: Status.REJECT}
_NOT_REQUIRED = {None, WhyNotModel.TOO_LITTLE_SAID}


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE...|-]")
@of_the_review
@click.option("--require-model", is_flag=True, help="Leave with 8 if the rules had to decide.")
@click.option("--cache", type=click.Path(path_type=Path), help="Keep replies here.  [default: the user's cache folder]")
@click.option("--no-cache", is_flag=True, help="Keep no replies, and use none.")
@click.option("--show-request", is_flag=True, help="Show what would be sent, and to whom, and send nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="For people, for programs (one object a line), or for a ticket.",
)
@click.option(
    "--max-characters",
    type=click.IntRange(min=1),
    help=f"Refuse a longer text.  [default: {Settings.model_fields['max_characters'].default}]",
)
@of_the_columns
@click.option(
    "--fail-on",
    type=click.Choice(["reject", "refer", "condition"]),
    default="refer",
    show_default=True,
    help="The mildest outcome that is no success; `condition` is an approval with conditions of its own.",
)
@click.option("--exit-zero", is_flag=True, help="Leave with 0 for every verdict; errors keep their status.")
def review(
    files: tuple[str, ...],
    offline: bool,
    require_model: bool,
    cache: Path | None,
    no_cache: bool,
    show_request: bool,
    form: str,
    fail_on: str,
    exit_zero: bool,
    config: Path | None,
    text_columns: tuple[str, ...],
    id_column: str | None,
    sheets: tuple[str, ...],
    template: Path | None,
    **settings: Any,  # noqa: ANN401  each by the name that the configuration knows it by
) -> int:
    """Review each FILE, or standard input, and print a verdict.

    A FILE is a document (text, Markdown, PDF, DOCX, PPTX, HTML, EML, MSG), a
    spreadsheet with a submission in each row (CSV, TSV, XLSX, JSON, JSONL), a
    folder or a pattern. One that cannot be read does not stop the others.
    """
    if offline and (require_model or show_request):
        raise click.UsageError("--offline asks no model; it goes with neither --require-model nor --show-request.")
    known = configured(config, offline=offline, **settings)
    if (require_model or show_request) and known.endpoint is None:
        raise SettingsError(NO_MODEL)
    columns = the_template(text_columns, id_column, sheets, template)
    with the_reviewer(known, cache, offline=offline, no_cache=no_cache or show_request) as reviewer:
        reviewer.desk.brief  # noqa: B018  a broken policy is told before any text is read
        limits = Limits.of(reviewer.settings)
        named = _named(files)
        submissions = Intake(named, limits, columns, standard_input(named)).submissions()
        if show_request and known.endpoint:
            return _show_requests(submissions, reviewer, known.endpoint, form)
        print_verdict = _printer(form)
        outcomes = reviewer.review_many(submissions)
        statuses = [_told(outcome, print_verdict, fail_on, require_model=require_model) for outcome in outcomes]
    return gravest(status for status in statuses if not exit_zero or status not in _STATUS.values())


def _named(files: tuple[str, ...]) -> tuple[str, ...]:
    if not files and sys.stdin.isatty():
        message = "Name a FILE, or pipe a text into standard input; `reviewer review --help` tells more."
        raise click.UsageError(message)
    return files or ("-",)


def _told(
    outcome: Verdict | ReviewerError, print_verdict: Callable[[Verdict], None], fail_on: str, *, require_model: bool
) -> Status:
    """Print what came of a text, and give the status that it earns."""
    if not isinstance(outcome, Verdict):
        click.echo(f"Error: {outcome}", err=True)
        return Status.MODEL_REFUSED if isinstance(outcome, ModelError) else Status.INPUT
    print_verdict(outcome)
    if outcome.why_not_model is WhyNotModel.BUDGET:
        return Status.BUDGET
    if require_model and outcome.decided_by is DecidedBy.RULES and outcome.why_not_model not in _NOT_REQUIRED:
        return Status.RULES_DECIDED
    return _earned(outcome, fail_on)


def _earned(verdict: Verdict, fail_on: str) -> Status:
    if fail_on == "reject" and verdict.decision is Decision.REFER:
        return Status.APPROVE
    tied = any(not condition.standing for condition in verdict.conditions)
    if fail_on == "condition" and verdict.decision is Decision.APPROVE and tied:
        return Status.REFER
    return _STATUS[verdict.decision]


def _show_requests(
    submissions: Iterator[Submission | InputError], reviewer: Reviewer, endpoint: Endpoint, form: str
) -> Status:
    """Print every call that a review would begin with, whole, and send none."""
    from reviewer.exporters import request

    render = request.as_json if form == "json" else request.as_text
    statuses = []
    for submission in submissions:
        if isinstance(submission, InputError):
            click.echo(f"Error: {submission}", err=True)
            statuses.append(Status.INPUT)
        else:
            calls = reviewer.requests(submission)
            for call in calls:
                _write(render(call, endpoint) + "\n")
            if not calls:
                click.echo(f"{submission.source}: says too little to be worth asking; nothing would be sent.", err=True)
    return gravest(statuses)


def _printer(form: str) -> Callable[[Verdict], None]:
    if form == "json":
        return lambda verdict: _write(verdict.model_dump_json() + "\n")
    if form == "md":
        from reviewer.exporters import markdown

        return lambda verdict: _write(markdown.render(verdict) + "\n")
    from reviewer.exporters import terminal

    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return terminal.paint
    return lambda verdict: click.echo(terminal.render(verdict))


def _write(text: str) -> None:
    """Write UTF-8 whatever the console speaks: a program reads this."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
