"""What most rows share is the form's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer.readers.sheets import sharing
from tests.readers.sheets.making import delimited, opened

if TYPE_CHECKING:
    from pathlib import Path

LINE = "Tell whether people are scored or ranked."


def rows(count: int, cell: str = "{line}\n\n  We count trains of kind {at}.") -> list[tuple[str, ...]]:
    """Make rows of one column."""
    return [(cell.format(line=LINE, at=at),) for at in range(count)]


def shared(cells: list[tuple[str, ...]]) -> set[str]:
    """Give the lines that are shared in the one column."""
    return set(sharing.shared(cells, [0]).get(0, ()))


def test_an_instruction_left_standing_is_the_forms_own(tmp_path: Path) -> None:
    """The answer below it is the project's, and the text is as it was."""
    cells = [("Purpose", "Stage"), *((cell, "Pilot") for (cell,) in rows(20))]
    sheet = opened(tmp_path, delimited(*cells))
    first = next(sheet.submissions())
    assert not isinstance(first, Exception)
    assert first.text == f"Purpose\n{LINE}\n\n  We count trains of kind 0."
    assert [first.text[start:end] for start, end in first.own_words] == ["Purpose", LINE]
    assert sheet.look().tables[0].shared == (LINE,)


def test_fewer_than_twenty_rows_show_no_form() -> None:
    """Too few to tell."""
    assert shared(rows(19)) == set()


def test_a_whole_cell_that_rows_share_is_an_answer() -> None:
    """Nothing that somebody may have answered is taken from the review."""
    assert shared([*rows(20, "{line}"), *rows(30, "We count {at}.")]) == set()


def test_rows_that_are_equal_count_once() -> None:
    """Copies of one proposal make no form."""
    assert shared([*rows(1) * 100, *rows(30, "We count trains {at}.")]) == set()


def test_cells_that_differ_in_nothing_else_are_one_answer() -> None:
    """Other columns do not make it a form."""
    cells = [(f"{LINE}\nYes.", str(at)) for at in range(40)]
    assert sharing.shared(cells, [0, 1]) == {}


def test_short_lines_are_not_taken() -> None:
    """A `Yes` on a line of its own says nothing of a form."""
    assert shared(rows(40, "Yes, we do.\nWe count trains of kind {at}.")) == set()


def test_less_than_half_is_not_most() -> None:
    """The line must stand in at least half of the rows."""
    assert shared([*rows(19), *rows(21, "Nothing.\nWe count vans {at}.")]) == set()
    assert shared([*rows(21), *rows(19, "Nothing.\nWe count vans {at}.")]) == {LINE}


@pytest.mark.parametrize("cell", [f"{LINE}\r\n", f"a\n{LINE}\n \nb\nc", f"  {LINE}", f"a\n{LINE}\n{LINE}"])
def test_a_cell_is_cut_to_the_letter(cell: str) -> None:
    """Gaps and stretches together are the cell, without the blanks at its end."""
    pieces = list(sharing.parted(cell, frozenset({LINE})))
    assert "".join(gap + stretch for gap, stretch, _ in pieces) == cell.rstrip()
    assert all(LINE in stretch for _, stretch, own in pieces if own)
