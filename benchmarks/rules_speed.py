"""From raw text to verdict by rules: against one stdlib `re` after another, and over lengths."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from reviewer import Reviewer, Settings, loading
from reviewer.phrases import MOST_SKIPPED, Slot, parse
from reviewer.tongues import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Row = tuple[str, str]

ROUNDS = 5
SAMPLE = 40
SIZES = (1_000, 10_000, 100_000, 1_000_000, 5_000_000)


def rows(texts: Sequence[str]) -> Iterator[Row]:
    """Give the rows of the table, each a measure and its figure."""
    reviewer = Reviewer(settings=Settings(max_characters=10 * SIZES[-1]))
    reviewer.review(texts[0])
    yield from _against_re(texts, reviewer)
    yield from _over_lengths(texts, reviewer)
    yield from _loading()


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _against_re(texts: Sequence[str], reviewer: Reviewer) -> Iterator[Row]:
    concepts = [concept for concept in loading.library().concepts if concept.language == ENGLISH]
    patterns = [_pattern(phrase) for concept in concepts for phrase in concept.phrases]
    step = max(1, len(texts) // SAMPLE)
    sample = [text.lower() for text in texts[::step]]
    ratios, rates = [], []
    for _ in range(ROUNDS):
        ours = seconds(lambda: [reviewer.review(text) for text in texts]) / len(texts)
        theirs = seconds(lambda: [pattern.search(text) for text in sample for pattern in patterns]) / len(sample)
        ratios.append(theirs / ours)
        rates.append(1 / ours)
    yield "descriptions a second, raw text to verdict", f"{median(rates):,.0f}"
    yield f"one stdlib `re` after another ({len(patterns):,} patterns), time against ours", f"{median(ratios):.0f} x"


def _pattern(phrase: str) -> re.Pattern[str]:
    """Say a phrase in the language of `re`."""
    first, *rest = parse(phrase)
    return re.compile(rf"\b{_words(first)}" + "".join(map(_further, rest)) + r"\b")


def _further(slot: Slot) -> str:
    if slot.gap:
        return rf"(?:\W+\w+){{0,{MOST_SKIPPED}}}?"
    return rf"(?:\W+{_words(slot)})" + ("?" if slot.optional else "")


def _words(slot: Slot) -> str:
    words = [*map(re.escape, sorted(slot.exact)), *(rf"{re.escape(prefix)}\w*" for prefix in slot.prefixes)]
    return f"(?:{'|'.join(words)})"


def _over_lengths(texts: Sequence[str], reviewer: Reviewer) -> Iterator[Row]:
    whole = "\n\n".join(texts)
    whole *= 1 + SIZES[-1] // len(whole)
    per_kb = {}
    for size in SIZES:
        runs = [whole[start : start + size] for start in range(0, min(len(whole) - size, 20 * size) + 1, size)][:20]
        per_kb[size] = median(seconds(partial(reviewer.review, text)) for text in runs) / size * 1e9
    for size, microseconds in per_kb.items():
        yield f"microseconds a kB, text of {size // 1000:,} kB", f"{microseconds:.0f}"
    yield "time a kB at 5 MB against 10 kB", f"{per_kb[SIZES[-1]] / per_kb[SIZES[1]]:.2f} x"


_FIRST = 'Reviewer().review("A plain text about a canteen that opens at nine and closes at two in the afternoon.")'
_TIME = f"""
import time
from reviewer import Reviewer
start = time.perf_counter()
{_FIRST}
print(time.perf_counter() - start)
"""
_MEMORY = f"""
import tracemalloc
from reviewer import Reviewer
Reviewer
tracemalloc.start()
{_FIRST}
print(tracemalloc.get_traced_memory()[0])
"""


def _loading() -> Iterator[Row]:
    first = median(_printed(_TIME) for _ in range(ROUNDS))
    yield "policy and rules loaded, first verdict, ms", f"{first * 1e3:.0f}"
    yield "memory that they take, MB", f"{_printed(_MEMORY) / 1e6:.0f}"


def _printed(code: str) -> float:
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
