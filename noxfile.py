"""The project's tasks, each as `nox -s NAME`; `.ci/run` and `.ci/full` call the same ones.

They run in the environment that nox itself was started from (`pip install -e '.[dev]'`),
so that a task takes as long as its command.
"""

from __future__ import annotations

from pathlib import Path

import nox

DESCRIPTIONS = Path(__file__).parent / "fixtures" / "descriptions"

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "floors", "policy", "tests"]


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout; `nox -s lint -- --fix` repairs what can be repaired."""
    fix = "--fix" in session.posargs
    session.run("ruff", "check", *(["--fix"] if fix else []))
    session.run("ruff", "format", *([] if fix else ["--check"]))


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the package, its tests and its tools."""
    session.run("mypy", *session.posargs)


@nox.session
def floors(session: nox.Session) -> None:
    """Check who imports whom."""
    session.run("lint-imports", *session.posargs)


@nox.session
def policy(session: nox.Session) -> None:
    """Lint the shipped policies and run every case of every rule."""
    session.run("reviewer", "policy", "check")
    session.run("reviewer", "policy", "test")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests, without the slow ones."""
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def packages(session: nox.Session) -> None:
    """Build the wheel and the sdist, and try them and the editable install with no source in reach."""
    session.run("python", "scripts/check_packages.py", *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """Run every test, the slow ones too, with many more examples of each property."""
    those = "not real and not browser"
    session.run("python", "-m", "pytest", "-m", those, "--hypothesis-profile=full", *session.posargs)


@nox.session
def postgres(session: nox.Session) -> None:
    """Run the quick tests of the store and of runs on a PostgreSQL server that they start."""
    session.run("python", "-m", "pytest", "-m", "postgres and not slow", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Look at the pages in Chromium, and at the spreadsheet in LibreOffice."""
    session.run("python", "-m", "pytest", "-m", "browser", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed, and how well the rules read."""
    session.run("python", "-m", "benchmarks", *session.posargs)
    session.run("reviewer", "eval", "--offline", *map(str, sorted(DESCRIPTIONS.glob("*.jsonl"))))
    session.run("python", "-m", "benchmarks.model_path")
    session.run("python", "-m", "benchmarks.batch")


@nox.session
def real(session: nox.Session) -> None:
    """Ask a real model, which takes many minutes."""
    session.run("python", "-m", "pytest", "-m", "real", *session.posargs)
