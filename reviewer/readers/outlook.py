"""Mails as Outlook saves them (MSG): the subject, the body, and what is attached.

Outlook may keep a body as Rich Text beside the plain one; that is not read, and where there is no other, this is said.
"""

from __future__ import annotations

import struct
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Never

from olefile import OleFileIO
from oxmsg.domain import constants
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from reviewer.errors import TooLarge, UnreadableDocument
from reviewer.readers import attachments, html, letter
from reviewer.readers.attachments import Attachment
from reviewer.readers.counting import counted
from reviewer.readers.formats import Format, detect
from reviewer.readers.transcript import Transcript
from reviewer.submission import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.readers.attachments import ReadPart
    from reviewer.readers.limits import Limits
    from reviewer.submission import Submission

RICH_TEXT_ONLY = "The body is kept as Rich Text only, and was not read; save the mail as EML or HTML."

# What the libraries raise for a file that is damaged or made up.
_ODDITIES = (
    OSError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    UnrecognizedCodePageError,
    UnsupportedEncodingError,
)
# How long the head of the list of properties is, by where the list stands.
_HEAD, _HEAD_EMBEDDED, _HEAD_ATTACHED = 32, 24, 8
_EMBEDDED = "__substg1.0_3701000D"
_LINKED = frozenset({2, 3, 4, 7})
_SEALED = "IPM.NOTE.SMIME"
_SIGNED = "IPM.NOTE.SMIME.MULTIPARTSIGNED"


def read(data: bytes, source: Source, limits: Limits, read_part: ReadPart) -> Submission:
    """Read a mail; `read_part` reads what is attached, of any format. Who sent it to whom is no text.

    Raises `UnreadableDocument`, `TooLarge` or `EmptySubmission`; an attachment that cannot be read is a remark.
    """
    if len(data) > limits.max_bytes:
        message = f"its {len(data):,} bytes are more than the limit of {limits.max_bytes:,} (max_bytes)."
        raise TooLarge(message, source=str(source))
    with _telling(source), OleFileIO(BytesIO(data)) as file:
        _refuse_bomb(file, str(source), limits)
        storage = Storage.from_ole(file)
    return _read(storage, _HEAD, source, read_part, limits)


@contextmanager
def _telling(source: Source) -> Iterator[None]:
    """Say in one sentence what the libraries say in many ways."""
    try:
        yield
    except _ODDITIES as error:
        message = "it is damaged, or no Outlook message; save it anew from Outlook, or as EML."
        raise UnreadableDocument(message, source=str(source)) from error


def _refuse_bomb(file: OleFileIO, source: str, limits: Limits) -> None:
    """Refuse streams that share their bytes, so that a small file would fill the memory."""
    sizes = [entry.size for entry in file.direntries if entry is not None]
    if sum(sizes) > limits.max_expanded_bytes:
        message = (
            f"what it holds adds up to {sum(sizes):,} bytes, more than the limit of {limits.max_expanded_bytes:,} "
            "(max_expanded_bytes); save its attachments and give them alone."
        )
        raise TooLarge(message, source=source)


def _read(storage: Storage, head: int, source: Source, read_part: ReadPart, limits: Limits) -> Submission:
    attachments.refuse_deep(limits, str(source))
    with _telling(source):
        properties = Properties(storage, head)
        _refuse_sealed(properties, str(source))
        subject, plain = (_text(properties, pid) for pid in (constants.PID_SUBJECT, constants.PID_BODY))
        markup = _markup(properties, str(source))
        is_rich = properties.binary_prop_value(constants.PID_RTF_COMPRESSED) is not None
        attached = [_Attached(one) for one in storage.iter_attachment_storages()]
    transcript = Transcript(source)
    letter.write(transcript, subject, plain, markup, limits)
    files = [one for one in attached if not one.is_inline_picture]
    attachments.include(transcript, [one.attachment(read_part) for one in files], limits)
    if pictures := len(attached) - len(files):
        transcript.note(f"{counted(pictures, 'inline picture')} not read.")
    if is_rich and not plain.strip() and not markup.strip():
        _tell_of_rich_text(transcript)
    return transcript.submission(max_characters=limits.max_characters)


class _Attached:
    """One attachment, as Outlook keeps it."""

    def __init__(self, storage: Storage) -> None:
        properties = Properties(storage, _HEAD_ATTACHED)
        names = (constants.PID_ATTACH_LONG_FILENAME, constants.PID_ATTACH_FILENAME, constants.PID_DISPLAY_NAME)
        self.name = next((name for pid in names if (name := _text(properties, pid).strip())), attachments.UNNAMED)
        self.data = properties.binary_prop_value(constants.PID_ATTACH_DATA_BINARY)
        self.nested = next((one for one in storage.storages if one.name.upper() == _EMBEDDED.upper()), None)
        self.is_linked = properties.int_prop_value(constants.PID_ATTACH_METHOD) in _LINKED
        self._is_named_in_body = bool(_text(properties, constants.PID_ATTACH_CONTENT_ID))

    @property
    def is_inline_picture(self) -> bool:
        """Whether it is a picture that the body shows, such as a logo."""
        return self._is_named_in_body and detect(self.data or b"", self.name) is Format.IMAGE

    def attachment(self, read_part: ReadPart) -> Attachment:
        """Tie it to its reader."""
        data, nested = self.data, self.nested
        if data is not None:
            return Attachment(self.name, lambda limits: read_part(data, Source(file=self.name), limits))
        if nested is not None and any(one.name == "__properties_version1.0" for one in nested.streams):
            source = Source(file=self.name)
            return Attachment(self.name, lambda limits: _read(nested, _HEAD_EMBEDDED, source, read_part, limits))
        return Attachment(self.name, lambda _: self._refuse())

    def _refuse(self) -> Never:
        what = "the mail holds only a link to it" if self.is_linked else "it is an embedded object"
        raise UnreadableDocument(f"{what}; attach it as a file.", source=self.name)


def _text(properties: Properties, pid: int) -> str:
    return (properties.str_prop_value(pid) or "").rstrip("\0")


def _markup(properties: Properties, source: str) -> str:
    """Give the body as a page; it is bytes as a rule, in the encoding that the mail names."""
    data = properties.binary_prop_value(constants.PID_HTML)
    if data is None:
        return _text(properties, constants.PID_BODY_HTML)
    try:
        return data.decode(properties.body_encoding)
    except UnicodeDecodeError:
        return html.decode(data, source)


def _refuse_sealed(properties: Properties, source: str) -> None:
    kind = _text(properties, constants.PID_MESSAGE_CLASS).upper()
    if kind.startswith(_SIGNED):
        message = "its signature wraps its text (S/MIME); open it in Outlook and save it without the signature."
        raise UnreadableDocument(message, source=source)
    if kind.startswith(_SEALED):
        raise UnreadableDocument(letter.locked("S/MIME"), source=source)


def _tell_of_rich_text(transcript: Transcript) -> None:
    if transcript.is_empty:
        message = "its body is kept as Rich Text only; save it as EML or HTML."
        raise UnreadableDocument(message, source=str(transcript.source))
    transcript.unread(RICH_TEXT_ONLY)
