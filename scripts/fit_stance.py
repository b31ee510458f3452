"""Fit the stance of every language on labelled descriptions: `python scripts/fit_stance.py`.

Logistic regression on the stems and the marks of a text: does it propose a use, or only speak of it?
What denies, fights or discusses a use is held against what breaches, and against ordinary projects.
Each language has words of its own; marks, such as a word that denies, weigh the same in all of them.
The descriptions of `fixtures/descriptions` are learned from, but for those that are only scored, and the rules' cases.
How far a text has to lean is found by fitting without a fifth of the texts, time and again, and weighing that fifth.
It needs scikit-learn, which nothing else does: `pip install scikit-learn`.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from collections import Counter
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import numpy as np
from fit_weights import labelled, written_words
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from reviewer import loading
from reviewer.grammar import Grammar
from reviewer.proposing import FEWEST_WORDS, count, marks, stems
from reviewer.reading import Reading
from reviewer.rule import Case, Shows
from reviewer.submission import Submission
from reviewer.text import Text

STEM, STEMS, FEWEST_MEETINGS = 7, 1_500, 3
STRENGTH, SPREAD = 0.5, 8.0
LOST, FEWEST_TEXTS = 0.05, 20
FOLDS, TEXTS_TO_AN_EMPTY_ONE = 5, 10
ORDINARY, SPEAKING = "benign", {"fought", "discussed", "negated"}


class Bearing(StrEnum):
    """What a text does with a use: it proposes one, it only speaks of one, or it proposes something else."""

    PROPOSES_USE = "proposes a use"
    SPEAKS = "only speaks of one"
    ORDINARY = "proposes something else"


class Learned(NamedTuple):
    """A text as what it is weighed by, and what it does with a use."""

    text: str
    language: str
    features: dict[str, float]
    bearing: Bearing

    @property
    def speaks(self) -> bool:
        """Whether it only speaks of a use."""
        return self.bearing is Bearing.SPEAKS


def learned(language: str, without: set[str]) -> list[Learned]:
    """Give the texts of a language that a stance can be learned from: descriptions, and what rules must find.

    Each comes once more beside an ordinary project, which makes it neither better nor worse.
    Empty ones stand for texts in words that were never met: they excuse nothing.
    """
    grammar = Grammar(loading.library_from(loading.uses(), language).languages[0])
    described = labelled(language, without)
    ordinary = [case.text for case in described if case.kind == ORDINARY]
    told = {case.text: Bearing.PROPOSES_USE for case in described if case.expect}
    told |= {case.text: Bearing.SPEAKS for case in described if case.kind in SPEAKING and not case.expect}
    told |= {
        case.text: Bearing.PROPOSES_USE
        for case in loading.cases()
        if case.language == language and proves(case, grammar)
    }
    told |= dict.fromkeys(ordinary, Bearing.ORDINARY)
    met = [
        Learned(text, language, features(whole, language, grammar), bearing)
        for (text, bearing), beside in zip(told.items(), cycle(ordinary), strict=False)
        for whole in (text, f"{text}\n\n{beside}")
    ]
    empty = Learned("", language, features("", language, grammar), Bearing.ORDINARY)
    return [*met, *[empty] * (len(met) // TEXTS_TO_AN_EMPTY_ONE)]


def proves(case: Case, grammar: Grammar) -> bool:
    """Tell whether a case shows what breaches or is a matter, in words enough to be weighed."""
    if not case.matches or shown()[case.rule] not in {Shows.BREACH, Shows.MATTER}:
        return False
    reading = read(case.text, grammar)
    return count(reading, range(len(reading.stretches))) >= FEWEST_WORDS


@cache
def shown() -> dict[str, Shows]:
    """Give what each rule shows."""
    return {rule.id: rule.shows for rule in loading.library().rules}


def read(text: str, grammar: Grammar) -> Reading:
    """Read a text as the rules do."""
    return Reading(Text.of(Submission(text=text)), grammar)


def features(text: str, language: str, grammar: Grammar) -> dict[str, float]:
    """Give what a text is weighed by: its language, its marks, and its stems as much as their number allows."""
    reading = read(text, grammar)
    whole = range(len(reading.stretches))
    words = stems(reading, whole, STEM)
    spread = SPREAD / math.sqrt(len(words) or 1)
    found = {f"mark {mark}": float(often) for mark, often in marks(reading, whole).items()}
    return {f"language {language}": 1.0, **found, **{f"{language} {stem}": spread for stem in words}}


def fit(rows: np.ndarray, speaks: np.ndarray) -> LogisticRegression:
    """Fit which texts only speak of a use, as if there were as many of them as of the others."""
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5_000).fit(rows, speaks)


def unseen(rows: np.ndarray, texts: list[Learned]) -> np.ndarray:
    """Give the logit of each text from a fit that has not seen it."""
    speaks, logits = np.array([text.speaks for text in texts]), np.zeros(len(texts))
    strata = [f"{text.language} {text.bearing}" for text in texts]
    groups = [text.text for text in texts]
    for seen, held in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(rows, strata, groups):
        logits[held] = fit(rows[seen], speaks[seen]).decision_function(rows[held])
    return logits


def least(language: str, texts: list[Learned], logits: np.ndarray) -> float:
    """Give the logit from which on so few texts of a language that propose a use would be lost."""
    ours = np.array([text.language == language for text in texts])
    speaks = ours & np.array([text.speaks for text in texts])
    uses = ours & np.array([text.bearing is Bearing.PROPOSES_USE for text in texts])
    bound = float(np.quantile(logits[uses], 1 - LOST))
    silent = (logits[speaks] >= bound).mean()
    told = f"{uses.sum()} texts that propose a use lose {LOST:.0%}, {speaks.sum()} others {silent:.0%}"
    print(f"{language}: {told}", file=sys.stderr)
    return bound


def written(language: str, weights: dict[str, float], bias: float, bound: float, fitted: str) -> str:
    """Give the stance of a language as TOML, the stems that tell most among them."""
    kinds = {name.split()[1]: weight for name, weight in weights.items() if name.startswith("mark ")}
    words = {name.split()[1]: SPREAD * weight for name, weight in weights.items() if name.startswith(f"{language} ")}
    kept = sorted(words, key=lambda name: -abs(words[name]))[:STEMS]
    lines = [
        "# How much each word weighs for a text that only speaks of a use, in thousandths; see docs/rules.md.",
        "# Written by scripts/fit_stance.py; do not edit by hand.",
        "",
        f'fitted = "{fitted}"',
        f"stem = {STEM}",
        f"least = {round(1_000 * bound)}",
        f"bias = {round(1_000 * (bias + weights[f'language {language}']))}",
        *written_words({name: round(1_000 * words[name]) for name in kept}),
        "",
        "[marks]",
        *(f"{name} = {round(1_000 * weight)}" for name, weight in sorted(kinds.items())),
    ]
    return "\n".join(lines) + "\n"


def told(texts: list[Learned]) -> str:
    """Say on what a language was fitted, and when."""
    alone = {text.text: text.speaks for text in texts if text.text}
    digest = hashlib.sha256("\n".join(alone).encode()).hexdigest()
    day, speaking = datetime.now(UTC).date(), sum(alone.values())
    return f"{day}: {len(alone):,} texts, {speaking:,} only speak of a use; SHA-256 of the texts {digest}"


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[], metavar="FILE", help="do not learn from this set")
    options = parser.parse_args()
    texts = [text for language in loading.languages() for text in learned(language, set(options.without))]
    counts = Counter(name for text in texts for name in text.features)
    known = [{name: at for name, at in text.features.items() if counts[name] >= FEWEST_MEETINGS} for text in texts]
    columns = DictVectorizer()
    rows = columns.fit_transform(known)
    model, logits = fit(rows, np.array([text.speaks for text in texts])), unseen(rows, texts)
    weights = dict(zip(columns.feature_names_, model.coef_[0], strict=True))
    for language in loading.languages():
        ours = [text for text in texts if text.language == language]
        if sum(text.bearing is Bearing.PROPOSES_USE for text in ours) >= FEWEST_TEXTS:
            bound = least(language, texts, logits)
            file = Path(str(loading.uses())) / language / "stance.toml"
            file.write_text(written(language, weights, model.intercept_[0], bound, told(ours)), encoding="utf-8")


if __name__ == "__main__":
    main()
