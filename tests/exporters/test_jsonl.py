"""A run as JSON Lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema

from reviewer.exporters import formats, jsonl
from reviewer.exporters.schema import verdict_schema
from reviewer.run import SignOff
from reviewer.verdict import Verdict
from tests.exporters import makers

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.run import Entry


def written(*entries: Entry) -> list[dict[str, Any]]:
    """Give the objects of some entries."""
    file = makers.Text()
    jsonl.write(file, makers.run(), makers.entries(*entries))
    return [json.loads(line) for line in file.getvalue().split("\n")[:-1]]


def test_each_line_has_every_key_that_is_documented() -> None:
    """A program can rely on the keys, whatever came of the entry."""
    keys = {
        "run",
        "number",
        "position",
        "key",
        "id",
        "source",
        "fields",
        "verdict",
        "error",
        "at",
        "sign_offs",
        "vanished",
    }
    lines = written(*makers.every_kind())
    assert all(line.keys() == keys for line in lines)
    assert all(f"`{key}`" in str(jsonl.__doc__) for key in keys)
    assert [line["number"] for line in lines] == list(range(1, 10))
    assert {line["run"] for line in lines} == {3}
    assert [line["vanished"] for line in lines] == [False] * 8 + [True]


def test_the_verdict_is_whole() -> None:
    """It fits the published schema, and is the same verdict when it is read again."""
    line = written(makers.entry(1, "rejected"))[0]
    jsonschema.validate(line["verdict"], verdict_schema())
    assert Verdict.model_validate(line["verdict"]) == makers.verdict("rejected")
    assert line["source"] == {"file": "intake.csv", "row": 2}
    assert line["fields"] == {"Title": "Project 1", "Description": makers.FACES}
    assert line["at"] == "2026-11-20T09:30:00+00:00"


def test_no_verdict_has_a_reason_or_waits() -> None:
    """What could not be read says why; what was not read yet has neither verdict nor error."""
    failed, waiting = written(makers.entry(1, error="it is empty."), makers.entry(2))
    assert (failed["verdict"], failed["error"]) == (None, "it is empty.")
    assert (waiting["verdict"], waiting["error"], waiting["at"]) == (None, None, None)


def test_what_people_decided_is_there_in_full() -> None:
    """Every decision of a person comes back as it was, also one on an earlier verdict."""
    signed = makers.sign_off("another digest")
    (line,) = written(makers.entry(1, "rejected", sign_offs=(signed,)))
    assert [SignOff.model_validate(one) for one in line["sign_offs"]] == [signed]


def test_odd_letters_survive(tmp_path: Path) -> None:
    """Line separators break no line, and half of a surrogate pair is escaped as JSON does it."""
    path = tmp_path / "out.jsonl"
    words = "a\u2028b\nc\ud800d\u0001 \u4f60\U0001f600"
    formats.write(path, makers.run(), makers.entries(makers.with_fields(1, "", ("Title", words))))
    (line,) = path.read_bytes().splitlines()
    assert json.loads(line)["fields"]["Title"] == words
