"""Options that several commands share, and what they and the environment configure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reviewer.configuration import configure

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.configuration import Configuration

F = TypeVar("F", bound="Callable[..., Any]")

_OF_THE_MODEL = (
    click.option("--model", metavar="NAME", help="Ask this model.  [env: REVIEWER_MODEL]"),
    click.option("--base-url", metavar="URL", help="Ask at this endpoint.  [env: REVIEWER_BASE_URL]"),
    click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="Read these settings, too."),
)


def of_the_model(command: F) -> F:
    """Give a command the options that name a model."""
    for option in reversed(_OF_THE_MODEL):
        command = option(command)
    return command


def configured(config: Path | None, *, offline: bool = False, **options: Any) -> Configuration:  # noqa: ANN401  any option
    """Put options, environment and files together; raises `SettingsError`."""
    return configure(os.environ, config=config, offline=offline, **options)
