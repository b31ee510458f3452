"""What a PDF says, and where."""

from __future__ import annotations

import pytest

from reviewer.folding import fold
from tests.readers import pdfs
from tests.readers.pdfs import FIRST, SECOND, place, taken


def test_each_quote_has_its_page_and_paragraph() -> None:
    """A person who looks up a quote finds it where its place says."""
    found = taken(pdfs.document(pdfs.prose(FIRST, SECOND), pdfs.prose(["A last word on page two."])))
    assert place(found, "The clinic sorts") == (1, 1)
    assert place(found, "and answers none") == (1, 1)
    assert place(found, "and may overrule") == (1, 2)
    assert place(found, "A last word") == (2, 1)
    assert not found.remarks


def test_a_paragraph_is_one_stretch_of_prose() -> None:
    """Lines that the edge of the page breaks are joined, so that a quote over two lines is found."""
    found = taken(pdfs.document(pdfs.prose(FIRST, SECOND)))
    assert found.text == f"{' '.join(FIRST)}\n\n{' '.join(SECOND)}"


def test_a_paragraph_begins_with_an_indent_a_size_or_an_item() -> None:
    """Where no gap parts them, what a reader takes for a new paragraph is one."""
    title = pdfs.words("A title in larger letters", y=760, size=18)
    body = pdfs.prose(FIRST, gap=0)
    indented = pdfs.prose(SECOND[:1], left=80, top=692)
    rest = pdfs.prose([SECOND[1], "- the first item of a list", "- the second item of it"], top=678)
    found = taken(pdfs.document(pdfs.both(title, body, indented, rest)))
    starts = ["A title", "The clinic", "A nurse", "- the first", "- the second"]
    assert [place(found, start) for start in starts] == [(1, number) for number in range(1, 6)]
    assert place(found, "and may overrule") == (1, 3)


def test_double_spacing_makes_no_paragraphs() -> None:
    """A wide leading alone parts no sentence."""
    lines = [f"Line {number} of a text that is set with much room between its lines" for number in range(6)]
    draws = [pdfs.prose([line], top=720 - 30 * number) for number, line in enumerate(lines)]
    found = taken(pdfs.document(pdfs.both(*draws)))
    assert found.text == " ".join(lines)


LEFT = [f"left column line {number} of its text" for number in range(6)]
RIGHT = [f"right column line {number} of its text" for number in range(6)]


@pytest.mark.parametrize("by_row", [False, True])
def test_two_columns_are_read_one_after_the_other(by_row: bool) -> None:  # noqa: FBT001  both ways of drawing
    """No sentence mixes two columns, in whichever order a program drew them."""
    columns = [pdfs.prose([line], top=720 - 14 * at) for at, line in enumerate(LEFT)]
    columns += [pdfs.prose([line], left=330, top=720 - 14 * at) for at, line in enumerate(RIGHT)]
    drawn = [columns[at // 2 + 6 * (at % 2)] for at in range(12)] if by_row else columns
    found = taken(pdfs.document(pdfs.both(*drawn)))
    assert " ".join(found.text.split()) == " ".join([*LEFT, *RIGHT])


def test_the_rows_of_a_table_stay_rows() -> None:
    """Short cells beside each other belong together, and are not read as columns of prose."""
    rows = [("Name", "Value"), ("Owner", "Clinic"), ("Model", "Small"), ("Users", "Nurses")]
    draws = [
        pdfs.prose([cell], left=60 + 200 * across, top=720 - 14 * down)
        for down, row in enumerate(rows)
        for across, cell in enumerate(row)
    ]
    found = taken(pdfs.document(pdfs.both(*draws)))
    assert found.text == "\n".join(f"| {' | '.join(row)} |" for row in rows)


def test_a_long_answer_stays_in_its_cell() -> None:
    """A sentence that is wrapped in a cell of a form is not mixed with the label beside it."""
    rows = pdfs.both(
        pdfs.prose(["Purpose"]),
        pdfs.prose(["It will recog-"], left=200),
        pdfs.prose(["nise no faces."], left=200, top=706),
        pdfs.prose(["Owner"], top=678),
        pdfs.prose(["Clinic"], left=200, top=678),
    )
    assert taken(pdfs.document(rows)).text == "| Purpose | It will recognise no faces. |\n| Owner | Clinic |"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["The camera will not be used for recog-", "nition of faces."], "recognition of faces"),
        (["A system for face-recognition is planned, and face-", "recognition is all."], "and face-recognition is all"),
        (["It is built on the model named GPT-", "4 by its maker."], "GPT-4 by its maker"),
        (["The camera serves recog\u00ad", "nition of faces."], "recognition of faces"),
    ],
)
def test_a_word_that_a_line_breaks_is_whole(lines: list[str], words: str) -> None:
    """A hyphen at the end of a line hides no word from the rules, and none that belongs there is lost."""
    assert fold(words).text in fold(taken(pdfs.document(pdfs.prose(lines))).text).text


def test_a_sentence_may_cross_a_page() -> None:
    """A sentence that runs over the end of a page is one sentence, with a place on either."""
    found = taken(pdfs.document(pdfs.prose(["We will not"]), pdfs.prose(["store any faces."])))
    assert found.text == "We will not store any faces."
    assert place(found, "store any faces") == (2, 1)
