"""A verdict for a terminal: painted where it paints, plain where it is piped."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from reviewer.exporters.outline import STYLES, Line, outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.verdict import Verdict

WIDTH = 100
_INDENT = "  "


def render(verdict: Verdict, width: int = WIDTH) -> str:
    """Give the verdict as plain text, wrapped at `width` columns."""
    return "\n".join(text for line in outline(verdict) for text in _wrapped(line, width)) + "\n"


def paint(verdict: Verdict) -> None:
    """Print the verdict with bold and colour; every meaning stands in words as well."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in outline(verdict):
        for text in _wrapped(line, min(console.width, WIDTH)):
            console.print(Text(text, style=STYLES.get(line.style, "")))


def _wrapped(line: Line, width: int) -> Iterator[str]:
    if line.style in {"heading", "gap"}:
        yield ""
    first = _INDENT * line.depth + ("- " if line.style == "item" else "")
    yield from textwrap.wrap(
        line.text,
        max(width, 40),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )
