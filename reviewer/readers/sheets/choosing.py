"""Which columns are read, and which one holds the ids: as told, or as header and values make it plain."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import UnreadableDocument
from reviewer.readers.sheets import answers, headings
from reviewer.readers.sheets.row import index_of, letter

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROSE_WORDS = 6
_SOME, _MOST = 0.25, 0.5
_DISTINCT = 0.8
_MANY, _CHOICES = 20, 0.1
_LISTED = 40
_LETTERS = re.compile(r"[A-Z]{1,3}")
_WITH_LETTERS = re.compile(r"(.*\S) \(([A-Z]{1,3})\)", re.DOTALL)
_ADDRESS = re.compile(
    r"\S+@\S+\.\w+|(https?://|www\.)\S+|\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([T ][\d:.]+Z?)?|\+?[\d ()/-]{7,}",
    re.IGNORECASE,
)


class Chosen(NamedTuple):
    """The indexes of the columns that are read, in their order, and of the one with the ids."""

    text: tuple[int, ...]
    id: int | None


def found(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Chosen:
    """Choose by header and by what stands below it; `text` is empty where nothing is plain."""
    columns = [[row[at] for row in rows if row[at]] for at in range(len(header))]
    numbering = (at for at, name in enumerate(header) if headings.read(name).numbers and _is_id(columns[at]))
    id_column = next(numbering, None)
    text = (at for at, name in enumerate(header) if at != id_column and _is_told(name, columns[at]))
    return Chosen(tuple(text), id_column)


def _is_id(values: Sequence[str]) -> bool:
    return bool(values) and len(set(values)) >= _DISTINCT * len(values) and _prose(values) < _SOME


def _is_told(name: str, values: Sequence[str]) -> bool:
    """Weigh header and values; addresses and dates are never read, and prose by most of its cells always is.

    Yes and no are read under any header but one of persons, days and numbers, which may say how a system works, too.
    Of a closed list, whose words are the form's own, no sentences are read, unless the header tells.
    """
    heading, prose = headings.read(name), _prose(values)
    if values and sum(bool(_ADDRESS.fullmatch(value)) for value in values) > _MOST * len(values):
        return False
    is_about = heading.tells or heading.names
    if answers.are_yes_and_no(values) and not heading.numbers and (is_about or not heading.stands_aside):
        return True
    if _is_choice(values) and not heading.tells and (prose >= _SOME or not (heading.asks or heading.names)):
        return False
    if heading.asks or prose >= _MOST:
        return True
    return not heading.stands_aside and ((is_about and not heading.numbers) or prose >= _SOME)


def _is_choice(values: Sequence[str]) -> bool:
    return len(values) >= _MANY and len(set(values)) <= _CHOICES * len(values)


def _prose(values: Sequence[str]) -> float:
    return sum(is_prose(value) for value in values) / len(values) if values else 0.0


def is_prose(value: str) -> bool:
    """Whether a value has the length of a sentence."""
    return len(value.split(maxsplit=_PROSE_WORDS)) >= _PROSE_WORDS


def named(name: str, header: Sequence[str], *, lettered: bool, source: str) -> int:
    """Give the index of the column that an operator names; raises `UnreadableDocument` for none or two."""
    found = places(name, header)
    if len(found) > 1:
        told = " or ".join(repr(f"{header[at]} ({letter(at)})") for at in found)
        message = f"{len(found)} columns are named {name!r}; say which is meant: {told}."
        raise UnreadableDocument(message, source=source)
    if found:
        return found[0]
    if (at := _by_letter(name, header, lettered=lettered)) is not None:
        return at
    message = f"it has no column {name!r}; {nearest(name, header)}."
    raise UnreadableDocument(message, source=source)


def places(name: str, header: Sequence[str]) -> list[int]:
    """Give the columns of a name, exactly so if there are any, else whatever their case and blanks."""
    exact = [at for at, each in enumerate(header) if each == name]
    return exact or [at for at, each in enumerate(header) if each and _loose(each) == _loose(name)]


def _loose(name: str) -> str:
    return " ".join(name.split()).casefold()


def _by_letter(name: str, header: Sequence[str], *, lettered: bool) -> int | None:
    """Take `Name (C)`, and `C` alone where columns have letters."""
    if both := _WITH_LETTERS.fullmatch(name):
        at = index_of(both[2])
        return at if at < len(header) and _loose(header[at]) == _loose(both[1]) else None
    if lettered and _LETTERS.fullmatch(name):
        at = index_of(name)
        return at if at < len(header) else None
    return None


def nearest(name: str, header: Sequence[str]) -> str:
    """Say which of the names is most like one that is not among them, or which there are."""
    known = {_loose(each): each for each in header if each}
    near = difflib.get_close_matches(_loose(name), list(known), n=1, cutoff=0.5)
    return f"the nearest is {known[near[0]]!r}" if near else f"it has {listed(header, lettered=False)}"


def listed(header: Sequence[str], *, lettered: bool) -> str:
    """Name the columns in one phrase, each with its letter, the first forty of them."""
    names = [f"{letter(at)}: {name!r}" if lettered else repr(name) for at, name in enumerate(header) if name]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
