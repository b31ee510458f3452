"""`reviewer sample`: a blind check of what a run approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer import sampling
from reviewer.cli.status import Status
from reviewer.cli.stores import as_text_or_json, of_the_run, open_store, say
from reviewer.errors import SettingsError
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.run import Entry, Run

MOST = 10_000
_NOTHING = {
    Decision.APPROVE: "approved nothing, so there is nothing to sample; rules alone never approve: name a run that "
    "asked a model with --run, or sample another decision with --decision",
    Decision.REFER: "referred nothing, so there is nothing to sample; name another run with --run",
    Decision.REJECT: "rejected nothing, so there is nothing to sample; name another run with --run",
}
_NO_TEXT = "The store keeps no full texts, so the sheet says only where each one stands; hand the checker the files."


@click.command()
@of_the_run
@click.option("--n", type=click.IntRange(1, MOST), default=60, show_default=True, help="How many to draw.")
@click.option("--seed", type=int, required=True, help="Any number; the same one draws the same entries again.")
@click.option(
    "--decision",
    type=click.Choice([str(decision) for decision in Decision]),
    default=str(Decision.APPROVE),
    show_default=True,
    help="Which decisions to check.",
)
@click.option("--out", metavar="FILE", help="Write a sheet for the checker here, as .xlsx or .csv.")
@click.option("--leave-out", multiple=True, metavar="COLUMN", help="Keep this column of the input from the checker.")
@as_text_or_json
def sample(
    store: str | None,
    run: str | None,
    n: int,
    seed: int,
    decision: str,
    out: str | None,
    leave_out: tuple[str, ...],
    form: str,
) -> int:
    """Draw approvals for a blind check, and count the misses.

    The sheet shows the texts and not what the run decided. Once it is filled
    in, `reviewer decide --from FILE` takes the answers in, and the same command
    prints the share of misses with its interval.
    """
    from reviewer.exporters import sample_report

    if leave_out and not out:
        raise click.UsageError("--leave-out is about the sheet; name one with --out.")
    with open_store(store) as opened:
        chosen = opened.run(run)
        drawn, told = _drawn(chosen, opened.entries(chosen.id), n, seed, Decision(decision))
    if out:
        _write(Path(out), drawn, leave_out)
    click.echo(sample_report.as_json(told) if form == "json" else sample_report.as_text(told), nl=form == "json")
    return Status.APPROVE


def _drawn(
    run: Run, entries: Iterable[Entry], n: int, seed: int, decision: Decision
) -> tuple[tuple[Entry, ...], sampling.Sample]:
    seen = _Counted(sampling.candidates(entries, decision))
    drawn = sampling.draw(seen, n, seed, decision)
    if not drawn:
        message = f"Run {run.name!r} {_NOTHING[decision]}."
        raise SettingsError(message)
    told = sampling.Sample(
        run=run.name,
        decision=decision,
        n=n,
        seed=seed,
        population=seen.count,
        drawn=len(drawn),
        check=sampling.check(drawn),
    )
    return drawn, told


class _Counted:
    """Passes entries on and counts them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.count += 1
            yield entry


def _write(path: Path, drawn: Sequence[Entry], leave_out: tuple[str, ...]) -> None:
    """Write those that nobody has answered yet, so that a larger draw asks nobody twice."""
    from reviewer.exporters import blind

    asked = [entry for entry in drawn if entry.sign_off is None]
    if not asked:
        say("All of them are answered, so no sheet was written.")
        return
    blind.write(path, blind.sheet(asked, leave_out))
    say(f"{len(asked):,} to decide on are in {str(path)!r}; read them back with `reviewer decide --from {path}`.")
    if not any(entry.submission.text for entry in asked):
        say(_NO_TEXT)
