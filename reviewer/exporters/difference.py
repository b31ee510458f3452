"""What two runs decide differently, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.changes import UNREAD, Cause
from reviewer.exporters.outline import visible
from reviewer.exporters.plain import as_line, listed, table
from reviewer.wording import KINDS, WHY_NOT_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.changes import Diff, Flip, Side

CAUSES = {
    Cause.UNREAD: "it has a verdict in one run only",
    Cause.TEXT: "its text has changed",
    Cause.POLICY: "the policy has changed",
    Cause.READER: "another reader decided",
    Cause.MODEL: "another model was asked",
    Cause.PROMPTS: "the prompts have changed",
    Cause.CALIBRATION: "the model's standing on the control texts has changed",
    Cause.ENGINE: "nothing else has changed but the rules, the engine or the way of asking",
    Cause.REPLY: "nothing that it was derived from has changed, so the model answered otherwise",
}


def as_json(diff: Diff) -> str:
    """Give the whole difference as one line of JSON."""
    return as_line(diff)


def as_text(diff: Diff, before: str, after: str) -> str:
    """Give the difference between two runs, named as people call them, for people."""
    return "\n".join(_lines(diff, visible(before), visible(after))) + "\n"


def _lines(told: Diff, before: str, after: str) -> Iterator[str]:
    flips = len(told.flips)
    yield f"From {before} to {after}: {flips:,} of {told.matched:,} decisions flipped."
    yield ""
    heads = ["", *(f"then {name}" for name in told.table)]
    yield from (f"  {line}" for line in table(heads, ([was, *row.values()] for was, row in told.table.items())))
    if told.restated:
        yield ""
        yield f"{told.restated:,} kept their decision, for other reasons or clauses."
    for flip in told.flips:
        yield ""
        yield from _flip(flip)
    yield from _rows(f"Only in {after}", [str(row) for row in told.added])
    yield from _rows(f"Only in {before}", [str(row) for row in told.removed])


def _flip(flip: Flip) -> Iterator[str]:
    was, now = (side.decision or UNREAD for side in (flip.before, flip.after))
    yield f"{visible(str(flip.row))}: {was} -> {now}"
    yield f"  Why: {'; '.join(CAUSES[cause] for cause in flip.causes)}."
    if Cause.POLICY in flip.causes:
        yield f"  Policy: {flip.before.policy} -> {flip.after.policy}"
    if Cause.READER in flip.causes:
        yield f"  Read by: {_reader(flip.before)} -> {_reader(flip.after)}"
    yield from _moved("Reasons", *flip.reasons)
    yield from _moved("Clauses", *flip.clauses)
    for clause, before, after in flip.shifts:
        yield f"  Clause {clause}: {KINDS[before].lower()} -> {KINDS[after].lower()}"


def _reader(side: Side) -> str:
    return f"the rules ({WHY_NOT_MODEL[side.why_not_model]})" if side.why_not_model else "the model"


def _moved(what: str, went: Sequence[str], came: Sequence[str]) -> Iterator[str]:
    if went or came:
        told = [f"-{name}" for name in went] + [f"+{name}" for name in came]
        yield f"  {what}: {' '.join(told)}"


def _rows(title: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"{title}: {len(rows):,}"
        yield from listed([visible(row) for row in rows])
