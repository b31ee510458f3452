"""Run the reviewer, or its tests, straight from a fresh clone.

    python3 run.py review --offline --exit-zero fixtures/submissions/body-cameras.txt
    python3 run.py test

The first run makes an environment in `.venv` and installs the project there; later runs go straight on.
It needs Python 3.11 or newer with pip (or with venv's own pip), and nothing else.
What it says about the set-up goes to standard error; the exit status is that of the command.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
SCRIPTS, SUFFIX = ("Scripts", ".exe") if WINDOWS else ("bin", "")
CURE = """\
run.py: cannot set up {environment!r}: this Python ({python!r}) has neither pip nor ensurepip.
Install one of them and try again (Debian and Ubuntu: apt-get install python3-venv)."""


def main(arguments: list[str], root: Path = ROOT) -> NoReturn:
    """Set up what is missing, then become the command that was asked for."""
    if sys.version_info < OLDEST:
        sys.exit(f"run.py: Python {sys.version.split()[0]!r} is too old: use Python 3.11 or newer.")
    environment = root / ".venv"
    stamp = environment / "installed-from"
    if not is_current(stamp, root):
        print("Setting up .venv; this takes a minute, once.", file=sys.stderr, flush=True)
        install(environment, root)
        stamp.write_text(fingerprint(root), encoding="utf-8")
    if arguments[:1] == ["test"]:
        os.chdir(root)
    hand_over(command(arguments, environment))


def fingerprint(root: Path) -> str:
    """What an installation depends on: the project's requirements, and where the clone lies."""
    return hashlib.sha256(os.fsencode(root) + b"\0" + (root / "pyproject.toml").read_bytes()).hexdigest()


def is_current(stamp: Path, root: Path) -> bool:
    """Whether the environment was installed whole, from these requirements, and its Python is still there."""
    return (
        program(stamp.parent, "python").exists()
        and stamp.is_file()
        and stamp.read_text(encoding="utf-8") == fingerprint(root)
    )


def install(environment: Path, root: Path) -> None:
    """Make the environment where it is missing, and install the project into it."""
    python = program(environment, "python")
    if not python.exists():
        create(environment)
    try:
        call(*pip_for(python), "install", "-qq", "--disable-pip-version-check", "--editable", f"{root}[test]")
    except subprocess.CalledProcessError as error:
        sys.exit(f"run.py: the installation into {str(environment)!r} failed; pip's own words are above ({error}).")


def create(environment: Path) -> None:
    """Make an empty environment, also where Debian has split venv's pip off."""
    bare = () if has(sys.executable, "ensurepip") else ("--without-pip",)
    if bare and not has(sys.executable, "pip"):
        sys.exit(CURE.format(environment=str(environment), python=sys.executable))
    call(sys.executable, "-m", "venv", "--clear", *bare, str(environment))


def pip_for(python: Path) -> tuple[str, ...]:
    """The pip that installs for this Python: its own, or ours told to."""
    if has(str(python), "pip"):
        return (str(python), "-m", "pip")
    if has(sys.executable, "pip"):
        return (sys.executable, "-m", "pip", "--python", str(python))
    return sys.exit(CURE.format(environment=str(python.parent.parent), python=sys.executable))


def has(python: str, module: str) -> bool:
    """Whether this Python can import the module."""
    return subprocess.run([python, "-c", f"import {module}"], stderr=subprocess.DEVNULL, check=False).returncode == 0


def call(*command: str) -> None:
    """Run a step of the set-up; its output is no output of the command that follows."""
    subprocess.run(command, stdout=sys.stderr.fileno(), check=True)


def program(environment: Path, name: str) -> Path:
    """Where an environment keeps the program of this name."""
    return environment / SCRIPTS / f"{name}{SUFFIX}"


def command(arguments: list[str], environment: Path) -> list[str]:
    """What to run: pytest for `test`, the reviewer for everything else."""
    if arguments[:1] == ["test"]:
        return [str(program(environment, "python")), "-m", "pytest", *arguments[1:]]
    return [str(program(environment, "reviewer")), *arguments]


def hand_over(command: list[str]) -> NoReturn:
    """Become the command; Windows has no such thing, so wait for it there and pass its status on."""
    if WINDOWS:
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
