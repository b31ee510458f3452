"""Versions and places of policies: by day, by folder, by installed package."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from reviewer import PolicyError, Reviewer, SettingsError, loading
from reviewer.cli import run
from reviewer.loading.packs import editions
from reviewer.verdict import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUDITY = (
    "The app undresses people in photos: users upload a picture of a colleague and it generates a realistic nude image"
    " of her without her consent."
)
POLICY = """
name = "{name}"
version = "{version}"
title = "Rules"
publisher = "ACME"
url = "https://acme.example/rules"
effective = {day}
retrieved = "Written by ACME."
legal_status = "Binding at ACME."
[[clauses]]
id = "acme-scoring"
section = "Uses"
title = "Scores of people"
text = "Nobody is scored."
effect = "prohibited"
standing = "own"
source = "ACME"
uses = ["social-scoring"]
remedy = "Score nobody."
"""


def write(folder: Path, version: str, day: str, name: str = "acme") -> Path:
    """Write a version of an own policy."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{version}.toml"
    file.write_text(POLICY.format(name=name, version=version, day=day))
    return file


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2023, 6, 1), "2023"),
        (date(2024, 4, 30), "2023"),
        (date(2024, 5, 1), "2024-05"),
        (date(2025, 6, 11), "2024-generative-ai"),
        (date(2026, 5, 1), "4.0"),
    ],
)
def test_a_name_means_the_version_of_the_day(day: date, version: str) -> None:
    """`--as-of` picks the version that was in force, or first attested, then."""
    assert loading.policy("microsoft-ai-services", day).version == version


def test_a_day_before_the_first_version_is_told() -> None:
    """Nobody is reviewed by rules that were not there yet."""
    with pytest.raises(SettingsError, match=r"in force on 2020-01-01; the first known is 2023"):
        loading.policy("microsoft-ai-services", date(2020, 1, 1))


def test_a_single_version_is_not_in_force_before_its_day() -> None:
    """Nobody is rejected under a law that was not there yet, unless its version is named."""
    with pytest.raises(SettingsError, match="the first known is 2026-07-27"):
        loading.policy("eu-ai-act", date(2026, 7, 26))
    named = loading.policy("eu-ai-act@2026-07-27", date(2025, 1, 1))
    assert not named.by_id["eu-emotion-inference"].in_force


def test_a_policy_by_value_stands_as_on_the_day() -> None:
    """Whoever hands over a policy is told what is not in force yet, as by its name."""
    policy = loading.policy("eu-ai-act", date(2027, 1, 1))
    assert Reviewer(policy, as_of=date(2026, 11, 23)).review(NUDITY).decision is Decision.REFER


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("", "clauses: a policy needs one at least"),
        ("twice", "'acme-scoring' stands 2 times; give each clause its own id"),
    ],
)
def test_a_policy_that_would_be_silently_milder_is_refused(tmp_path: Path, change: str, told: str) -> None:
    """A clause that hides another, and a policy without any, would let pass what somebody meant to forbid."""
    file = write(tmp_path / "acme", "1.0", "2026-01-01")
    head, clause = file.read_text().split("[[clauses]]")
    file.write_text(f"{head}[[clauses]]{clause}[[clauses]]{clause}" if change else f"{head}clauses = []\n")
    with pytest.raises(PolicyError, match=told):
        loading.policy(str(file))


def test_a_named_version_is_that_one_on_any_day() -> None:
    """Whoever names a version wants it, whatever the day."""
    assert loading.policy("microsoft-ai-services@4.0", date(2023, 6, 1)).version == "4.0"


def test_a_prohibition_of_next_month_refers_today_and_rejects_then() -> None:
    """The additions of the EU AI Act hold from 2 December 2026: in question before, a breach after."""
    before = Reviewer("eu-ai-act", as_of=date(2026, 11, 23)).review(NUDITY)
    assert before.policy.as_of == date(2026, 11, 23)
    assert Reviewer("eu-ai-act").review(NUDITY).policy.as_of is None
    after = Reviewer("eu-ai-act", as_of=date(2026, 12, 2)).review(NUDITY)
    assert (before.decision, after.decision) == (Decision.REFER, Decision.REJECT)
    assert before.reasons[0] is Reason.CLAUSE_NOT_YET_IN_FORCE
    assert before.findings[0].clause.applies_from == date(2026, 12, 2)
    assert after.findings[0].clause.applies_from is None


