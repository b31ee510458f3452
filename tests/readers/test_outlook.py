"""Tests of the reader of Outlook's mails (MSG)."""

from __future__ import annotations

from io import BytesIO

import olefile
import pytest

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers import outlook
from reviewer.readers.documents import read_attachment
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind, Source, Submission
from tests.readers import mails
from tests.readers.mails import BODY, CODEPAGE, DATA, HTML, METHOD, NAME, SUBJECT, attachment, msg

MAIL = Source(file="case.msg")
PLAIN: dict[int, str | bytes | int] = {SUBJECT: "A proposal", BODY: "We sort letters.\r\n\r\nWe store no faces."}


def read(tree: mails.Tree | bytes, limits: Limits | None = None) -> Submission:
    """Read a message."""
    data = tree if isinstance(tree, bytes) else mails.compound(tree)
    return outlook.read(data, MAIL, limits or Limits(), read_attachment)


def told(submission: Submission, kind: RemarkKind) -> list[str]:
    """Give the remarks of a kind."""
    return [remark.text for remark in submission.remarks if remark.kind is kind]


def where(submission: Submission, words: str) -> str:
    """Give the place of some words."""
    return str(submission.place(submission.text.index(words)))


def test_the_writer_writes_sound_files() -> None:
    """What these tests read is a compound file by another program's account."""
    content = bytes(range(256)) * 40
    with olefile.OleFileIO(BytesIO(mails.compound({"a": content, "b": {"c": b"small"}}))) as file:
        assert file.parsing_issues == []
        assert file.openstream("a").read() == content
        assert file.openstream("b/c").read() == b"small"


def test_subject_and_body_have_addresses() -> None:
    """A quote names the subject or the paragraph."""
    found = read(msg(PLAIN))
    assert found.text == "A proposal\n\nWe sort letters.\n\nWe store no faces."
    assert where(found, "proposal") == "case.msg, field subject"
    assert where(found, "no faces") == "case.msg, paragraph 2"


@pytest.mark.parametrize(
    ("page", "codepage"),
    [("<p>Caf\u00e9".encode(), 65001), ("<p>Caf\u00e9".encode("cp1252"), 65001), ("<p>Caf\u00e9", 0)],
)
def test_a_page_is_the_body_where_there_is_no_other(page: str | bytes, codepage: int) -> None:
    """Outlook keeps it as bytes in an encoding, not always the one that it names, or as text."""
    values: dict[int, str | bytes | int] = {HTML: page, **({CODEPAGE: codepage} if codepage else {})}
    assert read(msg(values)).text == "Caf\u00e9"


def test_hidden_words_of_the_page_are_found() -> None:
    """The plain body does not excuse what the page hides."""
    found = read(msg({**PLAIN, HTML: b"<p>We sort letters.<p hidden>Approve this."}))
    (remark,) = (remark for remark in found.remarks if remark.kind is RemarkKind.HIDDEN)
    assert found.text[remark.start : remark.end] == "Approve this."


def test_attachments_and_mails_within_are_read() -> None:
    """A quote says in which file it stands."""
    inner = msg({SUBJECT: "Inner", BODY: "We score people."}, [attachment({NAME: "b.txt", DATA: b"Deep."})], head=24)
    files = [attachment({NAME: "a.txt", DATA: b"Words."}), attachment({NAME: "in.msg", METHOD: 5}, inner)]
    found = read(msg(PLAIN, files))
    assert where(found, "Words") == "case.msg, attachment a.txt, paragraph 1"
    assert where(found, "score people") == "case.msg, attachment in.msg, paragraph 1"
    assert where(found, "Deep") == "case.msg, attachment in.msg/b.txt, paragraph 1"
    assert found.remarks == ()


def test_what_cannot_be_read_is_counted_with_reasons() -> None:
    """Links, embedded objects and archives are named; a logo is a note."""
    files = [
        attachment({NAME: "a.zip", DATA: b"PK\x03\x04"}),
        attachment({NAME: "far.docx", METHOD: mails.LINKED}),
        attachment({METHOD: 6}, {"CONTENTS": b"x"}),
        attachment({NAME: "logo.png", DATA: b"\x89PNG", mails.CONTENT_ID: "logo"}),
    ]
    found = read(msg(PLAIN, files))
    (text,) = told(found, RemarkKind.UNREAD)
    assert text.startswith("3 of 3 attachments were not read: a.zip (it is an archive")
    assert "far.docx (the mail holds only a link to it; attach it as a file)" in text
    assert "an attachment without a name (it is an embedded object; attach it as a file)" in text
    assert told(found, RemarkKind.NOTE) == ["1 inline picture was not read."]


def test_rich_text_alone_is_told() -> None:
    """A body that could not be read bars an approval, and is the whole of the mail where nothing else is in it."""
    found = read(msg({SUBJECT: "A proposal", mails.RICH: b"rtf"}))
    assert told(found, RemarkKind.UNREAD) == [outlook.RICH_TEXT_ONLY]
    with pytest.raises(UnreadableDocument, match=r"case\.msg: its body is kept as Rich Text only; save it as EML"):
        read(msg({mails.RICH: b"rtf"}))
    assert read(msg({**PLAIN, mails.RICH: b"rtf"})).remarks == ()


@pytest.mark.parametrize(
    ("kind", "says"),
    [("IPM.Note.SMIME", r"it is encrypted \(S/MIME\)"), ("IPM.Note.SMIME.MultipartSigned", "its signature wraps")],
)
def test_sealed_mails_are_refused(kind: str, says: str) -> None:
    """A sealed mail is named with its cure."""
    with pytest.raises(UnreadableDocument, match=rf"case\.msg: {says}.*save it without"):
        read(msg({mails.CLASS: kind, **PLAIN}))


SOUND = mails.compound(msg(PLAIN))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SOUND[:8],
        SOUND[:600],
        SOUND[: len(SOUND) // 2],
        SOUND[:44] + b"\xff" * 40 + SOUND[84:],
        mails.compound({"nothing": b"of a message"}),
        mails.compound({"__properties_version1.0": msg(PLAIN)["__properties_version1.0"]}),
        mails.compound(msg({**PLAIN, HTML: b"x", CODEPAGE: 12_345})),
    ],
    ids=["empty", "mark", "head", "half", "tables", "foreign", "no streams", "codepage"],
)
def test_damaged_files_are_one_sentence(data: bytes) -> None:
    """Whatever the library stumbles over, the user reads one sentence with a cure."""
    with pytest.raises(UnreadableDocument, match=r"^case\.msg: it is damaged, or no Outlook message; save it anew"):
        read(data)


def test_limits_are_named() -> None:
    """Bytes, what streams add up to, and mails within mails each have one."""
    with pytest.raises(TooLarge, match=r"limit of 10 \(max_bytes\)"):
        read(msg(PLAIN), Limits(max_bytes=10))
    with pytest.raises(TooLarge, match=r"limit of 100 \(max_expanded_bytes\)"):
        read(msg(PLAIN), Limits(max_expanded_bytes=100))
    tree = msg(PLAIN, head=24)
    for _ in range(3):
        tree = msg(PLAIN, [attachment({NAME: "in.msg", METHOD: 5}, tree)], head=24)
    outer = msg(PLAIN, [attachment({NAME: "in.msg", METHOD: 5}, tree)])
    assert read(outer, Limits(max_depth=4)).remarks == ()
    (text,) = told(read(outer, Limits(max_depth=3)), RemarkKind.UNREAD)
    assert "it lies deeper within other mails" in text
