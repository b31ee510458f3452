"""Pages that are gone from top to bottom: their files are written, their commands run, and the output compared."""

from __future__ import annotations

import difflib
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer import cli
from tests.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pytest

_STEP = re.compile(r"^<!-- (file|run|prints): (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COLUMNS = "100"


class Step(NamedTuple):
    """A marked block: a file by its name, commands by the status of each, or what the last one printed, by where."""

    kind: str
    name: str
    block: str


def steps(name: str) -> Iterator[Step]:
    """Give the marked blocks of a page, in their order."""
    for kind, told, block in _STEP.findall(page(name)):
        yield Step(kind, told, block)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder of one's own, before a terminal of a hundred columns, with nobody's configuration."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", _COLUMNS)
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(folder / "home"))


def lay_out(name: str) -> None:
    """Write the files of a page, as they stand at its end."""
    for step in steps(name):
        if step.kind == "file":
            _write(step)


def go(
    name: str, capsys: pytest.CaptureFixture[str], meanwhile: Mapping[str, Callable[[], object]] | None = None
) -> int:
    """Go through a page, and give how many commands were run; each has its status and prints what the page shows.

    `...` in a line of output stands for anything in it, and as a line of its own for any lines.
    `meanwhile` is what people do before a command that is called so, such as `decide`.
    """
    count, printed = 0, {"out": "", "err": ""}
    for step in steps(name):
        if step.kind == "file":
            _write(step)
        elif step.kind == "run":
            for line in step.block.splitlines():
                capsys.readouterr()
                _run(line, int(step.name), meanwhile or {})
                printed = capsys.readouterr()._asdict()
                count += 1
        else:
            assert shows(step.block, printed[step.name]), _differing(name, step.block, printed[step.name])
    return count


def _differing(name: str, told: str, output: str) -> str:
    lines = difflib.unified_diff(told.splitlines(), output.splitlines(), name, "printed", lineterm="")
    return "\n".join(lines)


def _write(step: Step) -> None:
    Path(step.name).parent.mkdir(parents=True, exist_ok=True)
    Path(step.name).write_text(step.block, encoding="utf-8")


def _run(line: str, status: int, meanwhile: Mapping[str, Callable[[], object]]) -> None:
    command, *arguments = shlex.split(line)
    if arguments[0] in meanwhile:
        meanwhile[arguments[0]]()
    assert (command, cli.run(arguments)) == ("reviewer", status), line


def shows(told: str, output: str) -> bool:
    """Tell whether an output is what a page shows of it; empty lines at the end make no difference."""
    lines = (
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(re.escape("..."), ".*") + r"\n"
        for line in told.splitlines()
    )
    return re.fullmatch("".join(lines), output.rstrip("\n") + "\n") is not None
