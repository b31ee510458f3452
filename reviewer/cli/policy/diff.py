"""`reviewer policy diff`: what differs between two policies, clause by clause."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from reviewer import loading

if TYPE_CHECKING:
    from reviewer.policy import Policy


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--json", "is_json", is_flag=True, help="Print one line of JSON, for programs.")
def diff(a: str, b: str, *, is_json: bool) -> None:
    """Tell what differs from policy A to policy B, clause by clause.

    What a version declares to have changed is a change; a clause that only one
    of two versions is known to have is told apart, as a gap in what is known.
    Two versions of one policy are shown from the older to the newer.
    """
    from reviewer.differing import differences, versions_between
    from reviewer.exporters import policy_difference

    before, after = _by_age(loading.policy(a), loading.policy(b))
    shipped = [loading.policy(name) for name in loading.policies() if name.split("@")[0] == before.name]
    told = differences(before, after, versions_between(before, after, shipped))
    if is_json:
        click.echo(policy_difference.as_json(told))
    else:
        click.echo(policy_difference.as_text(told, shutil.get_terminal_size().columns), nl=False)


def _by_age(a: Policy, b: Policy) -> tuple[Policy, Policy]:
    """Put the older of two versions of one policy first: changes are declared forwards."""
    is_turned = a.name == b.name and a.since and b.since and b.since < a.since
    if is_turned:
        click.echo(f"{b.address} is the older, and stands first.", err=True)
    return (b, a) if is_turned else (a, b)
