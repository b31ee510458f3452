"""An entry as a row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviewer.exporters.outline import quoted
from reviewer.exporters.table import own_cells, table
from reviewer.run import Entry
from reviewer.spreadsheet import Column, is_formula, neutral, own_headings, plain
from reviewer.submission import Source, Submission
from reviewer.verdict import Decision
from tests.exporters import makers


def cells(entry: Entry) -> dict[str, object]:
    """Give the cells of an entry under their headings."""
    columns = table([entry])
    return dict(zip(columns.headings, columns.cells(entry), strict=True))


def test_the_inputs_columns_stand_first_and_as_they_were() -> None:
    """Columns of all rows are there in the order of first appearance, and a row without one has an empty cell."""
    first = makers.with_fields(1, "approved", ("Title", " A "), ("Owner", "B"))
    second = makers.with_fields(2, "approved", ("Title", "C"), ("Budget", "-5"))
    columns = table([first, second])
    assert columns.headings == ("Title", "Owner", "Budget", *Column)
    assert columns.cells(first)[:3] == [" A ", "B", ""]
    assert columns.cells(second)[:3] == ["C", "", "-5"]


def test_a_document_has_its_file_name_instead() -> None:
    """What has no row in a sheet is named by its file, also where the input has such a column."""
    document = Entry(1, 0, "plan.pdf", Submission(text="A plan.", source=Source(file="plan.pdf", page=2)))
    assert (cells(document)["File"], cells(document)["Source"]) == ("plan.pdf", "plan.pdf, page 2")
    columns = table([document, makers.with_fields(2, "", ("File", "x"))])
    assert columns.headings[:2] == ("Review: File", "File")
    assert columns.cells(document)[:2] == ["plan.pdf", ""]


def test_a_column_of_the_input_with_our_name_keeps_it() -> None:
    """Ours gives way, whatever the case of the letters, and as often as it must."""
    headings = table([makers.with_fields(1, "", ("decision ", "x"), ("Reason", "y"), ("Review: Reason", "z"))]).headings
    assert headings[:3] == ("decision ", "Reason", "Review: Reason")
    assert {"Review: Decision", "Review: Review: Reason", "Name"} < set(headings)
    assert len(set(own_headings(set()).values())) == len(Column)


def test_two_columns_with_one_name_are_both_kept() -> None:
    """Neither overwrites the other."""
    told = cells(makers.with_fields(1, "", ("Title", "A"), ("Title", "B"), ("Title", "C")))
    assert (told["Title"], told["Title (2)"], told["Title (3)"]) == ("A", "B", "C")


def test_a_rejection_says_all_that_a_person_needs() -> None:
    """Decision, tier, clauses, words with their place, questions, remedy and reader stand in the row."""
    told = own_cells(makers.entry(12, "rejected"))
    verdict = makers.verdict("rejected")
    assert (told[Column.NUMBER], told[Column.DECISION]) == ("#12", "Reject")
    assert told[Column.TIER] == "1 Breach in words"
    assert told[Column.WHY] == verdict.summary
    clause = verdict.findings[0].clause
    assert f"{clause.number} {clause.title}" in str(told[Column.CLAUSES])
    assert "\u00ab" in str(told[Column.QUOTES])
    assert "cell B3" in str(told[Column.QUOTES])
    assert told[Column.REMEDY]
    assert "scripted" in str(told[Column.READ_BY])
    assert told[Column.COST] == "unknown: the model tells no cost"
    assert told[Column.REVIEWED_AT] == "2026-11-20T09:30:00+00:00"
    assert told[Column.VERDICT] == verdict.review_digest


def test_a_reading_by_rules_says_why_no_model_read_it() -> None:
    """An outage is told in words, in a column of its own."""
    told = own_cells(makers.entry(1, "outage"))
    assert told[Column.READ_BY] == "keyword rules only"
    assert told[Column.WHY_NOT_MODEL] == "the model could not be reached"


def test_only_conditions_of_the_project_are_listed() -> None:
    """What holds for every project would fill every row."""
    assert own_cells(makers.entry(1, "tied"))[Column.CONDITIONS] == f"{makers.CONDITION} [ai-disclosure]"
    assert own_cells(makers.entry(1, "approved"))[Column.CONDITIONS] == ""


def test_could_not_be_read_not_reached_and_not_read_by_a_model_are_three() -> None:
    """The one says why, the other waits, and the third has a verdict of the rules alone."""
    failed = own_cells(makers.entry(1, error="it is locked with a password; save it without one."))
    assert (failed[Column.DECISION], failed[Column.TIER]) == ("Could not be read", "")
    assert "password" in str(failed[Column.WHY])
    waiting = own_cells(makers.entry(1))
    assert (waiting[Column.DECISION], waiting[Column.TIER]) == ("Not reached yet", "")
    silent = own_cells(makers.entry(1, "silent"))
    assert (silent[Column.DECISION], silent[Column.TIER]) == ("Refer to a person", "5 Not read by a model yet")


def test_machine_and_people_decide_in_other_words() -> None:
    """No cell of the machine's says that it approves; people do, in their own column."""
    verdict = makers.verdict("approved")
    told = own_cells(makers.entry(1, verdict=verdict, sign_offs=(makers.sign_off(verdict.review_digest),)))
    assert (told[Column.DECISION], told[Column.TIER]) == ("No objection", "No objection")
    assert told[Column.YOUR_DECISION] == "Approve"


