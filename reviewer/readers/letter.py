"""What mails of both kinds have in common: a subject, a body in one or two forms, and whether the two say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.errors import UnreadableDocument
from reviewer.readers import html
from reviewer.readers.text import paragraphs
from reviewer.readers.transcript import Transcript
from reviewer.submission import RemarkKind

if TYPE_CHECKING:
    from reviewer.readers.limits import Limits
    from reviewer.submission import Submission

SUBJECT = "subject"
TWO_BODIES = "The mail says other words as a web page than as plain text; both were read."

# Each search that begins anew may go through all of the text.
MOST_LEAPS = 200

_PGP = "-----BEGIN PGP MESSAGE-----"
_ADDRESS = re.compile(r"<?\b(?:https?://|mailto:|cid:)[^\s<>]{1,2000}>?")
_WORD = re.compile(r"[^\W_]+")


def write(transcript: Transcript, subject: str, plain: str, markup: str, limits: Limits) -> None:
    """Add the subject and the body to an empty transcript.

    The plain form is preferred; where the page holds hidden words, or words that the plain one has not, both are read,
    as a mail may show one to people and the other to programs.
    Raises `UnreadableDocument` for a body that is locked, `TooLarge`, and what a page raises.
    """
    _refuse_locked(plain, str(transcript.source))
    transcript.add(subject, transcript.source.model_copy(update={"label": SUBJECT}))
    count = 0
    for count, (start, end) in enumerate(paragraphs(plain), 1):
        transcript.add(plain[start:end], transcript.source.model_copy(update={"paragraph": count}))
        transcript.stop_at(limits.max_characters)
    if not markup:
        return
    if not plain.strip():
        html.transcribe(markup, transcript, limits)
    elif _differs(markup, plain, transcript, limits):
        transcript.note(TWO_BODIES)
        html.transcribe(markup, transcript, limits, paragraphs=count)


def _differs(markup: str, plain: str, transcript: Transcript, limits: Limits) -> bool:
    page = Transcript(transcript.source)
    html.transcribe(markup, page, limits)
    if page.is_empty:
        return False
    read = page.submission()
    return any(remark.kind is not RemarkKind.NOTE for remark in read.remarks) or _says_more(read, plain)


def _says_more(page: Submission, plain: str) -> bool:
    """Tell whether any piece of the page is missing in the plain text, word for word, addresses aside.

    A page whose pieces stand in quite another order is taken to say more.
    """
    words = _words(plain)
    at = leaps = 0
    for segment in page.segments:
        sought = _words(page.text[segment.start : segment.end])
        # Nearly all stand in order, so that each search begins where the last one ended.
        found = words.find(sought, at)
        leaps += found < 0
        at = found if found >= 0 else words.find(sought)
        if at < 0 or leaps > MOST_LEAPS:
            return True
    return False


def _words(text: str) -> str:
    """Give the words, each between blanks."""
    words = " ".join(_WORD.findall(_ADDRESS.sub(" ", text).casefold()))
    return f" {words} " if words else ""


def _refuse_locked(plain: str, source: str) -> None:
    if plain.lstrip().startswith(_PGP):
        raise UnreadableDocument(locked("PGP"), source=source)


def locked(how: str) -> str:
    """Say that a mail is encrypted, and the cure."""
    return f"it is encrypted ({how}); open it in the mail program and save it without encryption."
