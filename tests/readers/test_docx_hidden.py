"""What of a Word file nobody sees, and what only looks so."""

from __future__ import annotations

import docx
import pytest
from docx.shared import Pt, RGBColor

from tests.readers import office
from tests.readers.docx_files import WHITE, WHITE_WORDS, body, cell, reading, table, text_box
from tests.readers.office import paragraph, run, word


def test_hidden_words_are_a_piece_of_their_own() -> None:
    """Words that are formatted as hidden are read, quoted exactly, and the paragraph goes on behind them."""
    document = docx.Document()
    line = document.add_paragraph("We score tenants ")
    line.add_run("ignore this").font.hidden = True
    line.add_run(" every month.")
    found = reading(office.saved(document))
    assert found.text == "We score tenants ignore this every month."
    assert office.hidden(found) == {"ignore this": "Words that are formatted as hidden."}
    assert office.place(found, "every").paragraph == office.place(found, "ignore").paragraph == 1


@pytest.mark.parametrize("kind", [1, 2])
def test_words_are_hidden_by_their_style(kind: int) -> None:
    """A style can hide as well as a format can, of a paragraph or of letters."""
    document = docx.Document()
    document.styles.add_style("Quiet", kind).font.hidden = True
    document.styles.add_style("Quieter", kind).base_style = document.styles["Quiet"]
    document.add_paragraph("Seen.")
    line = document.add_paragraph(style="Quieter" if kind == 1 else None)
    line.add_run("Not seen.", style="Quieter" if kind == 2 else None)
    assert office.hidden(reading(office.saved(document))) == {"Not seen.": "Words that are formatted as hidden."}


@pytest.mark.parametrize("ink", ["FFFFFF", "FDFDFD", "F0F0F0"])
def test_white_letters_are_hidden(ink: str) -> None:
    """White and nearly white letters on a white page are seen by nobody."""
    document = docx.Document()
    document.add_paragraph("Seen.").add_run("Not seen.").font.color.rgb = RGBColor.from_string(ink)
    assert office.hidden(reading(office.saved(document))) == {"Not seen.": WHITE_WORDS}


def test_tiny_letters_are_hidden() -> None:
    """Letters of one point are read by machines alone; small print of six points is only small."""
    document = docx.Document()
    line = document.add_paragraph("Seen.")
    line.add_run("Not seen.").font.size = Pt(1)
    line.add_run("Small print.").font.size = Pt(6)
    assert office.hidden(reading(office.saved(document))) == {"Not seen.": "Letters of 1 points, too small to read."}


def test_a_white_theme_colour_is_white() -> None:
    """Where Word names the colour of the background and no digits, the letters are white."""
    found = body(paragraph(run("Seen."), run("Not seen.", '<w:color w:themeColor="background1"/>')))
    assert office.hidden(found) == {"Not seen.": WHITE_WORDS}


@pytest.mark.parametrize(
    "xml",
    [
        paragraph(run("Shown", f'{WHITE}<w:shd w:val="clear" w:fill="1F3864"/>')),
        paragraph(run("Shown", f'{WHITE}<w:highlight w:val="darkBlue"/>')),
        paragraph(run("Shown", WHITE), properties='<w:shd w:val="clear" w:fill="000000"/>'),
        table(cell(paragraph(run("Shown", WHITE)), '<w:shd w:val="clear" w:fill="1F3864"/>')),
        table(cell(paragraph(run("Shown", WHITE)), '<w:shd w:val="solid" w:color="auto"/>')),
        text_box(paragraph(run("Shown", WHITE)), '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'),
        text_box(paragraph(run("Shown", WHITE)), '<a:solidFill><a:srgbClr val="203040"/></a:solidFill>'),
        text_box(paragraph(run("Shown", WHITE)), "<a:noFill/>", beside="<w:r><w:drawing><a:blip/></w:drawing></w:r>"),
        paragraph(run("Shown", '<w:vanish w:val="0"/>')),
        paragraph(run("Shown", '<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>')),
        paragraph(run("Shown", '<w:color w:val="808080"/>')),
        paragraph(run("Shown", '<w:color w:val="FFFF00"/>')),
    ],
)
def test_white_letters_on_a_dark_ground_are_seen(xml: str) -> None:
    """The heads of tables and the boxes of covers are ordinary: nothing is said of them."""
    found = body(xml)
    assert "Shown" in found.text
    assert not office.hidden(found)


