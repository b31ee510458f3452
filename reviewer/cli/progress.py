"""How far a batch has come, for the person who waits: a bar on a terminal, and nothing where there is none."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.errors import ModelError
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reviewer.batch import Row
    from reviewer.verdict import Verdict

WORDS = {Decision.REJECT: "reject", Decision.REFER: "refer", Decision.APPROVE: "no objection"}


@dataclass
class Tally:
    """What has come of the rows so far; `spent` is in US dollars, without the rows of `cost_unknown`.

    `known` were read by an earlier pass, `unread` were not read for want of budget, and `errors` could not be read,
    of which the endpoint `refused` some.
    """

    done: int = 0
    known: int = 0
    errors: int = 0
    refused: int = 0
    unread: int = 0
    fallbacks: int = 0
    spent: float = 0.0
    cost_unknown: int = 0
    decisions: Counter[Decision] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        """Count a row."""
        self.done += 1
        if row.verdict:
            self._add(row.verdict)
        elif row.known:
            self.known += 1
        elif row.error:
            self.errors += 1
            self.refused += isinstance(row.error, ModelError)
        else:
            self.unread += 1

    def _add(self, verdict: Verdict) -> None:
        self.decisions[verdict.decision] += 1
        self.fallbacks += verdict.model is not None and verdict.why_not_model is not None
        if verdict.receipt:
            self.spent += verdict.receipt.cost or 0.0
            self.cost_unknown += verdict.receipt.cost is None

    def __str__(self) -> str:
        """Say it in a few words."""
        counts = [(self.decisions[decision], WORDS[decision]) for decision in WORDS]
        counts += [(self.known, "as before"), (self.errors, "unreadable"), (self.unread, "not read")]
        counts += [(self.fallbacks, "by rules for want of an answer")]
        told = [f"{count:,} {words}" for count, words in counts if count]
        return ", ".join([*told, *([f"{self.spent:.4f} dollars"] if self.spent else [])])


@contextmanager
def shown(count: Callable[[], int | None]) -> Iterator[Callable[[Tally], None]]:
    """Show a bar on standard error; `count` tells how many rows there will be, or None where nobody knows."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=count() if console.is_terminal else None, rate="")

        def show(tally: Tally) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=tally.done, description=str(tally), rate=f"{speed:,.0f}/s" if speed else "")

        yield show
