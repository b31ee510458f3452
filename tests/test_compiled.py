"""The filed rules: quick to load, never older than their sources, and no trouble where they cannot be kept."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reviewer import PolicyError, compiled, loading
from reviewer.matching import Matcher
from reviewer.submission import Submission
from tests import makers

if TYPE_CHECKING:
    from pathlib import Path

CONCEPTS = '[score]\nphrases = "scor*"\n[people]\nphrases = "people, trust .. citizens"\n'


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Give a folder of rules like the shipped one, with a single rule."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "all.toml").write_text(makers.RULE)
    (tmp_path / "en" / "concepts").mkdir(parents=True)
    (tmp_path / "en" / "concepts" / "all.toml").write_text(CONCEPTS)
    (tmp_path / "en" / "language.toml").write_text((loading.uses() / "en" / "language.toml").read_text())
    return tmp_path


def hits(folder: Path, text: str) -> list[str]:
    """Give the rules that hit a text."""
    book = compiled.rulebook("en", folder)
    return [hit.rule.id for hit in Matcher(book).match(Submission.of(text))]


def kept(folder: Path) -> list[Path]:
    """Give the files in which the rules were kept."""
    return list(folder.rglob("*.rules"))


def test_filed_rules_are_the_rules(folder: Path) -> None:
    """What comes from the kept file is what was filed, and hits the same."""
    filed = compiled.rulebook("en", folder)
    assert len(kept(folder)) == 1
    assert filed == compiled.rulebook("en", folder)
    assert (
        ["scores-people"]
        == hits(folder, "We score people.")
        == hits(folder, "It scores how we trust all the citizens.")
    )


def test_a_changed_rule_is_never_overlooked(folder: Path) -> None:
    """New sources give new filed rules, and the old ones are cleared away."""
    assert hits(folder, "We rate people.") == []
    (before,) = kept(folder)
    (folder / "en" / "concepts" / "all.toml").write_text(CONCEPTS.replace("scor*", "scor*, rate"))
    assert hits(folder, "We rate people.") == ["scores-people"]
    assert before not in kept(folder)
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xe9\x01\x00\x00\x00"], ids=["empty", "nonsense", "no rules"])
def test_damaged_filed_rules_are_filed_anew(folder: Path, damage: bytes) -> None:
    """A half-written or foreign file is no reason to fail."""
    assert hits(folder, "We score people.") == ["scores-people"]
    (file,) = kept(folder)
    file.write_bytes(damage)
    assert hits(folder, "We score people.") == ["scores-people"]
    assert file.read_bytes() != damage


def test_where_nothing_can_be_kept_the_rules_still_work(folder: Path) -> None:
    """A file where the folder should be stands for a read-only installation, also for root."""
    (folder / "__pycache__").write_text("in the way")
    assert hits(folder, "We score people.") == ["scores-people"]
    assert kept(folder) == []


def test_broken_rules_are_told_and_not_kept(folder: Path) -> None:
    """All issues come at once, and nothing half-filed is left."""
    (folder / "en" / "concepts" / "all.toml").write_text('[score]\nphrases = ".., x*|"\n[people]\nphrases = "people"\n')
    with pytest.raises(PolicyError, match="must begin and end with a word"):
        compiled.rulebook("en", folder)
    assert kept(folder) == []


def test_a_copy_of_the_folder_has_the_same_digest(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The digest is of what the sources say, not of where they lie; cases are no part of it."""
    other = tmp_path_factory.mktemp("other") / "uses"
    shutil.copytree(folder, other)
    (other / "en" / "cases").mkdir()
    (other / "en" / "cases" / "all.toml").write_text("")
    assert compiled.rulebook("en", folder)[1] == compiled.rulebook("en", other)[1]
