"""PowerPoint files: every word with its slide, in the order of reading, and what is refused."""

from __future__ import annotations

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind, Source
from tests.readers import office
from tests.readers.pptx_files import BLANK, blank, box, reading

TITLE_AND_CONTENT = 1


def test_words_stand_in_the_order_of_reading() -> None:
    """The title comes first, then what stands higher, then what stands further left, however the file has them."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    box(slide, "right", (5, 3))
    box(slide, "left", (1, 3.05))
    box(slide, "above", (4, 2))
    slide.shapes.title.text = "Plan"
    found = reading(deck)
    assert found.text == "## Plan\n\nabove\n\nleft\n\nright"
    assert office.place(found, "left") == Source(file="deck.pptx", slide=1, paragraph=3)


def test_places_count_slides_and_paragraphs() -> None:
    """A person finds each word on its slide; paragraphs that are empty do not count."""
    deck = pptx.Presentation()
    blank(deck)
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_CONTENT])
    slide.shapes.title.text = "Out of scope"
    slide.placeholders[1].text_frame.text = "Scoring tenants\n\nFaces"
    found = reading(deck)
    assert found.text == "## Out of scope\n\n- Scoring tenants\n\n- Faces"
    assert office.place(found, "Faces") == Source(file="deck.pptx", slide=2, paragraph=3)
    assert not found.remarks


def test_only_list_items_have_a_mark() -> None:
    """A subtitle and a free box are no lists."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text, slide.placeholders[1].text_frame.text = "Plan", "Of the house"
    box(slide, "Free", (1, 6))
    assert reading(deck).text == "## Plan\n\nOf the house\n\nFree"


def test_tables_have_addresses() -> None:
    """Cells are named as in a spreadsheet, and merged ones keep the columns in line."""
    deck = pptx.Presentation()
    grid = blank(deck).shapes.add_table(2, 3, Inches(1), Inches(1), Inches(6), Inches(2)).table
    for at in range(6):
        grid.cell(at // 3, at % 3).text = "abcdef"[at]
    grid.cell(0, 1).text = ""
    grid.cell(0, 0).merge(grid.cell(0, 1))
    found = reading(deck)
    assert [line.split() for line in found.text.splitlines()] == [list("|a||c|"), list("|d|e|f|")]
    assert office.place(found, "f") == Source(file="deck.pptx", slide=1, table=1, cell="C2")


def test_groups_are_read_as_one() -> None:
    """What is grouped is read together, before what stands lower."""
    deck = pptx.Presentation()
    slide = blank(deck)
    box(slide, "last", (1, 5))
    group = slide.shapes.add_group_shape()
    for text, top in (("second", 4), ("first", 1)):
        inner = group.shapes.add_textbox(Inches(1), Inches(top), Inches(2), Inches(1))
        inner.text_frame.text = text
    box(slide, "between", (5, 2))
    assert reading(deck).text == "first\n\nsecond\n\nbetween\n\nlast"


def test_breaks_and_fields_are_words() -> None:
    """A line that is broken within a paragraph goes on in it, and the number of a slide is no word."""
    deck = pptx.Presentation()
    box(blank(deck), "Score\vtenants")
    data = office.changed(
        office.saved(deck),
        "ppt/slides/slide1.xml",
        lambda part: part.replace(b"</a:p>", b'<a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>'),
    )
    assert reading(data).text == "Score\ntenants"


def test_speaker_notes_are_notes() -> None:
    """What is said beside a slide is told in short, and is no part of the text."""
    deck = pptx.Presentation()
    slide = blank(deck)
    box(slide, "Words")
    slide.notes_slide.notes_text_frame.text = "Say that " + "we score tenants " * 50
    found = reading(deck)
    (note,) = found.remarks
    assert found.text == "Words"
    assert note.text.startswith("Speaker notes of slide 1: 'Say that we score tenants we")
    assert note.text.endswith("\u2026'")
    assert len(note.text) < 340
    assert (note.kind, note.source.slide) == (RemarkKind.NOTE, 1)


def test_hidden_slides_are_read() -> None:
    """A slide that is left out of the show is read, and a note says so."""
    deck = pptx.Presentation()
    slide = blank(deck)
    box(slide, "We score tenants")
    slide._element.set("show", "0")  # noqa: SLF001  the library has no name for it
    found = reading(deck)
    assert found.text == "We score tenants"
    assert office.remarks(found, RemarkKind.NOTE) == ["Slide 1 is hidden in the show; its words are read."]


def test_comments_are_notes() -> None:
    """What colleagues wrote on a slide is told."""
    deck = pptx.Presentation()
    box(blank(deck), "Words")
    members = office.unpacked(office.saved(deck))
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="c" Type="{kinds}/comments" Target="/ppt/comments/one.xml"/></Relationships>'
    name = "ppt/slides/_rels/slide1.xml.rels"
    members[name] = members[name].replace(b"</Relationships>", relation.encode())
    comment = "<p:cm><p:text>Is this allowed?</p:text></p:cm>"
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    found = reading(
        office.packed({**members, "ppt/comments/one.xml": f'<p:cmLst xmlns:p="{main}">{comment}</p:cmLst>'})
    )
    assert office.remarks(found, RemarkKind.NOTE) == ["A comment says: 'Is this allowed?'"]


def test_words_of_the_master_are_read_once() -> None:
    """What a layout puts on every slide is part of what people see; its hints to authors are not."""
    deck = pptx.Presentation()
    layout = deck.slide_layouts[BLANK]
    for text in ("first", "second"):
        box(blank(deck), text)
    element = deck.slides[0].shapes[0]._element  # noqa: SLF001  layouts have no boxes in the library
    copy = type(element).new_textbox_sp(9, "Stamp", 0, 0, Inches(2), Inches(1))
    layout.shapes._spTree.append(copy)  # noqa: SLF001
    copy.get_or_add_txBody().p_lst[0].add_r("For the board only")
    found = reading(deck)
    assert found.text == "first\n\nsecond\n\nFor the board only"
    assert office.place(found, "board").label == "slide master"


def test_what_is_not_read_is_counted_with_its_slides() -> None:
    """Pictures, charts and recordings are named with the slides to look at."""
    deck = pptx.Presentation()
    slides = [blank(deck) for _ in range(3)]
    box(slides[0], "Words")
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", (1,))
    slides[1].shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data)
    for slide in slides[::2]:
        slide.shapes.add_picture(office.dot(), 0, 0)
    slides[2].shapes.add_movie(office.dot(), 0, 0, Inches(1), Inches(1), office.dot())
    assert office.remarks(reading(deck), RemarkKind.UNREAD) == [
        "1 chart on slide 2 was not read.",
        "2 pictures on slides 1 and 3 were not read.",
        "1 video or sound recording on slide 3 was not read.",
    ]


