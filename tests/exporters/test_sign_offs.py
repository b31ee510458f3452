"""What people decided, read back from the spreadsheet that they filled in."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reviewer.errors import InputError, TooLarge, UnreadableDocument
from reviewer.exporters import formats
from reviewer.readers import sign_offs
from reviewer.readers.limits import Limits
from reviewer.run import SignOff
from reviewer.spreadsheet import SHEET
from reviewer.verdict import Decision
from tests.exporters import makers

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.run import Entry

LATER = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
HEAD = "Number,Your decision,Reason,Name,Valid until,Verdict\n"


def exported(path: Path, *entries: Entry) -> Path:
    """Export some entries."""
    formats.write(path, makers.run(), makers.entries(*entries))
    return path


def filled(path: Path, row: int, **answers: object) -> None:
    """Fill in cells of a row of the workbook, as a person does and saves it."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    headings = [cell.value for cell in sheet[1]]
    for name, answer in answers.items():
        sheet.cell(row, headings.index(name.replace("_", " ").capitalize()) + 1).value = answer  # type: ignore[assignment]  # any answer
    book.save(path)


def read(path: Path, limits: Limits | None = None) -> list[tuple[str, SignOff] | InputError]:
    """Read the decisions of a file."""
    return list(sign_offs.read(path, limits or Limits(), now=LATER))


def of_rows(tmp_path: Path, *rows: str) -> list[tuple[str, SignOff] | InputError]:
    """Read the decisions of these rows of CSV."""
    path = tmp_path / "in.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read(path)


def one(given: list[tuple[str, SignOff] | InputError]) -> SignOff:
    """Give the one decision that was read."""
    (answer,) = given
    assert not isinstance(answer, InputError), answer
    return answer[1]


def refusal(given: list[tuple[str, SignOff] | InputError]) -> str:
    """Give the one error that was read."""
    (answer,) = given
    assert isinstance(answer, InputError)
    return str(answer)


def test_a_workbook_comes_back_with_what_people_filled_in(tmp_path: Path) -> None:
    """The number, the words and the date come back, tied to the verdict that the person saw; blank rows do not."""
    path = exported(tmp_path / "out.xlsx", *makers.every_kind()[:3])
    until = datetime(2027, 6, 30)  # noqa: DTZ001  a date as Excel keeps it
    filled(path, 3, your_decision="Approve", reason="A pilot.", name="A reviewer", valid_until=until)
    assert read(path) == [
        (
            "#2",
            SignOff(
                decision=Decision.APPROVE,
                reason="A pilot.",
                name="A reviewer",
                valid_until=date(2027, 6, 30),
                at=LATER,
                review_digest=makers.verdict("rejected").review_digest,
            ),
        )
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_decided_before_comes_back_as_it_was(tmp_path: Path, form: str) -> None:
    """Reading an export back unchanged decides nothing anew: only the time of reading differs."""
    verdict = makers.verdict("rejected")
    signed = makers.sign_off(verdict.review_digest, reason="-5 % risk;\n=fine, \u017b\u00f3\u0142\u0107")
    path = exported(tmp_path / f"out.{form}", makers.entry(12, "rejected", sign_offs=(signed,)))
    assert read(path) == [("#12", signed.model_copy(update={"at": LATER}))]


def test_our_columns_are_told_from_the_inputs_own(tmp_path: Path) -> None:
    """An input that has a column `Name` or a decision of its own is not taken for what a person said."""
    given = [("Your decision", "Declined"), ("Name", "Someone"), ("Reason", "x"), ("Number", "7")]
    path = exported(tmp_path / "out.csv", makers.with_fields(3, "approved", *given))
    assert read(path) == []
    signed = makers.sign_off(makers.verdict("approved").review_digest)
    entry = makers.with_fields(3, "approved", *given)
    entry = makers.entry(3, "approved", submission=entry.submission, sign_offs=(signed,))
    assert one(read(exported(path, entry))).name == "A reviewer"


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("approve", "approve"),
        ("ACCEPTED", "approve"),
        (" Refer ", "refer"),
        ("Declined", "reject"),
        ("Reject", "reject"),
    ],
)
def test_a_few_plain_words_are_understood(tmp_path: Path, word: str, decision: str) -> None:
    """In letters large or small, and with blanks around them."""
    assert one(of_rows(tmp_path, f"#1,{word},Because.,A reviewer,,")).decision == decision


@pytest.mark.parametrize("word", ["yes", "ok", "approve?", "not approved", "1"])
def test_no_other_word_is_guessed_at(tmp_path: Path, word: str) -> None:
    """The error names the row, the word, and what to write."""
    told = refusal(of_rows(tmp_path, f"#1,{word},Because.,A reviewer,,"))
    assert "row 2: " in told
    assert f"{word!r} in the column 'Your decision' is no decision; write Approve, Refer or Reject." in told


@pytest.mark.parametrize(("row", "column"), [("#1,Reject,,A reviewer,,", "Reason"), ("#1,Reject,Because.,,,", "Name")])
def test_a_decision_needs_a_reason_and_a_name(tmp_path: Path, row: str, column: str) -> None:
    """Otherwise it binds nobody, and the error says what to fill in."""
    assert f"has nothing in the column '{column}'; fill it in." in refusal(of_rows(tmp_path, row))


@pytest.mark.parametrize(
    "said", ["2027-12-31", "2027-12-31 00:00:00", "31.12.2027", "31. 12. 2027", "31/12/2027", "12/31/2027"]
)
def test_a_date_that_can_be_one_day_only_is_read(tmp_path: Path, said: str) -> None:
    """As ISO writes it, with points, and with slashes where only one order is possible."""
    assert one(of_rows(tmp_path, f"#1,Approve,Because.,A reviewer,{said},")).valid_until == date(2027, 12, 31)


