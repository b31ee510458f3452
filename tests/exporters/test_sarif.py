"""A run as SARIF 2.1.0, field by field as the standard has it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from reviewer.exporters import sarif
from reviewer.run import Entry
from reviewer.submission import Source, Submission
from reviewer.verdict import Decision, Finding, Quote, Verdict
from tests.exporters import makers

# The properties that the standard's schema has for each object that is written; it allows no others.
KNOWN = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "automationDetails", "columnKind", "invocations", "results"},
    "driver": {"name", "version", "rules"},
    "rule": {"id", "name", "shortDescription", "helpUri", "properties"},
    "invocation": {"executionSuccessful", "startTimeUtc", "endTimeUtc", "toolExecutionNotifications"},
    "notification": {"level", "descriptor", "message", "locations"},
    "result": {
        *("ruleId", "ruleIndex", "kind", "level", "message", "locations", "relatedLocations"),
        *("partialFingerprints", "properties"),
    },
    "location": {"physicalLocation", "logicalLocations"},
    "region": {"charOffset", "charLength", "snippet", "startLine", "startColumn", "endLine", "endColumn"},
}
KINDS = {"notApplicable", "pass", "fail", "review", "open", "informational"}
LEVELS = {"none", "note", "warning", "error"}


def log(*entries: Entry, **changes: object) -> dict[str, Any]:
    """Give the run of the log of some entries."""
    file = makers.Text()
    sarif.write(file, makers.run(**changes), makers.entries(*entries), version="1.2.3")
    whole = json.loads(file.getvalue())
    assert whole.keys() == KNOWN["log"]
    assert (whole["version"], len(whole["runs"])) == ("2.1.0", 1)
    (run,) = whole["runs"]
    assert isinstance(run, dict)
    return run


def plain(text: str, found: tuple[int, int]) -> Entry:
    """Make an entry of a text file in which the rules found these words."""
    verdict = makers.verdict("rejected")
    source = Source(file="plan.txt")
    quote = Quote(text=text[found[0] : found[1]], start=found[0], end=found[1], source=source)
    finding = verdict.findings[0].model_copy(update={"quotes": (quote,)})
    return Entry(1, 0, "plan", Submission(text=text, source=source), with_findings(verdict, finding))


def with_findings(verdict: Verdict, *findings: Finding) -> Verdict:
    """Give the verdict with other findings."""
    return verdict.model_copy(update={"findings": findings})


def test_only_properties_of_the_standard_are_written() -> None:
    """A checker of the official schema, which allows no others, has nothing to object to."""
    run = log(*makers.every_kind(), plain("Faces.\nFaces.", (7, 12)))
    assert run.keys() == KNOWN["run"]
    assert run["tool"].keys() == {"driver"}
    assert run["tool"]["driver"].keys() == KNOWN["driver"]
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["version"]) == ("use-case-reviewer", "1.2.3")
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert result.keys() <= KNOWN["result"]
        assert (result["kind"] in KINDS, result["level"] in LEVELS) == (True, True)
        assert result["message"].keys() == {"text"}
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            assert location.keys() <= KNOWN["location"]
            physical = location.get("physicalLocation", {"artifactLocation": {"uri": ""}})
            assert physical.keys() <= {"artifactLocation", "region"}
            assert physical.get("region", {}).keys() <= KNOWN["region"]


def test_rules_are_clauses_and_results_point_at_them() -> None:
    """Every result names its rule twice, by id and by place, and no rule is there twice."""
    run = log(*makers.every_kind())
    rules = run["tool"]["driver"]["rules"]
    names = [rule["id"] for rule in rules]
    assert len(set(names)) == len(names)
    assert all(rule.keys() <= KNOWN["rule"] for rule in rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    clause = makers.verdict("rejected").findings[0].clause
    rule = rules[names.index(clause.id)]
    assert rule["shortDescription"]["text"] == f"{clause.number}. {clause.title}"
    assert rule["helpUri"] == clause.url
    assert rule["properties"]["standing"] == clause.standing
    assert rule["properties"]["effect"] == "prohibited"


def test_only_a_breach_that_rejects_is_an_error() -> None:
    """As the standard asks, what is no failure has the level none; a failure that only refers warns."""
    rejected = makers.verdict("rejected")
    referred = with_findings(rejected, rejected.findings[0]).model_copy(update={"decision": Decision.REFER})
    run = log(makers.entry(1, "rejected"), makers.entry(2, "tied"), makers.entry(3, verdict=referred))
    told = [(result["kind"], result["level"]) for result in run["results"]]
    assert told == [("fail", "error"), ("review", "none"), ("pass", "none"), ("fail", "warning")]


def test_a_referral_without_findings_is_a_result_too() -> None:
    """What no model has read is open, under a rule of its own."""
    (result,) = log(makers.entry(1, "silent"))["results"]
    assert (result["ruleId"], result["kind"], result["level"]) == ("not_read_by_model", "open", "none")
    assert "no model has read" in result["message"]["text"].lower()


def test_what_was_not_read_is_a_notification() -> None:
    """An error and a row that waits are both told, and the run is not said to have gone well."""
    run = log(makers.entry(1, error="it is locked."), makers.entry(2), makers.entry(3, "approved"))
    (invocation,) = run["invocations"]
    assert invocation.keys() == KNOWN["invocation"]
    assert invocation["executionSuccessful"] is False
    assert invocation["startTimeUtc"] == "2026-11-20T09:30:00Z"
    failed, waiting = invocation["toolExecutionNotifications"]
    assert failed.keys() == KNOWN["notification"]
    assert (failed["level"], failed["message"]["text"]) == ("error", "intake.csv, row 2: it is locked.")
    assert (waiting["descriptor"]["id"], waiting["message"]["text"]) == (
        "not_reached_yet",
        "intake.csv, row 3: Not reached yet.",
    )
    assert log(makers.entry(3, "approved"))["invocations"][0]["executionSuccessful"] is True


def test_an_unfinished_run_is_no_success() -> None:
    """It has no end, and does not claim one."""
    (invocation,) = log(makers.entry(3, "approved"), ended_at=None)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "endTimeUtc" not in invocation


def test_a_quote_in_a_plain_text_has_its_lines_and_offsets() -> None:
    """Code points, lines and columns name the same words, and the words are there, too."""
    text = "\U0001f600 One.\nIt scores faces here."
    start = text.index("scores")
    region = log(plain(text, (start, start + 12)))["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert text[region["charOffset"] :][: region["charLength"]] == region["snippet"]["text"] == "scores faces"
    assert (region["startLine"], region["startColumn"]) == (2, 4)
    assert (region["endLine"], region["endColumn"]) == (2, 16)


@pytest.mark.parametrize(
    "source",
    [
        Source(file="intake.csv", row=3, cell="B3"),
        Source(file="plan.pdf", page=2),
        Source(file="talk.pptx", slide=1, paragraph=2),
        Source(file="plan.docx", paragraph=4),
        Source(file="mail.eml", attachment="plan.txt"),
        Source(file="notes.md", row=2),
    ],
)
def test_no_line_of_another_kind_of_file_is_marked(source: Source) -> None:
    """Where our text is not the file's own, CI marks nothing, and the words stand in the message with their place."""
    entry = plain("Faces.\nFaces.", (7, 12))
    assert entry.verdict
    (found,) = entry.verdict.findings[0].quotes
    moved = entry.verdict.findings[0].model_copy(update={"quotes": (found.model_copy(update={"source": source}),)})
    (result,) = log(replace(entry, verdict=with_findings(entry.verdict, moved)))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"].keys() == {"artifactLocation"}
    assert str(source).endswith(location["logicalLocations"][0]["fullyQualifiedName"])
    assert "\u00abFaces\u00bb" in result["message"]["text"]


