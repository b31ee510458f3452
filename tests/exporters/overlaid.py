"""A run under an organisation's own policy and a published one, and every report of it as a person sees it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any

import openpyxl
from defusedxml import ElementTree

from reviewer import batch
from reviewer.exporters import csv as table
from reviewer.exporters import html, jsonl, junit, markdown, overview, record, sarif, terminal, xlsx
from reviewer.reviewer import Reviewer
from tests.exporters import makers, pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reviewer.run import Entry, Run
    from reviewer.verdict import Verdict

GOOGLE = "Google Generative AI Prohibited Use Policy"
TITLE = "ACME's rules for AI"
REASON = "We only score players, who asked for it"
WHO = "The games counsel"
HOSTILE = '=1+1\\n# <b>taken</b> [link](https://evil.example) \\u202e"'
OVERLAY = f"""
name = "acme-ai"
version = "2026-11"
title = "{TITLE}"
publisher = "ACME"
extends = "microsoft-ai-services@4.0"

[off.social-scoring]
reason = "{REASON}."
by = "{WHO}"

[off.romantic-chatbots]
reason = "{HOSTILE.replace('"', "")}"
by = "{WHO}"

[answers.security-controls]
text = "met by our platform"
by = "The platform team"
until = 2999-12-31
"""
TEXT = f"{makers.FACES} {makers.LOANS}"


@dataclass(frozen=True)
class Told:
    """A run with one entry, under an overlay and a published policy."""

    path: Path
    run: Run
    entry: Entry

    @property
    def verdict(self) -> Verdict:
        """The verdict under both."""
        assert self.entry.verdict
        return self.entry.verdict


def reviewed(path: Path) -> Told:
    """Write the overlay there, and review a text under it and a published policy."""
    path.write_text(OVERLAY, encoding="utf-8")
    reviewer = Reviewer([str(path), "google-genai"])
    verdict, plan = reviewer.review(TEXT), batch.plan(reviewer.desk, "autumn", ("intake.csv",), "")
    return Told(path, makers.run(plan=plan), replace(makers.entry(1), verdict=verdict, at=makers.NOW))


def streamed(write: Callable[..., None], told: Told, **options: object) -> str:
    """Give what an export writes."""
    file = makers.Text()
    write(file, told.run, makers.entries(told.entry), **options)
    return file.getvalue()


def book(told: Told) -> list[str]:
    """Give the texts of the first sheet of the workbook."""
    file = io.BytesIO()
    xlsx.write(file, told.run, makers.entries(told.entry))
    sheet = openpyxl.load_workbook(io.BytesIO(file.getvalue()))["Summary"]
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def suite(told: Told) -> dict[str, list[str]]:
    """Give the properties of the JUnit suite."""
    properties: dict[str, list[str]] = {}
    for found in ElementTree.fromstring(streamed(junit.write, told)).iter("property"):
        properties.setdefault(found.attrib["name"], []).append(found.attrib["value"])
    return properties


def results(told: Told) -> dict[str, Any]:
    """Give the run of the SARIF log."""
    (run,) = json.loads(streamed(partial(sarif.write, version="1"), told))["runs"]
    assert isinstance(run, dict)
    return run


def row(told: Told) -> dict[str, str]:
    """Give the one row of the CSV."""
    text = streamed(table.write, told).removeprefix("\ufeff")
    (found,) = csv.DictReader(io.StringIO(text, newline=""))
    return found


def unmarked(text: str) -> str:
    """Give Markdown as a person sees it, as far as our own escapes go."""
    return text.replace("\\", "").replace("\u200b", "")


FORMATS: dict[str, Callable[[Told], str]] = {
    "terminal": lambda told: terminal.render(told.verdict),
    "markdown": lambda told: unmarked(markdown.render(told.verdict)),
    "record": lambda told: unescape(record.as_html(told.run, told.entry, told.run.plan.clauses)),
    "record.md": lambda told: unmarked(record.as_markdown(told.run, told.entry, told.run.plan.clauses)),
    "html": lambda told: pages.text_of(streamed(html.write, told)),
    "overview": lambda told: unmarked(streamed(overview.write, told)),
    "csv": lambda told: "\n".join(row(told).values()),
    "xlsx": lambda told: "\n".join(book(told)),
    "jsonl": lambda told: streamed(jsonl.write, told),
    "sarif": lambda told: json.dumps(results(told)["properties"]),
    "junit": lambda told: "\n".join(text for values in suite(told).values() for text in values),
}