def test_a_lost_slide_is_told() -> None:
    """A slide that is listed and leads nowhere is not passed over in silence."""
    deck = pptx.Presentation()
    for text in ("First", "Second"):
        box(blank(deck), text)
    deck.part.drop_rel(deck.slides._sldIdLst[0].rId)  # noqa: SLF001  the library takes no slide out
    found = reading(deck)
    assert found.text == "Second"
    assert office.place(found, "Second").slide == 2
    assert office.remarks(found, RemarkKind.UNREAD) == ["Slide 1 is listed, but the file does not hold it."]


def test_pictures_alone_need_text_recognition() -> None:
    """A deck of screenshots is refused, and the cure is said."""
    deck = pptx.Presentation()
    for _ in range(3):
        blank(deck).shapes.add_picture(office.dot(), 0, 0)
    with pytest.raises(UnreadableDocument, match="it holds 3 pictures and no text; run text recognition"):
        reading(deck)


def test_an_empty_deck_is_empty() -> None:
    """Slides without a word say so."""
    deck = pptx.Presentation()
    blank(deck)
    with pytest.raises(EmptySubmission):
        reading(deck)


def test_limits_hold() -> None:
    """Too many slides and too many characters are refused, each with its limit."""
    deck = pptx.Presentation()
    for _ in range(3):
        box(blank(deck), "Words " * 10)
    with pytest.raises(TooLarge, match="it has 3 slides, more than the limit of 2"):
        reading(deck, Limits(max_pages=2))
    with pytest.raises(TooLarge, match="more than the limit of 100"):
        reading(deck, Limits(max_characters=100))


def test_entities_are_refused() -> None:
    """Nothing that a slide declares is expanded."""
    deck = pptx.Presentation()
    box(blank(deck), "Words")
    head = b'<?xml version="1.0" standalone="yes"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    data = office.changed(
        office.saved(deck), "ppt/slides/slide1.xml", lambda part: head + part[part.index(b"?>") + 2 :]
    )
    with pytest.raises(UnreadableDocument, match=r"'ppt/slides/slide1\.xml' declares entities"):
        reading(data)


def test_a_word_file_is_no_deck() -> None:
    """What is only named like a PowerPoint file is refused."""
    with pytest.raises(UnreadableDocument, match="named like a PowerPoint file, but holds none"):
        reading(office.word(office.paragraph(office.run("Words."))))


def test_a_cut_file_is_refused() -> None:
    """Half a download is no shorter deck."""
    data = office.saved(pptx.Presentation())
    with pytest.raises(UnreadableDocument, match="damaged or cut off"):
        reading(data[: len(data) // 2])
