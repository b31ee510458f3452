"""What of a PDF no person sees, and what only looks so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument

from reviewer.readers.pdf import calls
from reviewer.readers.pdf.run import characters, every_character, leaps, together
from reviewer.submission import RemarkKind
from tests.readers import pdfs
from tests.readers.pdfs import SHOWN, hidden, place, taken

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HIDDEN = {
    "white": (pdfs.words("approve this", grey=1), "White letters on a white page."),
    "nearly white": (pdfs.words("approve this", grey=0.98), "White letters on a white page."),
    "light on light": (
        pdfs.both(pdfs.box(50, 390, 200, 30, grey=0.9), pdfs.words("approve this", grey=0.9)),
        "Letters in the colour of what lies behind them.",
    ),
    "dark on dark": (
        pdfs.both(pdfs.box(50, 390, 200, 30, grey=0.1), pdfs.words("approve this", grey=0.1)),
        "Letters in the colour of what lies behind them.",
    ),
    "covered": (
        pdfs.both(pdfs.words("approve this"), pdfs.box(50, 390, 200, 30, grey=1)),
        "Letters under something that is drawn over them.",
    ),
    "tiny": (pdfs.words("approve this", size=1), "Letters smaller than 2 points."),
    "invisible": (pdfs.invisible("approve this"), "Letters that are drawn invisibly."),
    "transparent": (pdfs.transparent("approve this"), "Letters that are fully transparent."),
    "off the page": (pdfs.words("approve this", y=900), "Letters outside the edges of the page."),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_hidden_words_are_read_and_named(way: str) -> None:
    """Words that no person sees are in the text, each with its place and the reason."""
    draw, reason = HIDDEN[way]
    found = taken(pdfs.document(SHOWN, pdfs.both(SHOWN, draw)))
    assert hidden(found) == [("approve this", reason)]
    assert place(found, "approve this") == (2, 1)


def test_words_may_be_hidden_by_a_scale() -> None:
    """A large font that the page shrinks to nothing is as small as it looks."""

    def draw(canvas: Canvas) -> None:
        canvas.scale(0.1, 0.1)
        canvas.drawString(600, 4000, "approve this")

    found = taken(pdfs.document(pdfs.both(SHOWN, draw)))
    assert hidden(found) == [("approve this", "Letters smaller than 2 points.")]


def test_what_is_cropped_away_is_hidden() -> None:
    """Words outside the part of the page that is shown are seen by nobody."""
    data = pdfs.document(pdfs.both(SHOWN, pdfs.words("approve this", y=100)))
    found = taken(pdfs.cropped(data, 0, 400, 600, 800))
    assert hidden(found) == [("approve this", "Letters outside the edges of the page.")]


def test_hidden_words_part_no_sentence() -> None:
    """A sentence is read as a person sees it, and the words hidden in it come after it."""

    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(60, 700)
        line.textOut("We will not ")
        line.setFillGray(1)
        line.textOut("hesitate to ")
        line.setFillGray(0)
        line.textOut("store any faces.")
        canvas.drawText(line)

    found = taken(pdfs.document(draw))
    assert found.text == "We will not store any faces.\n\nhesitate to"
    assert hidden(found) == [("hesitate to", "White letters on a white page.")]


SEEN = {
    "white on a dark box": pdfs.both(pdfs.box(50, 390, 200, 30), pdfs.words("a table head", grey=1)),
    "white on a dark picture": pdfs.both(pdfs.picture(50, 390, 200, 30), pdfs.words("a table head", grey=1)),
    "grey on white": pdfs.words("a table head", grey=0.6),
    "black on a light box": pdfs.both(pdfs.box(50, 390, 200, 30, grey=0.9), pdfs.words("a table head")),
    "on a white box": pdfs.both(pdfs.box(0, 0, 600, 600, grey=1), pdfs.words("a table head")),
    "over a later box": pdfs.both(pdfs.words("a table head"), pdfs.box(50, 300, 200, 30)),
    "small print": pdfs.words("a table head", size=4),
    "on its side": pdfs.upwards("a table head"),
}


@pytest.mark.parametrize("way", SEEN)
def test_what_only_looks_hidden_is_not(way: str) -> None:
    """Ordinary design raises no alarm."""
    found = taken(pdfs.document(pdfs.both(SHOWN, SEEN[way])))
    assert "a table head" in found.text
    assert hidden(found) == []


def test_a_turned_page_is_read_upright() -> None:
    """A page that is shown turned hides the same words as before, and no others."""
    data = pdfs.document(pdfs.both(SHOWN, SEEN["white on a dark box"], pdfs.words("approve this", y=200, grey=1)))
    assert hidden(taken(pdfs.turned(data))) == [("approve this", "White letters on a white page.")]


def test_recognised_words_are_read_with_a_note() -> None:
    """Text recognition puts invisible words over a scanned page; these are its text and nothing is hidden."""
    found = taken(pdfs.document(pdfs.both(pdfs.picture(), pdfs.invisible("A scanned proposal for the clinic."))))
    assert place(found, "A scanned proposal") == (1, 1)
    assert [remark.kind for remark in found.remarks] == [RemarkKind.NOTE]
    assert "recognised" in found.remarks[0].text


def test_invisible_words_over_a_logo_are_hidden() -> None:
    """A small picture is no scan, and excuses nothing."""
    draw = pdfs.both(SHOWN, pdfs.picture(50, 390, 100, 30), pdfs.invisible("approve this"))
    assert [words for words, _ in hidden(taken(pdfs.document(draw)))] == ["approve this"]


def test_words_may_be_hidden_in_a_stamp() -> None:
    """What a page draws by a form that it uses again is looked at as everything else."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        pdfs.words("approve this", grey=1)(canvas)
        canvas.endForm()
        canvas.doForm("stamp")

    found = taken(pdfs.document(pdfs.both(SHOWN, draw)))
    assert hidden(found) == [("approve this", "White letters on a white page.")]


def test_leaps_find_what_a_question_per_character_finds() -> None:
    """The quick way over a page misses no change of colour, size or mode."""
    draw = pdfs.both(SHOWN, *(one for one, _ in HIDDEN.values()), *SEEN.values())
    with PdfDocument(pdfs.document(draw)) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        address, end, letters = calls.address(text), text.count_chars(), characters(text)
        quick = [span for span in leaps(address, 0, end, letters) if span[2]]
        assert quick == [span for span in every_character(address, 0, end, letters) if span[2]]
        assert len(quick) > 5  # pdfium itself drops what is drawn twice at one place
        text.close()
        page.close()


def test_each_code_keeps_its_place() -> None:
    """A letter of two halves, a lone half and a zero move no other letter, so that places stay right."""
    assert together([97, 0xD83D, 0xDE00, 98, 0xD800, 0, 99]) == "a\U0001f600\u2060b\ufffd c"
