"""A verdict as Markdown, for a ticket or a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.exporters.outline import Line, outline
from reviewer.verdict import Kind

if TYPE_CHECKING:
    from reviewer.verdict import Verdict

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LIST = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+=]))")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|www|mailto)([:.])")
# Ids such as `DHS-2380` stay whole, to be searched and copied; of these, only `GH-12` is a link by itself.
_MENTION = re.compile(r"([@#](?=\w)|\bGH-(?=\d))")
_GAPS = re.compile(r"\n{3,}")


def render(verdict: Verdict) -> str:
    """Give the verdict as Markdown; nothing in the text under review can format or link."""
    return _GAPS.sub("\n\n", "\n".join(map(_laid_out, outline(verdict)))).strip() + "\n"


def escaped(text: str) -> str:
    """Give a line of text that Markdown shows as it stands: it formats, links and notifies nothing."""
    unlinked = _MENTION.sub("\\1\u200b", _AUTOLINK.sub("\\1\u200b\\2", text))
    return _LIST.sub(r"\1\\", _SPECIAL.sub(r"\\\1", unlinked))


def _laid_out(line: Line) -> str:
    text = escaped(line.text)
    if line.style == "title":
        return f"## {text}\n"
    if line.style == "heading":
        return f"\n### {text}\n"
    if line.style == "quote":
        return f"  > {text}\n"
    if line.style in set(Kind):
        return f"- **{text}**\n"
    if line.style == "item":
        return f"- {text}"
    return f"  {text}\n" if line.depth else f"\n{text}\n"
