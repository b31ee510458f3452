"""Colours as style sheets write them, and whether letters in one can be seen on another."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

# Under this, letters cannot be told from what is behind them; light grey (#eee) on white has 1.16.
LEAST_CONTRAST = 1.2

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![0-9a-f])")
_CALLED = re.compile(r"\b(rgb|hsl)a?\(([^()]*)\)")
_WORD = re.compile(r"(?<![\w#-])[a-z]+(?![\w(-])")
_NUMBER = re.compile(r"-?\d*\.?\d+%?")
_NAMES = {
    "white": 0xFFFFFF,
    "snow": 0xFFFAFA,
    "ivory": 0xFFFFF0,
    "ghostwhite": 0xF8F8FF,
    "floralwhite": 0xFFFAF0,
    "whitesmoke": 0xF5F5F5,
    "mintcream": 0xF5FFFA,
    "azure": 0xF0FFFF,
    "seashell": 0xFFF5EE,
    "honeydew": 0xF0FFF0,
    "aliceblue": 0xF0F8FF,
    "lightyellow": 0xFFFFE0,
    "oldlace": 0xFDF5E6,
    "linen": 0xFAF0E6,
    "cornsilk": 0xFFF8DC,
    "lavenderblush": 0xFFF0F5,
    "gainsboro": 0xDCDCDC,
    "black": 0x000000,
    "red": 0xFF0000,
    "lime": 0x00FF00,
    "yellow": 0xFFFF00,
    "cyan": 0x00FFFF,
    "aqua": 0x00FFFF,
    "blue": 0x0000FF,
    "navy": 0x000080,
    "green": 0x008000,
    "gray": 0x808080,
    "grey": 0x808080,
    "silver": 0xC0C0C0,
}


class Colour(NamedTuple):
    """Red, green, blue and opacity, each from 0 to 1."""

    red: float
    green: float
    blue: float
    opacity: float = 1.0

    @property
    def luminance(self) -> float:
        """How bright it looks, from 0 to 1, nearly as WCAG 2 reckons it."""
        red, green, blue = map(_linear, self[:3])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


WHITE, BLACK, CLEAR = Colour(1, 1, 1), Colour(0, 0, 0), Colour(0, 0, 0, 0)


def parse(value: str) -> Colour | None:
    """Find the first colour in a value in lower case; None where there is none that is known."""
    if found := _HEX.search(value):
        return _of_hex(found[1])
    if called := _CALLED.search(value):
        return _of_numbers(called[1], _NUMBER.findall(called[2]))
    for word in _WORD.findall(value):
        if word == "transparent":
            return CLEAR
        if word in _NAMES:
            return _of_hex(f"{_NAMES[word]:06x}")
    return None


def are_alike(ink: Colour, paper: Colour) -> bool:
    """Tell whether letters of one colour vanish on the other."""
    if ink.opacity < 1 / 20:
        return True
    dark, light = sorted((ink.luminance, paper.luminance))
    # Luminance is blind to the tint: red and green of one brightness differ all the same.
    tint = max(abs(one - other) for one, other in zip(ink[:3], paper[:3], strict=True))
    return (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST and tint < 1 / 4


def _linear(part: float) -> float:
    return float(((part + 0.055) / 1.055) ** 2.4)


def _of_hex(digits: str) -> Colour:
    pairs = [digit * 2 for digit in digits] if len(digits) < len("rrggbb") else re.findall("..", digits)
    return Colour(*(int(pair, 16) / 255 for pair in pairs))


def _of_numbers(kind: str, numbers: list[str]) -> Colour | None:
    if len(numbers) < len("rgb"):
        return None
    opacity = min(1.0, _share(numbers[3], 1)) if len(numbers) > len("rgb") else 1.0
    if kind == "hsl":
        hue = float(numbers[0].rstrip("%")) / 360
        red, green, blue = colorsys.hls_to_rgb(hue, _share(numbers[2], 100), _share(numbers[1], 100))
    else:
        red, green, blue = (_share(number, 255) for number in numbers[:3])
    return Colour(red, green, blue, opacity)


def _share(number: str, of: int) -> float:
    value = float(number.rstrip("%")) / (100 if number.endswith("%") else of)
    return max(0.0, min(1.0, value))
