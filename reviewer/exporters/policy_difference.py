"""What differs between two policies, side by side for people, and for programs."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from reviewer.differing import Differs
from reviewer.exporters.outline import visible
from reviewer.exporters.plain import as_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.differing import Declared, Difference, PolicyDiff
    from reviewer.policy import Clause

TWO_COLUMNS = 100
_NARROWEST = 40
_INDENT = "    "
_RULE = " | "

# Each with what stands over the clauses that differ in this way.
KINDS = {
    Differs.ADDED: "Added",
    Differs.REMOVED: "Removed",
    Differs.FIRST_ATTESTED: "First attested (not attested in the older version; a gap is no change)",
    Differs.NOT_ATTESTED: "Not attested any more (what is known of the newer version leaves gaps; a gap is no change)",
    Differs.ONLY_BEFORE: "Only in the first policy",
    Differs.ONLY_AFTER: "Only in the second policy",
    Differs.WIDENED: "Widened",
    Differs.NARROWED: "Narrowed",
    Differs.REWORDED: "Reworded",
    Differs.PERHAPS_BEFORE: "Changed since a version older than both (it may have come before either)",
    Differs.TIGHTENED: "Tightened",
    Differs.LOOSENED: "Loosened",
    Differs.NEEDS: "Needs something else",
    Differs.DATED: "Applies from another day",
    Differs.RENAMED: "Goes by another id",
    Differs.RENUMBERED: "Renumbered",
    Differs.EXCEPTIONS: "Other exceptions",
    Differs.SCOPE: "Other scope",
    Differs.TEXT: "Other words",
    Differs.STANDING: "Known in another way",
}
_OF_WORDS = {Differs.EXCEPTIONS, Differs.SCOPE, Differs.TEXT}
_OUR_WORDS = "The words are our paraphrase on one side at least, so that other words may mean the same."


def as_json(diff: PolicyDiff) -> str:
    """Give the whole difference as one line of JSON."""
    return as_line(diff)


def as_text(diff: PolicyDiff, width: int = TWO_COLUMNS) -> str:
    """Give the difference for people: in two columns if `width` columns or more are 100, one below the other else."""
    return "\n".join(_lines(diff, max(width, _NARROWEST))) + "\n"


def _lines(diff: PolicyDiff, width: int) -> Iterator[str]:
    yield from _wrapped(f"From {visible(diff.before)} to {visible(diff.after)}", width, "")
    if diff.between:
        between = ", ".join(map(visible, diff.between))
        yield from _wrapped(f"Between them: {between}; what these declare to have changed counts.", width, "")
    for kind, title in KINDS.items():
        if found := [difference for difference in diff.differences if difference.kinds[0] is kind]:
            yield from ("", *_wrapped(f"{title}: {len(found)}", width, ""))
            for difference in found:
                yield from _difference(diff, difference, width)
    yield from ("", f"The same: {len(diff.same)}")
    yield from _gaps(diff, width)


def _gaps(diff: PolicyDiff, width: int) -> Iterator[str]:
    """Tell what is not known of the sides; what both lack, as an overlay and the policy below it do, once."""
    addresses: dict[tuple[str, ...], list[str]] = {}
    for address, gaps in ((diff.before, diff.gaps_before), (diff.after, diff.gaps_after)):
        if gaps:
            addresses.setdefault(gaps, []).append(visible(address))
    for gaps, named in addresses.items():
        yield from ("", *_wrapped(f"Not known of {' and '.join(named)}", width, ""))
        for gap in gaps:
            yield from textwrap.wrap(f"- {visible(gap)}", width, initial_indent="  ", subsequent_indent="    ")


def _difference(diff: PolicyDiff, difference: Difference, width: int) -> Iterator[str]:
    yield from ("", *_wrapped(f"{visible(difference.clause)}: {visible(difference.title)}", width, "  "))
    if also := [KINDS[kind].split(" (")[0].lower() for kind in difference.kinds[1:]]:
        yield from _wrapped(f"Also: {', '.join(also)}.", width)
    for declared in difference.declared:
        yield from _wrapped(_declared(declared), width)
    if difference.is_paraphrased and not _OF_WORDS.isdisjoint(difference.kinds):
        yield from _wrapped(_OUR_WORDS, width)
    before = [visible(diff.before), *_side(difference.before)]
    after = [visible(diff.after), *_side(difference.after)]
    yield from _beside(before, after, width) if width >= TWO_COLUMNS else _below(before, after, width)


def _declared(declared: Declared) -> str:
    note = visible(declared.note).rstrip(".")
    return (
        f"{declared.version} declares it {declared.kind} since {declared.since}: {note} "
        f"({declared.standing}; {visible(declared.source).rstrip('.')})."
    )


def _side(clause: Clause | None) -> Iterator[str]:
    if clause is None:
        yield "-"
        return
    needs = f", needs {clause.needs}" if clause.needs else ""
    applies = f", from {clause.applies_from}" if clause.applies_from else ""
    yield f"{f'No. {clause.number}' if clause.number else 'no number'}, {clause.effect}{needs}{applies}"
    yield visible(clause.text)
    if clause.scope:
        yield f"Scope: {visible(clause.scope)}"
    yield from (f"Exception: {visible(exception)}" for exception in clause.exceptions)
    yield f"Standing: {clause.standing}"


def _beside(before: list[str], after: list[str], width: int) -> Iterator[str]:
    """Lay the sides in two columns, paragraph beside paragraph as they come."""
    column = (width - len(_INDENT) - len(_RULE)) // 2
    columns = ([line for text in side for line in _wrapped(text, column, "")] for side in (before, after))
    for left, right in zip_longest(*columns, fillvalue=""):
        yield f"{_INDENT}{left.ljust(column)}{_RULE}{right}".rstrip()


def _below(before: list[str], after: list[str], width: int) -> Iterator[str]:
    for address, *texts in (before, after):
        yield from _wrapped(f"{address}:", width)
        yield from (line for text in texts for line in _wrapped(text, width, _INDENT * 2))


def _wrapped(text: str, width: int, indent: str = _INDENT) -> Iterable[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