@pytest.mark.parametrize("name", ["plan.txt", "PLAN.MD"])
def test_a_paragraph_of_a_plain_text_has_a_region(name: str) -> None:
    """Text and Markdown are read as they stand, so that their lines are the file's own."""
    entry = plain("Faces.\n\nFaces.", (8, 13))
    assert entry.verdict
    finding = entry.verdict.findings[0]
    placed = finding.quotes[0].model_copy(update={"source": Source(file=name, paragraph=2)})
    verdict = with_findings(entry.verdict, finding.model_copy(update={"quotes": (placed,)}))
    (result,) = log(replace(entry, verdict=verdict))["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_a_place_with_several_quotes_is_named_once() -> None:
    """The standard wants each related place once, and quotes of one row share theirs."""
    entry = makers.entry(1, "rejected")
    assert entry.verdict
    finding = entry.verdict.findings[0]
    twice = finding.model_copy(update={"quotes": finding.quotes * 2})
    (result,) = log(replace(entry, verdict=with_findings(entry.verdict, twice)))["results"][:1]
    assert "relatedLocations" not in result


def test_a_place_in_a_sheet_is_named() -> None:
    """File, row and cell stand where a reader of the log looks for them."""
    location = log(makers.entry(1, "rejected"))["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "intake.csv"}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "row 3, cell B3", "kind": "cell"}]


@pytest.mark.parametrize("name", ["Plan Ü #1?.pdf", "a/b c.txt", "100%.md", "/srv/in take.txt"])
def test_a_file_name_becomes_an_address(name: str) -> None:
    """It is percent-encoded, and gives the name again when decoded."""
    entry = makers.entry(1, "approved")
    odd = replace(entry, submission=Submission(text="", source=Source(file=name)), verdict=None)
    (note,) = log(odd)["invocations"][0]["toolExecutionNotifications"]
    address = note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(address).removeprefix("file://") == name
    assert not set(address) & set(' #?"<>')
    assert address.startswith("file:///") == Path(name).is_absolute()


def test_fingerprints_stay_from_run_to_run() -> None:
    """The same text and clause are the same finding in the next run, and two clauses are two."""
    first = [result["partialFingerprints"] for result in log(makers.entry(1, "rejected"))["results"]]
    again = [result["partialFingerprints"] for result in log(makers.entry(5, "rejected"), id=8)["results"]]
    assert first == again
    assert first[0] != first[1]


def test_what_vanished_is_left_out() -> None:
    """A finding on a row that is no more would never go away."""
    run = log(makers.entry(1, "rejected", vanished=True))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_text_without_a_file_still_has_a_place() -> None:
    """A ticket is named as one."""
    ticket = Entry(1, 0, "T-1", Submission(text="x", source=Source(ticket="T-1")), error="it is empty.")
    (note,) = log(ticket)["invocations"][0]["toolExecutionNotifications"]
    assert note["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "ticket T-1", "kind": "ticket"}]}]
