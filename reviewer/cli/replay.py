"""`reviewer replay`: a run under another policy, before anybody publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reviewer import changes, loading
from reviewer.cli.options import configured, of_a_day, of_the_model
from reviewer.cli.status import Status
from reviewer.cli.stores import as_text_or_json, of_the_run, open_store
from reviewer.errors import SettingsError
from reviewer.reviewer import Reviewer

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.configuration import Configuration
    from reviewer.policy import Policy
    from reviewer.run import Run
    from reviewer.store.replies import Replies


@click.command()
@of_the_run
@click.option(
    "--policy", "policies", multiple=True, required=True, help="The policy to try: NAME, NAME@VERSION or a path."
)
@click.option(
    "--from", "older", multiple=True, help="The policy that the run was made under, if it is not found by its name."
)
@of_a_day
@of_the_model
@click.option("--max-cost", type=click.FloatRange(min=0), help="Ask the model, and no more once this is spent (USD).")
@click.option("--max-calls", type=click.IntRange(min=0), help="Ask the model, and no more after as many calls.")
@as_text_or_json
@click.option("--fail-on-change", is_flag=True, help="Leave with 3 if a decision flips.")
def replay(
    store: str | None,
    run: str | None,
    policies: tuple[str, ...],
    older: tuple[str, ...],
    as_of: str | None,
    config: Path | None,
    form: str,
    fail_on_change: bool,
    **budget: Any,  # noqa: ANN401  each by the name that the configuration knows it by
) -> int:
    """Tell which decisions of a run another policy would change, and by which clause.

    Nothing in the store changes. What rules read, they read again; what a model
    read is derived from its stored replies. Where a changed clause can touch a
    text the model must be asked anew, which is done within --max-cost or
    --max-calls, and told otherwise.
    """
    from reviewer.exporters import replayed as told
    from reviewer.replaying import Replay

    known = configured(config, policy=policies, as_of=as_of, **budget)
    may_ask = any(budget[name] is not None for name in ("max_cost", "max_calls"))
    with open_store(store) as opened, _reviewer(known, opened.replies, may_ask=may_ask) as reviewer:
        chosen = opened.run(run)
        going = Replay(chosen.plan, _older(chosen, older), reviewer, opened.replies)
        found = list(going.replayed(opened.entries(chosen.id)))
    diff = changes.diff((one.before for one in found), (one.after for one in found))
    before = ", ".join(ref.address for ref in chosen.plan.policies)
    after = ", ".join(brief.policy.address for brief in reviewer.desk.briefs)
    click.echo(told.as_json(diff, found) if form == "json" else told.as_text(diff, found, before, after), nl=False)
    return Status.REFER if fail_on_change and diff.flips else Status.APPROVE


def _reviewer(known: Configuration, replies: Replies | None, *, may_ask: bool) -> Reviewer:
    model = known.endpoint if may_ask else None
    return Reviewer(known.policies, as_of=known.as_of, model=model, settings=known.settings, cache=replies)


def _older(run: Run, named: tuple[str, ...]) -> list[Policy]:
    """Give the policies of the run as they stood on the day that it asked about."""
    addresses = named or [ref.address for ref in run.plan.policies]
    try:
        return [loading.policy(address, run.plan.as_of or run.started_at.date()) for address in addresses]
    except SettingsError as error:
        raise SettingsError(f"{error} Name the file that the run was made under with --from.") from error
