"""The pages of the documentation, cut into headings and blocks, for the tests that hold them against the program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*DOCS, *sorted(ROOT.glob("*.md"))]


def page(name: str) -> str:
    """Read a page of the docs, or of the folder above it."""
    return (ROOT / name).read_text(encoding="utf-8")


def unfenced(text: str) -> str:
    """Leave out what stands in fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(name: str) -> list[str]:
    """Give the headings of a page, without the marks of code."""
    return [text.replace("`", "") for text in re.findall(r"^#+ (.+)$", unfenced(page(name)), re.MULTILINE)]


def blocks(name: str, language: str) -> list[str]:
    """Give the fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)


def marked(name: str, mark: str) -> str:
    """Give the fenced block under a marker."""
    (block,) = re.findall(rf"^<!-- {mark} -->\n```\w+\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)
    return str(block)


def lines(name: str, mark: str) -> list[list[str]]:
    """Give the lines of a marked block, cut into columns at runs of blanks."""
    return [re.split(r"\s{2,}", line) for line in marked(name, mark).splitlines()]


def sections(name: str) -> dict[str, str]:
    """Give what stands under each heading of a page."""
    parts = re.split(r"^#+ (.+)$", unfenced(page(name)), flags=re.MULTILINE)[1:]
    return {heading.replace("`", ""): text for heading, text in zip(parts[::2], parts[1::2], strict=True)}


def section(name: str, heading: str) -> str:
    """Give what stands under a heading, down to the next one."""
    return sections(name)[heading]


def run(example: str, names: dict[str, Any]) -> None:
    """Run a block of the docs."""
    exec(compile(example, "the docs", "exec"), names)  # noqa: S102  the examples are our own


def slug(heading: str) -> str:
    """Give the anchor that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
