"""What `reviewer batch` does when it has gone through: tells what came of it, writes it out, and earns a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from reviewer import comparing, wording
from reviewer.cli.progress import WORDS
from reviewer.cli.status import Status, gravest
from reviewer.cli.stores import say
from reviewer.errors import SettingsError
from reviewer.exporters.outline import visible
from reviewer.readers.counting import plural
from reviewer.store.keep import Keep
from reviewer.submission import Submission
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reviewer.batch import Batch
    from reviewer.cli.progress import Tally
    from reviewer.errors import InputError
    from reviewer.run import Entry, Run
    from reviewer.store.counting import Counts
    from reviewer.store.store import Store


class Wanted(NamedTuple):
    """What the person wants at the end: a file, a comparison with a column, and a gate."""

    out: Path | None
    column: str | None
    words: Mapping[str, Decision]
    fail_on: Decision | None
    require_model: bool


def wanted(
    out: Path | None, column: str | None, words: tuple[str, ...], fail_on: str | None, *, require_model: bool
) -> Wanted:
    """Check before anything is read what is only needed at the end; raises `SettingsError`."""
    if bool(column) != bool(words):
        raise click.UsageError(f'--compare-column and --map go together; such as --map "{comparing.EXAMPLE}".')
    if out:
        from reviewer.exporters.formats import check
        from reviewer.exporters.writing import refuse_unwritable

        check(out)
        refuse_unwritable(out)
    meanings = comparing.parse_map(*words) if words else {}
    return Wanted(out, column, meanings, Decision(fail_on) if fail_on else None, require_model)


def checked(submissions: Iterable[Submission | InputError], wanted: Wanted) -> Iterator[Submission | InputError]:
    """Hand submissions on, unless the first row lacks the column to compare with: that is told before any is asked."""
    looking = wanted.column is not None
    for one in submissions:
        if looking and isinstance(one, Submission) and one.fields:
            comparing.refuse_missing(one, wanted.column or "")
            looking = False
        yield one


def refuse_wordless(wanted: Wanted, store: Store) -> None:
    """Raise `SettingsError` for a comparison with a column that the store will not have kept."""
    if wanted.column and store.keep is not Keep.FULL:
        message = (
            f"The store {store.where!r} keeps no columns (store_text is {str(store.keep)!r}), so there is none to"
            " compare with; leave out --compare-column, or name a store that keeps full texts."
        )
        raise SettingsError(message)


def close(going: Batch, store: Store, tally: Tally, wanted: Wanted) -> Status:
    """Tell what the run came to, write what was wanted, and give the exit status."""
    run = going.as_it_stands()
    counts = store.counts(run.id)
    for line in _told(going, run, counts, tally, store.where):
        say(line)
    if wanted.column:
        _compare(store.entries(run.id), wanted.column, wanted.words)
    if wanted.out:
        going.export(wanted.out, fail_on=wanted.fail_on or Decision.REJECT)
        say(f"Written to {str(wanted.out)!r}.")
    return gravest(_earned(going, tally, counts, wanted))


def _compare(entries: Iterable[Entry], column: str, words: Mapping[str, Decision]) -> None:
    from reviewer.exporters import comparison

    click.echo(comparison.as_text(comparing.compare(comparing.paired(entries, column, words))), nl=False)


def _earned(going: Batch, tally: Tally, counts: Counts, wanted: Wanted) -> Iterator[Status]:
    fail_on = wanted.fail_on
    if going.is_out_of_budget:
        yield Status.BUDGET
    if wanted.require_model and going.fallbacks:
        yield Status.RULES_DECIDED
    if tally.refused:
        yield Status.MODEL_REFUSED
    if counts.errors > tally.refused:
        yield Status.INPUT
    if fail_on and counts.decisions[Decision.REJECT]:
        yield Status.REJECT
    if fail_on is Decision.REFER and counts.decisions[Decision.REFER]:
        yield Status.REFER


def _told(going: Batch, run: Run, counts: Counts, tally: Tally, where: str) -> Iterator[str]:
    """Say in a few lines what the run came to, and what can be done next."""
    policies = run.plan.policies
    yield f"Run {run.name!r}: {plural(counts.total, 'submission')} under {visible(wording.policies(policies))}."
    yield from (f"  {visible(told)}" for told in wording.differences(policies))
    decided = [f"{counts.decisions[decision]:,} {word}" for decision, word in WORDS.items()]
    yield f"  {', '.join(decided)}; {counts.errors:,} could not be read, {counts.not_read:,} not reached yet."
    tiers = [f"{counts.tiers[tier]:,} {words.lower()}" for tier, words in wording.TIERS.items() if counts.tiers[tier]]
    if tiers:
        yield f"  By tier: {', '.join(tiers)}."
    for why, count in sorted(counts.why_not_model.items()):
        yield f"  {count:,} read by rules only: {wording.WHY_NOT_MODEL[why]}."
    if going.fallbacks:
        yield "  The model gave no answer to some of them; `--retry-fallbacks` asks it again."
    if counts.vanished:
        yield f"  {counts.vanished:,} that an earlier pass read are in the input no more; they are kept, and marked."
    if going.repeated:
        yield f"  {plural(going.repeated, 'row')} bear an id that stands there already; their text tells them apart."
    if tally.spent or tally.cost_unknown:
        unknown = f", and {plural(tally.cost_unknown, 'row')} of unknown cost" if tally.cost_unknown else ""
        yield f"  This pass took {tally.spent:.4f} US dollars{unknown}."
    if going.is_out_of_budget:
        yield "The budget is used up; with a new one, the same call goes on."
    elif run.passes > going.run.passes:
        yield "Another pass over it has begun meanwhile; what it still has to read is told at its end."
    elif run.ended_at is None:
        yield "It was interrupted, and what it did not come to is in no export; the same call goes on."
    yield f"It is kept in {where!r}."
