"""Packs on disk to values, and every mistake at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer import PolicyError, SettingsError, loading
from tests import makers

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="uses")
def _uses(tmp_path: Path) -> Path:
    """Give a folder with one rule, its concepts and cases, and a language."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "scoring.toml").write_text(makers.RULE)
    (tmp_path / "en" / "concepts").mkdir(parents=True)
    (tmp_path / "en" / "cases").mkdir()
    (tmp_path / "en" / "concepts" / "all.toml").write_text(
        '[score]\nphrases = "scor*, rate, rates\\nrating .. people"\n'
        '[people]\nphrases = ["people"]\nincludes = ["score"]'
    )
    (tmp_path / "en" / "cases" / "all.toml").write_text(
        '[scores-people]\nmatch = ["It scores people."]\nno-match = ["It scores."]\ntodo-match = ["Marks for all."]'
    )
    (tmp_path / "en" / "language.toml").write_text((loading.packs() / "_uses" / "en" / "language.toml").read_text())
    return tmp_path


def test_concepts_are_listed_by_commas_and_lines(uses: Path) -> None:
    """Phrases stand in one text, or in a list."""
    concepts = {concept.id: concept for concept in loading.library_from(uses).concepts}
    assert concepts["score"].phrases == ("scor*", "rate", "rates", "rating .. people")
    assert concepts["people"].phrases == ("people",)
    assert concepts["people"].includes == ("score",)


def test_cases_know_their_rule_and_kind(uses: Path) -> None:
    """Match, no-match and todo are told apart."""
    cases = loading.cases_from(uses)
    assert [(case.rule, case.matches, case.todo) for case in cases] == [
        ("scores-people", True, False),
        ("scores-people", False, False),
        ("scores-people", True, True),
    ]


def test_all_issues_come_at_once_with_file_and_key(uses: Path) -> None:
    """Whoever repairs a pack sees the whole list, not one mistake a run."""
    (uses / "rules" / "bad.toml").write_text('[[rule]]\nid = "half"\n')
    (uses / "rules" / "bare.toml").write_text(makers.RULE.split("[[rule.cue]]")[0].replace("scores-people", "bare"))
    (uses / "rules" / "worse.toml").write_text("rule = 3")
    (uses / "rules" / "no.toml").write_text("no TOML")
    (uses / "en" / "concepts" / "bad.toml").write_text("[a]\nphrases = 3\n[b]\nwords = 'x'\n")
    with pytest.raises(PolicyError) as caught:
        loading.library_from(uses)
    told = str(caught.value)
    for part in (
        "bad.toml: rule 'half': use: Field required",
        "bare.toml: rule 'bare': : Value error, a rule has a cue at least",
        "worse.toml: rule: is a int, but must be a list",
        "no.toml: is no TOML",
        "bad.toml: concept 'a': phrases: ",
        "bad.toml: concept 'b': words: Extra inputs",
    ):
        assert part in told
    assert len(caught.value.issues) >= 6


def test_unknown_kinds_of_cases_are_told(uses: Path) -> None:
    """A misspelt key would silently prove nothing."""
    (uses / "en" / "cases" / "all.toml").write_text('[scores-people]\nmatches = ["It scores people."]\nmatch = "x"')
    with pytest.raises(PolicyError) as caught:
        loading.cases_from(uses)
    assert "scores-people: matches: is none of match, no-match, todo-match, todo-no-match" in str(caught.value)
    assert "scores-people: match: is a str, but must be a list" in str(caught.value)


def test_a_policy_is_found_by_name_version_or_path(tmp_path: Path) -> None:
    """A path has a separator in it; a name does not."""
    by_name = loading.policy("microsoft-ai-services")
    assert by_name is loading.policy("microsoft-ai-services@4.0") or by_name == loading.policy(
        "microsoft-ai-services@4.0"
    )
    file = tmp_path / "own.toml"
    file.write_text((loading.packs() / "microsoft-ai-services" / "4.0.toml").read_text(encoding="utf-8"))
    assert loading.policy(str(file)) == by_name


@pytest.mark.parametrize("address", ["microsoft", "microsoft-ai-services@3.0", ""])
def test_an_unknown_policy_lists_what_is_shipped(address: str) -> None:
    """The message names the value and the cure."""
    with pytest.raises(SettingsError, match=r"microsoft-ai-services@4\.0"):
        loading.policy(address)


def test_a_missing_file_is_named() -> None:
    """A path that leads nowhere says so."""
    with pytest.raises(PolicyError, match=r"nowhere\.toml: cannot be read"):
        loading.policy("./nowhere.toml")
