"""`reviewer batch`: many submissions in, a store of verdicts and a spreadsheet out."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

import click

from reviewer.batch import Batch
from reviewer.cli import closing, collecting, looking, progress
from reviewer.cli.options import (
    NO_MODEL,
    configured,
    of_the_columns,
    of_the_review,
    standard_input,
    the_reviewer,
    the_template,
)
from reviewer.cli.status import Status
from reviewer.cli.stores import of_the_store, open_store, refuse_input, say
from reviewer.errors import SettingsError
from reviewer.exporters.outline import visible
from reviewer.readers.formats import Format
from reviewer.readers.inputs import is_pattern
from reviewer.readers.intake import Intake
from reviewer.readers.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from reviewer.readers.sheets.template import Template

_FINISHING = (
    "Finishing what is under way, for half a minute at most; interrupt again to leave at once. The same call goes on."
)


@click.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...", required=True)
@of_the_store
@click.option("--out", type=click.Path(path_type=Path), help="Write the result here: .xlsx, .csv, .html, .jsonl, ...")
@click.option("--look", is_flag=True, help="Show what would be read, how long it takes and what it costs, and stop.")
@of_the_columns
@of_the_review
@click.option("--max-calls", type=click.IntRange(min=0), help="Ask no more after as many calls.")
@click.option(
    "--run", "name", metavar="NAME", help="Call the run so; without a name, the same inputs are the same run."
)
@click.option("--retry-fallbacks", is_flag=True, help="Ask the model again where rules decided for want of an answer.")
@click.option("--compare-column", metavar="NAME", help="Hold the run against what people decided, in this column.")
@click.option(
    "--map", "words", metavar="WORDS", multiple=True, help='What its words mean, as "Declined=reject,Accepted=approve".'
)
@click.option("--require-model", is_flag=True, help="Leave with 8 if rules decided because the model gave no answer.")
@click.option("--fail-on", type=click.Choice(["reject", "refer"]), help="Leave with 4 or 3 for such a row.")
def batch(
    inputs: tuple[str, ...],
    store: str | None,
    out: Path | None,
    look: bool,
    text_columns: tuple[str, ...],
    id_column: str | None,
    sheets: tuple[str, ...],
    template: Path | None,
    offline: bool,
    config: Path | None,
    name: str | None,
    retry_fallbacks: bool,
    compare_column: str | None,
    words: tuple[str, ...],
    require_model: bool,
    fail_on: str | None,
    **settings: Any,  # noqa: ANN401  each by the name that the configuration knows it by
) -> int:
    """Review every row and document of the INPUTs, and keep what comes of it.

    An INPUT is a spreadsheet with one submission a row (CSV, TSV, XLSX, JSON,
    JSONL), a document (PDF, DOCX, PPTX, HTML, EML, MSG, Markdown, text), a
    folder, a pattern such as 'forms/*.pdf', or - for standard input.
    The same call again goes on: nothing that is known is asked twice.
    Exit status: 0 if every row has a verdict, 5 if some could not be read,
    6 if the endpoint refuses us, 7 if the budget was used up, 130 if
    interrupted; --fail-on adds 4 and 3, --require-model 8.
    """
    wanted = closing.wanted(out, compare_column, words, fail_on, require_model=require_model)
    _refuse_slips(inputs, out, name, look=look)
    known = configured(config, offline=offline, **settings)
    if require_model and known.endpoint is None:
        raise SettingsError(NO_MODEL)
    columns = the_template(text_columns, id_column, sheets, template, compare_column)
    intake = Intake(inputs, Limits.of(known.settings), columns, standard_input(inputs), Format.CSV, _own(store, out))
    if look:
        return looking.show(intake, known)
    with (
        the_reviewer(known, offline=offline, no_cache=True) as reviewer,
        open_store(store, make=True, keep=known.settings.store_text if "store_text" in known.told else None) as kept,
    ):
        closing.refuse_wordless(wanted, kept)
        reading = _reading(columns, inputs)
        with Batch(reviewer, kept, name=name, inputs=inputs, reading=reading, retry_fallbacks=retry_fallbacks) as going:
            tally, interrupted = _gone_through(going, intake, wanted)
        for line in looking.odd_files(intake):
            say(line)
        status = closing.close(going, kept, tally, wanted)
    return Status.INTERRUPTED if interrupted else status


def _refuse_slips(inputs: tuple[str, ...], out: Path | None, name: str | None, *, look: bool) -> None:
    """Tell of a slip in the call before anything is read or kept."""
    refuse_input(out, inputs)
    if "-" in inputs and not (name or look):
        raise click.UsageError("Standard input has no name to go on by; name the run with --run.")
    missing = [one for one in inputs if one != "-" and not Path(one).exists() and not is_pattern(one)]
    if len(missing) == len(inputs):
        message = f"There is no file or folder {missing[0]!r}; check the name."
        raise SettingsError(message)


def _reading(columns: Template | None, inputs: tuple[str, ...]) -> str:
    """Say what is read: the same name in another folder is another input, and another run."""
    places = [str(Path(name).resolve()) for name in inputs]
    return "\n".join([columns.model_dump_json() if columns else "", *places])


def _own(store: str | None, out: Path | None) -> list[Path]:
    """Name our own files, which may lie in a folder that is read."""
    named = [Path(store)] if store and "://" not in store and Path(store).name else []
    return [
        *named,
        *(path.with_name(f"{path.name}{end}") for path in named for end in ("-wal", "-shm")),
        *([out] if out else []),
    ]


def _gone_through(going: Batch, intake: Intake, wanted: closing.Wanted) -> tuple[progress.Tally, bool]:
    """Review everything, and count; gives whether the person has interrupted it."""
    if going.goes_on:
        say(f"Going on with run {going.run.name!r}.")
    tally = progress.Tally()
    with _stopping(going) as stopped, progress.shown(intake.count) as show, collecting.seldom():
        for row in going.review(closing.checked(intake.submissions(), wanted)):
            tally.add(row)
            show(tally)
            if row.error:
                say(f"Error: {visible(str(row.error))}")
    return tally, bool(stopped)


@contextmanager
def _stopping(going: Batch) -> Iterator[list[int]]:
    """Let the first interruption end the run in good order, and the second at once; gives the signals that came.

    Only the main thread may handle signals; in another one they stay as they are.
    """
    came: list[int] = []
    if current_thread() is not main_thread():
        yield came
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            raise KeyboardInterrupt
        going.stop()
        with suppress(RuntimeError):  # it may come in the middle of another line
            say(_FINISHING)

    former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
