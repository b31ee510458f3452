"""Verdicts as people read them."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest

from reviewer import compiled
from reviewer.brief import Brief
from reviewer.exporters import markdown, terminal
from reviewer.exporters.outline import in_sentence, outline, visible
from reviewer.policy import Effect, Standing
from reviewer.receipt import WhyNotModel
from reviewer.reviewing import Outcome, conclude
from reviewer.submission import Submission
from reviewer.verdict import Finding, FoundBy, Kind, Passage, Quote, Reason, Verdict, Warning
from tests import makers

TEXT = "The app scores tenants. Staff decide."
SCORES = Quote(
    text="scores tenants", start=8, end=22, sentence=Passage(text="The app scores tenants.", start=0, end=23)
)


def verdict(*findings: Finding, why_not_model: WhyNotModel | None = WhyNotModel.OFFLINE) -> Verdict:
    """Give a verdict with these findings under a small policy."""
    clauses = {
        finding.clause.id: makers.clause(finding.clause.id, finding.clause.effect, standing=finding.clause.standing)
        for finding in findings
    }
    policy = makers.policy(*clauses.values(), makers.clause("disclosure", Effect.REQUIRED))
    brief = Brief(policy, compiled.rules(), "0")
    return conclude(Submission.of(TEXT), brief, Outcome(findings, (), why_not_model))


def test_the_rendering_says_everything_in_words() -> None:
    """Recommendation, reader, clause, standing, the words in their sentence, question, condition, remedy."""
    clause = makers.clause("social-scoring")
    shown = " ".join(terminal.render(verdict(makers.finding(clause, Kind.FAIL, quotes=(SCORES,)))).split())
    for part in (
        "Reject under House rules, version 1",
        "keyword rules only: the review was asked to stay offline",
        "Breached: Social scoring [social-scoring]",
        '"The app \u00abscores tenants\u00bb."',
        "not checked against the official page",
        "What would change it: Leave social-scoring out.",
        "What about social-scoring?",
        "For every project: Mind disclosure.",
        "a person signs",
    ):
        assert part in shown


def test_each_finding_shows_how_sure_its_clause_is() -> None:
    """A clause that is only inferred says that it never rejects."""
    clause = makers.clause("guess", standing=Standing.INFERRED)
    shown = " ".join(terminal.render(verdict(makers.finding(clause, Kind.FAIL, quotes=(SCORES,)))).split())
    assert "Refer to a person" in shown
    assert "inferred from related documents, not official text; it never rejects" in shown


def test_an_unlocated_quote_is_marked() -> None:
    """Words that do not stand in the text are never shown as evidence."""
    clause = makers.clause("scoring")
    finding = makers.finding(clause, Kind.FAIL, quotes=(Quote(text="invented"),), found_by=FoundBy.MODEL)
    assert '"invented" (does not stand in the text)' in terminal.render(verdict(finding))


def test_warnings_come_before_findings() -> None:
    """What is odd about the text is read first."""
    odd = Warning(reason=Reason.HIDDEN_TEXT, text="Odd.", quotes=(SCORES,))
    told = verdict(makers.finding(makers.clause("scoring"), Kind.FAIL)).model_copy(update={"warnings": (odd,)})
    headings = [line.text for line in outline(told) if line.style == "heading"]
    assert headings == ["About the text", "Findings", "Questions to the requester", "Conditions of an approval"]


def test_lines_are_wrapped() -> None:
    """No line is wider than asked for."""
    told = verdict(makers.finding(makers.clause("scoring"), Kind.FAIL, quotes=(SCORES,)))
    assert max(map(len, terminal.render(told, width=60).splitlines())) <= 60


def test_long_sentences_are_cut_around_the_words() -> None:
    """The quoted words are always shown, with as much around them as fits."""
    text = "a " * 400 + "scores tenants" + " b" * 400
    quote = Quote(text="scores tenants", start=800, end=814, sentence=Passage(text=text, start=0, end=len(text)))
    shown = in_sentence(quote)
    assert "\u00abscores tenants\u00bb" in shown
    assert shown.startswith("...")
    assert len(shown) < 500


@pytest.mark.parametrize(
    ("text", "shown"), [("a\x1b[2Jb", "a<U+001B>[2Jb"), ("a\u202eb", "a<U+202E>b"), ("a\n b", "a b")]
)
def test_control_characters_are_shown_by_their_codes(text: str, shown: str) -> None:
    """Nothing in a submission can paint, move or reorder what the reader sees."""
    assert shown == visible(text)


def test_markdown_quotes_are_blockquotes_and_escaped() -> None:
    """Special characters of the text stay themselves."""
    text = "The app *scores* <b>tenants</b>."
    quote = Quote(text="*scores*", start=8, end=16, sentence=Passage(text=text, start=0, end=len(text)))
    shown = markdown.render(verdict(makers.finding(makers.clause("scoring"), Kind.FAIL, quotes=(quote,))))
    assert "> " in shown
    assert r"\*scores\*" in shown
    assert "<b>" not in shown.replace(r"\<b\>", "")


def paint(environment: dict[str, str]) -> str:
    """Give what a review prints on a real terminal."""
    code = "from reviewer.cli import run; run(['review', '--offline', '-'])"
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=theirs, env={**os.environ, "TERM": "xterm-256color", **environment}
    ) as process:
        os.close(theirs)
        assert process.stdin is not None
        process.stdin.write(b"Our landlord app gives every tenant a trust score from their posts and refuses repairs.")
        process.stdin.close()
        parts = []
        while part := _read(ours):
            parts.append(part)
    os.close(ours)
    return b"".join(parts).decode()


def _read(descriptor: int) -> bytes:
    """Read from a terminal whose other end may have closed."""
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""


def test_a_terminal_is_painted_and_no_color_is_honoured() -> None:
    """Bold and colour on a terminal; with NO_COLOR not a single escape, and the same words."""
    painted, plain = paint({}), paint({"NO_COLOR": "1"})
    assert "\x1b[1m" in painted
    assert "\x1b" not in plain
    assert "Read by: keyword rules only" in plain


def test_markdown_calls_nobody() -> None:
    """Names, numbers of tickets and addresses in a text under review stay text where a report is posted."""
    finding = makers.finding(
        makers.clause("scoring"), Kind.FAIL, quotes=(Quote(text="ask @octo or GH-12 or a@b.example #7"),)
    )
    shown = markdown.render(verdict(finding))
    assert not re.search(r"@\w|#\d|GH-\d", shown)
