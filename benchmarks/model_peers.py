"""The peers' environments, made once under `benchmarks/.peers` and used again."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / ".peers"
PEERS = ("instructor", "litellm")


def python_of(peer: str) -> Path:
    """Give the interpreter of a peer's environment; the peer's name is its package's."""
    python = FOLDER / peer / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(FOLDER / peer, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", peer], check=True)
    return python


def version_of(peer: str) -> str:
    """Give the version that stands in a peer's environment."""
    told = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"
    run = subprocess.run([python_of(peer), "-c", told, peer], check=True, capture_output=True, text=True)
    return run.stdout.strip()
