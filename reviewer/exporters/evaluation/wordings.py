"""The short words and sentences that the text and the page of a result share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.answer import ReaderName
from reviewer.intervals import CONFIDENCE
from reviewer.receipt import WhyNotModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.answer import Reading
    from reviewer.intervals import Rate
    from reviewer.score import Agreement, Costs, Evaluation, Paired, Scores, Trial

_READERS = {
    ReaderName.RULES: "the rules alone",
    ReaderName.MODEL: "a model, with the rules beside it",
    ReaderName.STORED: "a run of the store",
}


def share(rate: Rate) -> str:
    """Give a share in short: `3 of 60, 5.0 % [1.7, 13.7]`, and `-` of nothing."""
    if not rate.n:
        return "-"
    low, high = (f"{100 * limit:.1f}" for limit in (rate.low, rate.high))
    return f"{rate.k:,} of {rate.n:,}, {100 * rate.k / rate.n:.1f} % [{low}, {high}]"


def headline(reading: Reading) -> str:
    """Say who read how many cases."""
    model = f" ({reading.model})" if reading.model else ""
    return f"Read by {_READERS[reading.reader]}{model}: {len(reading.answers):,} cases"


def policies(reading: Reading) -> str:
    """Name the policies that the cases were read under."""
    return ", ".join(sorted({answer.policy for answer in reading.answers if answer.policy})) or "none"


def method(told: Evaluation) -> str:
    """Say where the intervals come from."""
    return (
        f"Intervals in brackets hold {CONFIDENCE}: of recall, precision, F1 and kappa by bootstrap ({told.resamples:,} "
        f"resamples of whole cases, percentiles, seed {told.seed}; at 0 or 1 they have no width, so look at the number "
        "of cases), of shares by Wilson's score."
    )


def sources(told: Evaluation) -> Iterator[tuple[str, str]]:
    """Name what was read."""
    yield "Cases", f"{len(told.cases):,} of {', '.join(told.files)}"
    if told.half:
        yield (
            "Half",
            f"{told.half}, by the first hexadecimal digit of the SHA-256 of each id (even: develop, odd: score)",
        )
    if told.left_out:
        yield "Left out", "; ".join(f"{count:,} {why}" for why, count in told.left_out.items())
    yield "Engine", told.engine


def cautions(trial: Trial) -> Iterator[str]:
    """Say what a reader of the figures must know before all else."""
    scores, unknown = trial.scores, trial.reading.unknown
    if scores.unread:
        yield f"{len(scores.unread):,} cases have no verdict, and are in none of the figures."
    if scores.fallbacks:
        why = "; ".join(f"{wording.WHY_NOT_MODEL[WhyNotModel(name)]}: {n:,}" for name, n in scores.fallbacks.items())
        yield f"{sum(scores.fallbacks.values()):,} cases were read by the rules alone ({why})."
    if unknown:
        yield f"The policy has no clause {', '.join(unknown)}, so that nobody can find it."


def overall(scores: Scores) -> Iterator[tuple[str, str]]:
    """Give the figures of all cases."""
    whole = scores.overall
    yield "Right in all that the label says", share(whole.right)
    yield "Found, where something is expected", f"{whole.found:,} of {whole.expected:,}"
    yield "Recall", str(whole.recall)
    yield "Precision", str(whole.precision)
    yield "F1", str(whole.f1)
    yield "Clean texts with a false alarm", share(whole.clean_alarms)
    yield "Clean texts with any finding", share(whole.clean_flagged)
    if scores.decisions:
        yield "Decided as expected", share(scores.decisions.agreed)
        yield "Cohen's kappa of the decisions", str(scores.decisions.kappa)


def agreement(told: Agreement) -> Iterator[tuple[str, str]]:
    """Say how steady a reader is."""
    yield f"Same decision and clauses in all {told.repeats:,} readings", share(told.same)
    yield "Fleiss' kappa of the decisions", str(told.kappa)


def costs(told: Costs) -> Iterator[tuple[str, str]]:
    """Say what it took."""
    yield "Seconds a reading", f"median {seconds(told.median)}, 95th percentile {seconds(told.percentile_95)}"
    if not told.calls and not told.from_memory:
        return
    unknown = f", without {told.cost_unknown:,} whose cost is unknown" if told.cost_unknown else ""
    yield "Cost", "not known" if told.cost is None else f"{wording.dollars(told.cost)}{unknown}"
    yield "Calls", f"{told.calls:,}, answers from memory: {told.from_memory:,}"
    yield "Tokens", f"{told.input_tokens:,} in ({told.cached_tokens:,} of them cached), {told.output_tokens:,} out"


def seconds(told: float | None) -> str:
    """Give seconds in three digits, `-` where no time was taken."""
    return "-" if told is None else f"{told:.3g}"


def flips(told: Paired) -> str:
    """Say how two readings differ."""
    return (
        f"{told.before} and {told.after}: {told.both_right:,} right in both, {told.both_wrong:,} wrong in both, "
        f"{len(told.gained):,} right only in the second, {len(told.lost):,} right only in the first; "
        f"McNemar's exact test, two-sided: p = {told.p:.4g}"
    )
