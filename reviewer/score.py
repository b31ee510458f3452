"""How well a reader did on labelled cases: the figures of a result, and the result as a whole."""

from __future__ import annotations

from pydantic import Field

from reviewer.answer import ReaderName, Reading
from reviewer.intervals import Rate
from reviewer.labelled import Half, Labelled
from reviewer.resampling import RESAMPLES, Figure
from reviewer.scoring import CONVENTIONS
from reviewer.value import Value

NOTHING = "nothing"  # stands for a clause where none is expected, or none was found

Table = dict[str, dict[str, int]]


class Score(Value):
    """The figures of a group of cases: all, those of a kind or language, or those that a clause is about.

    `expected` of `cases` are to be found and `found` were; `alarms` have a false alarm. Of a clause, `cases` and
    `expected` are the texts written for it, and `alarms` those in which this clause was flagged falsely.
    `right` are those in which nothing is wrong. `clean_alarms` and `clean_flagged` are of the clean texts: those with a
    false alarm, and those with any finding.
    """

    cases: int
    expected: int
    found: int
    alarms: int
    recall: Figure
    precision: Figure
    f1: Figure
    right: Rate
    clean_alarms: Rate
    clean_flagged: Rate


class Decisions(Value):
    """Expected decision by decision, over the cases whose label names one; `kappa` is Cohen's."""

    table: Table
    agreed: Rate
    kappa: Figure


class Agreement(Value):
    """Whether reading again came to the same: in decision and clauses, over all readings of a case.

    `kappa` is that of Fleiss, over the decisions; `unsteady` are the ids of the cases that came out differently.
    """

    repeats: int
    same: Rate
    kappa: Figure
    unsteady: tuple[str, ...]


class Costs(Value):
    """What all readings took: `cost` in US dollars, and seconds for each reading.

    The cost of `cost_unknown` readings is not known and not in it; where none is known, it is None.
    `median` and `percentile_95` are over readings that took time: those of the rules, and those that asked a model.
    """

    readings: int
    calls: int
    from_memory: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    cost: float | None
    cost_unknown: int
    median: float | None
    percentile_95: float | None


class Miss(Value):
    """A case in which something is wrong, and what: `found` is None where nothing is expected."""

    id: str
    found: bool | None
    false: tuple[str, ...]
    wrong: tuple[str, ...]


class Scores(Value):
    """All figures of one reading; `confusion` counts the first expected clause by each clause that was flagged.

    `unread` are cases without a verdict, left out of every figure; `fallbacks` counts why the model did not read.
    """

    overall: Score
    kinds: dict[str, Score]
    clauses: dict[str, Score]
    languages: dict[str, Score]
    confusion: Table
    decisions: Decisions | None
    agreement: Agreement | None
    costs: Costs
    unread: tuple[str, ...]
    fallbacks: dict[str, int]
    misses: tuple[Miss, ...]


class Trial(Value):
    """A reading of the cases, and how well it did."""

    reading: Reading
    scores: Scores


class Paired(Value):
    """Two readings of the same cases: right or wrong in both, and the ids of those that only one got right.

    `reader` is who read `after`.

    `p` is that of McNemar's exact test: how likely as uneven a split of the flips is by chance.
    """

    before: str
    after: str
    reader: ReaderName
    both_right: int
    both_wrong: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    p: float


class Evaluation(Value):
    """A result: the cases, every answer to each, the figures, and the paired comparisons.

    `resamples` were drawn with `seed` for every interval but Wilson's. `half` is the part of the set that was read,
    None for all of it. `left_out` counts those of a store that could not be taken, by why.
    """

    schema_version: str = "1.0"
    engine: str
    files: tuple[str, ...]
    half: Half | None = None
    left_out: dict[str, int] = Field(default_factory=dict)
    seed: int = 0
    resamples: int = RESAMPLES
    conventions: tuple[str, ...] = CONVENTIONS
    cases: tuple[Labelled, ...]
    trials: tuple[Trial, ...]
    pairs: tuple[Paired, ...] = ()
