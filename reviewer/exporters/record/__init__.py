"""The record of one submission: a page that stands alone and prints well, and the same in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.exporters.html import words
from reviewer.exporters.html.rendering import render
from reviewer.exporters.markdown import escaped
from reviewer.exporters.outline import visible
from reviewer.exporters.record import markdown
from reviewer.exporters.record.telling import History, Told, tell
from reviewer.exporters.table import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.run import Entry, Run
    from reviewer.verdict import ClauseRef


def as_html(run: Run, entry: Entry, clauses: Sequence[ClauseRef], *, history: History = ()) -> str:
    """Give the record as one HTML page, which opens from a disk and fetches nothing.

    `clauses` are all those of the policy, and `history` the earlier verdicts, each with when it was reached.
    """
    told = tell(run, entry, clauses, history)
    return "".join(
        render(
            "record.html.jinja",
            ("base.css", "record.css"),
            name=told.name,
            number=entry.id,
            headline=told.headline,
            why=told.why,
            sections=told.sections,
            advice=wording.NOT_LEGAL_ADVICE,
            no_longer_kept=words.NO_LONGER_KEPT,
        )
    )


def as_markdown(run: Run, entry: Entry, clauses: Sequence[ClauseRef], *, history: History = ()) -> str:
    """Give the record as Markdown, in which nothing under review can format, link or notify; see `as_html`."""
    told = tell(run, entry, clauses, history)
    return f"{_head(told, entry)}\n\n{markdown.lay_out(told.sections)}\n\n{wording.NOT_LEGAL_ADVICE}\n"


def _head(told: Told, entry: Entry) -> str:
    lines = (f"# {escaped(visible(told.name))}", f"Record of a review, submission `{number(entry)}`")
    return "\n\n".join((*lines, f"**{escaped(visible(told.headline))}**", escaped(visible(told.why))))
