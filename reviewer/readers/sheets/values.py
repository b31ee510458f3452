"""The value of a cell as the text that a person sees."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What Excel writes for characters that XML has no place for; exports to CSV carry them along as plain text.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")
_BREAK = re.compile("\r\n|[\r\x0b\x0c]")
# Nobody sees a control character, it can part a word, and databases and XML have no place for it.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HALF = re.compile("[\ud800-\udfff]")
# What people put into a box; an empty box says nothing.
TICKS = frozenset("\u2611\u2612\u2705\u2713\u2714\u2715\u2716\u2717\u2718\u274c\u274e\U0001f5f7\U0001f5f9")
# Excel shows no more digits, so that 0.1 + 0.2 is 0.3.
_DIGITS = ".15g"
_WHOLE = 1e15


def clean(cells: list[str]) -> list[str]:
    """Trim each cell; line breaks become line feeds, Excel's escapes what they stand for; control characters go."""
    together = " ".join(cells)
    if "_x00" in together or not together.isprintable():
        return [_cleaned(cell) for cell in cells]
    return [cell.strip() for cell in cells]


def _cleaned(cell: str) -> str:
    return whole(cell).strip()


def whole(cell: str) -> str:
    """Do what `clean` does, and keep the blanks at both ends."""
    if "_x00" in cell:
        cell = _ESCAPED.sub(lambda found: chr(int(found[1], base=16)), cell)
    # Nothing can encode half of a surrogate pair, which JSON and no other format may hold.
    return _HALF.sub("\ufffd", _CONTROL.sub("", _BREAK.sub("\n", cell)))


def says_something(cell: str) -> bool:
    """Whether there is a letter, a digit or a tick in it: a dash or an empty list is no answer."""
    return cell[:1].isalnum() or any(each.isalnum() or each in TICKS for each in cell)


def shown(value: object) -> str:
    """Give a value of a workbook or of JSON as a person sees it: 3 and not 3.0, 2026-11-01 without midnight."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (float, Decimal)):
        return _number(float(value))
    return _moment(value) if isinstance(value, (date, time, timedelta)) else str(value)


def _number(value: float) -> str:
    return str(int(value)) if abs(value) < _WHOLE and value.is_integer() else format(value, _DIGITS)


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(":00")
    return value.isoformat(timespec="seconds").removesuffix(":00") if isinstance(value, time) else value.isoformat()


def flat(record: dict[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    """Give the keys and values of an object; those of an object in it as `outer.inner`."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", _listed(value) if isinstance(value, list) else shown(value)


def _listed(values: Iterable[object]) -> str:
    return "; ".join(filter(None, map(_element, values)))


def _element(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {text}" for key, text in flat(value) if text)
    return _listed(value) if isinstance(value, list) else shown(value)
