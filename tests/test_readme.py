"""What README.md promises to a fresh clone."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from reviewer.cli import commands
from reviewer.configuration.layer import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["verdict", "tests"])
def test_the_two_commands_are_marked(name: str) -> None:
    """CI finds each command of the first screen under its marker, and it is one line."""
    (block,) = re.findall(rf"^<!-- command: {name} -->\n```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert re.fullmatch(r"python3 run\.py .+\n", block)


def test_the_example_is_shipped() -> None:
    """The text that the first command reviews lies in the clone."""
    (example,) = re.findall(r"^python3 run\.py review .* (\S+)$", README, re.MULTILINE)
    assert (ROOT / example).is_file()


def test_the_first_screen_is_what_the_program_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdict on the first screen is the beginning of the real one."""
    (block,) = re.findall(r"^<!-- example -->\n```text\n(.*?)  \.\.\.\n```$", README, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(ROOT)
    text = "fixtures/submissions/body-cameras.txt"
    printed = CliRunner().invoke(commands, ["review", "--offline", "--exit-zero", text]).output
    assert " ".join(printed.split()).startswith(" ".join(block.split()))


def test_the_model_path_takes_three_lines() -> None:
    """Who has a key names the model, asks the doctor, and reviews; the options and variables are real ones."""
    section = README.partition("## With a model")[2].partition("\n## ")[0]
    first, *_ = re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    names, *calls = first.splitlines()
    assert re.findall(r"([A-Z_]+)=", names) == ["REVIEWER_MODEL", "OPENAI_API_KEY"]
    assert [call.split()[:2] for call in calls] == [["reviewer", "doctor"], ["reviewer", "review"]]
    options = {option for name in ("doctor", "review") for option in _options(name)}
    assert set(re.findall(r"`reviewer \w+ (--[\w-]+)", section)) <= options
    assert set(re.findall(r"\bREVIEWER_\w+", section)) <= set(VARIABLES)


def test_the_batch_takes_three_lines() -> None:
    """Who has a spreadsheet looks, runs, and takes people's decisions in; the commands and options are real ones."""
    section = README.partition("## Many at once")[2].partition("\n## ")[0]
    (block,) = re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    calls = [line.partition("#")[0].split() for line in block.splitlines()]
    assert [call[:2] for call in calls] == [["reviewer", "batch"], ["reviewer", "batch"], ["reviewer", "decide"]]
    assert all({word for word in call if word.startswith("--")} <= _options(call[1]) for call in calls)


def _options(name: str) -> set[str]:
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    return {option for parameter in command.params for option in parameter.opts}