def test_a_folder_is_a_policy_with_its_versions(tmp_path: Path) -> None:
    """Own policies lie in a folder, one file a version; a version may be named behind an @."""
    write(tmp_path / "acme", "1.0", "2025-01-01")
    write(tmp_path / "acme", "2.0", "2026-06-01")
    folder = f"{tmp_path}/acme"
    assert loading.policy(folder, date(2026, 5, 31)).version == "1.0"
    assert loading.policy(folder, date(2026, 6, 1)).version == "2.0"
    assert loading.policy(f"{folder}@1.0", date(2026, 6, 1)).version == "1.0"
    with pytest.raises(SettingsError, match=r"holds no version '3\.0'"):
        loading.policy(f"{folder}@3.0")
    with pytest.raises(SettingsError, match="holds no policy"):
        loading.policy(f"{tmp_path}/")


@pytest.fixture(name="package")
def _package(tmp_path: Path) -> Iterator[Path]:
    """Install a package with a policy in it, as pip would leave it behind."""
    write(tmp_path / "acme_policies" / "acme", "1.0", "2026-01-01")
    (tmp_path / "acme_policies" / "__init__.py").write_text("")
    info = tmp_path / "acme_policies-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-policies\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[reviewer.policies]\nacme = acme_policies\n")
    sys.path.insert(0, str(tmp_path))
    loading.installed.cache_clear()
    yield tmp_path
    sys.path.remove(str(tmp_path))
    sys.modules.pop("acme_policies", None)
    loading.installed.cache_clear()


def test_an_installed_package_brings_policies(package: Path) -> None:
    """A package that names the entry point is found by the name of its policy, and listed."""
    assert package.exists()
    assert loading.policy("acme").clauses[0].id == "acme-scoring"
    assert "acme@1.0" in loading.policies()


def test_a_broken_package_is_named(package: Path) -> None:
    """An entry point that leads nowhere is told with its name, and a shipped policy needs none of it."""
    (package / "acme_policies-1.0.dist-info" / "entry_points.txt").write_text("[reviewer.policies]\nacme = gone_away\n")
    assert loading.policy("google-genai").version == "2024-12-17"
    with pytest.raises(PolicyError, match=r"'acme' of 'reviewer\.policies' cannot be used"):
        loading.policy("acme")


def test_only_the_head_of_a_version_is_read_to_know_its_day(tmp_path: Path) -> None:
    """A broken version does not hide the others; it is told when it is asked for."""
    write(tmp_path / "acme", "1.0", "2026-01-01")
    (tmp_path / "acme" / "2.0.toml").write_text("this is no TOML")
    assert [edition.version for edition in editions(tmp_path / "acme")] == ["2.0", "1.0"]
    with pytest.raises(PolicyError, match="is no TOML"):
        loading.policy(f"{tmp_path}/acme@2.0")


def test_the_command_line_takes_several_policies_and_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--policy A --policy B --as-of DATE`: the strictest wins, and the page names both."""
    text = tmp_path / "text.txt"
    text.write_text(NUDITY)
    arguments = ["review", "--offline", "--policy", "google-genai", "--policy", "eu-ai-act", "--format", "json"]
    assert run([*arguments, "--as-of", "2026-12-02", str(text)]) == 4
    assert '"name":"eu-ai-act"' in capsys.readouterr().out
    assert run([*arguments, "--as-of", "tomorrow", str(text)]) == 2
    assert "the option 'as_of' is 'tomorrow'; write the day as YYYY-MM-DD." in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2026-12-02", datetime(2026, 12, 2, tzinfo=UTC)])
def test_a_day_is_a_date(day: object) -> None:
    """What is no date is told before anything is read."""
    with pytest.raises(SettingsError, match=r"give a datetime\.date"):
        Reviewer("eu-ai-act", as_of=day)  # type: ignore[arg-type]


def test_every_version_in_a_folder_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not only the one in force today."""
    sound = (loading.packs() / "google-genai" / "2024-12-17.toml").read_text(encoding="utf-8")
    (tmp_path / "1.toml").write_text(sound, encoding="utf-8")
    (tmp_path / "2.toml").write_text(sound.replace("remedy =", "remdy =", 1), encoding="utf-8")
    assert run(["policy", "check", f"{tmp_path}/"]) == 2
    assert "remdy" in capsys.readouterr().err
