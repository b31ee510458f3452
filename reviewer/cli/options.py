"""Options that several commands share, and what they and the environment configure."""

from __future__ import annotations

import os
import sys
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reviewer.configuration import cache_file, configure
from reviewer.loading import DEFAULT_POLICY
from reviewer.receipt import WhyNotModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.configuration import Configuration
    from reviewer.readers.sheets.template import Template
    from reviewer.reviewer import Reviewer

F = TypeVar("F", bound="Callable[..., Any]")

NO_MODEL = "No model is configured: name one with --model or REVIEWER_MODEL; `reviewer doctor` tells what is set."
_FILE = click.Path(path_type=Path, dir_okay=False)

_OF_THE_MODEL = (
    click.option("--model", metavar="NAME", help="Ask this model.  [env: REVIEWER_MODEL]"),
    click.option("--base-url", metavar="URL", help="Ask at this endpoint.  [env: REVIEWER_BASE_URL]"),
    click.option("--config", type=_FILE, help="Read these settings, too."),
)

of_policies = click.option(
    "--policy",
    multiple=True,
    help=f"NAME, NAME@VERSION or a path (again for more; the strictest wins).  [default: {DEFAULT_POLICY}]",
)
of_a_day = click.option(
    "--as-of", metavar="DATE", help="Review as on this day: the versions and clauses in force then.  [default: today]"
)

_OF_THE_REVIEW = (
    of_policies,
    of_a_day,
    click.option("--offline", is_flag=True, help="Ask no model, whatever the environment says; rules read alone."),
    *_OF_THE_MODEL,
    click.option("--max-cost", type=click.FloatRange(min=0), help="Ask no more once this is spent, in US dollars."),
    click.option("--mask", is_flag=True, default=None, help="Mask addresses, numbers and secrets before text leaves."),
    click.option("--rules-may-reject/--rules-only-refer", default=None, help="Whether rules alone may reject."),
)

_OF_THE_COLUMNS = (
    click.option(
        "--text-column", "text_columns", multiple=True, metavar="NAME", help="Read this column (again for more)."
    ),
    click.option("--id-column", metavar="NAME", help="The column that names each row."),
    click.option(
        "--sheet", "sheets", multiple=True, metavar="NAME", help="Read this sheet of a workbook (again for more)."
    ),
    click.option("--template", type=_FILE, help="Read columns and sheets as this TOML file says."),
)


def of_the_model(command: F) -> F:
    """Give a command the options that name a model."""
    return _given(command, _OF_THE_MODEL)


def of_the_review(command: F) -> F:
    """Give a command the options that say how texts are reviewed, those of the model among them."""
    return _given(command, _OF_THE_REVIEW)


def of_the_columns(command: F) -> F:
    """Give a command the options that say which columns of a sheet are read."""
    return _given(command, _OF_THE_COLUMNS)


def _given(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def configured(config: Path | None, *, offline: bool = False, **options: Any) -> Configuration:  # noqa: ANN401  any option
    """Put options, environment and files together; raises `SettingsError`."""
    return configure(os.environ, config=config, offline=offline, **options)


def the_reviewer(known: Configuration, cache: Path | None = None, *, offline: bool, no_cache: bool = False) -> Reviewer:
    """Make the reviewer that was configured, with the user's own cache unless another or none is wanted."""
    from reviewer.reviewer import Reviewer

    own = (known.cache or cache_file()) if known.endpoint else None
    return Reviewer(
        known.policies or DEFAULT_POLICY,
        as_of=known.as_of,
        model=known.endpoint,
        settings=known.settings,
        cache=None if no_cache or own is None else cache or own,
        calibrations=own,
        why_not_model=WhyNotModel.OFFLINE if offline else WhyNotModel.NO_MODEL_CONFIGURED,
    )


def the_template(
    text_columns: tuple[str, ...],
    id_column: str | None,
    sheets: tuple[str, ...],
    template: Path | None,
    leave_out: str | None = None,
) -> Template | None:
    """Put the columns that were named over those of the template, if any; raises `SettingsError` for a broken one."""
    if not (text_columns or id_column or sheets or template or leave_out):
        return None
    from reviewer.readers.sheets.template import Template

    known = Template.load(template) if template else Template()
    # Where the text columns are named, nothing is found that could be left out, and the run stays the same.
    is_found = leave_out and not (text_columns or known.text_columns)
    aside = (*known.leave_out, leave_out) if is_found else ()
    named = {"text_columns": text_columns, "id_column": id_column, "sheets": sheets, "leave_out": aside}
    return known.model_copy(update={name: value for name, value in named.items() if value})


def standard_input(named: Sequence[str]) -> BufferedReader | None:
    """Give the bytes of standard input where they are named, by `-`."""
    if "-" not in named:
        return None
    stream = sys.stdin.buffer
    return stream if isinstance(stream, BufferedReader) else BufferedReader(stream)  # type: ignore[arg-type]  # a test's, of bytes
