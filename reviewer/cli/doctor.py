"""`reviewer doctor`: whether a model can be asked, and whether it can read."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import configured, of_the_model
from reviewer.cli.status import Status
from reviewer.doctor import Fault, Outcome, examine
from reviewer.exporters.outline import visible
from reviewer.loading import DEFAULT_POLICY

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.doctor import Check

_STATUS = {Fault.SETUP: Status.USAGE, Fault.ENDPOINT: Status.MODEL_REFUSED, Fault.READING: Status.REFER}
_WIDTH = 14
# Further lines stand to the right, so that no text can pass for a check.
_INDENT = " " * 8


@click.command()
@of_the_model
@click.option("--policy", help=f"NAME, NAME@VERSION or a path.  [default: {DEFAULT_POLICY}]")
@click.option("--calibrate", is_flag=True, help="Put the control texts to the model, and keep how it read them.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs (one object a line).",
)
def doctor(
    model: str | None, base_url: str | None, config: Path | None, policy: str | None, calibrate: bool, form: str
) -> int:
    """Check the way to the model, and whether it can read.

    Sends one control text to the model, and all of them with --calibrate.
    Exit status: 0 all well, 2 wrong set-up, 3 the model failed the control
    texts, 6 the endpoint refuses, cannot be reached, or does not answer usably.
    """
    known = configured(config, model=model, base_url=base_url, policy=policy)
    faults = []
    for check in examine(known, calibrate=calibrate):
        click.echo(as_object(check) if form == "json" else as_line(check))
        if check.fault:
            faults.append(check.fault)
    if form == "text":
        click.echo("All is well." if not faults else "Not all is well; see what failed above.")
    # The first failure brought about the others, if there are others.
    return _STATUS[faults[0]] if faults else Status.APPROVE


def as_object(check: Check) -> str:
    """Write a check for programs, in ASCII: its text may be an endpoint's, and may end on a terminal all the same."""
    return json.dumps(check.model_dump(mode="json"), separators=(",", ":"))


def as_line(check: Check) -> str:
    """Write a check for people, what to do about it on a line of its own."""
    told = textwrap.indent(_shown(check.told), _INDENT).removeprefix(_INDENT)
    line = f"{check.outcome:<7} {check.name:<{_WIDTH}}{told}"
    if not check.cure:
        return line
    cure = f"{'Cure' if check.outcome is Outcome.FAILED else 'Next'}: {_shown(check.cure)}"
    return f"{line}\n{textwrap.indent(cure, _INDENT)}"


def _shown(text: str) -> str:
    """Keep the lines, and show what else a terminal would obey by its code."""
    return "\n".join(map(visible, text.split("\n")))
