"""Labelled cases: what a line may say, and how a wrong one is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer import trial
from reviewer.errors import InputError
from reviewer.labelled import Half, Labelled, parse
from reviewer.verdict import Decision

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "descriptions"


def line(**keys: object) -> str:
    """Write a case that says as much as it must, but for what the test says."""
    row = {"id": "one", "text": "A text.", "expect": []} | keys
    return json.dumps({key: value for key, value in row.items() if value != "absent"})


def one(text: str) -> Labelled:
    """Read the only case of a line."""
    ((_, case),) = parse([text], "cases.jsonl")
    return case


def test_a_case_says_what_it_says() -> None:
    """Every key of a line reaches the value, and what is left out has its default."""
    case = one(line(kind="breach", language="fr", expect=["a", "b"], bar=["c"], decision="reject", policy="house@1"))
    assert (case.kind, case.language, case.expect, case.bar) == ("breach", "fr", ("a", "b"), ("c",))
    assert (case.decision, case.policy) == (Decision.REJECT, "house@1")
    assert (one(line()).kind, one(line(expect="absent", decision="refer")).expect) == ("case", None)


def test_the_shipped_descriptions_load_as_they_are() -> None:
    """The maintainers' own labelled texts are cases, too."""
    cases = trial.load([FIXTURES / "develop-more-5.jsonl", FIXTURES / "develop-clean.jsonl"])
    assert len(cases) > 100
    assert any(case.warning for case in cases)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "this line is no JSON"),
        ("[" * 100_000, "this line is no JSON"),
        ("[1]", "holds [1] and no object"),
        (line(id="absent"), "'id' is missing; give a text that no other case has."),
        (line(id=5), "'id' is or holds 5; give a text"),
        (line(text=" "), "'text' is blank; give the words"),
        (line(expect="a"), "'expect' is or holds 'a'; give a list of clause ids"),
        (line(expect=["a", 7]), "'expect' is or holds 7; give a list of clause ids"),
        (line(decision="maybe"), "'decision' is or holds 'maybe'; write approve, refer or reject."),
        (line(expects=["a"]), "'expects' is no key of a case; the keys are id, text, kind"),
        (line(expect="absent"), "'expect' is missing, and so is 'decision'"),
        (line(expect=["a"], bar=["a"]), "'bar' names 'a', which is expected or allowed, too"),
        (line(warning="odd"), "'warning' is or holds 'odd'; give the reason"),
    ],
)
def test_a_wrong_row_is_told_with_file_line_key_and_cure(text: str, told: str) -> None:
    """One error says where the row stands and what to do."""
    with pytest.raises(InputError) as error:
        list(parse(["", line(), text], "cases.jsonl"))
    assert str(error.value).startswith("cases.jsonl, line 3: ")
    assert told in str(error.value)


def test_an_id_stands_once_in_all_files(tmp_path: Path) -> None:
    """A second case of the same id is told with the place of the first."""
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for file in files:
        file.write_text(line(), encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.jsonl, line 1: 'id' is 'one', as in .*a\.jsonl, line 1; give each"):
        trial.load(files)


def test_a_mark_of_byte_order_and_odd_separators_do_no_harm(tmp_path: Path) -> None:
    """Files as Windows writes them are read, and a line separator within a text ends no line."""
    file = tmp_path / "cases.jsonl"
    file.write_text("\ufeff" + json.dumps({"id": "1", "text": "a\u2028b", "expect": []}, ensure_ascii=False) + "\r\n")
    assert trial.load([file])[0].text == "a\u2028b"


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """A missing file, one in another encoding and one without a case each have their sentence."""
    file = tmp_path / "cases.jsonl"
    with pytest.raises(InputError, match="cannot be read"):
        trial.load([file])
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="save the file as UTF-8"):
        trial.load([file])
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="there is no case in it"):
        trial.load([file])


def test_halves_are_made_by_the_digest_of_the_id(tmp_path: Path) -> None:
    """Whether the first hexadecimal digit of the id's SHA-256 is even tells the half, and the halves are the whole."""
    # SHA-256 of "a" begins with c, of "b" with 3, as `printf a | sha256sum` tells.
    assert one(line(id="a")).half is Half.DEVELOP
    assert one(line(id="b")).half is Half.SCORE
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(line(id=f"case {number}") for number in range(40)), encoding="utf-8")
    halves = [{case.id for case in trial.load([file], half)} for half in Half]
    assert all(halves)
    assert halves[0].isdisjoint(halves[1])
    assert len(halves[0] | halves[1]) == 40
