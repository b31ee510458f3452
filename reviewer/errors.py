"""Everything that can go wrong, split first by who is at fault.

::

    ReviewerError
    ├── InputError              the submitter's: names the source that cannot be read
    │   ├── UnreadableDocument  not text, or text in a broken encoding
    │   ├── EmptySubmission     nothing but blanks
    │   └── TooLarge            more characters than the limit allows
    ├── PolicyError             the policy author's: all issues at once, each with file and key
    │   └── PhraseError         one phrase that the phrase language has no meaning for
    ├── SettingsError           the operator's: an option or a path that does not fit
    ├── ModelError              the machine's: no answer from the model
    │   ├── ModelUnavailable    an outage, a time-out, a rate limit, after all attempts: rules decide
    │   ├── UnreadableReply     refused, cut off, or not in the form: rules decide
    │   ├── BlockedByProvider   the provider's filter stopped this text: rules decide
    │   └── ModelRejected       a wrong key, name or request: nobody decides
    └── StoreError              the store's: a file that must not be used, such as one from a newer version
        └── UnwritableStore     sound, but on a read-only or full disk, or locked: a review goes on without it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.submission import Submission


class ReviewerError(Exception):
    """The base of every error that this package raises on purpose."""


class InputError(ReviewerError):
    """A submission that cannot be reviewed; `source` says which one, and `about` what else is known of it."""

    def __init__(self, message: str, *, source: str = "the text", about: Submission | None = None) -> None:
        """Put the source in front of the message, as compilers do."""
        super().__init__(f"{source}: {message}")
        self.source = source
        self.about = about


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


class ModelError(ReviewerError):
    """There is no answer; `why` is the word for it that a verdict gives (a value of `WhyNotModel`)."""

    why = "outage"

    def __init__(self, message: str, *, why: str | None = None) -> None:
        """Keep the word beside the sentence."""
        super().__init__(message)
        self.why = why or self.why


class ModelUnavailable(ModelError):
    """The endpoint cannot be reached or has no capacity; `retry_after` is how long it asks to wait, in seconds."""

    def __init__(self, message: str, *, why: str | None = None, retry_after: float | None = None) -> None:
        """Keep what the endpoint asked for."""
        super().__init__(message, why=why)
        self.retry_after = retry_after


class UnreadableReply(ModelError):
    """The reply was refused, cut off, or does not fit the form."""

    why = "invalid_reply"


class BlockedByProvider(ModelError):
    """A filter of the provider's stopped the text; `categories` are what it saw."""

    why = "content_filter"

    def __init__(self, message: str, *, categories: Sequence[str] = ()) -> None:
        """Keep what the filter saw."""
        super().__init__(message)
        self.categories = tuple(categories)


class ModelRejected(ModelError):
    """The endpoint refuses us: a wrong key, a wrong name, a request that it does not know.

    `only_this`: earlier calls were answered, so that this text is refused and not the set-up.
    """

    def __init__(self, message: str, *, only_this: bool = False) -> None:
        """Keep whether other texts may still be answered."""
        super().__init__(message)
        self.only_this = only_this


class StoreError(ReviewerError):
    """A store that cannot be opened, read or written."""


class UnwritableStore(StoreError):
    """A store that is sound, but cannot be written now: on a read-only or full disk, or locked by another process."""
