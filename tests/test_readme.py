"""What README.md promises to a fresh clone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["verdict", "tests"])
def test_the_two_commands_are_marked(name: str) -> None:
    """CI finds each command of the first screen under its marker, and it is one line."""
    (block,) = re.findall(rf"^<!-- command: {name} -->\n```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert re.fullmatch(r"python3 run\.py .+\n", block)


def test_the_example_is_shipped() -> None:
    """The text that the first command reviews lies in the clone."""
    (example,) = re.findall(r"^python3 run\.py review .* (\S+)$", README, re.MULTILINE)
    assert (ROOT / example).is_file()
