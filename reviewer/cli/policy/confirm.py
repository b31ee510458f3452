"""`reviewer policy confirm`: put on record that somebody held a clause against the official page."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer import loading
from reviewer.cli.policy.naming import clause_of
from reviewer.errors import PolicyError, SettingsError

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("clause_ids", nargs=-1, required=True, metavar="CLAUSE...")
@click.option(
    "--policy",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of your own policy, which extends the published one.",
)
@click.option("--by", required=True, metavar="NAME", help="Who compared our text with the page.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="When.  [default: today]")
def confirm(clause_ids: tuple[str, ...], file: Path, by: str, day: datetime | None) -> None:
    """Record that our text of each CLAUSE was compared with the official page.

    The record is written into your own policy, where reviews and reports find
    it: a confirmed clause counts as certain, one that is only inferred as well.
    """
    address = f"./{file}" if not loading.is_path(str(file)) else str(file)
    policy = loading.policy(address)
    if policy.extends is None:
        raise SettingsError(f"{str(file)!r} extends no published policy; its clauses are your own and need no page.")
    for name in clause_ids:
        if known := clause_of(policy, name, str(file)).confirmed:
            message = f"{name!r} is confirmed by {known.by!r} on {known.on} already; change it in {str(file)!r}."
            raise SettingsError(message)
    on = _day(day)
    _append(file, "".join(_record(name, by, on) for name in dict.fromkeys(clause_ids)), address)
    for name in clause_ids:
        click.echo(f"{name}: held against {policy.url} by {by} on {on}.")


def _day(given: datetime | None) -> date:
    today = datetime.now(UTC).date()
    on = given.date() if given else today
    if on > today:
        raise SettingsError(f"--on {on} has not come yet; give the day on which the page was compared.")
    return on


def _record(name: str, by: str, on: date) -> str:
    import tomli_w

    return "\n" + tomli_w.dumps({"confirmed": {name: {"by": by, "on": on}}})


def _append(file: Path, record: str, address: str) -> None:
    """Add to the file whole or not at all; what would not load is not kept."""
    before = file.read_bytes()
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.toml")
    try:
        unfinished.write_bytes(before.rstrip() + b"\n" + record.encode())
        loading.policy(f"{file.parent}/{unfinished.name}")
        unfinished.replace(file)
    except OSError as error:
        raise SettingsError(f"The file {str(file)!r} cannot be written: {error.strerror or error}.") from error
    except PolicyError as error:
        message = f"The record cannot be added to {address!r}; mend it, or write it there by hand: {record.strip()!r}."
        raise PolicyError(message, error.issues) from error
    finally:
        unfinished.unlink(missing_ok=True)
