"""`reviewer decide`: what people decided, read back from a sheet."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.status import Status
from reviewer.cli.stores import of_the_store, open_store, say
from reviewer.errors import InputError, StoreError, UnwritableStore
from reviewer.exporters.outline import visible
from reviewer.readers.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.run import SignOff
    from reviewer.store.store import Store

_NEVER = (
    "{number} in the store {where!r} never had the verdict that the sheet shows (column 'Verdict'), so the decision may"
    " be about another submission; name the store that the sheet was exported from."
)
TAKEN_IN, REPEATED, REFUSED, DIFFERENT, OUTDATED = "taken in", "repeated", "refused", "different", "outdated"


@click.command()
@of_the_store
@click.option("--run", metavar="RUN", help="Refuse numbers of other runs than this one.")
@click.option("--from", "file", metavar="FILE", required=True, help="A sheet that people have filled in.")
def decide(store: str | None, run: str | None, file: str) -> int:
    """Take in what people decided in a sheet that `export` or `sample` wrote.

    Their decisions stand beside the verdicts, and never over them. Taking in
    the same sheet again changes nothing. Exit status: 0, or 5 if a row could
    not be taken in; the others are.
    """
    from reviewer.readers import sign_offs

    counts: Counter[str] = Counter()
    with open_store(store) as opened:
        number = None if run is None else opened.run(run).id
        for told in sign_offs.read(Path(file), Limits(), now=datetime.now(UTC)):
            counts.update(_refused(str(told)) if isinstance(told, InputError) else _taken_in(opened, number, *told))
    for line in _lines(counts, file):
        click.echo(line)
    return Status.INPUT if counts[REFUSED] else Status.APPROVE


def _taken_in(store: Store, run: int | None, number: str, told: SignOff) -> list[str]:
    """Take a decision in, and give the words under which it is counted."""
    try:
        entry = store.entry(run, number)
    except UnwritableStore:
        raise
    except StoreError as error:
        return _refused(str(error))
    verdict = entry.verdict
    outdated = verdict is not None and told.review_digest not in {None, verdict.review_digest}
    if told.review_digest and (outdated or verdict is None) and not _had(store, entry.id, told.review_digest):
        return _refused(_NEVER.format(number=number, where=store.where))
    if not store.sign(entry.id, told):
        return [REPEATED]
    different = verdict is not None and verdict.decision is not told.decision
    return [TAKEN_IN, *([DIFFERENT] if different else []), *([OUTDATED] if outdated else [])]


def _had(store: Store, entry: int, digest: str) -> bool:
    """Tell whether an entry had this verdict before."""
    return any(verdict.review_digest == digest for _, verdict in store.history(entry))


def _refused(why: str) -> list[str]:
    say(f"Error: {visible(why)}")
    return [REFUSED]


def _lines(counts: Counter[str], file: str) -> Iterator[str]:
    if not counts:
        yield f"Nobody has decided anything in {file!r}; fill in 'Your decision', 'Reason' and 'Name', and save it."
        return
    yield f"Taken in: {counts[TAKEN_IN]:,}; {counts[DIFFERENT]:,} of them differ from the recommendation."
    if counts[REPEATED]:
        yield f"There already: {counts[REPEATED]:,}."
    if counts[OUTDATED]:
        yield f"On an earlier verdict: {counts[OUTDATED]:,}; there is a newer one now, so look at these again."
    if counts[REFUSED]:
        yield f"Not taken in: {counts[REFUSED]:,}, for the reasons above."
