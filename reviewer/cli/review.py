"""`reviewer review`: texts in, verdicts out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.status import Status, gravest
from reviewer.errors import InputError
from reviewer.loading import DEFAULT_POLICY
from reviewer.readers.text import read_file, read_stream
from reviewer.reviewer import Reviewer
from reviewer.settings import Settings
from reviewer.submission import Source
from reviewer.verdict import Decision, WhyNotModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reviewer.submission import Submission
    from reviewer.verdict import Verdict

_STATUS = {Decision.APPROVE: Status.APPROVE, Decision.REFER: Status.REFER, Decision.REJECT: Status.REJECT}


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE...|-]")
@click.option("--policy", default=DEFAULT_POLICY, show_default=True, help="NAME, NAME@VERSION or a path.")
@click.option("--offline", is_flag=True, help="Ask no model, whatever the environment says; rules read alone.")
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
    default=Settings().max_characters,
    show_default=True,
    help="Refuse a longer text.",
)
@click.option("--rules-may-reject/--rules-only-refer", default=True, help="Whether rules alone may reject.")
@click.option("--exit-zero", is_flag=True, help="Leave with 0 for every verdict; errors keep their status.")
def review(
    files: tuple[str, ...],
    policy: str,
    offline: bool,
    form: str,
    max_characters: int,
    rules_may_reject: bool,
    exit_zero: bool,
) -> int:
    """Review each FILE, or standard input, and print a verdict.

    One file that cannot be read does not stop the others.
    """
    settings = Settings(max_characters=max_characters, rules_may_reject=rules_may_reject)
    why_not_model = WhyNotModel.OFFLINE if offline else WhyNotModel.NO_MODEL_CONFIGURED
    reviewer = Reviewer(policy, settings=settings, why_not_model=why_not_model)
    print_verdict = _printer(form)
    statuses = list(_statuses(_named(files), reviewer, print_verdict))
    return gravest(status for status in statuses if not exit_zero or status not in _STATUS.values())


def _named(files: tuple[str, ...]) -> tuple[str, ...]:
    if not files and sys.stdin.isatty():
        message = "Name a FILE, or pipe a text into standard input; `reviewer review --help` tells more."
        raise click.UsageError(message)
    return files or ("-",)


def _statuses(files: tuple[str, ...], reviewer: Reviewer, print_verdict: Callable[[Verdict], None]) -> Iterator[Status]:
    reviewer.brief  # noqa: B018  a broken policy is told before any text is read
    for file in files:
        try:
            verdict = reviewer.review(_read(file, reviewer.settings.max_characters))
        except InputError as error:
            click.echo(f"Error: {error}", err=True)
            yield Status.INPUT
        else:
            print_verdict(verdict)
            yield _STATUS[verdict.decision]


def _read(file: str, max_characters: int) -> Submission:
    if file == "-":
        return read_stream(sys.stdin.buffer, Source(file="standard input"), max_characters)
    return read_file(Path(file), max_characters)


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
