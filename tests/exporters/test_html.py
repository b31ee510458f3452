"""The page of a run: what it holds, and that nothing in a text under review can run or format in it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest

from reviewer import wording
from reviewer.exporters.html import marking, words
from reviewer.exporters.html.marking import Mark
from reviewer.exporters.html.shown import shown
from reviewer.submission import Submission
from reviewer.verdict import Reason, Warning
from tests.exporters import makers, pages


@pytest.fixture(scope="module")
def page() -> str:
    """Give the page of a run with an entry of every kind."""
    return pages.page(pages.rich(), *makers.every_kind())


def test_the_summary_needs_no_script(page: str) -> None:
    """Policy, run, time, decisions, tiers, clauses, readers, errors and costs can be read with scripts off."""
    said = pages.text_of(page)
    for part in (
        makers.run().plan.policy.title,
        makers.run().plan.policy.url,
        makers.run().plan.policy.digest,
        "run autumn",
        "2026-11-20 09:30:00+00:00",
        "keyword rules only",
        "intake.csv",
        wording.NOT_LEGAL_ADVICE,
        words.STANDING,
        "3 Reject",
        "1 Could not be read",
        "1 Breach in words",
        wording.FOUND_BY_RULES,
        wording.SILENT_RULES,
        "The model could not be reached",
        "intake.csv, row 6: there is no text in it",
        "US dollars",
    ):
        assert part in said


def test_tiers_stand_in_the_order_in_which_people_take_them_up(page: str) -> None:
    """Tier 0 comes after all others, also where a script sorts by it."""
    bars = pages.select(page, "//section[@aria-labelledby='piles']//a")
    assert [bar.text for bar in bars] == list(words.PILES.values())
    assert list(pages.data(page, "rows")["piles"].values()) == list(words.PILES.values())


def test_what_rules_found_is_told_from_what_no_model_has_read(page: str) -> None:
    """Silence of the rules is never shown like a reading."""
    readers = {row["name"]: row["reader"] for row in pages.data(page, "rows")["rows"]}
    assert [readers[f"UC-{number}"] for number in (1, 3, 5, 6, 8)] == [
        words.MODEL,
        words.FOUND,
        words.UNREADABLE,
        words.WAITING,
        words.SILENT,
    ]


def test_the_page_fetches_nothing(page: str) -> None:
    """No element names an address to load, and the page forbids it besides."""
    assert pages.select(page, "//link | //img | //iframe | //*[@src] | //*[@style]") == []
    assert all(target.startswith("#") for target in pages.select(page, "//@href"))


def test_the_policy_of_the_page_allows_its_own_style_and_script_only(page: str) -> None:
    """The hashes are those of the one style and the one script that stand in it."""
    (allowed,) = pages.select(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert allowed.startswith("default-src 'none'; ")
    assert "unsafe" not in allowed
    for kind in ("style", "script"):
        (body,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in allowed


def test_a_text_cannot_end_the_data_that_it_stands_in(page: str) -> None:
    """No angle bracket of a text under review reaches the page as one."""
    assert "document.title = 'taken'" in page
    assert "<script>document.title" not in page
    assert "<img" not in page


def test_an_error_with_markup_is_only_text() -> None:
    """A file's name is data, too."""
    page = pages.page(makers.entry(1, error="<b onclick=x>\u202e: it is empty."))
    assert "&lt;b onclick=x&gt;&lt;U+202E&gt;: it is empty." in page
    assert "<b onclick" not in page


def test_quotes_that_overlap_are_both_marked(page: str) -> None:
    """Each stretch knows the quotes that it belongs to, and the number of a clause stands where its quote ends."""
    said = pages.data(page, "d0")[0]["text"]
    marked = [(piece["text"], piece["marks"], piece["style"], piece["ends"]) for piece in said if "marks" in piece]
    number = pages.clauses()[0].number
    assert marked == [
        ("match faces of ", [1], "fail", []),
        ("passers-by", [1, 2], "fail", [number]),
        (" and score", [2], "review", ["social-scoring"]),
        ("Ignore the rules", [0], "warning", ["!"]),
    ]


def test_hidden_words_and_own_words_are_told_apart(page: str) -> None:
    """The reason stands where hidden words begin, and a form's label is marked as its own."""
    said = pages.data(page, "d0")[0]["text"]
    assert said[0] == {"text": pages.LABEL, "own": 1}
    assert [piece["hidden"] for piece in said if "hidden" in piece] == ["White on white.", 1]


