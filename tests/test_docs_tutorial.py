"""The tutorial is gone step by step: its files are written, its commands run, and all that they print is compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reviewer import loading
from reviewer.policy import Effect
from tests import journey
from tests.pages import page

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/tutorial.md"


def test_the_tutorial_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever follows the page sees what it shows, letter by letter, and ends with a policy of three clauses."""
    journey.stand_in(tmp_path, monkeypatch)
    assert journey.go(PAGE, capsys) == len(re.findall(r"^reviewer ", page(PAGE), re.MULTILINE))
    made = loading.policy("meadow/1.0.toml")
    assert [clause.effect for clause in made.clauses] == list(Effect)


def test_each_block_of_the_tutorial_is_a_step() -> None:
    """No file, command or output stands there that nobody has tried."""
    blocks = re.findall(r"^```\w+$", page(PAGE), re.MULTILINE)
    assert len(blocks) == len(list(journey.steps(PAGE)))


@pytest.mark.parametrize(
    ("told", "output", "is_shown"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a ... c\n", "a b c\n", True),
        ("a ... c\n", "a b\nc\n", False),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
    ],
)
def test_an_output_is_compared_letter_by_letter(told: str, output: str, *, is_shown: bool) -> None:
    """Only what the page leaves out with dots may be anything."""
    assert journey.shows(told, output) is is_shown
