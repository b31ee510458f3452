"""What is attached to a mail: each file is read by the reader of its format, and what cannot be read is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import InputError, TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.readers.limits import Limits
    from reviewer.readers.transcript import Transcript
    from reviewer.submission import Source, Submission

    ReadPart = Callable[[bytes, Source, Limits], Submission]

UNNAMED = "an attachment without a name"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file in a mail: its name, and how to read it within limits, which raises `InputError` where it cannot be."""

    name: str
    read: Callable[[Limits], Submission]


def include(transcript: Transcript, attachments: Sequence[Attachment], limits: Limits) -> None:
    """Add the text of each attachment under its name, and say which were not read and why.

    Raises `TooLarge` for more than `max_parts`.
    """
    if len(attachments) > limits.max_parts:
        message = f"its {len(attachments):,} attachments are more than the limit of {limits.max_parts:,} (max_parts)."
        raise TooLarge(message, source=str(transcript.source))
    refused = []
    for attachment in attachments:
        try:
            part = attachment.read(_share(limits, len(attachments), transcript.characters))
        except InputError as error:
            refused.append(f"{attachment.name} ({_why(error)})")
        else:
            transcript.include(part, attachment.name)
    if refused:
        some = f"{len(refused)} of {len(attachments)} attachments were"
        counted = "The only attachment was" if len(attachments) == 1 else some
        transcript.unread(f"{counted} not read: {', '.join(refused)}.")


def refuse_deep(limits: Limits, source: str) -> None:
    """Raise `TooLarge` for a mail that lies in more mails than `max_depth` allows."""
    if limits.max_depth < 0:
        message = "it lies deeper within other mails than the limit allows (max_depth); take it out and give it alone"
        raise TooLarge(f"{message}.", source=source)


def _share(limits: Limits, count: int, characters: int) -> Limits:
    """Give the limits for one attachment: all of them together may unpack to no more than one file alone."""
    return limits.model_copy(
        update={
            "max_expanded_bytes": limits.max_expanded_bytes // count,
            "max_characters": limits.max_characters - characters,
            "max_depth": limits.max_depth - 1,
        }
    )


def _why(error: InputError) -> str:
    """Give the message without the source in front and the full stop at its end."""
    return str(error).removeprefix(f"{error.source}: ").removesuffix(".")
