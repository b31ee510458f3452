"""A run as JUnit XML, read back by a parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from defusedxml import ElementTree

from reviewer.exporters import junit
from reviewer.exporters.outline import quoted
from reviewer.submission import Source, Submission
from reviewer.verdict import Decision
from tests.exporters import makers

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from reviewer.run import Entry


def suite(*entries: Entry, fail_on: Decision = Decision.REJECT) -> Element:
    """Give the suite of some entries."""
    file = makers.Text()
    junit.write(file, makers.run(), makers.entries(*entries), fail_on=fail_on)
    root: Element = ElementTree.fromstring(file.getvalue().encode())
    (one,) = root
    assert root.get("tests") == one.get("tests")
    return one


def outcomes(one: Element) -> list[str]:
    """Name what came of each case."""
    return [child[0].tag if len(child) else "green" for child in one]


def test_every_submission_is_a_case_with_its_outcome() -> None:
    """Only approvals are green; the counts are those of the cases, and what vanished is left out."""
    one = suite(*makers.every_kind())
    assert outcomes(one) == [
        *("green", "failure", "failure", "system-out"),
        *("error", "skipped", "skipped", "skipped"),
    ]
    counts = {name: one.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "8", "failures": "2", "errors": "1", "skipped": "3"}
    assert (one[0].get("classname"), one[0].get("name")) == ("intake.csv", "UC-1")
    assert one.get("timestamp") == "2026-11-20T09:30:00"


def test_a_failure_tells_clause_words_and_remedy() -> None:
    """Whoever sees the build fail needs nothing else to know why."""
    verdict = makers.verdict("rejected")
    failure = suite(makers.entry(1, "rejected"))[0][0]
    assert (failure.get("type"), failure.get("message")) == ("reject", f"Reject: {verdict.summary}")
    finding = verdict.findings[0]
    assert f"{finding.clause.title} [{finding.clause.id}]" in str(failure.text)
    assert quoted(finding.quotes[0]) in str(failure.text)
    assert f"What would change it: {finding.remedy}" in str(failure.text)


def test_the_caller_chooses_whether_a_referral_fails() -> None:
    """By default it is skipped with its reason; a stricter gate makes it a failure of its own type."""
    entries = [makers.entry(1, "referred"), makers.entry(2, "approved"), makers.entry(3, "rejected")]
    mild, strict = suite(*entries), suite(*entries, fail_on=Decision.REFER)
    assert outcomes(mild) == ["skipped", "green", "failure"]
    assert str(mild[0][0].get("message")).startswith("Refer to a person: ")
    assert "Question: " in str(mild[0][0].text)
    assert outcomes(strict) == ["failure", "green", "failure"]
    assert [strict[0][0].get("type"), strict[2][0].get("type")] == ["refer", "reject"]


def test_an_error_and_a_wait_say_what_they_are() -> None:
    """What could not be read says why, and what was not reached yet is no failure."""
    one = suite(makers.entry(1, error="it is locked."), makers.entry(2))
    assert (one[0][0].get("message"), one[0][0].get("type")) == ("it is locked.", "unreadable")
    assert one[1][0].get("message") == "Not reached yet."


def test_conditions_of_an_approval_are_kept() -> None:
    """A green case says what it is tied to."""
    assert suite(makers.entry(1, "tied"))[0][0].text == f"Condition: {makers.CONDITION}"


def test_nothing_in_a_text_can_break_the_file() -> None:
    """Markup, quotes, control characters, and half letters are text or go."""
    entry = makers.entry(1, key='a"<b>&\x00\n\ud800\ufffe', error="]]> <x y='1'> \x0b \U0001f600")
    submission = Submission(text="", source=Source(file='x<"&.csv'))
    case = suite(replace(entry, submission=submission))[0]
    assert case.get("name") == 'a"<b>&<U+0000> <U+D800><U+FFFE>'
    assert case.get("classname") == 'x<"&.csv'
    assert "]]> <x y='1'>" in str(case[0].get("message"))
    verdict = makers.verdict("rejected")
    finding = verdict.findings[0].model_copy(update={"remedy": "a\x01b</failure>\ud800"})
    failure = suite(makers.entry(2, verdict=verdict.model_copy(update={"findings": (finding,)})))[0][0]
    assert "ab</failure>" in str(failure.text)


def test_an_empty_run_is_an_empty_suite() -> None:
    """It is well-formed, and has no cases."""
    assert suite().get("tests") == "0"
