"""Build the wheel and the sdist, and try them as a user would: installed, with no source in reach.

The wheel is built from the sdist, and its tests run in the unpacked sdist without `reviewer/`;
so a file that the sdist forgot, or that only the checkout has, fails here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ("toml", "css", "js", "jinja")
EXAMPLE = "fixtures/submissions/body-cameras.txt"
IN_WHEEL = ("reviewer/__init__.py", "reviewer/py.typed", "reviewer/_shipped/prompts/review.system.md")
IN_SDIST = ("pyproject.toml", "run.py", "prompts/review.user.md", "tests/conftest.py", "LICENSE", EXAMPLE)
WHERE = "import reviewer, pathlib; print(pathlib.Path(reviewer.__file__).resolve().parent)"


def main() -> None:
    """Check the three ways of installing, one after another."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name).resolve()
        wheel, sdist = build(work / "dist")
        source = unpack(sdist, work / "source")
        check_contents(wheel, source)
        shutil.rmtree(source / "reviewer")
        # Only what is run needs the test tools: the wheel.
        python = install(work / "wheel", f"{wheel}[test]")
        check_install(python, source, within=work / "wheel")
        say("tests against the wheel")
        run(python, "-m", "pytest", "-q", cwd=source)
        check_install(install(work / "from-sdist", str(sdist)), source, within=work / "from-sdist")
        check_install(install(work / "editable", "--editable", str(ROOT)), source, within=ROOT)
    say("wheel, sdist and editable install: all well")


def build(target: Path) -> tuple[Path, Path]:
    """Build the sdist, then the wheel from it."""
    say("build")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(ROOT), cwd=ROOT)
    (wheel,) = target.glob("*.whl")
    (sdist,) = target.glob("*.tar.gz")
    return wheel, sdist


def unpack(sdist: Path, target: Path) -> Path:
    """Unpack the sdist and return its one folder."""
    with tarfile.open(sdist) as archive:
        archive.extractall(target, filter="data")
    (source,) = target.iterdir()
    return source


def check_contents(wheel: Path, source: Path) -> None:
    """Refuse a package that lacks what it needs, and a wheel that carries what only the checkout needs."""
    names = zipfile.ZipFile(wheel).namelist()
    data = [path.relative_to(ROOT).as_posix() for end in DATA for path in ROOT.glob(f"reviewer/**/*.{end}")]
    missing = [f"wheel: {name}" for name in (*IN_WHEEL, *data) if name not in names]
    missing += [f"sdist: {name}" for name in IN_SDIST if not (source / name).is_file()]
    strays = [name for name in names if not name.startswith(("reviewer/", "use_case_reviewer-"))]
    if missing or strays:
        sys.exit(f"missing: {missing!r}; not for the wheel: {strays!r}")


def install(environment: Path, *requirement: str) -> str:
    """Make an environment, install into it, and return its Python."""
    say(f"install: {environment.name}")
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *requirement, cwd=environment)
    return str(python)


def check_install(python: str, source: Path, within: Path) -> None:
    """Review the example from an empty folder, with the package that was installed and no other."""
    with tempfile.TemporaryDirectory() as empty:
        place = Path(run(python, "-c", WHERE, cwd=Path(empty), quiet=True).strip())
        if not place.is_relative_to(within):
            sys.exit(f"reviewer was imported from {str(place)!r}, not from {str(within)!r}")
        reviewer = str(Path(python).with_name("reviewer"))
        verdict = run(
            reviewer, "review", "--offline", "--exit-zero", str(source / EXAMPLE), cwd=Path(empty), quiet=True
        )
        if not verdict.strip():
            sys.exit(f"{reviewer!r} printed no verdict")
        run(reviewer, "policy", "test", cwd=Path(empty), quiet=True)
        page = ("--offline", "--no-browser", "--to", "record.html")
        run(reviewer, "open", str(source / EXAMPLE), *page, cwd=Path(empty), quiet=True)


def run(*command: str, cwd: Path, quiet: bool = False) -> str:
    """Run a command outside the checkout's reach; what it prints is returned if quiet, and shown if not."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE if quiet else None, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"exit status {done.returncode} from: {' '.join(command)}\n{done.stdout or ''}")
    return done.stdout or ""


def say(what: str) -> None:
    """Head what follows."""
    print(f"-- {what}", flush=True)


if __name__ == "__main__":
    main()
