"""Tests of the reader of mails (EML)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers import mail
from reviewer.readers.documents import read_attachment
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind, Source, Submission
from tests.readers import mails

if TYPE_CHECKING:
    from email.message import EmailMessage

MAIL = Source(file="case.eml")
BODY = "We sort letters.\n\nWe store no faces."


def read(message: EmailMessage | bytes, limits: Limits | None = None) -> Submission:
    """Read a mail."""
    data = message if isinstance(message, bytes) else message.as_bytes()
    return mail.read(data, MAIL, limits or Limits(), read_attachment)


def told(submission: Submission, kind: RemarkKind) -> list[str]:
    """Give the remarks of a kind."""
    return [remark.text for remark in submission.remarks if remark.kind is kind]


def where(submission: Submission, words: str) -> str:
    """Give the place of some words."""
    return str(submission.place(submission.text.index(words)))


def test_subject_and_body_have_addresses() -> None:
    """A quote names the subject or the paragraph; who wrote to whom is no text."""
    found = read(mails.eml(BODY, subject="Pr\u00fcfung: letters"))
    assert found.text == "Pr\u00fcfung: letters\n\nWe sort letters.\n\nWe store no faces."
    assert where(found, "Pr\u00fcfung") == "case.eml, field subject"
    assert where(found, "no faces") == "case.eml, paragraph 2"


def test_a_page_that_says_the_same_is_not_read_twice() -> None:
    """Most mails carry their text twice, and addresses of links make no difference."""
    plain = "See our policy <https://policy.example/a>.\n\nWe store no faces."
    page = "<p>See our <a href='https://policy.example/a'>policy</a>.</p><p>We store <b>no</b> faces.</p>"
    found = read(mails.eml(plain, html=page))
    assert found.text.count("no faces") == 1
    assert found.remarks == ()


@pytest.mark.parametrize(
    "page",
    [
        "<p>We sort letters.</p><p>We store faces.</p>",
        "<p>We sort letters.</p><p>We store no faces.</p><p>And emotions.</p>",
        "<p>We store no letters.</p>",
    ],
)
def test_a_page_that_says_more_is_read_too(page: str) -> None:
    """A mail may not show one text to people and another to programs."""
    found = read(mails.eml(BODY, html=page))
    assert found.text.endswith(page.rpartition("<p>")[2].removesuffix("</p>"))
    assert told(found, RemarkKind.NOTE) == [
        "The mail says other words as a web page than as plain text; both were read."
    ]


def test_hidden_words_of_the_page_are_found() -> None:
    """The plain text may well have the words that the page hides; they are hidden from those who read the page."""
    found = read(mails.eml(BODY, html="<p>We sort letters.</p><p style='display:none'>We store no faces.</p>"))
    (remark,) = (remark for remark in found.remarks if remark.kind is RemarkKind.HIDDEN)
    assert found.text[remark.start : remark.end] == "We store no faces."
    assert str(remark.source) == "case.eml, paragraph 4"


def test_a_page_alone_is_the_body() -> None:
    """Many programs send no plain text."""
    found = read(mails.eml(html="<p>One</p><p>Two"))
    assert where(found, "Two") == "case.eml, paragraph 2"


def test_attachments_are_read_under_their_names() -> None:
    """A quote says in which file it stands, and in which mail within the mail."""
    inner = mails.eml("We score people.", subject="Forwarded", attached=[("plan.txt", b"Deep plan.", "text/plain")])
    found = read(
        mails.eml(
            BODY,
            attached=[("page.html", b"<p>One<p>Two", "text/html"), ("rows.csv", b"a,b\n1,2\n", "text/csv")],
            nested=[inner],
        )
    )
    assert where(found, "Two") == "case.eml, attachment page.html, paragraph 2"
    assert where(found, "1,2") == "case.eml, attachment rows.csv, paragraph 1"
    assert where(found, "score people") == "case.eml, attachment unnamed-3.eml, paragraph 1"
    assert where(found, "Deep") == "case.eml, attachment unnamed-3.eml/plan.txt, paragraph 1"
    assert found.remarks == ()


def test_what_cannot_be_read_is_counted_with_reasons() -> None:
    """The rest is read, and each that was not is named with its cure."""
    files = [("a.zip", b"PK\x03\x04", "application/zip"), ("b.txt", b"Words.", "text/plain")]
    (text,) = told(read(mails.eml(BODY, attached=[*files, ("c.txt", b"", "text/plain")])), RemarkKind.UNREAD)
    assert text.startswith("2 of 3 attachments were not read: a.zip (it is an archive")
    assert "c.txt (there is no text in it" in text
    assert text.endswith(").")
    (text,) = told(read(mails.eml(BODY, attached=files[:1])), RemarkKind.UNREAD)
    assert text.startswith("The only attachment was not read: a.zip (")


def test_a_mail_may_hold_attachments_only() -> None:
    """No body and no subject is no reason to stop."""
    found = read(mails.eml(subject="", attached=[("b.txt", b"Words.", "text/plain")]))
    assert found.text == "Words."


def test_an_empty_mail_says_so() -> None:
    """Nothing at all is no submission."""
    with pytest.raises(EmptySubmission, match=r"case\.eml: there is no text in it"):
        read(mails.eml("", subject=""))


def test_logos_and_signatures_are_notes() -> None:
    """They are in nearly every mail of an office, and bar nothing."""
    message = mails.eml(BODY)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    message.add_attachment(b"x", maintype="application", subtype="pgp-signature", filename="signature.asc")
    found = read(message)
    assert told(found, RemarkKind.NOTE) == ["1 inline picture was not read.", "1 signature was not checked."]
    assert told(found, RemarkKind.UNREAD) == []


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data", "AAAA", r"it is encrypted \(S/MIME\)"),
        ("application/pkcs7-mime; smime-type=signed-data", "AAAA", "its signature wraps its text"),
        ("multipart/encrypted; boundary=b", "--b\r\n\r\nx\r\n--b--", r"it is encrypted \(PGP\)"),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\r\nabc", r"it is encrypted \(PGP\)"),
    ],
)
def test_encrypted_mails_are_refused(kind: str, body: str, says: str) -> None:
    """A sealed mail is named with its cure."""
    with pytest.raises(UnreadableDocument, match=rf"case\.eml: {says}.*save it"):
        read(f"Subject: a\r\nContent-Type: {kind}\r\n\r\n{body}".encode())


@pytest.mark.parametrize(
    ("charset", "body", "text", "notes"),
    [
        ("", "Caf\u00e9".encode(), "Caf\u00e9", 0),
        ("", "Caf\u00e9".encode("latin-1"), "Caf\u00e9", 0),
        ("; charset=iso-8859-1", "Caf\u00e9".encode("latin-1"), "Caf\u00e9", 0),
        ("; charset=utf-8", "Caf\u00e9".encode("latin-1"), "Caf\ufffd", 1),
        ("; charset=made-up", b"Cafe", "Cafe", 1),
        ("; charset=punycode", b"Cafe", "Cafe", 0),
    ],
)
def test_broken_encodings_lose_nothing_else(charset: str, body: bytes, text: str, notes: int) -> None:
    """A letter that cannot be read shows as such, with a note."""
    found = read(f"Content-Type: text/plain{charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode() + body)
    assert found.text == text
    assert len(told(found, RemarkKind.NOTE)) == notes


def test_mails_within_mails_end() -> None:
    """Below the limit all is read, beyond it the attachment is named, and a bomb is one sentence."""
    head = b"Subject: top\r\n"
    layer = b"Content-Type: message/rfc822\r\n\r\nSubject: layer\r\n"
    found = read(head + layer * 2 + b"\r\nend", Limits(max_depth=2))
    assert (found.text.endswith("end"), found.remarks) == (True, ())
    found = read(head + layer * 3 + b"\r\nend", Limits(max_depth=2))
    assert "it lies deeper within other mails" in told(found, RemarkKind.UNREAD)[0]
    with pytest.raises(UnreadableDocument, match=r"case\.eml: its parts are nested too deep"):
        read(head + layer * 3_000 + b"\r\nend")


def test_parts_bytes_and_headers_have_limits() -> None:
    """Each limit is named."""
    message = mails.eml(BODY, attached=[("b.txt", b"Words.", "text/plain")] * 3)
    with pytest.raises(TooLarge, match=r"limit of 2 \(max_parts\)"):
        read(message, Limits(max_parts=2))
    with pytest.raises(TooLarge, match=r"limit of 10 \(max_bytes\)"):
        read(message, Limits(max_bytes=10))
    with pytest.raises(UnreadableDocument, match="longer than any mail program writes"):
        read(b"Content-Type: text/plain; " + b"a=b; " * 10_000 + b"\r\n\r\nbody")


def test_attachments_share_the_limit_of_characters() -> None:
    """Many small texts are no way around it."""
    message = mails.eml("x" * 60, subject="", attached=[("b.txt", b"y" * 60, "text/plain")])
    (text,) = told(read(message, Limits(max_characters=100)), RemarkKind.UNREAD)
    assert "b.txt (60 characters are more than the limit of 40" in text


def test_a_mail_without_its_boundary_is_read_as_text() -> None:
    """What a broken program wrote is shown as it stands."""
    assert "words" in read(b"Content-Type: multipart/mixed\r\n\r\nSome words.").text


def test_a_page_in_quite_another_order_is_read_too() -> None:
    """To find each of its pieces again takes a search through all of the text, which must end."""
    pieces = [f"Sentence number {number}." for number in range(300)]
    page = "".join(f"<p>{piece}</p>" for piece in reversed(pieces))
    found = read(mails.eml("\n\n".join(pieces), html=page))
    assert found.text.count("Sentence number 7.") == len(["plain", "page"])


def test_an_endless_body_is_given_up_where_it_is_too_long() -> None:
    """What lies beyond the limit costs no memory."""
    with pytest.raises(TooLarge, match=r"case\.eml: 1[0-9] characters are more"):
        read(mails.eml("Word.\n\n" * 1_000, subject=""), Limits(max_characters=10))
