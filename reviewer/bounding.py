"""Bounds on figures, such as `kind.breach.recall=0.9`, and which of them a result does not keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.counted import CLAUSE, KIND, LANGUAGE, OVERALL
from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.intervals import Rate
    from reviewer.labelled import Labelled
    from reviewer.score import Score, Scores

OF_GROUPS = ("recall", "precision", "f1", "right", "false-alarms", "any-finding")
OF_ALL = ("kappa", "agreed", "same")
_FORMS = f"{OVERALL}.FIGURE, {KIND}.NAME.FIGURE, {LANGUAGE}.NAME.FIGURE or {CLAUSE}.ID.FIGURE"


class Bound(NamedTuple):
    """A figure of a group, and what it must at least or at most be."""

    group: str
    name: str
    figure: str
    value: float
    is_least: bool

    def __str__(self) -> str:
        """Read as `at least kind.breach.recall=0.9`."""
        path = ".".join(filter(None, (self.group, self.name, self.figure)))
        return f"at {'least' if self.is_least else 'most'} {path}={self.value:g}"


def parse(text: str, *, is_least: bool) -> Bound:
    """Read `kind.breach.recall=0.9`; raises `SettingsError` for what cannot be meant. A name may hold dots."""
    path, equals, number = text.rpartition("=")
    group, _, rest = path.strip().partition(".")
    name, _, figure = rest.rpartition(".")
    known = (*OF_GROUPS, *OF_ALL) if group == OVERALL else OF_GROUPS
    is_named = group in {KIND, LANGUAGE, CLAUSE} and name
    if not equals or not (is_named or (group == OVERALL and not name)) or figure not in known:
        message = f"The bound {text!r} names no figure; write {_FORMS}, then =NUMBER; figures are {', '.join(known)}."
        raise SettingsError(message)
    return Bound(group, name, figure, _number(number, text), is_least)


def _number(number: str, text: str) -> float:
    try:
        value = float(number)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        message = f"The bound {text!r} ends in {number!r}; write a share from 0 to 1, such as 0.9."
        raise SettingsError(message)
    return value


def refuse_unknown(bounds: Iterable[Bound], cases: Sequence[Labelled]) -> None:
    """Raise `SettingsError` for a bound on a kind, language or clause that no case is about."""
    names = {
        KIND: {case.kind for case in cases},
        LANGUAGE: {case.language for case in cases if case.language},
        CLAUSE: {clause for case in cases for clause in (*(case.expect or ()), *case.bar)},
    }
    for bound in bounds:
        if bound.group in names and bound.name not in names[bound.group]:
            known = ", ".join(sorted(names[bound.group])) or "none"
            message = f"No case is of the {bound.group} {bound.name!r}, which is to be {bound}; there are: {known}."
            raise SettingsError(message)


def missed(bounds: Iterable[Bound], scores: Scores) -> Iterator[str]:
    """Say which bounds a result does not keep, one sentence each; what is not defined keeps no bound."""
    for bound in bounds:
        value = _value(bound, scores)
        if value is None:
            yield f"It was to be {bound}, and it is not defined."
        elif value < bound.value if bound.is_least else value > bound.value:
            yield f"It was to be {bound}, and it is {value:.4g}."


def _value(bound: Bound, scores: Scores) -> float | None:
    if bound.figure in OF_ALL:
        return _of_all(bound.figure, scores)
    groups = {OVERALL: {"": scores.overall}, KIND: scores.kinds, LANGUAGE: scores.languages, CLAUSE: scores.clauses}
    score = groups[bound.group].get(bound.name)
    return _of_group(bound.figure, score) if score else None


def _of_all(figure: str, scores: Scores) -> float | None:
    if figure == "same":
        return _share(scores.agreement.same) if scores.agreement else None
    if scores.decisions is None:
        return None
    return scores.decisions.kappa.value if figure == "kappa" else _share(scores.decisions.agreed)


def _of_group(figure: str, score: Score) -> float | None:
    shares = {"right": score.right, "false-alarms": score.clean_alarms, "any-finding": score.clean_flagged}
    if figure in shares:
        return _share(shares[figure])
    return {"recall": score.recall, "precision": score.precision, "f1": score.f1}[figure].value


def _share(rate: Rate) -> float | None:
    return rate.k / rate.n if rate.n else None
