"""The page on policies is gone from top to bottom, and its tables are held against the program."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reviewer import checking, loading
from reviewer.differing import Differs
from reviewer.loading.packs import ENTRY_POINTS
from reviewer.overlay import Overlay
from reviewer.policy import Change, Changed, Deviates, Role, Standing, Unconfirmed
from reviewer.rule import Shows
from tests import journey
from tests.pages import marked, page, section

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/policies.md"
DAY = date(2026, 11, 23)


def first_cells(heading: str) -> list[str]:
    """Give what stands in the first column of the table under a heading."""
    return re.findall(r"^\| `([\w-]+)` \|", section(PAGE, heading), re.MULTILINE)


def test_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command of the page is run in its order, with its files, and prints what stands below it."""
    journey.stand_in(tmp_path, monkeypatch)
    assert journey.go(PAGE, capsys) == len(re.findall(r"^reviewer ", page(PAGE), re.MULTILINE))


def test_the_overlay_of_the_page_says_all_that_it_is_said_to(tmp_path: Path) -> None:
    """It loads, deviates in four ways, and lets reject what it confirms, forbids itself or adds, nothing else."""
    file = tmp_path / "acme.toml"
    file.write_text(marked(PAGE, "file: acme.toml"), encoding="utf-8")
    made = loading.policy(str(file), DAY)
    kinds = [Deviates.UNCONFIRMED, Deviates.OFF, Deviates.STRICTER, Deviates.ADDED, Deviates.ANSWERED]
    assert [told.kind for told in made.deviations] == kinds
    assert {clause.id for clause in made.clauses if made.may_reject(clause)} == {
        "social-scoring",
        "biometric-identification",
        "acme-staff-monitoring",
    }
    assert checking.check_policy(made, loading.library()) == ()


def test_an_answer_of_the_page_lapses(tmp_path: Path) -> None:
    """The day after its last one it is told as lapsed, and no longer counts."""
    file = tmp_path / "acme.toml"
    file.write_text(marked(PAGE, "file: acme.toml"), encoding="utf-8")
    kinds = {day: loading.policy(str(file), day).deviations[-1].kind for day in (date(2027, 6, 30), date(2027, 7, 1))}
    assert list(kinds.values()) == [Deviates.ANSWERED, Deviates.LAPSED]


def test_each_key_of_an_overlay_has_its_row() -> None:
    """What an organisation may write is told, and nothing that it may not."""
    told = first_cells("Overlays")
    assert len(told) == len(set(told))
    assert set(told) == set(Overlay.model_fields)


def test_each_kind_of_difference_has_its_row() -> None:
    """The words of `policy diff --json` are told in the order of their gravity."""
    assert first_cells("What differs between two policies") == list(Differs)


@pytest.mark.parametrize("kind", [Changed, Deviates, Role, Unconfirmed, Standing])
def test_each_word_is_told(kind: type[Changed]) -> None:
    """What may stand in a field with a choice of words is listed."""
    assert [word for word in kind if f"`{word.value}`" not in page(PAGE)] == []


def test_each_key_of_a_change_is_told() -> None:
    """Whoever declares a change finds its keys."""
    told = section(PAGE, "Policy.changes")
    assert [field for field in Change.model_fields if f"`{field}`" not in told] == []


def test_each_shipped_fact_is_told() -> None:
    """A clause can ask for every fact that the shipped rules see, and for no other."""
    told = set(re.findall(r"`([a-z-]+)`", section(PAGE, "Clause.asks").split("shipped facts")[1]))
    assert told == {rule.use for rule in loading.library().rules if rule.shows is Shows.STATES}


def test_the_entry_point_is_the_one_that_is_looked_for() -> None:
    """A package that names it as the page does is found."""
    named = tomllib.loads(marked(PAGE, "entry point"))["project"]["entry-points"]
    assert list(named) == [ENTRY_POINTS]