def test_tiers_sort_as_people_take_them_up() -> None:
    """Sorted as text, what nobody objects to comes last."""
    kinds = ["approved", "silent", "rejected", "referred"]
    tiers = [str(own_cells(makers.entry(1, kind))[Column.TIER]) for kind in kinds]
    assert sorted(tiers) == [tiers[2], tiers[3], tiers[1], tiers[0]]


def test_the_latest_decision_of_a_person_is_filled_in() -> None:
    """Of two, the newer one stands in the columns."""
    digest = makers.verdict("rejected").review_digest
    older, newer = makers.sign_off(digest), makers.sign_off(digest, decision=Decision.REJECT, valid_until=None)
    told = own_cells(makers.entry(1, "rejected", sign_offs=(older, newer)))
    assert (told[Column.YOUR_DECISION], told[Column.NAME]) == ("Reject", "A reviewer")
    assert told[Column.VALID_UNTIL] == ""


def test_a_decision_on_an_earlier_verdict_is_told_and_not_filled_in() -> None:
    """Read back, it would count for a verdict that the person never saw."""
    told = own_cells(makers.entry(1, "rejected", sign_offs=(makers.sign_off("another digest"),)))
    assert told[Column.YOUR_DECISION] == told[Column.REASON] == ""
    assert "A reviewer decided 'Approve' on 2026-11-20" in str(told[Column.WARNINGS])


def test_what_vanished_is_said_to_have() -> None:
    """The row is still there, with a word about it."""
    assert own_cells(makers.entry(1, "approved", vanished=True))[Column.WARNINGS] == "The input has it no more."


def test_words_that_are_no_longer_kept_leave_their_place() -> None:
    """A store that keeps no words still says where they stood."""
    quote = makers.verdict("rejected").findings[0].quotes[0].model_copy(update={"text": "", "sentence": None})
    assert quoted(quote) == "Words that are no longer kept (intake.csv, row 3, cell B3)"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-5",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "  =1",
        "\u200b=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        "\n=1",
    ],
)
def test_what_may_run_is_neutralised_and_comes_back(text: str) -> None:
    """Every start of a formula gets an apostrophe, and undoing gives the text exactly, also if it had one before."""
    assert neutral(text) == f"'{text}"
    assert plain(neutral(text)) == text
    assert plain(neutral(f"'{text}")) == f"'{text}"
    assert neutral(f"'{text}") == f"''{text}"


@pytest.mark.parametrize("text", ["", "5", "a=b", "'tis", "''", "x - y", "\u00ab=1\u00bb"])
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    """Neither writing nor reading changes it."""
    assert not is_formula(text)
    assert neutral(text) == plain(text) == text


def test_a_row_that_lost_its_columns_is_named_by_its_file() -> None:
    """Where the store keeps no columns of the input, the row still says where it came from."""
    entry = makers.entry(1, "approved")
    slim = replace(entry, submission=Submission(text="", source=entry.submission.source))
    assert cells(slim)["File"] == "intake.csv"
