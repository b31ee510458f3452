"""JSON and JSONL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reviewer.errors import UnreadableDocument
from reviewer.readers.formats import Format
from reviewer.readers.limits import Limits
from reviewer.readers.sheets import Template
from reviewer.submission import RemarkKind, Source, Submission
from tests.readers.sheets.making import PROSE, broken, only, opened, read, texts

if TYPE_CHECKING:
    from pathlib import Path

TEXT = f"purpose\n{PROSE}"


def test_an_array_of_objects(tmp_path: Path) -> None:
    """Each object is a row, called by its position, and its keys are the labels."""
    row = only(read(tmp_path, json.dumps([{"id": 7, "purpose": PROSE, "cost": 3.0, "live": True}]), Format.JSON))
    assert (row.id, row.text) == ("7", f"{TEXT}\n\nlive\nTRUE")
    assert row.fields == (("id", "7"), ("purpose", PROSE), ("cost", "3"), ("live", "TRUE"))
    assert row.place(len(TEXT) - 1) == Source(file="intake.json", row=1, label="purpose")


def test_the_biggest_array_in_an_object(tmp_path: Path) -> None:
    """Registers wrap their rows with counts and sources, and rows have arrays of their own."""
    rows = [{"purpose": PROSE, "tags": [{"a": 1}, {"a": 2}]}] * 3
    data = {"count": 3, "sources": [{"url": "x"}], "data": {"items": rows}, "other": [1, 2, 3, 4, 5]}
    assert texts(read(tmp_path, json.dumps(data), Format.JSON)) == [TEXT] * 3


def test_nested_values_are_flattened(tmp_path: Path) -> None:
    """Lists are joined, and objects have their keys with a dot."""
    data = [{"purpose": PROSE, "owner": {"name": "Ops", "tags": ["a", "b"]}, "parts": [{"x": 1, "y": None}], "z": None}]
    fields = dict(only(read(tmp_path, json.dumps(data), Format.JSON)).fields)
    assert fields == {"purpose": PROSE, "owner.name": "Ops", "owner.tags": "a; b", "parts": "x: 1", "z": ""}


def test_columns_of_json_have_no_letters(tmp_path: Path) -> None:
    """A letter there names nothing."""
    with pytest.raises(UnreadableDocument, match="no column 'A'"):
        opened(tmp_path, json.dumps([{"purpose": PROSE}]), Format.JSON, Template(text_columns=("A",)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_json_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    """As programs on Windows save it."""
    data = json.dumps([{"purpose": f"{PROSE} in K\u00f6ln"}], ensure_ascii=False).encode(encoding)
    assert texts(read(tmp_path, data, Format.JSON)) == [f"{TEXT} in K\u00f6ln"]


def test_json_that_breaks_off(tmp_path: Path) -> None:
    """What came before is read, and the place is named."""
    whole = json.dumps([{"purpose": PROSE}] * 3)
    rows = read(tmp_path, whole[: whole.rindex("{") + 5], Format.JSON)
    assert texts(rows) == [TEXT, TEXT, "UnreadableDocument"]
    assert "row 3: the JSON breaks off here" in str(rows[2])


@pytest.mark.parametrize("data", ["{", "nothing", '{"a": 1}', '{"a": [1, 2]}', "[1"])
def test_no_rows_in_json(tmp_path: Path, data: str) -> None:
    """What holds no array of objects is refused as a whole."""
    with pytest.raises(UnreadableDocument):
        opened(tmp_path, data, Format.JSON)


def test_an_element_that_is_no_object(tmp_path: Path) -> None:
    """It is an error in its place, and the rest is read."""
    assert texts(read(tmp_path, json.dumps([{"purpose": PROSE}, 5, {"purpose": PROSE}]), Format.JSON)) == [
        TEXT,
        "UnreadableDocument",
        TEXT,
    ]


def test_broken_lines_of_jsonl_stand_in_their_place(tmp_path: Path) -> None:
    """A line is a row, blank ones are passed over, and the rest goes on."""
    line = json.dumps({"id": "x", "purpose": PROSE})
    rows = read(tmp_path, f"{line}\n\n{{broken\n[1]\n{line}\n", Format.JSONL)
    assert texts(rows) == [TEXT, "UnreadableDocument", "UnreadableDocument", TEXT]
    assert "row 3: it is no JSON" in str(rows[1])
    error = broken(rows[1])
    assert error.about is not None
    assert error.about.source.row == 3
    last = rows[3]
    assert isinstance(last, Submission)
    assert last.source.row == 5


def test_deep_nesting_costs_one_line(tmp_path: Path) -> None:
    """A line made to exhaust the stack is refused like any broken one."""
    line = json.dumps({"purpose": PROSE})
    deep = '{"a":' * 5_000 + "1" + "}" * 5_000
    rows = read(tmp_path, f"{line}\n{deep}\n{line}\n", Format.JSONL)
    assert texts(rows) == [TEXT, "UnreadableDocument", TEXT]


def test_deep_nesting_in_an_array_takes_no_time(tmp_path: Path) -> None:
    """The file is refused at once; the library alone would take half a minute."""
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    with pytest.raises(UnreadableDocument, match="nested too deeply"):
        opened(tmp_path, f'[{{"purpose": "{PROSE}"}}, {deep}]', Format.JSON)


def test_lines_of_json_by_the_wrong_name(tmp_path: Path) -> None:
    """The message says how to name the file."""
    with pytest.raises(UnreadableDocument, match=r"name it \.jsonl if each line is one"):
        opened(tmp_path, '{"purpose": "x"}\n{"purpose": "y"}\n', Format.JSON)


def test_a_line_over_the_limit(tmp_path: Path) -> None:
    """It is not held in memory, and the next line is read."""
    line = json.dumps({"purpose": PROSE})
    rows = read(
        tmp_path, f'{line}\n{{"purpose": "{"word " * 1000}"}}\n{line}\n', Format.JSONL, None, Limits(max_characters=200)
    )
    assert texts(rows) == [TEXT, "TooLarge", TEXT]


def test_half_of_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    """JSON may hold one, and no store can."""
    row = only(read(tmp_path, '{"purpose": "' + PROSE + ' \\ud83d now"}', Format.JSONL))
    assert row.text == f"{TEXT} \ufffd now"


def test_a_key_that_comes_late_is_kept_and_bars_an_approval(tmp_path: Path) -> None:
    """Columns are known from the first thousand rows; what comes up later was not read, and that is said."""
    lines = [json.dumps({"purpose": f"{PROSE} {number}"}) for number in range(1_001)]
    lines.append(json.dumps({"purpose": PROSE, "details": "To score people"}))
    last = read(tmp_path, "\n".join(lines), Format.JSONL)[-1]
    assert isinstance(last, Submission)
    assert last.fields[-1] == ("details", "To score people")
    assert [remark.kind for remark in last.remarks] == [RemarkKind.UNREAD]


def test_an_array_nested_too_deep_to_be_shown_is_refused(tmp_path: Path) -> None:
    """The message shows what stands in the place of an object, but not all of it."""
    deep = "[" * 4_000 + "]" * 4_000
    rows = read(tmp_path, f'[{{"purpose": "{PROSE}"}}, {deep}, {{"purpose": "{PROSE}"}}]', Format.JSON)
    assert texts(rows) == [TEXT, "UnreadableDocument", TEXT]


@pytest.mark.parametrize("form", [Format.JSON, Format.JSONL])
@pytest.mark.parametrize("record", ['{"purpose": "A.", "purpose": "%s"}', '{"pur.pose": "A.", "pur": {"pose": "%s"}}'])
def test_a_key_that_comes_twice_loses_nothing(tmp_path: Path, form: Format, record: str) -> None:
    """Libraries keep the last value alone, so that a person and a program might read two texts."""
    line = record % PROSE
    found = only(read(tmp_path, f"[{line}]" if form is Format.JSON else line, form))
    assert found.text.endswith(f"\nA.; {PROSE}")


def test_an_array_that_is_not_read_is_named(tmp_path: Path) -> None:
    """Of several, only the longest is read."""
    data = json.dumps({"open": [{"purpose": PROSE}], "closed": [{"purpose": PROSE}] * 2, "pages": [1, 2, 3]})
    (table,) = opened(tmp_path, data, Format.JSON).look().tables
    assert (table.rows, table.notes) == (2, ("The array 'open' was not read: another one is longer.",))
