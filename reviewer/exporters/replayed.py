"""What another policy would change in a run, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reviewer.exporters import difference
from reviewer.exporters.outline import visible
from reviewer.exporters.plain import listed
from reviewer.replay import How

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.changes import Diff
    from reviewer.replay import Replayed

HOW = {
    How.RULES: "read by the rules again",
    How.REPLIES: "derived from what the model said before",
    How.ASKED: "asked anew, for a changed clause can touch them",
    How.NOT_ASKED: "still to be asked; they stand as they were",
    How.NOT_KEPT: "not reviewed again: they have no verdict, or the store does not keep their words",
}


def as_json(diff: Diff, found: Sequence[Replayed]) -> str:
    """Give what changes, and where each verdict comes from, as one line of JSON."""
    told = {
        "difference": diff.model_dump(mode="json"),
        "counts": _counts(found),
        "to_be_asked": [
            {"number": one.before.id, "key": one.before.key, "touching": one.touching, "error": one.error}
            for one in found
            if one.how is How.NOT_ASKED
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def as_text(diff: Diff, found: Sequence[Replayed], before: str, after: str) -> str:
    """Give the same for people; `before` and `after` name the policies."""
    return "\n".join(_lines(diff, found, before, after)) + "\n"


def _counts(found: Sequence[Replayed]) -> dict[str, int]:
    return {how: sum(one.how is how for one in found) for how in How}


def _lines(diff: Diff, found: Sequence[Replayed], before: str, after: str) -> Iterator[str]:
    yield difference.as_text(diff, before, after).rstrip("\n")
    yield ""
    yield from (f"{count:,} {HOW[How(how)]}." for how, count in _counts(found).items() if count)
    waiting = [one for one in found if one.how is How.NOT_ASKED]
    if waiting:
        yield ""
        yield f"Still to be asked, with --max-cost or --max-calls and a model: {len(waiting):,}"
        yield from listed([visible(_waiting(one)) for one in waiting])


def _waiting(one: Replayed) -> str:
    touching = f"; changed clauses that can touch it: {', '.join(one.touching)}" if one.touching else ""
    error = f"; {one.error}" if one.error else ""
    return f"#{one.before.id} {one.before.submission.id or one.before.submission.source}{touching}{error}"
