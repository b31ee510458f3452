"""A run held against decisions that people took before.

What people decided is no ground truth: it was another day, perhaps another policy, and people err.
So nothing is called right or wrong here; the list of what they rejected and the run approves comes first,
because that is where somebody has to look.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import SettingsError
from reviewer.intervals import Rate, wilson
from reviewer.mention import Mention
from reviewer.value import Value
from reviewer.verdict import DecidedBy, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.run import Entry
    from reviewer.submission import Submission
    from reviewer.verdict import Verdict

EXAMPLE = "Declined=reject,Accepted=approve"

_PAIR = re.compile(r"(?is)\s*(?P<word>.*?)\s*=\s*(?P<decision>approve|refer|reject)\s*(?P<more>,|\Z)")
# A slip of the pen in a decision, which would make one word of two: `Declined=rejct,Accepted`.
_SLIP = re.compile(r"=[^,]*,")

_NO_COLUMNS = "no row has any columns (documents have none, and a store that keeps no full text keeps none)"

Table = dict[Decision, dict[Decision, int]]


class Pair(NamedTuple):
    """An entry, what people decided of it before, and the word for it in the input (None: the row has no such column).

    `former` is None where the cell is blank, or holds a word that the map does not know.
    """

    entry: Entry
    former: Decision | None
    said: str | None


class Case(Value):
    """One entry on which the run and people are compared, and why the run decided as it did."""

    row: Mention
    said: str
    former: Decision
    decision: Decision
    summary: str


class Comparison(Value):
    """What a run makes of submissions that people have decided before.

    `let_through`: people rejected it, the run approves it; `caught`: both stop it; `extra_work`: people approved it.
    `sent_back`: people referred it, the run approves it.
    `table` counts former decision by decision, where a model read the text; `rules` does where rules decided alone,
    which never approve, so that the shares leave them out.
    `saved` is the share of what people approved that the run approves, `missed` of what they rejected.
    `blank`, `unmapped` (by word), `without_verdict` and `vanished` are rows that could not be compared.
    """

    let_through: tuple[Case, ...]
    sent_back: tuple[Case, ...]
    caught: tuple[Case, ...]
    extra_work: tuple[Case, ...]
    table: Table
    rules: Table
    saved: Rate
    missed: Rate
    blank: int
    unmapped: dict[str, int]
    without_verdict: int
    vanished: int

    @property
    def compared(self) -> int:
        """How many rows the shares are made of."""
        return total(self.table)

    @property
    def by_rules(self) -> int:
        """How many rows the rules decided alone."""
        return total(self.rules)


def parse_map(*texts: str) -> Mapping[str, Decision]:
    """Read `Declined=reject,Accepted=approve,Sent back=refer`; case and blanks around words do not count.

    A word may hold commas, since a decision never does: it ends where `=approve`, `=refer` or `=reject` stands.
    Several texts are read as one. Raises `SettingsError` naming the piece that cannot be meant.
    """
    known: dict[str, Decision] = {}
    for said, decision in (pair for text in texts for pair in _pairs(text)):
        word = _folded(said)
        if word in known:
            message = f"The map {', '.join(texts)!r} names {said!r} twice (case does not count); keep one."
            raise SettingsError(message)
        known[word] = decision
    return known


def _pairs(text: str) -> Iterator[tuple[str, Decision]]:
    """Give each word with its decision, and refuse what is none."""
    at, is_open = 0, True
    while is_open:
        found = _PAIR.match(text, at)
        if not found or not found["word"] or _SLIP.search(found["word"]):
            raise _senseless(text, at)
        yield found["word"], Decision(found["decision"].lower())
        at, is_open = found.end(), bool(found["more"])


def _senseless(text: str, at: int) -> SettingsError:
    slip = _SLIP.search(text, at)
    piece = text[at : slip.end() - 1 if slip else None].strip()
    return SettingsError(
        f"{piece!r} in the map {text!r} is no WORD=DECISION; write approve, refer or reject after "
        f"each word of the column, such as {EXAMPLE!r}."
    )


def paired(entries: Iterable[Entry], column: str, words: Mapping[str, Decision]) -> Iterator[Pair]:
    """Put each entry beside what a column of its row says people decided; `words` is from `parse_map`.

    Raises `SettingsError` at the end if no row had the column.
    """
    seen, found = set[str](), False
    for entry in entries:
        said = cell(entry.submission, column)
        found = found or said is not None
        if not found:
            seen.update(header for header, _ in entry.submission.fields)
        yield Pair(entry, None if said is None else words.get(_folded(said)), said)
    if not found:
        raise _missing(column, sorted(seen))


def cell(submission: Submission, column: str) -> str | None:
    """Give what stands in a column of a row, whatever the case of its header; None if there is no such column."""
    name = _folded(column)
    return next((value for header, value in submission.fields if _folded(header) == name), None)


def refuse_missing(submission: Submission, column: str) -> None:
    """Raise `SettingsError` if a row has no such column."""
    if cell(submission, column) is None:
        raise _missing(column, [header for header, _ in submission.fields])


def _missing(column: str, headers: Sequence[str]) -> SettingsError:
    there = f"the columns are {', '.join(map(repr, headers))}" if headers else _NO_COLUMNS
    return SettingsError(f"No row has a column {column!r} to compare with; {there}.")


def compare(pairs: Iterable[Pair]) -> Comparison:
    """Hold verdicts against former decisions; holds a line for each row in a list, and no text."""
    book = _Book()
    for pair in pairs:
        book.enter(pair)
    return book.close()


def total(table: Table) -> int:
    """Give how many rows a table counts."""
    return sum(sum(row.values()) for row in table.values())


class _Book:
    """What is counted while the pairs go by."""

    def __init__(self) -> None:
        self.lists: dict[tuple[Decision, bool], list[Case]] = {}
        self.tables: dict[DecidedBy, Table] = {reader: _blank() for reader in DecidedBy}
        self.skipped: Counter[str] = Counter()
        self.unmapped: Counter[str] = Counter()

    def enter(self, pair: Pair) -> None:
        """Count a pair, or why it cannot be compared."""
        entry, former, said = pair
        if entry.vanished:
            self.skipped["vanished"] += 1
        elif not said or said.isspace():
            self.skipped["blank"] += 1
        elif former is None:
            self.unmapped[said.strip()] += 1
        elif entry.verdict is None:
            self.skipped["without_verdict"] += 1
        else:
            self._compare(Mention.of(entry), entry.verdict, former, said.strip())

    def _compare(self, row: Mention, verdict: Verdict, former: Decision, said: str) -> None:
        self.tables[verdict.decided_by][former][verdict.decision] += 1
        approved = verdict.decision is Decision.APPROVE
        case = Case(row=row, said=said, former=former, decision=verdict.decision, summary=verdict.summary)
        self.lists.setdefault((former, approved), []).append(case)

    def close(self) -> Comparison:
        """Give what was counted."""
        table = self.tables[DecidedBy.MODEL]
        return Comparison(
            let_through=self._cases(Decision.REJECT, approved=True),
            sent_back=self._cases(Decision.REFER, approved=True),
            caught=self._cases(Decision.REJECT, approved=False),
            extra_work=self._cases(Decision.APPROVE, approved=False),
            table=table,
            rules=self.tables[DecidedBy.RULES],
            saved=_approved(table[Decision.APPROVE]),
            missed=_approved(table[Decision.REJECT]),
            blank=self.skipped["blank"],
            unmapped=dict(self.unmapped.most_common()),
            without_verdict=self.skipped["without_verdict"],
            vanished=self.skipped["vanished"],
        )

    def _cases(self, former: Decision, *, approved: bool) -> tuple[Case, ...]:
        return tuple(self.lists.get((former, approved), ()))


def _approved(row: dict[Decision, int]) -> Rate:
    return wilson(row[Decision.APPROVE], sum(row.values()))


def _blank() -> Table:
    return {former: dict.fromkeys(Decision, 0) for former in Decision}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
