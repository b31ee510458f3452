"""All policies that a text was reviewed under, and how an organisation's own differs, in every report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reviewer import changes, loading, wording
from reviewer.cli import run as command
from reviewer.exporters import csv as table
from reviewer.exporters import difference, html, markdown, overview, record
from reviewer.exporters.html import words
from reviewer.policy import Confirmation, Deviates, Deviation, Standing
from reviewer.reviewer import Reviewer
from reviewer.verdict import PolicyRef
from tests.exporters import makers, pages
from tests.exporters.overlaid import (
    FORMATS,
    GOOGLE,
    REASON,
    TITLE,
    WHO,
    Told,
    book,
    results,
    reviewed,
    row,
    streamed,
    suite,
)


@pytest.fixture(name="told", scope="module")
def _told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Review a text under both policies."""
    return reviewed(tmp_path_factory.mktemp("policies") / "acme.toml")


@pytest.mark.parametrize("form", FORMATS)
def test_every_report_tells_all_policies_and_deviations(told: Told, form: str) -> None:
    """Whoever reads one report alone sees both policies, what was switched off, why, and who answers for it."""
    said = " ".join(FORMATS[form](told).split())
    policies = (TITLE, "2026-11", GOOGLE, "2024-12-17", "microsoft-ai-services@4.0")
    assert [part for part in (*policies, REASON, WHO, "met by our platform") if part not in said] == []


@pytest.mark.parametrize("form", ["terminal", "markdown", "record", "html", "overview", "csv", "xlsx", "junit"])
def test_every_deviation_is_a_sentence(told: Told, form: str) -> None:
    """Where people read, the kind of the deviation and its last day are said in words."""
    said = " ".join(FORMATS[form](told).split())
    assert f"clause social-scoring is switched off: {REASON} ({WHO})" in said
    assert "clause security-controls is answered for every project until 2999-12-31: met by our platform" in said


@pytest.mark.parametrize("form", ["terminal", "markdown", "record", "record.md", "csv"])
def test_each_finding_says_whose_clause_it_is(told: Told, form: str) -> None:
    """Under several policies, the name and the version of each stand beside its clauses."""
    said = " ".join(FORMATS[form](told).split())
    assert "acme-ai 2026-11" in said
    assert "google-genai 2024-12-17" in said


@pytest.mark.parametrize("form", ["overview", "html", "xlsx"])
def test_counts_keep_the_clauses_of_two_policies_apart(told: Told, form: str) -> None:
    """A clause with the same id in both policies is counted twice, each under its own."""
    found = told.verdict.findings[0]
    other = {"clause": found.clause.model_copy(update={"policy": "google-genai", "version": "2024-12-17"})}
    twin = told.verdict.model_copy(update={"findings": (found, found.model_copy(update=other))})
    said = FORMATS[form](replace(told, entry=replace(told.entry, verdict=twin)))
    beside = ["(acme-ai 2026-11)", "(google-genai 2024-12-17)"]
    ids = [f"[acme-ai@2026-11/{found.clause.id}]", f"[google-genai@2024-12-17/{found.clause.id}]"]
    assert [part for part in (beside if form == "html" else ids) if part not in said] == []


def test_the_page_filters_by_the_clause_of_one_policy(told: Told) -> None:
    """What a row, the filter and the bars call a clause is the same name, and names its policy."""
    page = streamed(html.write, told)
    hit = pages.data(page, "rows")["rows"][0]["clauses"]
    assert len(hit) > len({name.split("@")[0] for name in hit}) == 2
    assert set(hit) == set(pages.select(page, "//select[@id='clause']/option/@value")) - {""}
    linked = pages.select(page, "//section[@aria-labelledby='hit']//a/@href")
    assert {link.partition("=")[2].replace("%40", "@") for link in linked} == set(hit)


