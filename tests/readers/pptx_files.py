"""PowerPoint files for the tests of their reader, and how these read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from reviewer.readers.limits import Limits
from reviewer.readers.pptx import read
from reviewer.submission import Source, Submission
from tests.readers import office

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.autoshape import Shape
    from pptx.slide import Slide

SOURCE = Source(file="deck.pptx")
BLANK = 6


def reading(deck: Presentation | bytes, limits: Limits | None = None) -> Submission:
    """Read a PowerPoint file."""
    return read(deck if isinstance(deck, bytes) else office.saved(deck), SOURCE, limits or Limits())


def blank(deck: Presentation) -> Slide:
    """Add a slide without anything on it."""
    return deck.slides.add_slide(deck.slide_layouts[BLANK])


def box(slide: Slide, text: str, place: tuple[float, float] = (1, 1), ink: str = "", fill: str = "") -> Shape:
    """Put a box of two inches by one on a slide."""
    shape = slide.shapes.add_textbox(*map(Inches, place), Inches(2), Inches(1))
    shape.text_frame.text = text
    if ink:
        shape.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(ink)
    if fill:
        paint(shape, fill)
    return shape


def paint(shape: Shape, fill: str) -> None:
    """Paint a shape."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(fill)


def card(slide: Slide, fill: str, place: tuple[float, float] = (0.5, 0.5), size: float = 3) -> Shape:
    """Put a painted square on a slide."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, place), Inches(size), Inches(size))
    paint(shape, fill)
    return shape
