"""How well the rules read: recall on breaches and false alarms on the rest, per kind and clause.

`python -m benchmarks.rules_quality [--misses] [NAME]` reads `fixtures/descriptions/NAME.jsonl`, by default all.
A text counts as found if one of the clauses expected of it is; a false alarm is a clause that is neither
expected nor allowed where nothing is expected, or one that is barred.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass

from benchmarks.texts import labelled
from reviewer import Kind, Reviewer

FLAGS = {Kind.FAIL, Kind.REVIEW}


@dataclass
class Count:
    """How many texts, how many of those that should be found were, and how many false alarms there are."""

    texts: int = 0
    expected: int = 0
    found: int = 0
    false: int = 0

    def __str__(self) -> str:
        """Read as shares."""
        recall = f"{self.found}/{self.expected} = {self.found / self.expected:.0%}" if self.expected else "-"
        clean = self.texts - self.expected
        return f"{self.texts:>6} {recall:>16} {f'{self.false}/{clean}' if clean else self.false:>10}"


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="*")
    parser.add_argument("--misses", action="store_true", help="print each text that was read wrongly")
    options = parser.parse_args()
    kinds: defaultdict[str, Count] = defaultdict(Count)
    clauses: defaultdict[str, Count] = defaultdict(Count)
    reviewer = Reviewer()
    for row in labelled(options.name):
        wrong = _count(row, reviewer, kinds, clauses)
        if wrong and options.misses:
            print(f"{row['id']} {row['kind']}: {wrong}\n    {row['text']}")
    _table("kind", kinds)
    _table("clause", clauses)


def _count(
    row: dict[str, object], reviewer: Reviewer, kinds: defaultdict[str, Count], clauses: defaultdict[str, Count]
) -> str:
    """Count one text under its kind and clauses; says in a few words what was wrong, if anything."""
    verdict = reviewer.review(str(row["text"]))
    found = {finding.clause.id for finding in verdict.findings if finding.kind in FLAGS}
    expect, allow, bar = (_names(row, key) for key in ("expect", "allow", "bar"))
    false = found & set(bar) if expect else found - set(allow)
    kind = kinds[str(row["kind"])]
    kind.texts += 1
    kind.false += bool(false)
    for name in false:
        clauses[name].false += 1
    if expect:
        for count in (kind, clauses[expect[0]]):
            count.expected += 1
            count.found += bool(found & set(expect))
        clauses[expect[0]].texts += 1
        if not found & set(expect):
            return f"misses {', '.join(expect)}; found {', '.join(sorted(found)) or 'nothing'}"
    return f"falsely found {', '.join(sorted(false))}" if false else ""


def _names(row: dict[str, object], key: str) -> list[str]:
    names = row.get(key) or []
    return [str(name) for name in names] if isinstance(names, list) else []


def _table(title: str, counts: dict[str, Count]) -> None:
    print(f"\n{title:<45} {'texts':>6} {'found':>16} {'false':>10}")
    for name in sorted(counts):
        print(f"{name:<45} {counts[name]}")


if __name__ == "__main__":
    main()
