"""How much a reader of files takes on, so that no file can hang the process or fill its memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reviewer.value import Value

if TYPE_CHECKING:
    from reviewer.settings import Settings


class Limits(Value):
    """The limits of a reader; what is beyond them raises `TooLarge`, which names the limit.

    `max_bytes` is of a document or a workbook as it lies on the disk; CSV, TSV and JSONL are read in a stream.
    `max_expanded_bytes` is of all that a packed file (DOCX, PPTX, XLSX) unpacks to.
    `max_parts` is of the files packed in one, and of the attachments of a mail; `max_depth` of mails within mails.
    `max_characters` is of the text of one submission.
    """

    max_bytes: int = 100_000_000
    max_pages: int = 2_000
    max_rows: int = 1_000_000
    max_expanded_bytes: int = 500_000_000
    max_parts: int = 10_000
    max_depth: int = 5
    max_characters: int = 1_000_000

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take the limits that an operator has set."""
        return cls.model_validate({name: getattr(settings, name) for name in cls.model_fields})
