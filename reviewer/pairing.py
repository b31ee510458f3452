"""Two readings of the same cases, side by side: what flipped, and whether chance would flip as much."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reviewer.agreeing import mcnemar
from reviewer.errors import SettingsError
from reviewer.score import Paired
from reviewer.scoring import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.answer import Reading
    from reviewer.labelled import Labelled
    from reviewer.score import Evaluation

_MOST_NAMED = 3


def pair(cases: Sequence[Labelled], before: Reading, after: Reading, names: tuple[str, str]) -> Paired:
    """Compare two readings of the same cases, both by the labels given here; `names` are what they are called.

    A case that either has no verdict for counts as wrong there.
    """
    was, now = _right(cases, before), _right(cases, after)
    gained = tuple(case.id for case in cases if now[case.id] and not was[case.id])
    lost = tuple(case.id for case in cases if was[case.id] and not now[case.id])
    return Paired(
        before=names[0],
        after=names[1],
        reader=after.reader,
        both_right=sum(was[case.id] and now[case.id] for case in cases),
        both_wrong=sum(not was[case.id] and not now[case.id] for case in cases),
        gained=gained,
        lost=lost,
        p=mcnemar(len(gained), len(lost)),
    )


def between(cases: Sequence[Labelled], readings: Sequence[Reading]) -> Iterator[Paired]:
    """Compare the readers of one result, each with the one before it."""
    for one, other in pairwise(readings):
        yield pair(cases, one, other, (str(one.reader), str(other.reader)))


def pairs_with(before: Evaluation, after: Evaluation) -> Iterator[Paired]:
    """Compare a result with an earlier one of the same cases, reader by reader, by the labels of the later one.

    Where each has a single reader these are compared, whoever they are. Raises `SettingsError` where `refuse_others`
    does, and where no reader is in both.
    """
    refuse_others(before.cases, after.cases)
    then, now = ({trial.reading.reader: trial.reading for trial in one.trials} for one in (before, after))
    if len(then) == len(now) == 1:
        (was, old), (name, new) = *then.items(), *now.items()
        yield pair(after.cases, old, new, (f"{was} before", f"{name} now"))
        return
    both = [name for name in now if name in then]
    if not both:
        message = (
            f"The earlier result was read by {_list(then)}, and this one by {_list(now)}; choose --readers to fit."
        )
        raise SettingsError(message)
    for name in both:
        yield pair(after.cases, then[name], now[name], (f"{name} before", f"{name} now"))


def refuse_others(before: Sequence[Labelled], after: Sequence[Labelled]) -> None:
    """Raise `SettingsError` where the ids or texts of two sets are not the same, saying how many."""
    then, now = ({case.id: case.text for case in cases} for cases in (before, after))
    told = {
        "only in the earlier result": [name for name in then if name not in now],
        "only in this one": [name for name in now if name not in then],
        "with another text": [name for name in now if name in then and now[name] != then[name]],
    }
    if found := [f"{len(ids):,} {where} ({_some(ids)})" for where, ids in told.items() if ids]:
        message = f"The two results are not of the same cases: {'; '.join(found)}; evaluate the same files and half."
        raise SettingsError(message)


def _right(cases: Sequence[Labelled], reading: Reading) -> Mapping[str, bool]:
    answers = {answer.id: answer for answer in reading.answers}
    return {case.id: answers[case.id].decision is not None and judge(case, answers[case.id]).is_right for case in cases}


def _some(ids: Sequence[str]) -> str:
    return ", ".join([*map(repr, ids[:_MOST_NAMED]), *(["..."] if len(ids) > _MOST_NAMED else [])])


def _list(names: Iterable[str]) -> str:
    return " and ".join(names)
