"""What people decided in a store, taken as labels: no ground truth, but what the reader is to agree with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reviewer.answer import Answer
from reviewer.labelled import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.run import Entry
    from reviewer.submission import Submission

DECIDED = "decided"  # the kind of such cases


class Signed(NamedTuple):
    """Cases with people's decisions, what the run made of each, what it read, and how many were left out, by why."""

    cases: tuple[Labelled, ...]
    answers: tuple[Answer, ...]
    submissions: dict[str, Submission]
    left_out: dict[str, int]


def signed(entries: Iterable[Entry], *, anew: bool = False) -> Signed:
    """Take the entries on whose present verdict a person has decided; `anew` leaves out those whose text is not kept.

    A case is called `#12`, as elsewhere, and says nothing of clauses: people decide, and name none.
    """
    cases, answers, submissions = list[Labelled](), list[Answer](), dict[str, "Submission"]()
    left_out: Counter[str] = Counter()
    for entry in entries:
        if why := _unfit(entry, anew=anew):
            left_out[why] += 1
        elif entry.verdict and entry.sign_off:
            case = Labelled(
                id=f"#{entry.id}", text=entry.submission.text, kind=DECIDED, decision=entry.sign_off.decision
            )
            cases.append(case)
            answers.append(Answer.of(case.id, entry.verdict))
            submissions[case.id] = entry.submission
    return Signed(tuple(cases), tuple(answers), submissions, dict(left_out))


def _unfit(entry: Entry, *, anew: bool) -> str:
    if entry.vanished:
        return "no longer in the input"
    if entry.verdict is None:
        return "without a verdict"
    if entry.sign_off is None:
        return "nobody has decided on the verdict that stands"
    if anew and not entry.submission.text:
        return "the store keeps no text"
    return ""
