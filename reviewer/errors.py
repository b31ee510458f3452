"""Everything that can go wrong, split first by who is at fault.

::

    ReviewerError
    ├── InputError              the submitter's: names the source that cannot be read
    │   ├── UnreadableDocument  not text, or text in a broken encoding
    │   ├── EmptySubmission     nothing but blanks
    │   └── TooLarge            more characters than the limit allows
    ├── PolicyError             the policy author's: all issues at once, each with file and key
    │   └── PhraseError         one phrase that the phrase language has no meaning for
    └── SettingsError           the operator's: an option or a path that does not fit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ReviewerError(Exception):
    """The base of every error that this package raises on purpose."""


class InputError(ReviewerError):
    """A submission that cannot be reviewed; `source` says which one."""

    def __init__(self, message: str, *, source: str = "the text") -> None:
        """Put the source in front of the message, as compilers do."""
        super().__init__(f"{source}: {message}")
        self.source = source


class UnreadableDocument(InputError):
    """The bytes are not text, or not in one encoding."""


class EmptySubmission(InputError):
    """There is nothing to read."""


class TooLarge(InputError):
    """The text is longer than the limit in characters."""


class PolicyError(ReviewerError):
    """A pack, a rule or a concept that does not hold together; `issues` has them all."""

    def __init__(self, message: str, issues: Sequence[object] = ()) -> None:
        """List every issue under the message, one a line."""
        super().__init__("\n  ".join([message, *map(str, issues)]))
        self.issues = tuple(issues)


class PhraseError(PolicyError):
    """A phrase that the phrase language has no meaning for."""


class SettingsError(ReviewerError):
    """An option, a setting or a path that cannot be what was meant."""