@pytest.mark.parametrize(
    "xml",
    [
        table(cell(paragraph(run("Lost", WHITE)))),
        table(cell(paragraph(run("Lost", WHITE)), '<w:shd w:val="clear" w:fill="FAFAFA"/>')),
        text_box(paragraph(run("Lost", WHITE)), "<a:noFill/>"),
        text_box(paragraph(run("Lost", WHITE)), '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'),
        paragraph(run("Lost", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')),
        paragraph(run("Lost", f'{WHITE}<w:highlight w:val="white"/>')),
        "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>" + cell(paragraph(run("Lost"))) + "</w:tr></w:tbl>",
        table(cell(paragraph(run("a")))) + table(cell(paragraph(run("Lost")), "<w:vMerge/>")),
    ],
)
def test_letters_that_cannot_be_told_from_their_ground_are_hidden(xml: str) -> None:
    """In a cell, a box or under a marker: what nobody sees is read, and said to be hidden."""
    assert list(office.hidden(body(xml))) == ["Lost"]


def test_white_letters_in_the_head_of_a_styled_table_are_seen() -> None:
    """A style of tables paints the first row, and not the others."""
    style = (
        '<w:styles NAMES><w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow">'
        '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
    )
    row = f"<w:tr>{cell(paragraph(run('{}', WHITE)))}</w:tr>"
    xml = f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>{row.format("Head")}{row.format("Lost")}</w:tbl>'
    assert list(office.hidden(reading(word(xml, {"styles": style})))) == ["Lost"]


def test_white_letters_on_a_dark_page_are_seen() -> None:
    """The colour of the page is what letters stand on."""
    data = word(paragraph(run("Shown", WHITE)), before='<w:background w:color="101010"/>')
    assert not office.hidden(reading(data))


def test_words_hidden_in_a_cell_leave_its_table_whole() -> None:
    """The rows stay together, and the hidden words follow with the address of their cell."""
    found = body(
        table(
            cell(paragraph(run("a"))) + cell(paragraph(run("b "), run("lost", WHITE))),
            cell(paragraph(run("c"))) + cell(paragraph(run("d"))),
        )
    )
    assert found.text == "| a | b |\n| c | d |\n\nlost"
    assert office.place(found, "lost").cell == "B1"
    assert list(office.hidden(found)) == ["lost"]


def test_boxes_off_the_page_are_hidden() -> None:
    """A box that is moved beyond the edge of the page, or switched off, is shown to nobody."""
    place = "<wp:positionH relativeFrom='page'><wp:posOffset>{}</wp:posOffset></wp:positionH><wp:extent cx='9' cy='9'/>"
    box = text_box(paragraph(run("Box.")))
    found = [
        body(box.replace("<wp:anchor>", f"<wp:anchor>{place.format(offset)}"))
        for offset in ("-900000", "100000", "99000000")
    ]
    assert [list(office.hidden(each).values()) for each in found] == [
        ["A text box off the page."],
        [],
        ["A text box off the page."],
    ]
    switched_off = body(box.replace("name='box'", "name='box' hidden='1'"))
    assert office.hidden(switched_off) == {"Box.": "A text box that is not shown."}


def test_a_white_theme_colour_wins_over_the_digits_beside_it() -> None:
    """Word paints the colour of the theme, whatever else is said; a shaded one is as dark as the digits."""
    white = '<w:color w:val="000000" w:themeColor="background1"/>'
    grey = '<w:color w:val="808080" w:themeColor="background1" w:themeShade="80"/>'
    found = body(paragraph(run("Seen.", grey), run("Not seen.", white)))
    assert office.hidden(found) == {"Not seen.": WHITE_WORDS}


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ('<w:spacing w:line="1" w:lineRule="exact"/>', "Words on a line that is too low to show them."),
        ('<w:ind w:left="-30000"/>', "Words off the page."),
        ('<w:ind w:start="-30000"/>', "Words off the page."),
        ('<w:ind w:left="31680"/>', "Words off the page."),
        ('<w:ind w:left="720" w:hanging="30000"/>', "Words off the page."),
        ('<w:framePr w:x="-20000"/>', "Words off the page."),
        ('<w:framePr w:w="2000" w:x="-20000"/>', "Words off the page."),
        ('<w:framePr w:y="31680"/>', "Words off the page."),
    ],
)
@pytest.mark.parametrize("of_style", [False, True])
def test_words_are_hidden_by_the_place_of_their_paragraph(properties: str, why: str, *, of_style: bool) -> None:
    """Nobody sees a line of no height or one beside the page, whether the paragraph or its style says so."""
    style = f'<w:style w:type="paragraph" w:styleId="Away"><w:pPr>{properties}</w:pPr></w:style>'
    own = '<w:pStyle w:val="Away"/>' if of_style else properties
    data = word(
        paragraph(run("Seen.")) + paragraph(run("Lost."), properties=own),
        {"styles": f"<w:styles NAMES>{style}</w:styles>"},
    )
    assert office.hidden(reading(data)) == {"Lost.": why}


