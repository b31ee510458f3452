"""A run as Markdown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reviewer.exporters import overview
from reviewer.exporters.markdown import escaped
from reviewer.wording import NOT_LEGAL_ADVICE
from tests.exporters import makers

if TYPE_CHECKING:
    from reviewer.run import Entry


def written(*entries: Entry, **changes: object) -> str:
    """Give the Markdown of some entries."""
    file = makers.Text()
    overview.write(file, makers.run(**changes), makers.entries(*entries))
    return file.getvalue()


def test_it_tells_the_counts_and_what_matters_by_tier() -> None:
    """Breaches come before questions, and what could not be read before what the requester must answer."""
    text = written(*makers.every_kind())
    assert text.startswith("## Run autumn: ")
    assert "| Reject | 2 |" in text
    headings = ["### Breach in words", "### Could not be read", "### The requester must answer"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert text.rstrip().endswith(NOT_LEGAL_ADVICE)


def test_rules_that_found_something_are_told_from_silence() -> None:
    """A colleague who reads only this knows how many texts no model has read."""
    text = written(*makers.every_kind())
    assert "| Keyword rules only, and they found something | 1 |" in text
    assert "| Keyword rules only, which found nothing: not read by a model yet | 1 |" in text


def test_each_line_of_the_list_names_submission_decision_and_why() -> None:
    """The number leads to the entry in the store, and it and the id can be searched and copied."""
    (line,) = [line for line in written(makers.entry(12, "rejected")).splitlines() if line.startswith("- ")]
    assert line.startswith("- `#12` **Reject** UC-12: ")
    assert "what a clause forbids" in line


def test_fifty_are_listed_and_the_others_counted() -> None:
    """A run with many breaches does not flood a pull request, and says how many there are; the gravest are listed."""
    many = [makers.entry(number, "referred") for number in range(1, 61)]
    text = written(*many, makers.entry(61, "rejected"))
    assert text.count("\n- ") == overview.MOST_LISTED
    assert text.index("`#61` ") < text.index("`#1` ")
    assert "And 11 more." in text
    assert "more." not in written(*many[:50])


def test_approvals_and_what_waits_are_only_counted() -> None:
    """Nobody has to act on them now."""
    assert "\n- " not in written(makers.entry(1, "approved"), makers.entry(2, "silent"), makers.entry(3))


def test_nothing_in_a_text_formats_links_or_notifies() -> None:
    """Ids and errors of the input are shown as they stand."""
    entry = makers.entry(1, error="see https://x.example @team <img src=x> | `a`\n# b")
    odd = replace(entry, submission=entry.submission.model_copy(update={"id": "**x** [y](z)"}))
    (line,) = [line for line in written(odd).splitlines() if line.startswith("- ")]
    assert "\\*\\*x\\*\\* \\[y\\](z)" in line
    assert "https\u200b://" in line
    assert "@\u200bteam \\<img src=x\\> \\| \\`a\\` \\# b" in line


def test_an_unfinished_run_says_so() -> None:
    """Its counts are not taken for the whole."""
    assert "The run is unfinished." in written(ended_at=None)
    assert "unfinished" not in written()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. one", "1\\. one"),
        ("12) twelve", "12\\) twelve"),
        ("- point", "\\- point"),
        ("+ point", "\\+ point"),
        ("---", "\\---"),
        ("1.5 of 3", "1.5 of 3"),
        ("DHS-2380", "DHS-2380"),
        ("GH-12", "GH-\u200b12"),
        ("@team #7", "@\u200bteam \\#\u200b7"),
        ("a&#x202E;b", "a\\&\\#\u200bx202E;b"),
    ],
)
def test_a_line_is_shown_as_it_stands(text: str, shown: str) -> None:
    """No line begins a list or a rule, no sign is named by its number, nobody is called, and ids stay whole."""
    assert escaped(text) == shown
