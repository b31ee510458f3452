"""A run beside what people decided before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.comparing import Comparison, compare, paired, parse_map
from reviewer.errors import SettingsError
from reviewer.exporters import comparison
from reviewer.receipt import WhyNotModel
from reviewer.verdict import Decision
from tests import entries

if TYPE_CHECKING:
    from reviewer.run import Entry

MAP = "Declined=reject, accepted = Approve,Sent  back=refer"


def row(number: int, said: str, decision: str | None, by_rules: WhyNotModel | None = None) -> Entry:
    """Make an entry whose row says what people decided."""
    return entries.entry(number, decision, fields=(("Title", "A bot"), ("Outcome", said)), by_rules=by_rules)


def compared(*rows: Entry) -> Comparison:
    """Compare rows with their column."""
    return compare(paired(rows, "outcome ", parse_map(MAP)))


def test_a_map_is_read_whatever_its_case_and_blanks() -> None:
    """What somebody types from the heads of a sheet is understood."""
    assert parse_map(MAP) == {
        "declined": Decision.REJECT,
        "accepted": Decision.APPROVE,
        "sent back": Decision.REFER,
    }


def test_a_word_may_hold_an_equals_sign() -> None:
    """The decision stands after the last sign, so that no word of a column is out of reach."""
    assert parse_map("risk=high=reject") == {"risk=high": Decision.REJECT}


def test_a_word_may_hold_commas() -> None:
    """A decision never does, so that every word of a column can be said."""
    assert parse_map("Presumed High-Impact, but Not High-impact=reject, a, b =Refer") == {
        "presumed high-impact, but not high-impact": Decision.REJECT,
        "a, b": Decision.REFER,
    }


def test_several_maps_are_one() -> None:
    """Words can be given one by one, and a word that comes again is refused as within one map."""
    assert parse_map("Declined=reject", "Sent back, again=refer") == {
        "declined": Decision.REJECT,
        "sent back, again": Decision.REFER,
    }
    with pytest.raises(SettingsError, match=r"names 'declined' twice"):
        parse_map("Declined=reject", "declined=reject")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Declined=reject,Accepted", "'Accepted'"),
        ("Declined=no", "'Declined=no'"),
        ("=reject", "'=reject'"),
        ("Declined=reject,", "''"),
        ("", "''"),
        ("Declined=reject,declined =approve", "names 'declined' twice"),
        ("Declined=rejct,Accepted=approve", "'Declined=rejct'"),
        ("On hold, again=wait,Accepted=approve", "'On hold, again=wait'"),
        ("Declined=rejected", "'Declined=rejected'"),
    ],
)
def test_a_map_that_cannot_be_meant_is_refused(text: str, named: str) -> None:
    """The piece that is wrong is named, and nothing is guessed."""
    with pytest.raises(SettingsError) as caught:
        parse_map(text)
    assert named in str(caught.value)


def test_what_people_rejected_and_it_approves_is_listed() -> None:
    """The dangerous ones carry row, people's word, decision and the reason of the run."""
    (case,) = compared(row(1, "DECLINED", "approve"), row(2, "Declined", "reject")).let_through
    assert str(case.row) == "#1 (intake.csv, row 1)"
    assert (case.said, case.former, case.decision) == ("DECLINED", Decision.REJECT, Decision.APPROVE)
    assert case.summary == "Why approve."


def test_every_pair_of_decisions_has_its_list_and_cell() -> None:
    """Caught, extra work and what was sent back are told apart, and the table counts all nine pairs."""
    words = {"Declined": Decision.REJECT, "Accepted": Decision.APPROVE, "Sent back": Decision.REFER}
    rows = [row(len(words) * i + j, said, d) for i, said in enumerate(words) for j, d in enumerate(Decision)]
    told = compared(*rows)
    assert told.table == {former: dict.fromkeys(Decision, 1) for former in Decision}
    assert [len(cases) for cases in (told.let_through, told.sent_back, told.caught, told.extra_work)] == [1, 1, 2, 2]
    assert {case.former for case in told.extra_work} == {Decision.APPROVE}
    assert {case.former for case in told.caught} == {Decision.REJECT}


def test_work_saved_and_misses_are_shares_with_intervals() -> None:
    """Each share is of what people decided that way, and says how surely it is known."""
    rows = [row(i, "Accepted", "approve" if i < 30 else "refer") for i in range(40)]
    rows += [row(100 + i, "Declined", "approve" if i < 3 else "reject") for i in range(60)]
    told = compared(*rows)
    assert str(told.saved) == "30 of 40 (75.0 %, 95 % interval 59.8 to 85.8 %)"
    assert str(told.missed) == "3 of 60 (5.0 %, 95 % interval 1.7 to 13.7 %)"
    assert told.compared == 100


def test_what_cannot_be_compared_is_counted_and_nothing_guessed() -> None:
    """Blank cells, unknown words, unread and vanished rows each have their count."""
    told = compared(
        row(1, "  ", "approve"),
        row(2, "Withdrawn", "approve"),
        row(3, "Withdrawn ", "reject"),
        row(4, "On hold", "refer"),
        row(5, "Accepted", None),
        replace(row(6, "Accepted", "approve"), vanished=True),
        entries.entry(7),
    )
    assert told.compared == 0
    assert (told.blank, told.without_verdict, told.vanished) == (2, 1, 1)
    assert told.unmapped == {"Withdrawn": 2, "On hold": 1}
    assert str(told.missed) == "none of 0: nothing can be said"


