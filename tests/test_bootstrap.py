"""`run.py`: from a fresh clone to a command, on whatever Python there is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "miniature"
version = "1"
optional-dependencies = { test = [] }
scripts = { reviewer = "miniature:main" }
"""
MODULE = """
import sys

def main():
    print(sys.argv[1:])
    return 3
"""


@pytest.fixture(name="clone")
def _clone(tmp_path: Path) -> Path:
    """A project like ours, but small."""
    (tmp_path / "miniature").mkdir()
    (tmp_path / "miniature" / "__init__.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (tmp_path / "run.py").write_text(Path(run.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def _settled(clone: Path) -> Path:
    """Lay out an environment as a finished set-up leaves it, and return its stamp."""
    python = run.program(clone / ".venv", "python")
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = clone / ".venv" / "installed-from"
    stamp.write_text(run.fingerprint(clone), encoding="utf-8")
    return stamp


def _start(clone: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the clone's own `run.py`."""
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=clone,
        env={**os.environ, **environ},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_test_runs_pytest() -> None:
    """`test` is pytest with the rest of the arguments."""
    python, *rest = run.command(["test", "-x"], Path("env"))
    assert Path(python).stem == "python"
    assert rest == ["-m", "pytest", "-x"]


def test_everything_else_is_the_reviewers() -> None:
    """Any other command goes to the reviewer as it stands."""
    reviewer, *rest = run.command(["review", "--offline", "-"], Path("env"))
    assert Path(reviewer).stem == "reviewer"
    assert rest == ["review", "--offline", "-"]


def test_a_finished_set_up_is_not_repeated(clone: Path) -> None:
    """An environment that was installed from these requirements is current."""
    assert run.is_current(_settled(clone), clone)


def test_new_requirements_are_installed(clone: Path) -> None:
    """A changed `pyproject.toml` asks for another installation."""
    stamp = _settled(clone)
    (clone / "pyproject.toml").write_text(PYPROJECT + "# changed", encoding="utf-8")
    assert not run.is_current(stamp, clone)


def test_an_interrupted_set_up_is_taken_up_again(clone: Path) -> None:
    """Without a stamp nothing counts as installed."""
    _settled(clone).unlink()
    assert not run.is_current(clone / ".venv" / "installed-from", clone)


def test_a_python_that_is_gone_is_replaced(clone: Path) -> None:
    """A stamp does not help an environment whose Python was removed."""
    stamp = _settled(clone)
    run.program(clone / ".venv", "python").unlink()
    assert not run.is_current(stamp, clone)


def test_neither_pip_nor_ensurepip_is_said_with_its_cure(clone: Path) -> None:
    """Where nothing can be installed, the message names what to install."""
    (clone / "pip.py").write_text("raise ImportError", encoding="utf-8")
    (clone / "ensurepip.py").write_text("raise ImportError", encoding="utf-8")
    done = _start(clone, "review", PYTHONPATH=str(clone))
    assert done.returncode == 1
    assert "has neither pip nor ensurepip" in done.stderr
    assert "apt-get install python3-venv" in done.stderr
    assert done.stdout == ""


@pytest.mark.slow
def test_the_command_alone_speaks_on_standard_output(clone: Path) -> None:
    """The set-up is announced once and aside, and the exit status is the command's."""
    first, second = (_start(clone, "review", "a b") for _ in range(2))
    assert [first.stdout.strip(), second.stdout.strip()] == ["['review', 'a b']"] * 2
    assert [first.returncode, second.returncode] == [3, 3]
    assert "Setting up .venv" in first.stderr
    assert second.stderr == ""


@pytest.mark.slow
def test_debians_split_python_is_enough(clone: Path) -> None:
    """Without ensurepip, the pip beside this Python installs into the environment."""
    hidden = clone / "hidden"
    hidden.mkdir()
    (hidden / "ensurepip.py").write_text("raise ImportError", encoding="utf-8")
    done = _start(clone, "review", PYTHONPATH=str(hidden))
    assert done.returncode == 3, done.stderr
    assert not run.has(str(run.program(clone / ".venv", "python")), "pip")
