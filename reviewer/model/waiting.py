"""How long a server asks to wait."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def delay(headers: Mapping[str, str], now: float) -> float | None:
    """Give the seconds that a server asks to wait, if it does.

    A date is read against the server's own clock where it tells it: ours may be wrong, or jump.
    """
    for name, parts in (("retry-after-ms", 1000), ("retry-after", 1)):
        seconds = _number(headers.get(name))
        if seconds is not None:
            return max(0.0, seconds / parts)
    until = _instant(headers.get("retry-after"))
    sent = _instant(headers.get("date"))
    return None if until is None else max(0.0, until - (now if sent is None else sent))


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return None if isnan(number) else number


def _instant(value: str | None) -> float | None:
    try:
        date = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
