"""What names a submission from one pass over its input to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.identity import text_digest

if TYPE_CHECKING:
    from reviewer.submission import Submission

DIGITS = 16


class Keys:
    """Names the submissions of one pass, each differently; `repeated` counts ids that stood there already."""

    def __init__(self) -> None:
        """Begin a pass."""
        self.repeated = 0
        # Hashes of keys, and not the keys: a run may have hundreds of thousands.
        self._seen: set[int] = set()

    def key(self, submission: Submission) -> str:
        """Name a submission by its file and its id, and a row without one by its text: rows move.

        So what people decided stays with the text that they decided on.
        """
        source, digest = submission.source, text_digest(submission.text)[:DIGITS]
        if submission.id:
            key, other = f"{source.file or ''}#{submission.id}", f"~{digest}"
        else:
            is_row = source.row is not None and submission.text
            place = source.model_copy(update={"row": None}) if is_row else source
            key, other = f"{place}~{digest}" if is_row else str(place), ""
        if self._is_taken(key):
            self.repeated += submission.id is not None
            key += other or "+"
            while self._is_taken(key):
                key += "+"
        return key

    def _is_taken(self, key: str) -> bool:
        seen = len(self._seen)
        self._seen.add(hash(key))
        return len(self._seen) == seen