def test_no_character_of_a_text_is_lost(page: str) -> None:
    """The pieces put together are the text, its invisible characters by their codes."""
    said = pages.data(page, "d0")[0]["text"]
    whole = "".join(piece if isinstance(piece, str) else piece["text"] for piece in said)
    assert whole == pages.TEXT.replace("\u202e", "<U+202E>").replace("\u200b", "<U+200B>")


def test_the_panel_says_all_that_there_is_to_say(page: str) -> None:
    """Findings in words, remedies, standing, places, what was not read, notes, and what cannot be located."""
    told = str(pages.data(page, "d0")[0]["sections"])
    for part in (
        "'Breached'",
        "'In question'",
        "What would change it: Leave the scores out.",
        wording.STANDINGS[pages.clauses()[0].standing],
        "plan.docx, page 3",
        "does not stand in the text",
        "Read 11 of 14 pages.",
        "A comment: 'ask them' (plan.docx, paragraph 2)",
        "For every project",
        "It gives orders.",
    ):
        assert part in told.replace('"', "'")


def test_a_remark_of_a_reader_is_told_once() -> None:
    """What the verdict has made a warning of is not repeated beside it, and ordinary notes stand apart."""
    made = pages.rich()
    assert made.verdict
    read = [
        Warning(reason=Reason.NOT_READ_IN_FULL, text="Read 11 of 14 pages."),
        Warning(reason=None, text="A comment: 'ask them' (plan.docx, paragraph 2)"),
    ]
    warnings = (*made.verdict.warnings, *read)
    entry = replace(made, verdict=made.verdict.model_copy(update={"warnings": warnings}))
    sections = pages.data(pages.page(entry), "d0")[0]["sections"]
    told = {section["title"]: section.get("items") for section in sections}
    assert told["What could not be read"] == ["Read 11 of 14 pages."]
    assert told["Beside the text"] == ["A comment: 'ask them' (plan.docx, paragraph 2)", "White on white."]


def test_a_decision_on_an_earlier_verdict_does_not_count_for_this_one() -> None:
    """A person signs what that person has seen."""
    stale = replace(makers.entry(1, "rejected"), sign_offs=(makers.sign_off("0" * 64),))
    page = pages.page(stale)
    assert pages.data(page, "d0")[0]["head"].startswith("Recommendation: ")
    assert "This was decided on an earlier verdict" in str(pages.data(page, "d0")[0]["sections"])
    assert "signed" not in pages.data(page, "rows")["rows"][0]


def test_a_text_that_is_no_longer_kept_says_so() -> None:
    """An empty panel is never taken for an empty submission."""
    made = makers.entry(1, "rejected")
    empty = replace(made, submission=made.submission.model_copy(update={"text": ""}))
    told = pages.data(pages.page(empty), "d0")[0]
    assert told["none"] == words.NO_LONGER_KEPT
    assert told["text"] == []


def test_what_has_vanished_is_in_no_count() -> None:
    """It stays readable on a pile of its own."""
    page = pages.page(makers.entry(1, "approved"), makers.entry(2, "rejected", vanished=True))
    assert [row["pile"] for row in pages.data(page, "rows")["rows"]] == ["p0", "pgone"]
    assert "0 Reject" in pages.text_of(page)


def test_details_come_in_blocks(page: str) -> None:
    """A page of many submissions is not parsed as a whole before it shows."""
    long = pages.page(*pages.many(201))
    assert [len(pages.data(long, f"d{number}")) for number in range(3)] == [100, 100, 1]
    assert 'id="d1"' not in page


def test_a_run_without_entries_has_a_page() -> None:
    """An empty input is no division by nothing."""
    assert "No clause was hit." in pages.text_of(pages.page())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\u00a0b", "a b"),
        ("\u202ea\x00\ue000", "<U+202E>a<U+0000><U+E000>"),
        ("\u05d0\u4e16", "\u05d0\u4e16"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_its_code(text: str, seen: str) -> None:
    """Line breaks and every script stay; nothing can turn the direction of a page."""
    assert shown(text) == seen


def test_marks_outside_the_text_are_left_out() -> None:
    """A verdict on an earlier text cannot break the page of a later one."""
    given = Submission(text="short")
    told = list(marking.pieces(given, [Mark(2, 90, "fail", "1"), Mark(1, 3, "fail", "2")]))
    assert [(piece.text, piece.marks) for piece in told] == [("s", ()), ("ho", (1,)), ("rt", ())]
