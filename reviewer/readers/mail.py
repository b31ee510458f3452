"""Mails as every mail program saves them (EML): the subject, the body, and what is attached."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TYPE_CHECKING, Never, cast

from reviewer.errors import InputError, TooLarge, UnreadableDocument
from reviewer.readers import attachments, html, letter, text
from reviewer.readers.attachments import Attachment
from reviewer.readers.counting import counted
from reviewer.readers.transcript import Transcript
from reviewer.submission import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.readers.attachments import ReadPart
    from reviewer.readers.limits import Limits
    from reviewer.submission import Submission

# The parser takes time with the square of a header's length: all of them together about ten seconds.
MOST_HEADER_BYTES = 20_000
_MOST_SQUARES = 4_000_000_000

# What the parser of the standard library raises for headers that nobody should write.
_ODDITIES = (MessageError, AttributeError, IndexError, LookupError, RecursionError, TypeError, ValueError)
_LONG_HEADER = re.compile(
    rb"^(?:content-[\w-]+|subject|mime-version):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
# ASCII is what mails without a name are taken for; the others are no encodings of mails, and some take for ever.
_NOT_NAMED = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "ascii"})
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_WRAPPED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_MAILS = frozenset({"message/rfc822", "message/global"})
_ENDINGS = {"text/html": ".html", "text/calendar": ".ics", "application/pdf": ".pdf"}


@dataclass(slots=True)
class _Parts:
    """What one mail is made of."""

    source: Source
    read_part: ReadPart
    plain: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    attached: list[Attachment] = field(default_factory=list)
    pictures: int = 0
    signatures: int = 0
    broken: list[str] = field(default_factory=list)


def read(data: bytes, source: Source, limits: Limits, read_part: ReadPart) -> Submission:
    """Read a mail; `read_part` reads what is attached, of any format. Who sent it to whom is no text.

    Raises `UnreadableDocument`, `TooLarge` or `EmptySubmission`; an attachment that cannot be read is a remark.
    """
    if len(data) > limits.max_bytes:
        excess = f"its {len(data):,} bytes are more than the limit of {limits.max_bytes:,} (max_bytes); split it."
        raise TooLarge(excess, source=str(source))
    _refuse_long_headers(data, str(source))
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    except _ODDITIES as error:
        raise _damaged(error, str(source)) from error
    return _read(message, source, read_part, limits)


def _read(message: EmailMessage, source: Source, read_part: ReadPart, limits: Limits) -> Submission:
    attachments.refuse_deep(limits, str(source))
    parts = _Parts(source, read_part)
    try:
        _refuse_wrapped(message, str(source))
        subject = str(message.get("subject") or "")
        for number, part in enumerate(_leaves(message, str(source))):
            if number >= limits.max_parts:
                excess = f"it has more parts than the limit of {limits.max_parts:,} (max_parts); send it in pieces."
                raise TooLarge(excess, source=str(source))
            _sort(part, parts)
    except _ODDITIES as error:
        raise _damaged(error, str(source)) from error
    transcript = Transcript(source)
    letter.write(transcript, subject, "\n\n".join(parts.plain), "\n".join(parts.markup), limits)
    attachments.include(transcript, parts.attached, limits)
    _tell(transcript, parts)
    return transcript.submission(max_characters=limits.max_characters)


def _leaves(message: EmailMessage, source: str) -> Iterator[EmailMessage]:
    """Give the parts that are no containers, in order, without going into attached mails."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "multipart/encrypted":
            raise UnreadableDocument(letter.locked("PGP"), source=source)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(cast("list[EmailMessage]", part.get_payload()))
        else:
            yield part


def _sort(part: EmailMessage, parts: _Parts) -> None:
    """Put a part where it belongs: body, attachment, or what is only counted."""
    kind, name = part.get_content_type(), part.get_filename()
    is_attached = part.get_content_disposition() == "attachment" or name is not None
    if kind in _SIGNATURES:
        parts.signatures += 1
    elif part.get_content_maintype() == "image" and (part.get("content-id") or not is_attached):
        parts.pictures += 1
    elif kind == "text/html" and not is_attached:
        parts.markup.append(_text_of(part, parts))
    elif not is_attached and (kind == "text/plain" or part.get_content_maintype() == "multipart"):
        parts.plain.append(_text_of(part, parts))
    else:
        parts.attached.append(_attachment(part, kind, name, parts))


def _attachment(part: EmailMessage, kind: str, name: str | None, parts: _Parts) -> Attachment:
    name = name or f"unnamed-{len(parts.attached) + 1}{'.eml' if kind in _MAILS else _ENDINGS.get(kind, '')}"
    inner = Source(file=name)
    if kind in _MAILS and part.is_multipart():
        nested = cast("EmailMessage", part.get_payload(0))
        return Attachment(name, lambda limits: _read(nested, inner, parts.read_part, limits))
    data = part.get_payload(decode=True)
    if kind in _WRAPPED or not isinstance(data, bytes):
        return Attachment(name, lambda _: _refuse_part(part, name))
    return Attachment(name, lambda limits: parts.read_part(data, inner, limits))


def _text_of(part: EmailMessage, parts: _Parts) -> str:
    """Decode a part by the encoding that it names, else as a file of its kind; what is broken is shown as \ufffd."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    named = part.get_content_charset() or ""
    try:
        if named and codecs.lookup(named).name not in _NOT_NAMED:
            return data.decode(named)
        decode = html.decode if part.get_content_type() == "text/html" else text.decode
        return decode(data, str(parts.source))
    except (LookupError, UnicodeError, InputError):
        parts.broken.append(named or "none")
        return data.decode("utf-8", "replace")


def _refuse_long_headers(data: bytes, source: str) -> None:
    squares = 0
    for header in _LONG_HEADER.finditer(data):
        length = header.end() - header.start()
        squares += length * length
        if length > MOST_HEADER_BYTES or squares > _MOST_SQUARES:
            message = f"its headers are longer than any mail program writes (one has {length:,} bytes); save it anew."
            raise UnreadableDocument(message, source=source)


def _refuse_wrapped(message: EmailMessage, source: str) -> None:
    """Refuse a mail that is one sealed part."""
    if message.get_content_type() not in _WRAPPED:
        return
    if str(message.get_param("smime-type")) == "signed-data":
        signed = "its signature wraps its text (S/MIME); open it in the mail program and save it without the signature."
        raise UnreadableDocument(signed, source=source)
    raise UnreadableDocument(letter.locked("S/MIME"), source=source)


def _refuse_part(part: EmailMessage, name: str) -> Never:
    _refuse_wrapped(part, name)
    message = f"it is {part.get_content_type()!r}, which is not read; save what it holds as a file."
    raise UnreadableDocument(message, source=name)


def _damaged(error: Exception, source: str) -> UnreadableDocument:
    if isinstance(error, RecursionError):
        return UnreadableDocument("its parts are nested too deep to be read; save what matters anew.", source=source)
    return UnreadableDocument("its headers are damaged; save it anew from the mail program.", source=source)


def _tell(transcript: Transcript, parts: _Parts) -> None:
    if parts.pictures:
        transcript.note(f"{counted(parts.pictures, 'inline picture')} not read.")
    if parts.signatures:
        transcript.note(f"{counted(parts.signatures, 'signature')} not checked.")
    for charset in parts.broken:
        transcript.note(f"Some letters do not fit the encoding that the mail names ({charset!r}); they show as \ufffd.")
