"""The page on batch review is the way of an analyst, gone from beginning to end, command by command."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reviewer import cli
from reviewer.cli.status import Status
from reviewer.exporters.formats import FORMS
from reviewer.readers.sheets.template import Template
from reviewer.spreadsheet import Column
from reviewer.testing import FakeEndpoint, behaviours
from tests.pages import marked, page, run, section

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "docs/batch.md"
FIRST = ["batch", "intake.csv", "--template", "columns.toml"]
CREATED = (
    "rules.xlsx",
    "result.xlsx",
    "record.html",
    "note.html",
    "report.sarif",
    *(f"result.{form}" for form in FORMS),
)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the files of the page, and nobody's configuration."""
    for name in re.findall(r"^<!-- file: (\S+) -->$", page(PAGE), re.MULTILINE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(marked(PAGE, f"file: {name}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    return tmp_path


@pytest.fixture(name="fake")
def _fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEndpoint]:
    """Give the model that the page asks."""
    with FakeEndpoint() as fake:
        name_model(monkeypatch, fake)
        yield fake


def name_model(monkeypatch: pytest.MonkeyPatch, fake: FakeEndpoint) -> None:
    """Set the variables that the page sets."""
    monkeypatch.setenv("REVIEWER_BASE_URL", fake.base_url)
    monkeypatch.setenv("REVIEWER_MODEL", "fake")


def steps() -> list[tuple[str, int]]:
    """Give the names of the page's steps in their order, each with the status that it ends with."""
    return [
        (name, int(status)) for name, status in re.findall(r"^<!-- step: (\w+) (\d+) -->$", page(PAGE), re.MULTILINE)
    ]


def missing(lines: list[str], output: str) -> list[str]:
    """Give the lines that an output does not have, or has in another order; blanks and `...` say nothing."""
    output, lost = " ".join(output.split()), []
    for line in (" ".join(line.split()) for line in lines if line != "..."):
        before, found, after = output.partition(line) if line else ("", "", output)
        output = after if found or not line else before
        lost += [line] if line and not found else []
    return lost


def fill_in(name: str) -> None:
    """Answer the checker's sheet: the first row is fine, and all others are not."""
    file = Path(name)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        head, *rows = csv.reader(opened)
    decision, reason = head.index("Your decision"), head.index("Reason")
    for number, row in enumerate(rows):
        row[decision : reason + 2] = ["Reject" if number else "Approve", "It was looked at.", "A reviewer"]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows([head, *rows])


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("folder", "fake")
def test_the_journey_is_gone_as_the_page_tells_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command ends with the status at its marker, and prints the lines below it in that order."""
    told = re.findall(r"^<!-- prints: (\w+) -->$", page(PAGE), re.MULTILINE)
    assert {*told} - {"vanished"} <= {name for name, _ in steps()}
    for name, status in steps():
        if name == "checked":
            fill_in("check.csv")
        for line in marked(PAGE, f"step: {name} {status}").splitlines():
            command, *arguments = shlex.split(line)
            if command == "export":
                monkeypatch.setenv(*arguments[0].split("="))
            else:
                assert (command, cli.run(arguments)) == ("reviewer", status), line
        output = "".join(capsys.readouterr())
        assert missing(marked(PAGE, f"prints: {name}").splitlines() if name in told else [], output) == [], name
    assert [name for name in CREATED if not Path(name).stat().st_size] == []


@pytest.mark.usefixtures("folder")
def test_a_row_that_vanished_is_told_as_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    """A row that is taken out of the sheet is kept, and a changed one is reviewed anew."""
    assert cli.run([*FIRST, "--offline", "--store", "x.db"]) == Status.INPUT
    sheet = Path("intake.csv")
    rows = sheet.read_text(encoding="utf-8").splitlines(keepends=True)
    sheet.write_text("".join(row for row in rows if "Tulips" not in row), encoding="utf-8")
    capsys.readouterr()
    assert cli.run([*FIRST, "--offline", "--store", "x.db"]) == Status.INPUT
    assert missing(marked(PAGE, "prints: vanished").splitlines(), capsys.readouterr().err) == []


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("folder")
def test_fallbacks_are_asked_again_as_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows without an answer count as done; only `--retry-fallbacks` asks for them again."""
    monkeypatch.setenv("REVIEWER_ATTEMPTS", "1")
    monkeypatch.setenv("REVIEWER_IN_FLIGHT", "1")
    told = [*FIRST, "--store", "x.db", "--fail-on", "reject"]
    with FakeEndpoint([behaviours.status(503)] * 2, otherwise=behaviours.by_rules()) as fake:
        name_model(monkeypatch, fake)
        served = []
        for more in ([], [], ["--retry-fallbacks"], ["--retry-fallbacks"]):
            assert cli.run([*told, *more]) == Status.INPUT
            served.append(fake.served)
    assert served == [5, 5, 7, 7]


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("folder", "fake")
def test_a_budget_is_gone_on_with_as_the_page_says(fake: FakeEndpoint, capsys: pytest.CaptureFixture[str]) -> None:
    """What the budget had no room for is not reached yet, and the same call reads it without asking twice."""
    assert cli.run([*FIRST, "--store", "x.db", "--max-calls", "1"]) == Status.BUDGET
    assert "4 not reached yet" in capsys.readouterr().err
    assert cli.run([*FIRST, "--store", "x.db"]) == Status.INPUT
    assert "0 not reached yet" in capsys.readouterr().err
    assert fake.served == len(re.findall(r"^UC-", marked(PAGE, "file: intake.csv"), re.MULTILINE)) - 1


def test_the_template_of_the_page_is_one(folder: Path) -> None:
    """The example loads, and each key of a template has its row."""
    assert Template.load(folder / "columns.toml").text_columns == ("Purpose",)
    told = re.findall(r"^\| `(\w+)` \|", section(PAGE, "Columns and templates"), re.MULTILINE)
    assert told == list(Template.model_fields)


def test_each_export_and_each_column_is_told() -> None:
    """Every format has its row, and every column of ours, in their order."""
    assert re.findall(r"^\| `(\w+)` \|", section(PAGE, "Exports"), re.MULTILINE) == list(FORMS)
    columns = section(PAGE, "The columns of CSV and XLSX")
    assert re.findall(r"^\| `([\w ]+)` \|", columns, re.MULTILINE) == [column.value for column in Column]


def test_each_status_of_a_batch_is_one() -> None:
    """The table for gates tells statuses that there are, each once."""
    told = [int(status) for status in re.findall(r"^\| (\d+) \|", section(PAGE, "Gates for CI"), re.MULTILINE)]
    assert set(told) == set(Status) - {Status.UNEXPECTED}
    assert len(told) == len(set(told))


def test_the_example_in_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """It stands on its own, and prints a decision for each row."""
    run(marked(PAGE, "example"), {"__name__": "example"})
    assert capsys.readouterr().out == "UC-1 refer\nUC-2 reject\n"
