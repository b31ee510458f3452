"""`reviewer eval`: how well rules and model read cases that somebody has labelled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from reviewer.answer import ReaderName
from reviewer.cli.options import NO_MODEL, configured, of_the_review, the_reviewer
from reviewer.cli.status import Status, gravest
from reviewer.cli.stores import open_store, refuse_input, say
from reviewer.errors import SettingsError
from reviewer.labelled import Half

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.answer import Reading
    from reviewer.bounding import Bound
    from reviewer.labelled import Labelled
    from reviewer.reviewer import Reviewer
    from reviewer.score import Evaluation
    from reviewer.submission import Submission

_FILE = click.Path(path_type=Path, dir_okay=False)
_BOUND = "PATH=SHARE"


class Given(NamedTuple):
    """What is evaluated: cases, what to read instead of their texts, and what a store knows of them already."""

    cases: tuple[Labelled, ...]
    sources: tuple[str, ...]
    submissions: dict[str, Submission]
    stored: Reading | None
    left_out: dict[str, int]


class Ways(NamedTuple):
    """How the cases are read: by whom, how often, and with which settings."""

    readers: tuple[ReaderName, ...]
    repeats: int
    offline: bool
    no_cache: bool
    config: Path | None
    settings: dict[str, Any]


@click.command("eval")
@click.argument("files", nargs=-1, type=_FILE, metavar="[CASES.jsonl...]")
@of_the_review
@click.option("--readers", metavar="NAMES", help="rules, model or rules,model.  [default: the model, if there is one]")
@click.option("--repeats", type=click.IntRange(1, 100), default=1, show_default=True, help="Read so often, each anew.")
@click.option("--no-cache", is_flag=True, help="Keep no replies, and use none; so it is with --repeats anyway.")
@click.option("--split", type=click.Choice(list(map(str, Half))), help="Read one half only, by a digest of each id.")
@click.option("--seed", type=int, default=0, show_default=True, help="Draw the resamples of intervals by this number.")
@click.option("--json", "json_file", type=_FILE, metavar="FILE", help="Write the whole result, every answer in it.")
@click.option("--html", "html_file", type=_FILE, metavar="FILE", help="Write a page on which each miss can be opened.")
@click.option("--compare", type=_FILE, metavar="BEFORE.json", help="Compare with an earlier result of the same cases.")
@click.option("--from-decisions", "store", metavar="STORE", help="Take what people decided in a store as the labels.")
@click.option("--run", metavar="RUN", help="A run of that store, by name or number.  [default: the latest]")
@click.option("--least", "least", multiple=True, metavar=_BOUND, help="Leave with 3 below, as kind.breach.recall=0.9.")
@click.option("--most", "most", multiple=True, metavar=_BOUND, help="Leave with 3 above, as overall.false-alarms=0.04.")
def evaluate(
    files: tuple[Path, ...],
    offline: bool,
    readers: str | None,
    repeats: int,
    no_cache: bool,
    split: str | None,
    seed: int,
    json_file: Path | None,
    html_file: Path | None,
    compare: Path | None,
    store: str | None,
    run: str | None,
    least: tuple[str, ...],
    most: tuple[str, ...],
    config: Path | None,
    **settings: Any,  # noqa: ANN401  each by the name that the configuration knows it by
) -> int:
    """Score rules and model on labelled CASES, a JSON object a line.

    A case has an id and a text, and says what is to be found: expect (clause ids,
    the first is what it was written for; [] for nothing), and, where wanted,
    kind, language, allow, bar, decision, warning, policy. Figures to bound are
    recall, precision, f1, right, false-alarms and any-finding, of overall,
    kind.NAME, language.NAME or clause.ID; of overall also kappa, agreed, same.
    """
    bounds = _bounds(least, most)
    _refuse_unwritable(files, [json_file, html_file], compare)
    ways = Ways(_named(readers), repeats, offline, no_cache or repeats > 1, config, settings)
    given = _given(files, store, run, Half(split) if split else None, anew=bool(readers))
    before = _checked(given.cases, bounds, compare)
    told = _evaluated(given, ways, Half(split) if split else None, seed, before)
    _write(told, json_file, html_file)
    return _status(told, bounds)


def _bounds(least: tuple[str, ...], most: tuple[str, ...]) -> list[Bound]:
    from reviewer import bounding

    return [bounding.parse(text, is_least=text_of is least) for text_of in (least, most) for text in text_of]


def _refuse_unwritable(files: tuple[Path, ...], written: Sequence[Path | None], compare: Path | None) -> None:
    """Tell before anything is read, and perhaps paid for, what cannot be written at the end."""
    from reviewer.exporters.writing import refuse_unwritable

    for path in filter(None, written):
        refuse_input(path, map(str, (*files, *([compare] if compare else []))))
        refuse_unwritable(path)


def _named(readers: str | None) -> tuple[ReaderName, ...]:
    if readers is None:
        return ()
    names = [name.strip() for name in readers.split(",")]
    if len(set(names)) < len(names) or not set(names) <= {ReaderName.RULES, ReaderName.MODEL}:
        raise click.UsageError(f"--readers is {readers!r}; write rules, model or rules,model.")
    return tuple(map(ReaderName, names))


def _given(files: tuple[Path, ...], store: str | None, run: str | None, half: Half | None, *, anew: bool) -> Given:
    from reviewer import trial

    if bool(files) == bool(store) or (run and not store):
        raise click.UsageError("Name CASES.jsonl, or a store with --from-decisions (and a run of it with --run).")
    if store:
        return _decided(store, run, half, anew=anew)
    return Given(trial.load(files, half), tuple(map(str, files)), {}, None, {})


def _decided(store: str, run: str | None, half: Half | None, *, anew: bool) -> Given:
    """Take the labels from a store, and, unless all is read anew, its verdicts, too."""
    from reviewer import trial
    from reviewer.answer import Reading
    from reviewer.labelling import signed

    with open_store(store) as opened:
        chosen = opened.run(run)
        taken = signed(opened.entries(chosen.id), anew=anew)
    source = f"run {chosen.name} of {store}"
    if not taken.cases:
        message = (
            f"In {source} nobody has decided on a verdict that stands; `reviewer decide --from FILE` takes that in."
        )
        raise SettingsError(message)
    cases = trial.of_half(taken.cases, half, source)
    ids, asked = {case.id for case in cases}, chosen.plan.model
    answers = tuple(answer for answer in taken.answers if answer.id in ids)
    model = f"{asked.name} at {asked.host}" if asked else None
    stored = None if anew else Reading(reader=ReaderName.STORED, model=model, answers=answers)
    return Given(cases, (source,), taken.submissions, stored, taken.left_out)


def _checked(cases: Sequence[Labelled], bounds: Sequence[Bound], compare: Path | None) -> Evaluation | None:
    """Give the earlier result; whatever does not fit is told before anybody reads, or is paid."""
    from reviewer import bounding, pairing, trial

    bounding.refuse_unknown(bounds, cases)
    if compare is None:
        return None
    before = trial.earlier(compare)
    pairing.refuse_others(before.cases, cases)
    return before


def _evaluated(given: Given, ways: Ways, half: Half | None, seed: int, before: Evaluation | None) -> Evaluation:
    from reviewer import __version__, evaluating, pairing, trial
    from reviewer.score import Evaluation, Trial

    cases, draws = given.cases, trial.drawing(seed)
    readings = [given.stored] if given.stored else list(_readings(given, ways))
    told = Evaluation(
        engine=__version__,
        files=given.sources,
        half=half,
        left_out=given.left_out,
        seed=seed,
        cases=cases,
        trials=tuple(Trial(reading=one, scores=evaluating.evaluate(cases, one, draws)) for one in readings),
        pairs=tuple(pairing.between(cases, readings)),
    )
    pairs = pairing.pairs_with(before, told) if before else ()
    return told.model_copy(update={"pairs": (*told.pairs, *pairs)})


def _readings(given: Given, ways: Ways) -> Iterator[Reading]:
    """Let each reader read; a model that is wanted and not configured is told first."""
    from reviewer import trial

    endpoint = configured(ways.config, offline=ways.offline, **ways.settings).endpoint
    readers = ways.readers or ((ReaderName.MODEL,) if endpoint else (ReaderName.RULES,))
    if ReaderName.MODEL in readers and endpoint is None:
        raise SettingsError("--offline asks no model; leave it out of --readers." if ways.offline else NO_MODEL)
    for reader in readers:
        if reader is ReaderName.MODEL and endpoint:
            say(f"Asking {endpoint.model!r} about {len(given.cases):,} texts; repeats: {ways.repeats}.")

        def make(policy: str | None, reader: ReaderName = reader) -> Reviewer:
            return _reviewer(ways, reader, policy)

        yield trial.read(given.cases, make, reader, repeats=ways.repeats, submissions=given.submissions)


def _reviewer(ways: Ways, reader: ReaderName, policy: str | None) -> Reviewer:
    """Make a reviewer under the policy that a case names, or else under those of the command."""
    known = configured(ways.config, offline=ways.offline, **ways.settings)
    if policy:
        known = replace(known, policies=(policy,))
    if reader is ReaderName.RULES:
        known = replace(known, endpoint=None)
    return the_reviewer(known, offline=reader is ReaderName.RULES, no_cache=ways.no_cache)


def _write(told: Evaluation, json_file: Path | None, html_file: Path | None) -> None:
    from reviewer.exporters import evaluation
    from reviewer.exporters.writing import replacing

    for path, form in ((json_file, evaluation.as_json), (html_file, evaluation.as_html)):
        if path:
            with replacing(path) as file:
                file.write(form(told).encode())
    click.echo(evaluation.as_text(told), nl=False)


def _status(told: Evaluation, bounds: Sequence[Bound]) -> Status:
    """Say which bounds are not kept, and give the status; every reader has to keep them."""
    from reviewer import bounding
    from reviewer.receipt import WhyNotModel

    statuses = [Status.APPROVE]
    for trial in told.trials:
        for sentence in bounding.missed(bounds, trial.scores):
            say(f"Bound missed by {trial.reading.reader}: {sentence}")
            statuses.append(Status.REFER)
        if trial.scores.unread:
            statuses.append(Status.INPUT)
        if trial.reading.reader is ReaderName.MODEL and WhyNotModel.BUDGET in trial.scores.fallbacks:
            statuses.append(Status.BUDGET)
    return gravest(statuses)
