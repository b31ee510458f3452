"""Which format a run is exported to, told by the name of the file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, TextIO

from reviewer.errors import SettingsError
from reviewer.exporters.writing import replacing
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reviewer.exporters.writing import Entries
    from reviewer.run import Run

FORMS = ("csv", "xlsx", "jsonl", "md", "html", "sarif", "xml")


def write(
    path: Path, run: Run, entries: Entries, form: str | None = None, *, fail_on: Decision = Decision.REJECT
) -> None:
    """Write a run to `path`, in full or not at all; its ending names the format, unless `form` does.

    `fail_on` is the mildest decision that is a failure in JUnit XML.
    Raises `SettingsError` for a format that there is not, and for a file that cannot be written.
    """
    known = check(path, form)
    with replacing(path) as file:
        if known == "xlsx":
            from reviewer.exporters import xlsx

            xlsx.write(file, run, entries)
        else:
            _write_text(file, _writer(known, fail_on), run, entries)


def check(path: Path, form: str | None = None) -> str:
    """Give the format that a run would be written in; raises `SettingsError` where there is no such format."""
    known = form_of(path) if form is None else form
    if known not in FORMS:
        said = f"The ending of {str(path)!r}" if form is None else f"The format {form!r}"
        raise SettingsError(f"{said} names no format; take one of {', '.join(FORMS)} (xml is JUnit).")
    return known


def form_of(path: Path) -> str:
    """Give the format that the ending of a name stands for: `x.sarif.json` is SARIF, too."""
    name = path.name.lower()
    return "sarif" if name.endswith(".sarif.json") else name.rpartition(".")[2]


def _write_text(file: BinaryIO, write_to: Callable[[TextIO, Run, Entries], None], run: Run, entries: Entries) -> None:
    # A lone surrogate, which JSON can bring in, becomes `\udXXX`, as JSON itself writes it.
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        write_to(text, run, entries)
        text.flush()
    finally:
        # The file is not this function's to close.
        text.detach()


def _writer(form: str, fail_on: Decision) -> Callable[[TextIO, Run, Entries], None]:
    if form == "html":
        from reviewer.exporters import html

        return html.write
    from reviewer import __version__
    from reviewer.exporters import csv, jsonl, junit, overview, sarif

    return {
        "csv": csv.write,
        "jsonl": jsonl.write,
        "md": overview.write,
        "sarif": lambda file, run, entries: sarif.write(file, run, entries, version=__version__),
        "xml": lambda file, run, entries: junit.write(file, run, entries, fail_on=fail_on),
    }[form]
