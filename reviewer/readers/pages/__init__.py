"""Saved official pages, HTML or Markdown, as the items that a policy's clauses are aligned with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.errors import EmptySubmission, TooLarge, UnreadableDocument
from reviewer.readers import html, text
from reviewer.readers.pages.items import itemised
from reviewer.readers.pages.markup import Markup

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.aligning import Item

_MARKDOWN = {".md", ".markdown", ".mdx", ".txt"}
_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n.*?\n---\s*\n", re.DOTALL)
_HEADING_ID = re.compile(r"(?m)^(#{1,6} .*?)\s*\{#[\w.-]+\}\s*$")
# A page that asks for a password has fewer items than any code of conduct.
_FEWEST = 5


def read(path: Path) -> tuple[bytes, tuple[Item, ...]]:
    """Give the bytes of a saved page and its items.

    Raises `UnreadableDocument`, `TooLarge` or `EmptySubmission`, each with the cure.
    """
    source = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"it cannot be read ({error.strerror or error}); name the file that the browser saved."
        raise UnreadableDocument(message, source=source) from error
    if len(data) > html.MOST_BYTES:
        message = (
            f"its {len(data):,} bytes are more than the limit of {html.MOST_BYTES:,}; save the page without media."
        )
        raise TooLarge(message, source=source)
    return data, items(data, source, is_markdown=path.suffix.lower() in _MARKDOWN)


def items(data: bytes, source: str, *, is_markdown: bool) -> tuple[Item, ...]:
    """Give the items of a page; raises `UnreadableDocument` or `EmptySubmission`."""
    written = text.decode(data, source) if is_markdown else html.decode(data, source)
    page = Markup(_rendered(written) if is_markdown else written, source)
    found = itemised(page.blocks())
    if page.asks_for_password and len(found) < _FEWEST:
        message = "it is a page to sign in, and not the policy; sign in, open the policy and save that page."
        raise UnreadableDocument(message, source=source)
    if not found:
        message = "it holds no list, heading or numbered text; save the page once the browser shows its text in full."
        raise EmptySubmission(message, source=source)
    return found


def _rendered(written: str) -> str:
    """Render Markdown as a browser would get it, so that both kinds of page are read in one way."""
    from markdown_it import MarkdownIt

    plain = _HEADING_ID.sub(r"\1", _FRONT_MATTER.sub("", written))
    return str(MarkdownIt("commonmark").enable("table").render(plain))
