"""Short answers of yes and no, in the languages that forms come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.readers.sheets.values import TICKS

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOSTLY = 0.8
_ANSWERS = frozenset(
    [
        *("yes", "no", "y", "n", "true", "false", "x", "na", "n/a", "n.a", "none"),
        *("ja", "nee", "j", "nvt", "n.v.t", "waar", "onwaar", "nein", "wahr", "falsch", "entf\u00e4llt"),
        *("oui", "non", "o", "vrai", "faux", "s/o", "s.o", "n\u00e9ant"),
        *("si", "s\u00ed", "s", "verdadero", "falso", "ninguno", "ninguna"),
    ]
)


def are_yes_and_no(values: Sequence[str]) -> bool:
    """Whether at least four of five are short answers of yes and no; of none at all, nothing is."""
    return bool(values) and sum(map(is_yes_or_no, values)) >= _MOSTLY * len(values)


def is_yes_or_no(value: str) -> bool:
    """Whether a value is such an answer, or a tick."""
    return value.casefold().strip(" .!()[]") in _ANSWERS or value.rstrip("\ufe0e\ufe0f") in TICKS