def test_rules_of_sarif_are_unique_over_policies(told: Told) -> None:
    """Two policies with a clause of the same id give two rules, each named by its policy, and results find theirs."""
    found = told.verdict.findings[0]
    other = {"clause": found.clause.model_copy(update={"policy": "google-genai", "version": "2024-12-17"})}
    twin = told.verdict.model_copy(update={"findings": (found, found.model_copy(update=other))})
    run = results(replace(told, entry=replace(told.entry, verdict=twin)))
    rules = run["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in rules]
    assert ids[:2] == [f"acme-ai@2026-11/{found.clause.id}", f"google-genai@2024-12-17/{found.clause.id}"]
    assert len(set(ids)) == len(ids)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert run["automationDetails"]["id"] == "acme-ai@2026-11+google-genai@2024-12-17/3"
    first, second = (result["partialFingerprints"] for result in run["results"][:2])
    assert first != second


@pytest.mark.parametrize("form", ["html", "record"])
def test_a_reason_holds_no_markup(told: Told, form: str) -> None:
    """A page shows the marks of a hostile reason, and what cannot be seen by its code."""
    page = {"html": lambda: streamed(html.write, told), "record": lambda: record.as_html(told.run, told.entry, ())}[
        form
    ]()
    assert "<b>taken</b>" not in page
    assert "\u202e" not in page
    assert "<b>taken</b> [link](https://evil.example) <U+202E>" in pages.text_of(page)


def test_a_reason_is_no_markdown_and_no_formula(told: Told) -> None:
    """Nothing in a reason begins a heading, a link or a formula, in a ticket or in a sheet."""
    for text in (markdown.render(told.verdict), streamed(overview.write, told)):
        assert "=1+1 \\# \\<b\\>taken\\</b\\> \\[link\\](https\u200b://evil.example) \\<U+202E\\>" in text
    cells = [*book(told), row(told)[table.POLICIES]]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert [cell for cell in cells if "=1+1 # <b>taken</b>" in cell]


def test_a_column_of_the_input_keeps_its_name(told: Told) -> None:
    """The column on policies gives way to one of the input's own."""
    entry = makers.with_fields(1, "", (table.POLICIES, "ours"))
    found = row(replace(told, entry=replace(entry, verdict=told.verdict)))
    assert found[table.POLICIES] == "ours"
    assert TITLE in found[f"Review: {table.POLICIES}"]


def test_one_policy_without_an_overlay_is_told_as_ever() -> None:
    """Where there is nothing more to say than a name, no report has a part for it."""
    plain = Told(Path(), makers.run(), makers.entry(2, "rejected"))
    assert (suite(plain), table.POLICIES in row(plain), "properties" in results(plain)) == ({}, False, False)
    for form in ("terminal", "markdown", "record", "record.md", "html", "overview", "xlsx"):
        assert wording.DIFFERENCES not in FORMATS[form](plain)


@pytest.mark.parametrize(
    ("kind", "until", "said"),
    [
        (Deviates.OFF, None, "clause logging is switched off: we say so (A lawyer)"),
        (Deviates.STRICTER, None, "clause logging is stricter, we say so (A lawyer)"),
        (Deviates.ADDED, None, "clause logging is added: we say so (A lawyer)"),
        (Deviates.ANSWERED, None, "clause logging is answered for every project: we say so (A lawyer)"),
        (
            Deviates.LAPSED,
            date(2026, 3, 31),
            "clause logging had an answer until 2026-03-31, which has lapsed: we say so (A lawyer)",
        ),
    ],
)
def test_each_kind_of_deviation_has_its_words(kind: Deviates, until: date | None, said: str) -> None:
    """A person reads what became of the clause, until when, why, and who answers for it."""
    made = Deviation(kind=kind, clause="logging", reason="we say so.", by="A lawyer", until=until)
    assert wording.deviation(made) == said


def test_an_overlay_that_changes_nothing_says_so(told: Told) -> None:
    """Which policy lies below is told also where no clause differs."""
    same = told.verdict.policy.model_copy(update={"deviations": ()})
    assert list(wording.differences([same])) == [
        f"{TITLE}, version 2026-11, extends microsoft-ai-services@4.0, and differs from it in no clause."
    ]


def test_policies_are_named_one_after_the_other() -> None:
    """One, two and three policies read as a list does."""
    one, two, three = (
        PolicyRef(name=name, version="1", title=name.upper(), url="", digest="") for name in ("a", "b", "c")
    )
    assert wording.policies([one]) == "A, version 1"
    assert wording.policies([one, two]) == "A, version 1 and B, version 1"
    assert wording.policies([one, two, three]) == "A, version 1; B, version 1 and C, version 1"


def test_confirmations_and_dates_are_told_with_the_standing(told: Told) -> None:
    """Who held a clause against the page, when, and from when it applies stand where its standing does."""
    finding = told.verdict.findings[0]
    clause = finding.clause.model_copy(
        update={"confirmed": Confirmation(by="The counsel", on=date(2026, 11, 20)), "applies_from": date(2027, 8, 2)}
    )
    verdict = told.verdict.model_copy(update={"findings": (finding.model_copy(update={"clause": clause}),)})
    confirmed = replace(told, entry=replace(told.entry, verdict=verdict))
    for form in ("terminal", "markdown", "record", "record.md"):
        said = " ".join(FORMATS[form](confirmed).split())
        assert "held against the page by The counsel on 2026-11-20; applies from 2027-08-02" in said
    properties = results(confirmed)["tool"]["driver"]["rules"][0]["properties"]
    dates = (properties["confirmedBy"], properties["confirmedOn"], properties["appliesFrom"])
    assert dates == ("The counsel", "2026-11-20", "2027-08-02")


@pytest.mark.parametrize("form", ["html", "record", "record.md"])
def test_own_words_are_not_called_a_paraphrase(told: Told, form: str) -> None:
    """Once a clause is the organisation's own or official wording, no report calls all of them our paraphrase."""
    own = told.run.plan.clauses[0].model_copy(update={"standing": Standing.OWN})
    plan = told.run.plan.model_copy(update={"clauses": (own, *told.run.plan.clauses)})
    assert words.STANDING in FORMATS[form](told)
    said = FORMATS[form](replace(told, run=makers.run(plan=plan)))
    assert (words.STANDING in said, words.STANDINGS in said) == (False, True)


def test_a_record_lists_the_clauses_of_each_policy_without_a_hit(told: Told) -> None:
    """A clause that one policy has no finding on is listed, also where the other policy's of the same id was hit."""
    hit = told.verdict.findings[0].clause
    other = hit.model_copy(update={"policy": "google-genai", "version": "2024-12-17", "title": "The twin"})
    page = pages.text_of(record.as_html(told.run, told.entry, (hit, other)))
    assert "The twin (google-genai 2024-12-17)" in page.partition("Clauses checked without a hit")[2]


def test_a_difference_names_all_policies(told: Told) -> None:
    """Between a run under one policy and one under two, the clauses of the shared one are not said to have moved."""
    alone = Reviewer(loading.policy(str(told.path))).review(makers.QUIET)
    clause = told.verdict.findings[0]
    before = replace(told.entry, verdict=alone.model_copy(update={"findings": (clause,)}))
    told_apart = changes.diff([before], [told.entry])
    (flip,) = told_apart.flips
    assert changes.Cause.POLICY in flip.causes
    said = difference.as_text(told_apart, "one", "two")
    assert "Policy: acme-ai@2026-11 -> acme-ai@2026-11, google-genai@2024-12-17" in said
    assert f"acme-ai/{clause.clause.id}" not in said
    assert "+google-genai/google-biometrics-without-consent" in said


def test_the_order_of_policies_is_no_change(told: Told) -> None:
    """The same policies named the other way round are the same grounds."""
    first, second = told.verdict.policies
    turned = told.verdict.model_copy(update={"policy": second, "further_policies": (first,), "decision": "approve"})
    (flip,) = changes.diff([told.entry], [replace(told.entry, verdict=turned)]).flips
    assert changes.Cause.POLICY not in flip.causes


def test_a_batch_closes_with_its_policies(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The closing lines of a batch and the list of runs name each policy and every deviation."""
    monkeypatch.chdir(tmp_path)
    Path("intake.csv").write_text(f'ID,Description\nA-1,"{makers.QUIET}"\n', encoding="utf-8")
    named = ["--policy", str(told.path), "--policy", "google-genai"]
    command(["batch", "intake.csv", "--offline", "--store", "x.db", *named])
    closing = capsys.readouterr().err
    assert f"1 submission under {TITLE}, version 2026-11 and {GOOGLE}, version 2024-12-17." in closing
    assert (
        f"extends microsoft-ai-services@4.0, and differs from it: clause social-scoring is switched off: {REASON}"
        in closing
    )
    command(["runs", "--store", "x.db"])
    listed = capsys.readouterr().out
    assert "acme-ai@2026-11, google-genai@2024-12-17" in listed
    assert f"clause social-scoring is switched off: {REASON} ({WHO})" in listed
    assert "\u202e" not in closing + listed
