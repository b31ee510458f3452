"""The page on evaluation is gone from top to bottom, and its tables are held against the program."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest

from reviewer.bounding import OF_ALL, OF_GROUPS
from reviewer.labelled import Labelled
from reviewer.testing import FakeEndpoint, behaviours
from tests import journey
from tests.pages import page, section
from tests.test_docs_batch import fill_in, name_model

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/evaluation.md"


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the tutorial's policy, and a model that reads as the rules do, every command prints what the page shows."""
    journey.stand_in(tmp_path, monkeypatch)
    journey.lay_out("docs/tutorial.md")
    with FakeEndpoint(otherwise=behaviours.by_rules("meadow/1.0.toml")) as fake:
        name_model(monkeypatch, fake)
        count = journey.go(PAGE, capsys, {"decide": partial(fill_in, "decided.csv")})
    assert count == len(re.findall(r"^reviewer ", page(PAGE), re.MULTILINE))
    assert "night-light" in (tmp_path / "before.html").read_text(encoding="utf-8")


def test_each_key_of_a_case_has_its_row() -> None:
    """Whoever writes a case finds every key, in the order of the program's but for the text."""
    told = re.findall(r"^\| `(\w+)` \|", section(PAGE, "Cases"), re.MULTILINE)
    assert told == list(Labelled.model_fields)


def test_each_figure_that_can_be_bound_has_its_row() -> None:
    """A gate can be written from the page."""
    told = re.findall(r"^\| `([\w-]+)` \|", section(PAGE, "A gate"), re.MULTILINE)
    assert told == [*OF_GROUPS, *OF_ALL]
