"""Word files for the tests of their reader, and how these read them."""

from __future__ import annotations

from reviewer.readers.docx import read
from reviewer.readers.limits import Limits
from reviewer.submission import Source, Submission
from tests.readers.office import word

SOURCE = Source(file="plan.docx")
WHITE = '<w:color w:val="FFFFFF"/>'
WHITE_WORDS = "White letters on a white ground."


def reading(data: bytes, limits: Limits | None = None) -> Submission:
    """Read a Word file."""
    return read(data, SOURCE, limits or Limits())


def body(xml: str) -> Submission:
    """Read a Word file with this body."""
    return reading(word(xml))


def cell(content: str, properties: str = "") -> str:
    """Give the XML of a cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    """Give the XML of a table of rows, each of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{cells}</w:tr>" for cells in rows) + "</w:tbl>"


def text_box(content: str, look: str = "", beside: str = "") -> str:
    """Give the XML of a paragraph with a text box in both versions that Word writes."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = f"<wps:wsp><wps:spPr>{look}</wps:spPr><wps:txbx>{inner}</wps:txbx></wps:wsp>"
    drawing = (
        f"<w:drawing><wp:anchor><wp:docPr id='1' name='box'/><a:graphic>{shape}</a:graphic></wp:anchor></w:drawing>"
    )
    older = f"<w:pict><v:rect><v:textbox>{inner}</v:textbox></v:rect></w:pict>"
    both = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
    return f"<w:p>{beside}<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"
