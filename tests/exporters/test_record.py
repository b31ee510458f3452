"""The record of one submission: all that an auditor asks for, on a page that stands alone, and in Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reviewer import wording
from reviewer.exporters import record
from reviewer.exporters.html import words
from reviewer.submission import Source, Submission
from tests.exporters import makers, pages

if TYPE_CHECKING:
    from reviewer.run import Entry

ALL = (*pages.clauses(), pages.clauses()[0].model_copy(update={"id": "quiet", "number": "99", "title": "Never hit"}))
FACTS = (
    "ab" * 32,
    pages.verdict().submission.sha256,
    "2026-11-20 09:30:00+00:00",
    makers.run().plan.policy.title,
    makers.run().plan.policy.digest,
    wording.STANDINGS[ALL[0].standing],
    "Recommendation: Reject under",
    "plan.docx, page 3",
    "Leave the scores out.",
    "For every project",
    "Clauses checked without a hit",
    "99. Never hit",
    "Read 11 of 14 pages.",
    "Digest of the prompts",
    "it was never tried on the control texts",
    "tokens in",
    pages.verdict().review_digest,
    wording.NOT_LEGAL_ADVICE,
)


def as_text(entry: Entry) -> str:
    """Give the words of the page."""
    return pages.text_of(record.as_html(makers.run(), entry, ALL))


@pytest.mark.parametrize("fact", FACTS)
def test_the_page_says_everything(fact: str) -> None:
    """Each fact that makes a verdict checkable stands on the page."""
    assert fact in as_text(pages.rich())


@pytest.mark.parametrize("fact", FACTS)
def test_markdown_says_everything(fact: str) -> None:
    """Each fact that makes a verdict checkable stands in the Markdown, escapes aside."""
    text = record.as_markdown(makers.run(), pages.rich(), ALL).replace("\\", "").replace("\u200b", "")
    assert fact in text


def test_quotes_are_marked_in_their_sentence() -> None:
    """What stands around the words shows how they are meant."""
    page = record.as_html(makers.run(), pages.rich(), ALL)
    (quoted,) = pages.select(page, "//blockquote[.//mark[@class='fail']]/p")
    assert " ".join(quoted.text_content().split()) == f"{pages.LABEL} {pages.SAID}"
    assert quoted.find("mark").text == "match faces of passers-by"
    markdown = record.as_markdown(makers.run(), pages.rich(), ALL)
    assert "Officers \u00abmatch faces of passers-by\u00bb and score them." in markdown


def test_only_clauses_without_a_finding_are_listed_as_not_hit() -> None:
    """A clause in question is not among those that nothing was found on."""
    listed = as_text(pages.rich()).partition("Clauses checked without a hit")[2]
    assert "Never hit" in listed
    assert ALL[0].title not in listed.partition("The policy and the run")[0]


def test_rules_alone_clear_no_clause() -> None:
    """A record of what no model has read says that silence clears nobody."""
    assert "that they found nothing clears nobody" in as_text(makers.entry(1, "silent"))


def test_a_decision_of_a_person_leads_and_earlier_ones_stay() -> None:
    """The headline is the latest decision on this verdict; all others stand below, with their reasons."""
    entry = makers.entry(1, "rejected")
    assert entry.verdict
    old = makers.sign_off("0" * 64, reason="Before the change.")
    new = makers.sign_off(entry.verdict.review_digest)
    said = as_text(replace(entry, sign_offs=(old, new)))
    assert "Decision by A reviewer: Approve" in said
    assert "It was recommended: Reject" in said
    assert said.index("The vendor has shown the consents.") < said.index("Before the change.")
    assert "decided on an earlier verdict" in said


def test_earlier_verdicts_are_told() -> None:
    """A superseded verdict stays readable, with when it was reached."""
    earlier = (makers.NOW - timedelta(days=9), makers.verdict("approved"))
    page = record.as_html(makers.run(), pages.rich(), ALL, history=(earlier,))
    assert "Earlier verdicts" in page
    assert "2026-11-11 09:30:00+00:00" in page
    assert "Earlier verdicts" not in record.as_html(makers.run(), pages.rich(), ALL)


def test_forgotten_words_are_said_to_be_forgotten() -> None:
    """Where the store keeps no text or no quotes, the record says so instead of showing nothing."""
    entry = pages.rich()
    blank = [
        finding.model_copy(update={"quotes": tuple(q.model_copy(update={"text": ""}) for q in finding.quotes)})
        for finding in pages.verdict().findings
    ]
    forgotten = replace(
        entry,
        submission=entry.submission.model_copy(update={"text": "", "own_words": (), "remarks": ()}),
        verdict=pages.verdict().model_copy(update={"findings": tuple(blank)}),
    )
    assert as_text(forgotten).count(words.NO_LONGER_KEPT) == 4
    assert record.as_markdown(makers.run(), forgotten, ALL).count(words.NO_LONGER_KEPT) == 4


def test_what_could_not_be_read_has_a_record_too() -> None:
    """The error is the reason, and no clause is listed as checked."""
    said = as_text(makers.entry(1, error="plan.pdf: it is locked with a password; save it without one."))
    assert "Could not be read plan.pdf: it is locked with a password" in said
    assert "Clauses checked" not in said


def test_the_record_says_what_the_project_is() -> None:
    """A row shows its own columns, long ones cut visibly and blank ones left out, under its id and name."""
    fields = (("Title", "Body cameras"), ("Purpose", "x" * 2_000), ("Notes", "  "))
    entry = makers.with_fields(2, "rejected", *fields)
    page, markdown = (make(makers.run(), entry, ALL) for make in (record.as_html, record.as_markdown))
    assert pages.select(page, "//h1/text()") == ["UC-2: Body cameras"]
    shown = pages.select(page, "//section[h2='The submission']/dl/*/text()")
    assert shown == ["Title", "Body cameras", "Purpose", f"{'x' * 991}... [cut]"]
    assert markdown.startswith("# UC-2: Body cameras\n\nRecord of a review, submission `#2`\n")
    assert "## The submission\n\n- Title: Body cameras\n" in markdown
    assert "SHA-256 of the file" not in page + markdown


def test_the_record_of_a_document_shows_how_it_begins() -> None:
    """A document has no columns; its first lines stand there, and its digest is told to be missing if it is."""
    given = Submission(text="\n\nBus plan\n\nIt routes buses.\n" + "More.\n" * 9, source=Source(file="plan.md"))
    page = record.as_html(makers.run(), replace(makers.entry(1, "approved"), submission=given), ALL)
    assert pages.select(page, "//h1/text()") == ["plan.md: Bus plan"]
    lines = pages.select(page, "//section[h2='The submission']/p/text()")
    assert lines == ["Bus plan", "It routes buses.", "More.", "More.", "More."]
    assert "not known" in pages.text_of(page).partition("SHA-256 of the file")[2]


def test_nothing_under_review_can_format_or_run() -> None:
    """Markup, links, mentions and marks of direction are shown as they were written."""
    hostile = makers.entry(1, error="plan.pdf: <script>x</script> [a](https://evil.example) @everyone \u202e# b")
    page, markdown = (make(makers.run(), hostile, ALL) for make in (record.as_html, record.as_markdown))
    assert "<script" not in page
    assert "\u202e" not in page + markdown
    assert r"\<script\>" in markdown
    assert "https://evil" not in markdown
    assert "@everyone" not in markdown


def test_the_page_allows_its_style_and_nothing_else() -> None:
    """No script, no picture, no address to load."""
    page = record.as_html(makers.run(), pages.rich(), ALL)
    assert pages.select(page, "//script | //link | //img | //*[@src] | //*[@href] | //*[@style]") == []
    (allowed,) = pages.select(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'; style-src 'sha256-" in allowed
