"""Colours as Office writes them, and whether letters can be told from what is behind them."""

from __future__ import annotations

import re

WHITE = "FFFFFF"
# Something is there, but its colour is not known: a picture, a gradient, a colour of a theme.
UNKNOWN = ""
# Of 255, in each of red, green and blue; pale grey at this distance from white can not be read.
NEAR = 20

_HEX = re.compile(r"#?([0-9A-Fa-f]{6})\b")


def colour(value: str | None) -> str | None:
    """Give the six digits of a colour, `UNKNOWN` for a word that names none, and None where there is none."""
    if value is None or value == "auto":
        return None
    found = _HEX.match(value)
    return found[1].upper() if found else UNKNOWN


def is_lost(ink: str | None, ground: str | None) -> bool:
    """Tell whether letters of one colour can not be seen on another; what is not known is taken for visible."""
    if not ink or not ground:
        return False
    pairs = ((int(ink[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (0, 2, 4))
    return all(abs(first - second) <= NEAR for first, second in pairs)


def why_lost(ground: str) -> str:
    """Say in one sentence why nobody sees such letters."""
    if is_lost(ground, WHITE):
        return "White letters on a white ground."
    return "Letters in the colour of the ground that they stand on."
