"""How well the rules read: recall on breaches and false alarms on the rest, per kind and clause.

`python -m benchmarks.rules_quality [--misses] [NAME]` reads `fixtures/descriptions/NAME.jsonl`, by default all.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.texts import labelled
from reviewer import Kind, Reviewer
from reviewer.value import Value

FLAGS = {Kind.FAIL, Kind.REVIEW}


class Labelled(Value):
    """A description with what a reader should find in it.

    `expect`: at least one of these clauses is to be found, the first is what it was written for;
    `allow`: these may be found, too; `bar`: these must not.
    """

    id: str
    kind: str
    text: str
    expect: tuple[str, ...]
    allow: tuple[str, ...] = ()
    bar: tuple[str, ...] = ()
    warning: str | None = None


class Result(NamedTuple):
    """Whether an expected clause was found, and which clauses were found falsely."""

    found: bool
    false: set[str]


def labelled_rows(name: str = "*") -> list[Labelled]:
    """Give the labelled descriptions of the files that `name` fits."""
    return [Labelled.model_validate(row) for row in labelled(name)]


def read(row: Labelled, reviewer: Reviewer) -> Result:
    """Let the rules read a description.

    A false alarm is a clause in question or breached that is barred,
    or where nothing is expected, one that is not allowed.
    In a text about an exception, a restriction that is seen to be met is found as well.
    """
    findings = reviewer.review(row.text).findings
    flagged = {finding.clause.id for finding in findings if finding.kind in FLAGS}
    seen = {finding.clause.id for finding in findings} if row.kind == "exception" else flagged
    false = flagged & set(row.bar) if row.expect else flagged - set(row.allow)
    return Result(found=not seen.isdisjoint(row.expect), false=false)


@dataclass
class Count:
    """How many texts, how many of those that should be found were, and how many have a false alarm."""

    texts: int = 0
    expected: int = 0
    found: int = 0
    false: int = 0

    def __str__(self) -> str:
        """Read as shares."""
        recall = f"{self.found}/{self.expected} = {self.found / self.expected:.0%}" if self.expected else "-"
        return f"{self.texts:>6} {recall:>16} {self.false:>6}"


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="*")
    parser.add_argument("--misses", action="store_true", help="print each text that was read wrongly")
    options = parser.parse_args()
    kinds: defaultdict[str, Count] = defaultdict(Count)
    clauses: defaultdict[str, Count] = defaultdict(Count)
    reviewer = Reviewer()
    for row in labelled_rows(options.name):
        result = read(row, reviewer)
        _count(row, result, kinds, clauses)
        if options.misses and (result.false or (row.expect and not result.found)):
            print(f"{row.id} {row.kind}: expected {row.expect}, falsely found {sorted(result.false)}\n    {row.text}")
    _table("kind", kinds)
    _table("clause", clauses)


def _count(row: Labelled, result: Result, kinds: defaultdict[str, Count], clauses: defaultdict[str, Count]) -> None:
    for name in result.false:
        clauses[name].false += 1
    kinds[row.kind].false += bool(result.false)
    for count in (kinds[row.kind], *(clauses[name] for name in row.expect[:1])):
        count.texts += 1
        count.expected += bool(row.expect)
        count.found += bool(row.expect and result.found)


def _table(title: str, counts: dict[str, Count]) -> None:
    print(f"\n{title:<45} {'texts':>6} {'found':>16} {'false':>6}")
    for name in sorted(counts):
        print(f"{name:<45} {counts[name]}")


if __name__ == "__main__":
    main()