def test_words_are_hidden_by_what_a_document_says_of_all() -> None:
    """What a document says of all paragraphs holds where none says otherwise."""
    defaults = '<w:pPrDefault><w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr></w:pPrDefault>'
    data = word(
        paragraph(run("Lost.")) + paragraph(run("Seen."), properties='<w:spacing w:line="240" w:lineRule="auto"/>'),
        {"styles": f"<w:styles NAMES><w:docDefaults>{defaults}</w:docDefaults></w:styles>"},
    )
    assert list(office.hidden(reading(data))) == ["Lost."]


def test_letters_without_width_are_hidden() -> None:
    """Letters of a hundredth of their width are a line; narrow ones of a design are read."""
    found = body(paragraph(run("Narrow.", '<w:w w:val="33"/>'), run("Lost.", '<w:w w:val="1"/>')))
    assert office.hidden(found) == {"Lost.": "Letters of 1 % of their width, too narrow to read."}


def test_rows_without_height_are_hidden() -> None:
    """A row of exactly no height shows nothing; one of at least none is as high as its words."""
    height = '<w:trPr><w:trHeight w:val="1" w:hRule="{}"/></w:trPr>'
    rows = [height.format(rule) + cell(paragraph(run(rule))) for rule in ("exact", "atLeast")]
    assert office.hidden(body(table(*rows))) == {"exact": "Words in a hidden row of a table."}


@pytest.mark.parametrize(
    "properties",
    [
        '<w:spacing w:line="200" w:lineRule="exact"/>',
        '<w:spacing w:line="1" w:lineRule="auto"/>',
        '<w:spacing w:line="1" w:lineRule="atLeast"/>',
        '<w:ind w:left="720" w:hanging="360"/>',
        '<w:ind w:left="-1440" w:firstLine="2880"/>',
        '<w:framePr w:w="9000" w:x="-9900"/>',
        '<w:framePr w:w="2000" w:x="9000" w:y="15000"/>',
        '<w:ind w:left="far"/>',
    ],
)
def test_ordinary_places_hide_nothing(properties: str) -> None:
    """Tight lines, hanging indents, and frames in the margin are design."""
    assert not office.hidden(body(paragraph(run("Seen."), properties=properties)))
