"""`reviewer batch --look`: what would be read, how long that takes, and what it costs; nothing is asked and kept."""

from __future__ import annotations

import math
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING

import click

from reviewer.call import Usage
from reviewer.cli.options import the_reviewer
from reviewer.cli.status import Status
from reviewer.errors import InputError
from reviewer.exporters.outline import visible
from reviewer.readers.counting import counted, plural
from reviewer.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.call import ModelCall
    from reviewer.configuration import Configuration
    from reviewer.endpoint import Endpoint
    from reviewer.readers.intake import Intake, Seen
    from reviewer.readers.sheets import Look, Table
    from reviewer.reviewer import Reviewer

TRIED = 50
BYTES_A_TOKEN = 4
TOKENS_AN_ANSWER = 400
SECONDS_AN_ANSWER = 5.0


def show(intake: Intake, known: Configuration) -> Status:
    """Print what a batch would read; a file that cannot be read is told of and counted."""
    count = unread = 0
    for seen in intake.look():
        for line in _lines(seen):
            click.echo(line)
        unread += isinstance(seen.found, InputError)
        count += _submissions(seen)
    for line in odd_files(intake):
        click.echo(line)
    click.echo(f"{plural(count, 'submission')} in all.")
    for line in _cost(intake, known, count):
        click.echo(line)
    return Status.INPUT if unread else Status.APPROVE


def odd_files(intake: Intake) -> Iterator[str]:
    """Tell of the files that were named twice, and of those that were left out."""
    yield from (f"{visible(name)}: named twice, read once." for name in intake.repeated)
    if intake.passed_over:
        yield f"{counted(intake.passed_over, 'file')} left out of the folders, being no documents."
    yield from map(visible, intake.notes)


def _submissions(seen: Seen) -> int:
    if isinstance(seen.found, Submission):
        return 1
    return 0 if isinstance(seen.found, InputError) else seen.found.rows


def _lines(seen: Seen) -> Iterator[str]:
    found = seen.found
    if isinstance(found, InputError):
        yield visible(str(found))
    elif isinstance(found, Submission):
        yield f"{visible(seen.name)}: a document of {len(found.text):,} characters."
        yield from (f"  {visible(remark.text)}" for remark in found.remarks)
    else:
        yield from _sheet(seen.name, found)


def _sheet(name: str, look: Look) -> Iterator[str]:
    for table in look.tables:
        where = f", sheet {table.sheet!r}" if table.sheet else ""
        yield f"{visible(name)}{where}: {plural(table.rows, 'row')}, {table.words:,} words in the columns read."
        yield from (f"  {line}" for line in _table(table))
    yield from (f"  {visible(note)}" for note in look.notes)


def _table(table: Table) -> Iterator[str]:
    read = set(table.text_columns)
    left = [column for column in table.header if column not in read and column != table.id_column]
    yield f"Read: {_names(table.text_columns)}."
    yield f"Left out: {_names(left)}; --text-column names what is to be read instead."
    yield (
        f"Named by: {visible(table.id_column)!r}." if table.id_column else "No column names the rows; --id-column does."
    )
    if table.blank:
        yield f"With nothing in these columns: {plural(table.blank, 'row')}."
    if table.broken:
        yield f"Not to be read: {plural(table.broken, 'row')}."
    yield from (f"Taken for the form's own words: {visible(words)!r}" for words in table.shared)
    yield from map(visible, table.notes)


def _names(columns: tuple[str, ...] | list[str]) -> str:
    return ", ".join(repr(visible(column)) for column in columns) or "none"


def _cost(intake: Intake, known: Configuration, count: int) -> Iterator[str]:
    """Estimate from the first submissions what all of them will take."""
    some = [] if "-" in intake.named else list(islice(intake.submissions(), TRIED))
    texts = [one for one in some if isinstance(one, Submission)]
    if not texts:
        return
    share = count / len(texts)
    with the_reviewer(known, offline=known.endpoint is None, no_cache=True) as reviewer:
        if known.endpoint is None:
            yield _by_rules(texts, share, reviewer)
        else:
            yield from _by_model(texts, share, reviewer, known.endpoint)


def _by_rules(texts: list[Submission], share: float, reviewer: Reviewer) -> str:
    reviewer.review(texts[0])  # which loads the rules
    started = perf_counter()
    for text in texts:
        reviewer.review(text)
    return f"No model is named; the rules alone take about {_time((perf_counter() - started) * share)}."


def _by_model(texts: list[Submission], share: float, reviewer: Reviewer, endpoint: Endpoint) -> Iterator[str]:
    from reviewer.model.prices import dollars

    calls = [call for text in texts for call in reviewer.requests(text)]
    count = math.ceil(len(calls) * share)
    used = Usage(input=math.ceil(sum(map(_bytes, calls)) * share / BYTES_A_TOKEN), output=count * TOKENS_AN_ANSWER)
    yield f"About {count:,} calls to {endpoint.model!r} at {endpoint.host}:"
    yield f"  {used.input:,} tokens of input at {BYTES_A_TOKEN} bytes each, {used.output:,} of output;"
    price = dollars(endpoint, used)
    yield (
        f"  about {price:.2f} US dollars;" if price is not None else "  for what price is not known (`price` says it);"
    )
    seconds = count * SECONDS_AN_ANSWER / endpoint.in_flight
    yield f"  about {_time(seconds)} at {SECONDS_AN_ANSWER:g} seconds an answer, {endpoint.in_flight} at once."


def _bytes(call: ModelCall) -> int:
    return len(call.answer_schema.encode()) + sum(len(message.content.encode()) for message in call.messages)


def _time(seconds: float) -> str:
    if seconds < 1:
        return "a second"
    minutes, rest = divmod(math.ceil(seconds), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{rest} s"