def test_rules_alone_stand_beside_the_shares() -> None:
    """Rules never approve, so that counting them in would make the misses look fewer than they are."""
    told = compared(
        row(1, "Declined", "approve"), row(2, "Declined", "refer", WhyNotModel.OUTAGE), row(3, "Accepted", "approve")
    )
    assert (told.missed.k, told.missed.n, told.compared, told.by_rules) == (1, 1, 2, 1)
    assert told.rules[Decision.REJECT][Decision.REFER] == 1
    assert [case.row.number for case in told.caught] == [2]


def test_a_column_that_no_row_has_is_named_with_those_there_are() -> None:
    """A slip in the name of the column is no run of blank cells."""
    with pytest.raises(SettingsError, match=r"'Result' to compare with; the columns are 'Outcome', 'Title'\."):
        compare(paired([row(1, "Declined", "reject")], "Result", parse_map(MAP)))


def test_rows_without_columns_are_told_apart() -> None:
    """Documents have no columns, and the message says so."""
    with pytest.raises(SettingsError, match="no row has any columns"):
        compare(paired([entries.entry(1)], "Outcome", parse_map(MAP)))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Declined", "Accepted", "Sent back", "Other", ""]),
            st.sampled_from([None, *Decision]),
            st.sampled_from([None, WhyNotModel.OUTAGE]),
        ),
        max_size=20,
    )
)
def test_every_row_is_counted_once(made: list[tuple[str, Decision | None, WhyNotModel | None]]) -> None:
    """However rows are made up, none is lost and none counted twice."""
    rows = [row(i, said, decision, rules) for i, (said, decision, rules) in enumerate(made)]
    told = compared(row(1000, "", "approve"), *rows)
    skipped = told.blank + sum(told.unmapped.values()) + told.without_verdict + told.vanished
    assert told.compared + told.by_rules + skipped == len(rows) + 1


def test_what_to_look_at_first_stands_first() -> None:
    """For people the dangerous ones come before any share, each with row, people's word and the run's reason."""
    rows = [row(1, "Declined", "approve"), row(2, "Accepted", "approve"), row(3, "Declined", "reject")]
    shown = comparison.as_text(compared(*rows, row(4, "Withdrawn", "refer"), row(5, "", "refer")))
    assert shown.splitlines()[:10] == [
        "Compared with what people decided before: 3 rows that a model read.",
        (
            "What people decided before is no ground truth: where the two differ, either may be right, "
            "and somebody has to look."
        ),
        "",
        "People rejected it, and the run approves it; look at these first: 1",
        "  - #1 (intake.csv, row 1): people said 'Declined', the run says 'No objection'. Why approve.",
        "",
        "How often",
        "  Work saved: of what people approved, the run approves 1 of 1 (100.0 %, 95 % interval 20.7 to 100.0 %).",
        "  Misses: of what people rejected, the run approves 1 of 2 (50.0 %, 95 % interval 9.5 to 90.5 %).",
        "",
    ]
    assert ["people", "rejected", "1", "0", "1"] in [line.split() for line in shown.splitlines()]
    assert shown.endswith(
        "Not compared: 2\n  1 no former decision in the row\n  1 a word that the map does not know\n"
        "  - 'Withdrawn': 1\n"
    )


def test_long_lists_are_cut_but_the_dangerous_one() -> None:
    """Of extra work twenty are shown and the rest counted; what slipped through is shown whole."""
    rows = [row(i, "Accepted", "refer") for i in range(30)] + [row(i, "Declined", "approve") for i in range(100, 130)]
    shown = comparison.as_text(compared(*rows))
    assert shown.count("people said 'Declined'") == 30
    assert shown.count("people said 'Accepted'") == 20
    assert "  ... and 10 more; --format json has them all." in shown


def test_rules_alone_have_a_table_of_their_own() -> None:
    """Whoever ran offline sees what the rules caught, and why there are no shares."""
    rows = [row(1, "Declined", "reject", WhyNotModel.OFFLINE), row(2, "Accepted", "refer", WhyNotModel.OFFLINE)]
    shown = comparison.as_text(compared(*rows))
    assert "Rules alone decided 2 rows; they approve nothing." in shown
    assert ["people", "rejected", "0", "0", "1"] in [line.split() for line in shown.splitlines()]
    assert "People rejected it, and the rules stop it, too: 1" in shown


def test_without_a_model_no_share_is_told() -> None:
    """No zero is taken for a result: the first sentence says that nothing can be said yet."""
    rows = [row(1, "Declined", "reject", WhyNotModel.OFFLINE), row(2, "Accepted", None)]
    shown = comparison.as_text(compared(*rows))
    assert shown.startswith(
        "No model has read any of these rows, and before one has, nothing can be said of work saved"
    )
    assert "of 0" not in shown
    assert "look at these first" not in shown
    assert "How often" not in shown
    assert "Not compared: 1" in shown


def test_rules_beside_a_model_are_left_out_of_the_shares() -> None:
    """Where a model has read some rows, those that rules decided stand in a table of their own, and it says so."""
    rows = [row(1, "Declined", "reject"), *(row(i, "Accepted", "refer", WhyNotModel.OUTAGE) for i in (2, 3))]
    shown = comparison.as_text(compared(*rows))
    assert "Rules alone decided 2 rows; they approve nothing, so the shares above leave them out." in shown


def test_programs_get_the_whole_comparison() -> None:
    """One line of JSON can be read back as a value."""
    told = compared(row(1, "Declined", "approve"), row(2, "Other \u2028", "approve"))
    line = comparison.as_json(told)
    assert line.isascii()
    assert Comparison.model_validate_json(line) == told


def test_a_word_of_a_sheet_cannot_draw_on_a_terminal() -> None:
    """Control characters from a cell are shown by their codes."""
    assert "\x1b" not in comparison.as_text(compared(row(1, "Bad\x1b[2J", "approve"), row(2, "declined", "approve")))