@pytest.mark.parametrize("said", ["03/04/2027", "31.02.2027", "31.12.27", "next year", "46752", "2027"])
def test_a_date_that_can_be_two_days_or_none_is_refused(tmp_path: Path, said: str) -> None:
    """The error shows what was written, and how to write it."""
    told = refusal(of_rows(tmp_path, f"#1,Approve,Because.,A reviewer,{said},"))
    assert f"{said!r} in the column 'Valid until' is no date that can be told for sure" in told
    assert told.endswith("write it as 2027-12-31.")


def test_the_same_day_and_month_can_be_read_either_way(tmp_path: Path) -> None:
    """Both ways give the same day."""
    assert one(of_rows(tmp_path, "#1,Approve,Because.,A reviewer,04/04/2027,")).valid_until == date(2027, 4, 4)


def test_one_bad_row_never_stops_the_others(tmp_path: Path) -> None:
    """Each bad row has its error in its place."""
    given = of_rows(tmp_path, "#1,Approve,Because.,A,,", "x,Approve,Because.,A,,", "3,Refer,Because.,A,,abc")
    assert [answer[0] if isinstance(answer, tuple) else str(answer) for answer in given][::2] == ["#1", "#3"]
    assert "row 3: 'x' in the column 'Number' is no number of an entry" in str(given[1])
    assert isinstance(given[2], tuple)
    assert given[2][1].review_digest == "abc"


def test_two_decisions_on_one_entry_are_told(tmp_path: Path) -> None:
    """The first stands and the error names it; the same decision twice is one."""
    given = of_rows(tmp_path, "#1,Approve,Because.,A,,", "#1,Approve,Because.,A,,", "#1,Reject,Because.,A,,")
    assert len(given) == 2
    assert "row 4: #1 was decided otherwise in row 2, which stands" in str(given[1])


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "windows-1252"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_a_csv_that_excel_saved_again_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """With the delimiter and the encoding of the country."""
    verdict = makers.verdict("rejected")
    signed = makers.sign_off(verdict.review_digest, reason="-5 % f\u00fcr M\u00fcller")
    path = exported(tmp_path / "out.csv", makers.entry(12, "rejected", sign_offs=(signed,)))
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))
    assert one(read(path)).reason == "-5 % f\u00fcr M\u00fcller"


def test_a_title_above_the_header_does_no_harm(tmp_path: Path) -> None:
    """People put one there."""
    path = exported(tmp_path / "out.xlsx", makers.entry(1, "rejected"))
    filled(path, 2, your_decision="Refer", reason="Ask.", name="A reviewer")
    book = openpyxl.load_workbook(path)
    book[SHEET].insert_rows(1, 2)
    book[SHEET]["A1"].value = "Autumn"
    book.save(path)
    assert one(read(path)).decision is Decision.REFER


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    """The error names the columns that it must have."""
    path = tmp_path / "in.csv"
    path.write_text("Title,Outcome\nA,B\n", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="'Number', 'Your decision', 'Reason', 'Name'; take the file that was"):
        read(path)


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (b"%PDF-1.7 x", "save it as one of them"),
        (b"PK\x03\x04 cut off", "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as one of them"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, data: bytes, cure: str) -> None:
    """Another format, a damaged or a locked workbook have their sentence."""
    path = tmp_path / "in.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=cure):
        read(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A mistyped name is an error of the input."""
    with pytest.raises(UnreadableDocument, match=r"gone\.csv: cannot be read: no such file"):
        read(tmp_path / "gone.csv")


def test_limits_hold(tmp_path: Path) -> None:
    """A workbook over the limit in bytes, and a file over the limit in rows, are refused by name."""
    path = exported(tmp_path / "out.xlsx", makers.entry(1, "rejected"))
    with pytest.raises(TooLarge, match="max_bytes"):
        read(path, Limits(max_bytes=100))
    path = exported(tmp_path / "out.csv", *makers.every_kind())
    with pytest.raises(TooLarge, match="max_rows"):
        read(path, Limits(max_rows=3))


def test_the_column_of_the_verdict_may_be_gone(tmp_path: Path) -> None:
    """The decision then stands for no verdict in particular."""
    path = tmp_path / "in.csv"
    path.write_text("Number,Your decision,Reason,Name\n#1,Refer,Because.,A reviewer\n", encoding="utf-8")
    signed = one(read(path))
    assert (signed.review_digest, signed.valid_until) == (None, None)


@pytest.mark.parametrize("error", ["#VALUE!", "#N/A", "#REF!", "#NAME?", "#DIV/0!"])
@pytest.mark.parametrize("column", ["Your decision", "Reason", "Name"])
def test_an_error_of_excel_is_no_answer(tmp_path: Path, error: str, column: str) -> None:
    """A broken formula decides nothing and names nobody; the error names the row and the column."""
    said = {"Your decision": "Approve", "Reason": "Because.", "Name": "A reviewer"} | {column: error}
    told = refusal(of_rows(tmp_path, f"#1,{','.join(said.values())},,"))
    assert f"row 2: {error!r} in the column {column!r} is an error of Excel; write what is meant in its place." in told


def test_a_decision_that_holds_no_longer_is_refused(tmp_path: Path) -> None:
    """A year that was mistyped would lift the decision at once; today still counts."""
    told = refusal(of_rows(tmp_path, "#1,Approve,Because.,A reviewer,2026-11-20,"))
    assert "row 2: '2026-11-20' in the column 'Valid until' lies in the past; write 2026-11-21 or a later day" in told
    assert one(of_rows(tmp_path, "#1,Approve,Because.,A reviewer,2026-11-21,")).valid_until == LATER.date()
