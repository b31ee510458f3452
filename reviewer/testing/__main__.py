"""A fake endpoint in the foreground, to try commands against: `python -m reviewer.testing`."""

from __future__ import annotations

import contextlib
import sys
from threading import Event

import click

from reviewer.errors import SettingsError
from reviewer.testing.behaviours import NAMED
from reviewer.testing.bodies import MODEL
from reviewer.testing.endpoint import FakeEndpoint


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="Where to listen; any free port by default.")
@click.option("--latency", type=click.FloatRange(0), default=0.0, help="How long an answer takes at least, in seconds.")
@click.option(
    "--misbehave",
    type=click.Choice(sorted(NAMED)),
    metavar="NAME",
    help=f"What to do instead of answering by the rules: {', '.join(NAMED)}.",
)
def serve(port: int, latency: float, misbehave: str | None) -> None:
    """Serve a fake endpoint on this machine until Ctrl-C.

    It answers each review as the shipped keyword rules would, and needs no key.
    """
    try:
        fake = FakeEndpoint([NAMED[misbehave]()] if misbehave else (), latency=latency, port=port)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    with fake, contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is the way to end it
        click.echo(f"export REVIEWER_BASE_URL={fake.base_url}\nexport REVIEWER_MODEL={MODEL}")
        click.echo("Serving until Ctrl-C.", err=True)
        Event().wait()


if __name__ == "__main__":
    sys.exit(serve(prog_name="python -m reviewer.testing"))
