"""Fit the weights of a language on labelled descriptions: `python scripts/fit_weights.py en [INVENTORY.csv]`.

Logistic regression for each use on the stems of a text, each counted once; the weights that tell most are kept.
The descriptions of `fixtures/descriptions` in that language are learned from, but for those that are only scored.
The rows of a federal inventory, if one is named, stand for ordinary projects, but for those that a rule flags.
It needs scikit-learn, which nothing else does: `pip install scikit-learn`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, lil_matrix
from sklearn.linear_model import LogisticRegression

from reviewer import Reviewer, loading
from reviewer.grammar import Grammar
from reviewer.labelled import Half, Labelled, parse
from reviewer.submission import Submission
from reviewer.text import Text

STEM, STEMS_A_USE, LEAST_TEXTS, FEWEST_MEETINGS, SHORTEST_STEM = 7, 500, 8, 2, 3
SHARE = 0.75
STRENGTH = 10.0
SCORED_ONLY = {"english.jsonl", "english-2.jsonl", "languages.jsonl", "languages-2.jsonl"}
# Whether these are breached hangs on a fact (who, where, exact or range), and words alone cannot tell it.
LEFT_OUT = {
    "us-police-facial-recognition",
    "law-enforcement-mobile-facial-recognition",
    "sensitive-attribute-inference",
}
MATTERS = ("biometric-identification", "consequential-decisions")
SHORTEST_CELL, SHORTEST_ROW, LONGEST_ROW = 40, 100, 1_500
DESCRIPTIONS = Path(__file__).resolve().parent.parent / "fixtures" / "descriptions"


class Learned(NamedTuple):
    """A text as its stems, and the uses that it is labelled with."""

    stems: frozenset[str]
    uses: frozenset[str]


def labelled(language: str, without: set[str]) -> list[Labelled]:
    """Give the descriptions in a language that may be learned from: of the sets that are scored, the other half."""
    found = []
    for file in sorted(file for file in DESCRIPTIONS.glob("*.jsonl") if file.name not in without):
        with file.open(encoding="utf-8") as lines:
            cases = [case for _, case in parse(lines, file.name)]
            found += [case for case in cases if case.half is Half.DEVELOP or file.name not in SCORED_ONLY]
    return [case for case in found if (case.language or "en") == language]


def ordinary(inventory: Path) -> list[str]:
    """Give the rows of an inventory that no rule flags."""
    reviewer = Reviewer()
    with inventory.open(encoding="utf-8-sig", newline="") as file:
        rows = [" ".join(cell for cell in row if len(cell) > SHORTEST_CELL)[:LONGEST_ROW] for row in csv.reader(file)]
    return [row for row in rows if len(row) > SHORTEST_ROW and not reviewer.review(row).findings]


def stems(text: str) -> frozenset[str]:
    """Give the stems of a text, each once."""
    return frozenset(word[:STEM] for word in Text.of(Submission(text=text)).words)


def telling(texts: list[Learned], language: str) -> dict[str, int]:
    """Number the stems that tell something: met more than once, and no function words."""
    counts = Counter(stem for text in texts if text.uses for stem in text.stems)
    common = {word[:STEM] for word in Grammar(loading.library_from(loading.uses(), language).languages[0]).common}
    kept = (stem for stem, count in counts.items() if count >= FEWEST_MEETINGS and len(stem) >= SHORTEST_STEM)
    return {stem: at for at, stem in enumerate(sorted(set(kept) - common))}


def matrix(texts: list[Learned], columns: dict[str, int]) -> csr_matrix:
    """Give a row for each text, in which each of its stems counts as much as the square root of their number allows."""
    found = lil_matrix((len(texts), len(columns)))
    for row, text in enumerate(texts):
        for stem in text.stems & columns.keys():
            found[row, columns[stem]] = 1 / math.sqrt(len(text.stems))
    return found.tocsr()


def fit(texts: list[Learned], columns: dict[str, int]) -> dict[str, tuple[int, dict[str, int]]]:
    """Give bias and weights of each use that enough texts are about, in thousandths."""
    names, rows = list(columns), matrix(texts, columns)
    found = {}
    for use, count in sorted(Counter(use for text in texts for use in text.uses).items()):
        if count < LEAST_TEXTS or use in LEFT_OUT:
            continue
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2_000)
        model.fit(rows, np.array([use in text.uses for text in texts]))
        weights = model.coef_[0]
        kept = sorted(np.argsort(-np.abs(weights))[:STEMS_A_USE])
        words = {names[at]: round(1_000 * weights[at]) for at in kept}
        found[use] = (round(1_000 * model.intercept_[0]), {stem: weight for stem, weight in words.items() if weight})
    return found


def written_words(words: dict[str, int]) -> list[str]:
    """Give the weights of stems as lines of TOML, the heaviest first."""
    pairs = [f"{stem} {weight}" for stem, weight in sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))]
    return ['words = """', *(", ".join(pairs[at : at + 10]) for at in range(0, len(pairs), 10)), '"""']


def written(fitted: dict[str, tuple[int, dict[str, int]]], texts: list[Learned], digest: str) -> str:
    """Give the weights as TOML."""
    day = datetime.now(UTC).date()
    labelled_texts = sum(bool(text.uses) for text in texts)
    told = f"{day}: {len(texts):,} texts, {labelled_texts:,} of them about a use; SHA-256 of the texts {digest}"
    lines = [
        "# How much each stem weighs for each use, in thousandths of a logit; see docs/rules.md.",
        "# Written by scripts/fit_weights.py; do not edit by hand.",
        "",
        f'fitted = "{told}"',
        f"stem = {STEM}",
        f"least = {round(1_000 * math.log(SHARE / (1 - SHARE)))}",
        f"matters = [{', '.join(repr(use) for use in MATTERS if use in fitted)}]".replace("'", '"'),
    ]
    for use, (bias, words) in fitted.items():
        lines += ["", f"[uses.{use}]", f"bias = {bias}", *written_words(words)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("inventory", nargs="?", type=Path)
    parser.add_argument("--without", action="append", default=[], metavar="FILE", help="do not learn from this set")
    options = parser.parse_args()
    file = Path(str(loading.uses())) / options.language / "weights.toml"
    file.unlink(missing_ok=True)
    known = {use for clause in loading.policy("microsoft-ai-services@4.0").clauses for use in clause.uses}
    cases = labelled(options.language, set(options.without))
    texts = [Learned(stems(case.text), frozenset(case.expect or ()) & known) for case in cases]
    rows = ordinary(options.inventory) if options.inventory else []
    texts += [Learned(stems(row), frozenset()) for row in rows]
    digest = hashlib.sha256("\n".join([*(case.text for case in cases), *rows]).encode()).hexdigest()
    file.write_text(written(fit(texts, telling(texts, options.language)), texts, digest), encoding="utf-8")
    print(f"{file}: {len(texts):,} texts", file=sys.stderr)


if __name__ == "__main__":
    main()
