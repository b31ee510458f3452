"""What an operator may tell of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.errors import SettingsError
from reviewer.readers.sheets import Template

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, text: str) -> Template:
    """Load a template of this text."""
    path = folder / "intake.toml"
    path.write_text(text, encoding="utf-8")
    return Template.load(path)


def test_a_template_is_loaded(tmp_path: Path) -> None:
    """Every key has its place in the table."""
    text = '[sheet]\ntext_columns = ["Purpose", "C"]\nid_column = "ID"\nsheets = ["Q3"]\nheader_row = 3\n'
    expected = Template(text_columns=("Purpose", "C"), id_column="ID", sheets=("Q3",), header_row=3)
    assert load(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[sheet]\ntext_column = "A"\n', r"intake\.toml: 'sheet\.text_column' is no key"),
        ('[sheet]\ntext_columns = "A"\n', r"intake\.toml: 'sheet\.text_columns' is 'A'"),
        ("[sheet]\nheader_row = -1\n", r"intake\.toml: 'sheet\.header_row' is -1"),
        ('[other]\nkey = "A"\n', r"intake\.toml: 'other' is no key"),
        ("", r"intake\.toml: the table '\[sheet\]' is missing"),
        ("[sheet", r"intake\.toml' cannot be read"),
        ("sheet = 3\n", r"intake\.toml: 'sheet' is 3"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_key(tmp_path: Path, text: str, told: str) -> None:
    """The person who wrote it finds the place."""
    with pytest.raises(SettingsError, match=told):
        load(tmp_path, text)


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    """It is the operator's error, not the submitter's."""
    with pytest.raises(SettingsError, match=r"gone\.toml' cannot be read: No such file"):
        Template.load(tmp_path / "gone.toml")
