"""`reviewer policy confirm`: a record in the house's own file that somebody compared a clause with its page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reviewer import loading
from reviewer.cli import run
from tests.policies.test_overlaying import write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_confirmation_is_recorded_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written is found by the next review, and nothing else in the file is touched."""
    file = write(tmp_path, "# our own words\n")
    before = (tmp_path / "acme.toml").read_text()
    arguments = ["policy", "confirm", "emotion-inference", "grooming", "--policy", file, "--by", "A reviewer"]
    assert run([*arguments, "--on", "2026-11-20"]) == 0
    policy = loading.policy(file)
    for name in ("emotion-inference", "grooming"):
        confirmed = policy.by_id[name].confirmed
        assert confirmed is not None
        assert (confirmed.by, confirmed.on) == ("A reviewer", date(2026, 11, 20))
    assert (tmp_path / "acme.toml").read_text().startswith(before.rstrip())
    assert "held against https://" in capsys.readouterr().out
    assert [entry.name for entry in tmp_path.iterdir()] == ["acme.toml"]


def test_a_second_confirmation_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who compared it first stays on record."""
    file = write(tmp_path, "")
    assert run(["policy", "confirm", "grooming", "--policy", file, "--by", "A reviewer"]) == 0
    assert run(["policy", "confirm", "grooming", "--policy", file, "--by", "Another"]) == 2
    assert "confirmed by 'A reviewer'" in capsys.readouterr().err


def test_what_cannot_be_confirmed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown clause, a day to come, nobody's name, and a policy that extends nothing."""
    file = write(tmp_path, "")
    assert run(["policy", "confirm", "nobody", "--policy", file, "--by", "A reviewer"]) == 2
    assert "has no clause 'nobody'" in capsys.readouterr().err
    assert run(["policy", "confirm", "grooming", "--policy", file, "--by", "A reviewer", "--on", "2999-01-01"]) == 2
    assert "has not come yet" in capsys.readouterr().err
    assert run(["policy", "confirm", "grooming", "--policy", file, "--by", " "]) == 2
    assert "confirmed.grooming.by" in capsys.readouterr().err
    own = tmp_path / "own.toml"
    shipped = loading.packs() / "microsoft-ai-services" / "4.0.toml"
    own.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["policy", "confirm", "grooming", "--policy", str(own), "--by", "A reviewer"]) == 2
    assert "extends no published policy" in capsys.readouterr().err
