"""What a reader must know of the text itself, whatever it proposes.

Hidden characters, text that addresses the reviewer, a language without rules, too little to judge:
each becomes a warning with its place, and none is ever obeyed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.submission import RemarkKind
from reviewer.verdict import Passage, Quote, Reason, Warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.matching import Detection
    from reviewer.ruling import Scans
    from reviewer.submission import Remark, Submission

INSTRUCTIONS_USE = "instructions-to-reviewer"
TOO_FEW_WORDS = 12
SHOWN_AROUND = 20

# Tags and overrides have no honest use in a proposal; blanks of no width have one between words, not within.
# Joiners and marks of direction are ordinary in Arabic, Hebrew, Indic scripts and emoji.
_HIDDEN = re.compile(
    "[\U000e0000-\U000e007f]+|[\u202d\u202e]+|(?<=[A-Za-z])[\u200b-\u200f\u2060-\u2064\u2066-\u2069\ufeff]+(?=[A-Za-z])"
    "|[\u200b-\u200f\u2060-\u2064\u180e\ufeff]{3,}|[\ufe00-\ufe0f]{3,}|[\U000e0100-\U000e01ef]+"
)
_HIDDEN_TEXT = "The text holds {count} characters that no reader sees, first at character {start}."
_INSTRUCTIONS_TEXT = "The text addresses the reviewer; a reader of it obeys nothing that it says."
_REMARKED = {RemarkKind.HIDDEN: Reason.HIDDEN_TEXT, RemarkKind.UNREAD: Reason.NOT_READ_IN_FULL}
_LANGUAGE_TEXT = "The text is not in a language that the rules cover; they looked at it as if it were in {language}."
_PARTLY_TEXT = "In {language} the rules look only for: {uses}."
_TOO_LITTLE_TEXT = "{words} words are too little to judge; say what is built, for whom, on which data, and who decides."


def screen(scans: Scans, detections: Iterable[Detection]) -> tuple[Warning, ...]:
    """Give the warnings about a text, its hidden parts first."""
    submission = scans.text.submission
    return (
        *_hidden(submission.text),
        *(_remarked(remark, submission) for remark in submission.remarks),
        *_instructions(detections),
        *_language(scans),
        *_too_little(scans.text.said),
    )


def as_read(warnings: Iterable[Warning]) -> tuple[Warning, ...]:
    """Let a language that the rules do not cover bar nothing where a model has read the text."""
    return tuple(
        warning.model_copy(update={"reason": None}) if warning.reason is Reason.LANGUAGE_NOT_COVERED else warning
        for warning in warnings
    )


def _hidden(text: str) -> Iterator[Warning]:
    if text.isascii():
        return
    found = [match.span() for match in _HIDDEN.finditer(text)]
    if found:
        start, end = found[0]
        count = sum(end - start for start, end in found)
        yield Warning(
            reason=Reason.HIDDEN_TEXT,
            text=_HIDDEN_TEXT.format(count=count, start=start),
            quotes=(Quote(text=text[start:end], start=start, end=end, sentence=_around(text, start, end)),),
        )


def _remarked(remark: Remark, submission: Submission) -> Warning:
    """Hand on what the reader of the file saw; hidden words are quoted."""
    reason, start, end = _REMARKED.get(remark.kind), remark.start, remark.end
    if start is None or end is None:
        place = "" if remark.source == submission.source else f" ({remark.source})"
        return Warning(reason=reason, text=f"{remark.text}{place}")
    words, around = submission.text[start:end], _around(submission.text, start, end)
    quote = Quote(text=words, start=start, end=end, sentence=around, source=remark.source)
    return Warning(reason=reason, text=remark.text, quotes=(quote,))


def _around(text: str, start: int, end: int) -> Passage:
    start, end = max(0, start - SHOWN_AROUND), end + SHOWN_AROUND
    passage = text[start:end]
    return Passage(text=passage, start=start, end=start + len(passage))


def _instructions(detections: Iterable[Detection]) -> Iterator[Warning]:
    quotes = [quote for found in detections if found.rule.use == INSTRUCTIONS_USE for quote in found.quotes]
    if quotes:
        yield Warning(reason=Reason.INSTRUCTIONS_TO_REVIEWER, text=_INSTRUCTIONS_TEXT, quotes=tuple(quotes))


def _language(scans: Scans) -> Iterator[Warning]:
    language = scans.language
    if not scans.is_covered:
        yield Warning(reason=Reason.LANGUAGE_NOT_COVERED, text=_LANGUAGE_TEXT.format(language=language.name))
    elif language.uses:
        yield Warning(reason=None, text=_PARTLY_TEXT.format(language=language.name, uses=", ".join(language.uses)))


def _too_little(said: Sequence[str]) -> Iterator[Warning]:
    """Count the project's words, without those that are a form's own."""
    if len(said) <= TOO_FEW_WORDS:
        yield Warning(reason=Reason.TOO_LITTLE_SAID, text=_TOO_LITTLE_TEXT.format(words=len(said)))
