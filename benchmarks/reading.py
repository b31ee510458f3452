"""Files of each format to submissions, places and what is hidden included, against a loop over the same library."""

from __future__ import annotations

import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.model_path import Row
from benchmarks.reading_files import documents, sheets
from benchmarks.reading_plain import OF_DOCUMENTS, OF_SHEETS
from benchmarks.texts import texts
from reviewer.readers import documents as ours
from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.readers.sheets import open_sheet
from reviewer.submission import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROUNDS = 5
GOAL = 1.3
_ENDINGS = {Format.MAIL: "eml", Format.OUTLOOK: "msg"}
LIMITS = Limits()


def rows(inventory: Path | None, sheet: Path, folder: Path) -> Iterator[Row]:
    """Give megabytes a second, and the time against the loop; the two take turns."""
    for form, data in documents(texts(inventory)).items():
        source = Source(file=f"proposal.{_ENDINGS.get(form, form)}")
        read, loop = partial(ours.read, data, source, LIMITS), partial(OF_DOCUMENTS[form], data)
        characters, least = len(read().text), len(loop())
        if characters < least * 0.9:
            raise SystemExit(f"Of {form} only {characters} characters were read, and {least} by the library.")
        yield from _compared(form, len(data), characters, read, loop)
    for form, path in sheets(sheet, folder).items():
        every = list(open_sheet(path, path.name, form, LIMITS).submissions())
        characters = sum(len(one.text) for one in every if not isinstance(one, Exception))
        yield from _compared(
            form, path.stat().st_size, characters, partial(_read, path, form), partial(OF_SHEETS[form], path)
        )


def _read(path: Path, form: Format) -> int:
    return sum(1 for _ in open_sheet(path, path.name, form, LIMITS).submissions())


def _compared(
    form: Format, size: int, characters: int, read: Callable[[], object], loop: Callable[[], object]
) -> Iterator[Row]:
    taken, ratios = [], []
    for _ in range(ROUNDS):
        taken.append(_seconds(read))
        ratios.append(taken[-1] / _seconds(loop))
    about = (
        f"reading {_ENDINGS.get(form, form).upper()} ({size / 1e6:.1f} MB, {characters / 1e6:.1f} million characters)"
    )
    yield Row(f"{about}: MB a second", size / 1e6 / median(taken), "")
    yield Row(f"{about}: time against the library alone", median(ratios), " x", GOAL, at_least=False)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
