"""Labelled cases put to readers: cases from files or from a store, texts to a `Reviewer`, the clock beside it."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reviewer import labelled
from reviewer.answer import Answer, ReaderName, Reading
from reviewer.errors import InputError, UnreadableDocument
from reviewer.resampling import RESAMPLES
from reviewer.score import Evaluation
from reviewer.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reviewer.errors import ReviewerError
    from reviewer.labelled import Half, Labelled
    from reviewer.resampling import Draws
    from reviewer.reviewer import Reviewer
    from reviewer.submission import Submission

    # Makes the reviewer for a policy that cases name, or, for None, for all others.
    Making = Callable[[str | None], Reviewer]
    Came = tuple[Verdict | ReviewerError, float]


def load(files: Sequence[Path], half: Half | None = None) -> tuple[Labelled, ...]:
    """Read the cases of JSON Lines files, or those of one half.

    Raises `InputError` with file, line, key and cure for a row that cannot be meant, for an id that stands twice, and
    where there is no case.
    """
    cases: dict[str, Labelled] = {}
    where: dict[str, str] = {}
    for file in files:
        for number, case in labelled.parse(_lines(file), str(file)):
            source = labelled.place(str(file), number)
            if case.id in cases:
                message = f"'id' is {case.id!r}, as in {where[case.id]}; give each case an id of its own."
                raise InputError(message, source=source)
            cases[case.id], where[case.id] = case, source
    return of_half(cases.values(), half, ", ".join(map(str, files)))


def of_half(cases: Iterable[Labelled], half: Half | None, source: str) -> tuple[Labelled, ...]:
    """Give the cases of a half, or all; raises `InputError` if there are none."""
    chosen = tuple(case for case in cases if half in {None, case.half})
    if not chosen:
        message = f"there is no case{f' of the half {half.value!r}' if half else ''} in it; write one object a line."
        raise InputError(message, source=source)
    return chosen


def _lines(file: Path) -> list[str]:
    # Not by `splitlines`, which also breaks at separators that JSON allows within a text.
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is no UTF-8; save the file as UTF-8."
        raise UnreadableDocument(message, source=str(file)) from error
    except OSError as error:
        message = f"it cannot be read ({(error.strerror or str(error)).lower()}); name a file that is there."
        raise InputError(message, source=str(file)) from error


def drawing(seed: int = 0, times: int = RESAMPLES) -> Draws:
    """Give what draws the resamples for intervals: the same ones for the same seed and number of cases."""

    def draws(size: int) -> Iterator[list[int]]:
        chance = random.Random(seed)  # noqa: S311  no secret hangs on it
        for _ in range(times):
            weights = [0] * size
            for place in chance.choices(range(size), k=size):
                weights[place] += 1
            yield weights

    return draws


def read(  # noqa: PLR0913  what is read, by whom, how often, and a seam for the clock
    cases: Sequence[Labelled],
    make: Making,
    reader: ReaderName,
    *,
    repeats: int = 1,
    submissions: Mapping[str, Submission] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Reading:
    """Let a reader read every case, `repeats` times, each time by a reviewer made anew, which is closed after.

    `submissions` are what to read instead of the text, by id. Rules are timed one text after another; a model reads
    texts side by side, and its receipts tell the time. Raises what `Reviewer.review_many` raises.
    """
    began, unknown = clock(), set[str]()
    answers: dict[str, Answer] = {}
    model: str | None = None
    for _ in range(repeats):
        for policy, group in _by_policy(cases).items():
            texts: list[str | Submission] = [(submissions or {}).get(case.id, case.text) for case in group]
            with make(policy) as made:
                unknown |= {name for case in group for name in case.expect or ()} - _clauses(made)
                for case, (came, seconds) in zip(group, _came(texts, made, reader, clock), strict=True):
                    answers[case.id] = _joined(answers.get(case.id), case.id, came, seconds)
                    model = model or _model(came)
    return Reading(
        reader=reader,
        model=model,
        repeats=repeats,
        seconds=round(clock() - began, 3),
        unknown=tuple(sorted(unknown)),
        answers=tuple(answers[case.id] for case in cases),
    )


def _clauses(made: Reviewer) -> set[str]:
    return {name for brief in made.desk.briefs for name in brief.clauses}


def _by_policy(cases: Iterable[Labelled]) -> dict[str | None, list[Labelled]]:
    groups: dict[str | None, list[Labelled]] = {}
    for case in cases:
        groups.setdefault(case.policy, []).append(case)
    return groups


def _came(
    texts: Sequence[str | Submission], made: Reviewer, reader: ReaderName, clock: Callable[[], float]
) -> Iterator[Came]:
    if reader is ReaderName.MODEL:
        yield from ((came, 0.0) for came in made.review_many(texts))
        return
    # The first text is read twice: what the rules load is no part of what reading takes.
    list(made.review_many(texts[:1]))
    for text in texts:
        began = clock()
        (came,) = made.review_many([text])
        yield came, clock() - began


def _joined(known: Answer | None, name: str, came: Verdict | ReviewerError, seconds: float) -> Answer:
    """Make the answer of the first reading, or put a later one beside it."""
    new = Answer.of(name, came, seconds) if isinstance(came, Verdict) else Answer(id=name, error=str(came))
    if known is None:
        return new
    return known.model_copy(update={"again": (*known.again, *new.readings), "spent": (*known.spent, *new.spent)})


def _model(came: Verdict | ReviewerError) -> str | None:
    return f"{came.model.name} at {came.model.host}" if isinstance(came, Verdict) and came.model else None


def earlier(file: Path) -> Evaluation:
    """Read a result that `--json` has written; raises `InputError` if it is none."""
    try:
        return Evaluation.model_validate_json(file.read_bytes())
    except OSError as error:
        message = f"it cannot be read ({(error.strerror or str(error)).lower()}); name a file that is there."
        raise InputError(message, source=str(file)) from error
    except ValidationError as error:
        issue = error.errors()[0]
        where = ".".join(map(str, issue["loc"])) or "its beginning"
        message = (
            f"it is no result of this version (at {where}: {issue['msg']}); write one with `reviewer eval --json`."
        )
        raise InputError(message, source=str(file)) from error
