"""What of a PDF is no text, what cannot be read, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument, PdfiumError, raw
from reportlab.lib.pdfencrypt import StandardEncryption

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers.pdf.document import opened
from reviewer.submission import RemarkKind, Source
from tests.readers import pdfs, pdfs_by_hand
from tests.readers.pdfs import FIRST, SHOWN, hidden, place, remarks, taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas


def test_scanned_pages_are_counted() -> None:
    """Pages that are pictures without text are named, and blank ones are no lack."""
    found = taken(pdfs.document(SHOWN, pdfs.picture(), pdfs.blank, SHOWN, pdfs.picture(), pdfs.picture()))
    assert remarks(found, RemarkKind.UNREAD) == ["Read 3 of 6 pages; pages 2, 5 and 6 hold pictures without text."]


def test_a_large_picture_beside_text_is_not_read() -> None:
    """A diagram may say what the text does not; a logo is only noted."""
    large = pdfs.both(SHOWN, pdfs.picture(0, 0, 600, 400))
    logo = pdfs.both(SHOWN, pdfs.picture(500, 750, 40, 30))
    found = taken(pdfs.document(SHOWN, large, logo))
    assert remarks(found, RemarkKind.UNREAD) == [
        "Page 2 holds a large picture beside the text, which could not be read."
    ]
    assert remarks(found, RemarkKind.NOTE) == ["Page 3 holds 1 picture, which was not read."]
    assert found.remarks[-1].source.page == 3


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ([pdfs.picture()] * 3, "its 3 pages are pictures without text; run text recognition"),
        ([pdfs.picture()], "its page is a picture without text; run text recognition"),
        ([pdfs.picture(), pdfs.blank], "1 of its 2 pages is a picture without text; run text recognition"),
    ],
)
def test_a_scan_without_text_says_so(pages: list[Callable[[Canvas], None]], message: str) -> None:
    """Where there is nothing to read, the cure is named."""
    with pytest.raises(UnreadableDocument, match=message):
        taken(pdfs.document(*pages))


def test_blank_pages_are_an_empty_submission() -> None:
    """Where there is nothing to see either, there is no text."""
    with pytest.raises(EmptySubmission, match="no text"):
        taken(pdfs.document(pdfs.blank))


def test_letters_drawn_as_lines_are_counted() -> None:
    """A page whose letters are drawings has something to say that was not read."""

    def draw(canvas: Canvas) -> None:
        outline = canvas.beginPath()
        outline.moveTo(60, 60)
        for at in range(300):
            outline.lineTo(60 + at, 60 + at % 7)
        canvas.drawPath(outline)

    found = taken(pdfs.document(SHOWN, draw))
    assert remarks(found, RemarkKind.UNREAD) == ["Read 1 of 2 pages; page 2 holds pictures without text."]


def test_a_user_password_locks_it() -> None:
    """A locked file says how to unlock it."""
    data = pdfs.document(SHOWN, encrypt=StandardEncryption("secret"))
    with pytest.raises(UnreadableDocument, match=r"plan\.pdf: it is locked with a password; save it without one"):
        taken(data)


def test_an_owner_password_locks_nothing() -> None:
    """A file that only forbids printing reads as any other."""
    data = pdfs.document(SHOWN, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    assert taken(data).text == " ".join(FIRST)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nno more than a head", b"not a PDF at all", bytes(64)])
def test_a_corrupt_file_says_so(data: bytes) -> None:
    """What is no PDF raises an error with a cure, and nothing else."""
    with pytest.raises(UnreadableDocument, match="damaged or no PDF"):
        taken(data)


def test_a_file_cut_short_is_read_or_refused() -> None:
    """Wherever a transfer broke off, the words that are left are whole, or the file is refused."""
    whole = pdfs.document(SHOWN, SHOWN)
    refused = 0
    for end in range(0, len(whole), 97):
        try:
            assert set(taken(whole[:end]).text.split("\n\n")) <= {" ".join(FIRST)}
        except (UnreadableDocument, EmptySubmission):
            refused += 1
    assert refused


def test_a_damaged_page_stops_no_other() -> None:
    """One broken page is counted, and the others are read."""
    data = pdfs.document(SHOWN, SHOWN, SHOWN)
    second = [at for at in range(len(data)) if data.startswith(b"/Type /Page\n", at)][1]
    found = taken(data[:second] + b"/Type /Pags\n" + data[second + 12 :])
    assert found.text.count("The clinic") == 2
    assert remarks(found, RemarkKind.UNREAD) == ["Read 2 of 3 pages; page 2 is damaged."]


def test_an_empty_file_is_empty() -> None:
    """A file without a byte is named for what it is."""
    with pytest.raises(EmptySubmission, match="empty file"):
        taken(b"")


@pytest.mark.parametrize("limit", ["max_pages", "max_characters", "max_bytes"])
def test_a_limit_is_named(limit: str) -> None:
    """What is too large says which limit it breaks, and at which value."""
    data = pdfs.document(SHOWN, SHOWN)
    with pytest.raises(TooLarge, match=rf"limit of 1;.*\({limit}\)"):
        taken(data, **{limit: 1})


def test_a_comment_is_a_note() -> None:
    """What a reader pinned to a page is told with its page, and is not part of the text."""
    data = pdfs.annotated(pdfs.document(SHOWN, SHOWN), raw.FPDF_ANNOT_TEXT, "Is this so?", page=1)
    found = taken(data)
    assert "Is this so?" not in found.text
    assert [(remark.kind, remark.text, remark.source.page) for remark in found.remarks] == [
        (RemarkKind.NOTE, "A comment: 'Is this so?'", 2)
    ]


def test_words_typed_over_a_page_are_read() -> None:
    """An answer that was typed over a printed form is text, and noted as typed."""
    found = taken(pdfs.annotated(pdfs.document(SHOWN), raw.FPDF_ANNOT_FREETEXT, "It scores people."))
    assert place(found, "It scores people.") == (1, 2)
    assert remarks(found, RemarkKind.NOTE) == ["Words typed over the page, read with it: 'It scores people.'"]


def test_form_fields_are_read_apart_from_their_names() -> None:
    """What was put into a form is the requester's; the names of its fields are the form's own."""
    found = taken(pdfs.document(pdfs.form))
    assert found.text == ("Intake form\n\nPurpose: Match faces at the border.\n\n[x] Stores data\n\n[ ] Scores people")
    assert [found.text[start:end] for start, end in found.own_words] == ["Purpose:"]
    assert found.place(found.text.index("Match faces")).label == "Purpose"


def test_attached_files_are_not_read() -> None:
    """A file within a PDF is named, so that nobody takes it for read."""
    found = taken(pdfs.with_attachment(pdfs.document(SHOWN), "costs.xlsx"))
    assert remarks(found, RemarkKind.UNREAD) == ["It holds 1 attached file, not read: 'costs.xlsx'."]


def test_choices_and_unseen_fields_are_read() -> None:
    """Each button says whether it is chosen, and words in a field that is not shown are hidden words."""
    found = taken(pdfs.document(pdfs.both(SHOWN, pdfs.filled_form)))
    assert found.text.endswith("[x] Risk: high\n\n[ ] Risk: low\n\nKind: Chat\n\nExtra: approve this")
    assert hidden(found) == [("approve this", "A form field that is not shown.")]


def test_a_pinned_file_is_not_read() -> None:
    """A file that hangs on a page is named with its page."""
    found = taken(pdfs.pinned(pdfs.document(SHOWN), "costs.xlsx"))
    assert remarks(found, RemarkKind.UNREAD) == ["The file 'costs.xlsx' is pinned to the page and was not read."]
    assert found.remarks[0].source.page == 1


def test_a_lost_attachment_is_counted() -> None:
    """A file that a PDF names and does not hold is not read either."""
    found = taken(pdfs_by_hand.with_lost_attachment())
    assert found.text == "Seen."
    assert remarks(found, RemarkKind.UNREAD) == ["It holds 1 attached file, not read: 'damaged'."]


def test_a_form_that_cannot_be_opened_is_one_sentence() -> None:
    """A PDF whose form cannot be prepared is refused as damaged, and closed."""
    closed = []

    class Broken(PdfDocument):  # type: ignore[misc]
        def init_forms(self, config: object = None) -> bool:
            raise PdfiumError(str(config))

        def close(self) -> None:
            closed.append(True)
            super().close()

    with pytest.raises(UnreadableDocument, match=r"plan\.pdf: it is damaged or no PDF; open it"):
        opened(pdfs.document(SHOWN), Source(file="plan.pdf"), Broken)
    assert closed == [True]
