"""Word files: every word with its place."""

from __future__ import annotations

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX

from reviewer.submission import RemarkKind, Source
from tests.readers import office
from tests.readers.docx_files import body, cell, reading, table, text_box
from tests.readers.office import paragraph, run, word


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


def test_diagrams_are_read() -> None:
    """The words of a diagram lie in a part of their own."""
    diagram = (
        "<dgm:dataModel NAMES><a:p><a:r><a:t>Score, </a:t></a:r><a:r><a:t>then decide</a:t></a:r></a:p></dgm:dataModel>"
    )
    drawing = '<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>'
    found = reading(word(paragraph(run("Steps:"), drawing), {"diagramData": diagram}))
    assert found.text == "Steps:\n\nScore, then decide"
    assert office.place(found, "decide") == Source(file="plan.docx", paragraph=1, label="diagram")


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
