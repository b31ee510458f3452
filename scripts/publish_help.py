"""Write the help of every command into `docs/cli.md`, as the program prints it: `python scripts/publish_help.py`.

Only the blocks that begin with `$ reviewer` are rewritten; a new command needs its heading and an empty block first:
a fenced block of `text` with the one line `$ reviewer NAME --help`.
"""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from reviewer.cli import commands

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
COLUMNS = 80

_BLOCK = re.compile(r"^```text\n\$ reviewer(?P<name>(?: [\w-]+)*) --help\n.*?^```$", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE.name)


def refreshed(page: str) -> str:
    """Give a page with the help of today in each of its blocks."""
    return _BLOCK.sub(lambda block: f"```text\n$ reviewer{block['name']} --help\n{_help(block['name'])}```", page)


def _help(name: str) -> str:
    arguments = [*name.split(), "--help"]
    result = CliRunner().invoke(commands, arguments, prog_name="reviewer", terminal_width=COLUMNS)
    if result.exit_code:
        message = f"{PAGE.name} quotes 'reviewer{name} --help', which fails: {result.output.strip()}"
        raise SystemExit(message)
    return result.output


if __name__ == "__main__":
    main()
