"""The sections of a record as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.exporters.html import words
from reviewer.exporters.markdown import escaped
from reviewer.exporters.outline import CLOSE, OPEN, visible
from reviewer.exporters.record.telling import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.exporters.html.account import Card, Extract, Section

_ADDRESS = re.compile(r"https?://[\w./%?=&~:;,+@-]+")


def lay_out(sections: Iterable[Section]) -> str:
    """Give sections as Markdown, with an empty line between blocks."""
    return "\n\n".join(block for section in sections for block in _blocks(section))


def _blocks(section: Section) -> Iterator[str]:
    yield f"## {_plain(section.title)}"
    yield from map(_plain, section.lines)
    if section.facts:
        yield "\n".join(f"- {_plain(name)}: {_value(name, value)}" for name, value in section.facts)
    for card in section.cards:
        yield from _card(card)
    if section.items:
        yield "\n".join(f"- {_plain(item)}" for item in section.items)


def _card(card: Card) -> Iterator[str]:
    yield f"### {_plain(f'{card.kind}: {card.title}')}"
    yield from map(_plain, card.lines)
    yield from (f"> {_extract(extract)}" for extract in card.extracts)
    yield from map(_plain, card.small)


def _extract(extract: Extract) -> str:
    if extract.words:
        said = f'"{_plain(f"{extract.before}{OPEN}{extract.words}{CLOSE}{extract.after}")}"'
    else:
        said = words.NO_LONGER_KEPT
    beside = "; ".join(_plain(text) for text in (extract.note, extract.place) if text)
    return f"{said} ({beside})" if beside else said


def _plain(text: str) -> str:
    return escaped(visible(text))


def _value(name: str, value: str) -> str:
    """Keep the address of the policy's page a link; all else is text."""
    return f"<{value}>" if name == PAGE and _ADDRESS.fullmatch(value) else _plain(value)
