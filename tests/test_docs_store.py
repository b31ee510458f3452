"""The page on the store tells its tables, what is kept, and the commands that forget."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reviewer import Settings, Store, cli
from reviewer.cli.stores import VARIABLE
from reviewer.readers.intake import Intake
from reviewer.store.keep import Keep
from reviewer.store.schema import metadata
from tests.pages import blocks, marked, page, section

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/store.md"


def test_each_table_has_its_row() -> None:
    """Every table of the database is told, and none that is not there."""
    told = re.findall(r"^\| `(\w+)` \|", section(PAGE, "What is in it"), re.MULTILINE)
    assert len(told) == len(set(told))
    assert set(told) == set(metadata.tables)


def test_each_choice_of_what_is_kept_has_its_row() -> None:
    """The words of `store_text` are those of the store, and the default is marked."""
    told = re.findall(r"^\| `(\w+)`(, the default)? \|", section(PAGE, "What is kept"), re.MULTILINE)
    assert {word for word, _ in told} - {"store_text"} == set(Keep)
    assert [word for word, default in told if default] == [Settings().store_text]


def test_the_variable_is_told() -> None:
    """The page names the variable that commands read."""
    assert f"`{VARIABLE}`" in section(PAGE, "Where it is")


@pytest.mark.parametrize("kept", Keep)
def test_what_is_kept_is_what_the_table_says(kept: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts and columns stay with `full` alone, and quotes with all but `none`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "intake.csv").write_text(marked("docs/batch.md", "file: intake.csv"), encoding="utf-8")
    monkeypatch.setenv("REVIEWER_STORE_TEXT", kept)
    cli.run(["batch", "intake.csv", "--text-column", "Purpose", "--store", "x.db", "--offline"])
    with Store.open("x.db") as store:
        (entry,) = (entry for entry in store.entries(store.run().id) if entry.submission.id == "UC-2")
        assert (store.replies is None) == (kept is Keep.NONE)
    assert entry.verdict is not None
    assert bool(entry.submission.text) == bool(entry.submission.fields) == (kept is Keep.FULL)
    quotes = [quote for finding in entry.verdict.findings for quote in finding.quotes]
    assert {bool(quote.text) for quote in quotes} == {kept is not Keep.NONE}
    assert all(quote.start is not None for quote in quotes)
    assert entry.key == "intake.csv#UC-2"


def test_the_purges_of_the_page_forget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command does what it says, and an unknown run or store is no success."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "intake.csv").write_text(marked("docs/batch.md", "file: intake.csv"), encoding="utf-8")
    cli.run(["batch", "intake.csv", "--store", "intake.db", "--offline", "--run", "q3"])
    count = sum(1 for _ in Intake(["intake.csv"]).submissions())
    capsys.readouterr()
    (commands,) = (block for block in blocks(PAGE, "sh") if "purge" in block)
    for line, gone in zip(commands.splitlines(), (1, 0, count - 1), strict=True):
        _, *arguments = line.split()
        assert cli.run([*arguments, *([] if "--yes" in arguments else ["--yes"])]) == 0
        assert f"Forgotten: {gone} row" in capsys.readouterr().out
    with Store.open("intake.db") as store:
        assert store.runs() == ()


def test_the_page_says_what_postgresql_needs() -> None:
    """The extra is named as it is installed."""
    assert "`pip install 'use-case-reviewer[postgres]'`" in page(PAGE)
