"""A labelled case: a text, with what a reader is to make of it; read from JSON, one object a line.

Example:
    A text that breaches one clause, and one in which nothing is to be found::

        {"id": "hr-1", "kind": "breach", "text": "...", "expect": ["emotion-inference"], "decision": "reject"}
        {"id": "hr-2", "kind": "benign", "text": "...", "expect": []}
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Never

from pydantic import Field, ValidationError

from reviewer.errors import InputError
from reviewer.value import Value
from reviewer.verdict import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

_IDS = "a list of clause ids"
_CURES = {
    "id": "give a text that no other case has",
    "text": "give the words that are to be read",
    "kind": 'give a word for the kind of text, such as "breach"',
    "language": 'give a language, such as "fr"',
    "expect": f'give {_IDS}, such as ["emotion-inference"], or [] where nothing is to be found',
    "allow": f"give {_IDS} that may be found, too",
    "bar": f"give {_IDS} that must not be found",
    "decision": "write approve, refer or reject",
    "warning": f"give the reason of a warning, such as {Reason.INSTRUCTIONS_TO_REVIEWER.value!r}",
    "policy": 'give NAME or NAME@VERSION, such as "microsoft-ai-services@4.0"',
}
_MOST_SHOWN = 60


class Half(StrEnum):
    """The two halves of a set: one to develop on, one that is only scored."""

    DEVELOP = "develop"
    SCORE = "score"


class Labelled(Value):
    """A text with what a reader should find in it.

    `expect`: at least one of these clauses is to be found, the first is what the text was written for; empty where
    nothing is to be found, None where nobody says. `allow`: these may be found, too; `bar`: these must not.
    `kind` is any word, such as breach, paraphrase, negated or benign; only `exception` has a meaning of its own:
    there a restriction that is seen to be met counts as found. `language` is any name for one.
    `decision` and `warning` are what the verdict should say, and `policy` is what this text is read under, each where
    somebody says.
    """

    id: str = Field(min_length=1)
    text: str
    kind: str = Field(default="case", min_length=1)
    language: str | None = Field(default=None, min_length=1)
    expect: tuple[str, ...] | None = None
    allow: tuple[str, ...] = ()
    bar: tuple[str, ...] = ()
    decision: Decision | None = None
    warning: Reason | None = None
    policy: str | None = Field(default=None, min_length=1)

    @property
    def half(self) -> Half:
        """Tell which half it falls into: by the first hexadecimal digit of its id's SHA-256, even to develop on.

        So the halves are the same on every machine, and stay as they are while a set grows.
        """
        return Half.SCORE if int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) % 2 else Half.DEVELOP


def parse(lines: Iterable[str], file: str) -> Iterator[tuple[int, Labelled]]:
    """Read cases from lines, each with the number of its line from 1; blank lines are passed over.

    Raises `InputError` for the first row that cannot be meant, with file, line, key and cure.
    """
    for number, line in enumerate(lines, 1):
        if line and not line.isspace():
            yield number, _case(line, place(file, number))


def place(file: str, number: int) -> str:
    """Name a line as errors do."""
    return f"{file}, line {number}"


def _case(line: str, source: str) -> Labelled:
    try:
        case = Labelled.model_validate(_row(line, source))
    except ValidationError as error:
        _refuse(error.errors()[0], source)
    _refuse_senseless(case, source)
    return case


def _row(line: str, source: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = f'this line is no JSON ({error}); write one object a line, such as {{"id": "1", "text": "..."}}.'
        raise InputError(message, source=source) from error
    if not isinstance(row, dict):
        message = f"this line holds {_shown(row)} and no object; write {{...}} with the keys {', '.join(_CURES)}."
        raise InputError(message, source=source)
    return row


def _refuse(issue: ErrorDetails, source: str) -> Never:
    key = str(issue["loc"][0])
    if issue["type"] == "extra_forbidden":
        message = f"{key!r} is no key of a case; the keys are {', '.join(_CURES)}."
    elif issue["type"] == "missing":
        message = f"{key!r} is missing; {_CURES[key]}."
    else:
        message = f"{key!r} is or holds {_shown(issue['input'])}; {_CURES[key]}."
    raise InputError(message, source=source)


def _refuse_senseless(case: Labelled, source: str) -> None:
    """Refuse what fits the form, and says nothing or contradicts itself."""
    message = ""
    if not case.text or case.text.isspace():
        message = f"'text' is blank; {_CURES['text']}."
    elif case.expect is None and case.decision is None and case.warning is None:
        message = "'expect' is missing, and so is 'decision'; say with one of them what a reader should make of it."
    elif both := sorted({*(case.expect or ()), *case.allow} & set(case.bar)):
        message = f"'bar' names {both[0]!r}, which is expected or allowed, too; keep it in one of them."
    if message:
        raise InputError(message, source=source)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
