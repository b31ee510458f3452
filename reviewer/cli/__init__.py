"""The command line: thin, arguments to pieces to output; commands are imported when they are called."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click

from reviewer import __version__
from reviewer.cli.status import Status
from reviewer.errors import InputError, ModelError, ReviewerError

COMMANDS = {
    "batch": "Review every row and document, and keep what comes of it.",
    "compare": "Hold a run against what people decided before.",
    "decide": "Take in what people decided in an exported sheet.",
    "diff": "Tell which decisions differ between two runs, and why.",
    "doctor": "Check the way to the model, and whether it can read.",
    "eval": "Score rules and model on labelled cases.",
    "export": "Write a run as a spreadsheet, a page, or a CI report.",
    "open": "Review a document and open its record in the browser.",
    "policy": "Show, explain, compare, check and test the policies, and make your own.",
    "purge": "Forget submissions by age, run or id.",
    "record": "Write the record of one submission.",
    "replay": "Tell which decisions of a run another policy would change.",
    "review": "Review texts and print a verdict for each.",
    "runs": "List the runs of a store.",
    "sample": "Draw approvals for a blind check, and count the misses.",
}
# `open` would hide a name that Python itself uses.
_CALLED = {"eval": "evaluate", "open": "open_file"}


class Commands(click.Group):
    """A group that imports a command when it is called, so that `--version` loads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"reviewer.cli.{cmd_name}")
        command: click.Command = getattr(module, _CALLED.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as above
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reviewer")
def commands() -> None:
    """Review AI use cases against a code of conduct.

    Exit status: 0 approve, 3 refer, 4 reject; 1 unexpected, 2 usage or settings,
    5 input that cannot be read, 6 refused by the model's endpoint, 7 out of
    budget, 8 decided by rules where a model was required, 130 interrupted.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the status that it earned."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit status, and prints errors as one sentence."""
    _print_whatever_comes()
    try:
        status = commands.main(arguments, prog_name="reviewer", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        return Status.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return Status.USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Status.UNEXPECTED
    except ReviewerError as error:
        click.echo(f"Error: {error}", err=True)
        return _status(error)
    return int(status or 0)


def _status(error: ReviewerError) -> Status:
    if isinstance(error, ModelError):
        return Status.MODEL_REFUSED
    return Status.INPUT if isinstance(error, InputError) else Status.USAGE


def _print_whatever_comes() -> None:
    """Show what a console has no letter for by its code, rather than fail on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
