"""`reviewer policy new`: what it writes loads, checks, holds its own cases, and is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer import loading
from reviewer.checking import check_policy
from reviewer.cli import run
from reviewer.cli.policy.rules import run_own_cases, with_own
from reviewer.cli.status import Status
from reviewer.policy import Deviates, Effect

if TYPE_CHECKING:
    from pathlib import Path


def begin(folder: Path, *options: str) -> Path:
    """Begin a policy called acme-ai and give its file."""
    assert run(["policy", "new", "acme-ai", "--out", str(folder), *options]) == 0
    (file,) = (folder / "acme-ai").glob("*.toml")
    return file


@pytest.mark.parametrize("options", [(), ("--extends", "microsoft-ai-services@4.0")], ids=["own", "overlay"])
def test_what_is_begun_loads_checks_and_holds(tmp_path: Path, options: tuple[str, ...]) -> None:
    """No issue is about anything that was written, and the four cases of its rule hold."""
    pack = loading.pack(str(begin(tmp_path, *options)))
    issues = check_policy(pack.policy, with_own(pack))
    assert [str(issue) for issue in issues if "acme" in str(issue) or not options] == []
    results = list(run_own_cases(pack))
    assert [(result.case.matches, result.holds) for result in results] == [(True, True)] * 2 + [(False, True)] * 2


def test_an_own_policy_has_an_example_of_each_effect(tmp_path: Path) -> None:
    """Prohibited, restricted and required stand there once, and the version is the one asked for."""
    file = begin(tmp_path, "--version", "2026-11")
    made = loading.policy(str(file))
    assert (file.name, made.address, made.extends) == ("2026-11.toml", "acme-ai@2026-11", None)
    assert [clause.effect for clause in made.clauses] == [Effect.PROHIBITED, Effect.RESTRICTED, Effect.REQUIRED]


def test_an_overlay_adds_to_what_it_extends(tmp_path: Path) -> None:
    """All clauses of the policy below it hold, one is added, and that is told as a deviation."""
    made = loading.policy(str(begin(tmp_path, "--extends", "microsoft-ai-services@4.0")))
    below = loading.policy("microsoft-ai-services@4.0")
    assert made.clauses[:-1] == below.clauses
    assert [deviation.kind for deviation in made.deviations] == [Deviates.UNCONFIRMED, Deviates.ADDED]


def test_an_overlay_finds_a_policy_file_from_its_own_folder(tmp_path: Path) -> None:
    """A path given from here is written so that it holds from there."""
    file = begin(tmp_path / "first")
    made = tmp_path / "second"
    assert run(["policy", "new", "acme-over", "--extends", str(file), "--out", str(made)]) == 0
    assert loading.policy(str(made / "acme-over" / "1.0.toml")).extends == "acme-ai@1.0"


def test_each_key_of_a_clause_is_explained(tmp_path: Path) -> None:
    """A person who never saw the format finds every key that is used in a remark."""
    for options in ((), ("--extends", "microsoft-ai-services@4.0")):
        folder = tmp_path / str(len(options))
        text = begin(folder, *options).read_text()
        remarks = " ".join(line for line in text.splitlines() if line.startswith("#"))
        for word in ("prohibited", "restricted", "required", "oversight", "approval", "consent", "policy check"):
            assert word in remarks


REFUSED = [
    (["Acme AI"], "cannot name a policy; use small letters"),
    (["../acme"], "cannot name a policy"),
    (["acme", "--version", "1/0"], "cannot be a version"),
    (["microsoft-ai-services"], "is taken by microsoft-ai-services@"),
    (["acme", "--extends", "nobody"], "There is no policy 'nobody'"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_names_that_no_address_can_have_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """One sentence says what to write instead, and nothing is written."""
    assert run(["policy", "new", *arguments, "--out", str(tmp_path)]) == Status.USAGE
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second time, nothing that somebody wrote is lost."""
    file = begin(tmp_path)
    file.write_text("mine")
    assert run(["policy", "new", "acme-ai", "--out", str(tmp_path)]) == Status.USAGE
    assert "is there already" in capsys.readouterr().err
    assert file.read_text() == "mine"
