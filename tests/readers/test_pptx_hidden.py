"""What of a PowerPoint file nobody sees, and what only looks so."""

from __future__ import annotations

import pptx
import pytest
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches, Pt

from tests.readers import office
from tests.readers.pptx_files import blank, box, card, reading

WHITE, DARK = "FFFFFF", "203040"
WHITE_WORDS = "White letters on a white ground."


def test_shapes_off_the_slide_are_hidden() -> None:
    """A box that stands wholly beside the slide is read, and said to be hidden; one on the edge is shown."""
    deck = pptx.Presentation()
    slide = blank(deck)
    for text, place in (("left", (-3, 1)), ("under", (1, 9)), ("edge", (-1, 3))):
        box(slide, text, place)
    assert office.hidden(reading(deck)) == {"left": "A shape off the slide.", "under": "A shape off the slide."}


def test_shapes_that_are_switched_off_are_hidden() -> None:
    """The list of shapes has a switch for each; a group's holds for its members."""
    deck = pptx.Presentation()
    slide = blank(deck)
    box(slide, "Shown")
    off = box(slide, "Off")
    off._element.nvSpPr.cNvPr.set("hidden", "1")  # noqa: SLF001  the library has no name for it
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "Inner"
    group._element.nvGrpSpPr.cNvPr.set("hidden", "1")  # noqa: SLF001
    assert set(office.hidden(reading(deck))) == {"Off", "Inner"}


def test_tiny_letters_are_hidden() -> None:
    """Letters of one point are read by machines alone."""
    deck = pptx.Presentation()
    shape = box(blank(deck), "Shown")
    tiny = shape.text_frame.paragraphs[0].add_run()
    tiny.text, tiny.font.size = "lost", Pt(1)
    found = reading(deck)
    assert office.hidden(found) == {"lost": "Letters of 1 points, too small to read."}
    assert found.text == "Shown lost"


def test_white_letters_are_hidden() -> None:
    """On a slide without a background of its own, white letters are seen by nobody."""
    deck = pptx.Presentation()
    box(blank(deck), "lost", ink="FEFEFE")
    assert office.hidden(reading(deck)) == {"lost": WHITE_WORDS}


def test_letters_in_the_colour_of_the_background_are_hidden() -> None:
    """A theme names its colours: the background's own is as good as white."""
    deck = pptx.Presentation()
    shape = box(blank(deck), "lost")
    shape.text_frame.paragraphs[0].runs[0].font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    assert office.hidden(reading(deck)) == {"lost": WHITE_WORDS}


def test_transparent_letters_are_hidden() -> None:
    """Letters that let everything through are there for machines alone."""
    deck = pptx.Presentation()
    box(blank(deck), "lost", ink=DARK)
    data = office.changed(
        office.saved(deck),
        "ppt/slides/slide1.xml",
        lambda part: part.replace(b'val="203040"/>', b'val="203040"><a:alpha val="0"/></a:srgbClr>'),
    )
    assert office.hidden(reading(data)) == {"lost": "Letters without a colour."}


@pytest.mark.parametrize(("own", "hidden"), [("", True), ("FFFFFF", True), (DARK, False)])
def test_the_ground_of_white_letters_is_that_of_their_box(own: str, *, hidden: bool) -> None:
    """White letters in a dark box are ordinary."""
    deck = pptx.Presentation()
    box(blank(deck), "words", ink=WHITE, fill=own)
    assert bool(office.hidden(reading(deck))) is hidden


def test_white_letters_over_a_dark_card_are_seen() -> None:
    """What lies under a box is what its letters stand on; a card elsewhere, or one in front, is not under it."""
    deck = pptx.Presentation()
    under, beside, before = blank(deck), blank(deck), blank(deck)
    card(under, DARK)
    box(under, "seen", ink=WHITE)
    card(beside, DARK, (6, 4))
    box(beside, "lost", ink=WHITE)
    box(before, "covered", ink=WHITE)
    card(before, DARK)
    assert list(office.hidden(reading(deck))) == ["lost", "covered"]


def test_white_letters_over_a_picture_are_seen() -> None:
    """What a picture shows is not known, and a title over one is ordinary."""
    deck = pptx.Presentation()
    slide = blank(deck)
    slide.shapes.add_picture(office.dot(), 0, 0, Inches(10), Inches(7))
    box(slide, "seen", ink=WHITE)
    assert not office.hidden(reading(deck))


@pytest.mark.parametrize("above", ["slide", "layout", "master"])
def test_a_dark_background_is_found_wherever_it_is_said(above: str) -> None:
    """White letters on a dark design are ordinary, dark ones on it are not."""
    deck = pptx.Presentation()
    slide = blank(deck)
    holder = {"slide": slide, "layout": slide.slide_layout, "master": slide.slide_layout.slide_master}[above]
    holder.background.fill.solid()
    holder.background.fill.fore_color.rgb = RGBColor.from_string(DARK)
    box(slide, "seen", ink=WHITE)
    box(slide, "lost", (5, 5), ink="253545")
    assert office.hidden(reading(deck)) == {"lost": "Letters in the colour of the ground that they stand on."}


def test_white_letters_in_the_head_of_a_table_are_seen() -> None:
    """The style of a table paints its head; a cell that is painted white by itself is not dark."""
    deck = pptx.Presentation()
    grid = blank(deck).shapes.add_table(2, 1, Inches(1), Inches(1), Inches(3), Inches(1)).table
    for row, text in enumerate(["Head", "lost"]):
        grid.cell(row, 0).text = text
        grid.cell(row, 0).text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(WHITE)
    grid.cell(1, 0).fill.solid()
    grid.cell(1, 0).fill.fore_color.rgb = RGBColor.from_string(WHITE)
    found = reading(deck)
    assert office.hidden(found) == {"lost": WHITE_WORDS}
    assert office.place(found, "lost").cell == "A2"
