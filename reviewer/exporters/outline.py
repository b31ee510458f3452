"""A verdict as an outline of plain lines, which the terminal and Markdown renderings lay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.verdict import Context, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.verdict import Finding, PolicyRef, Quote, Verdict, Warning

OPEN, CLOSE = "\u00ab", "\u00bb"
LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, how deep it stands, and its text with quoted words between guillemets."""

    style: str
    text: str
    depth: int = 0


def outline(verdict: Verdict) -> Iterator[Line]:
    """Give a verdict's lines: the recommendation and why, then findings, questions, conditions, warnings."""
    yield Line("title", visible(wording.recommendation(verdict)))
    yield Line(
        "plain", f"Text: {visible(str(verdict.submission.source))} ({verdict.submission.characters:,} characters)"
    )
    yield Line("plain", f"Why: {visible(verdict.summary)}")
    yield Line("plain", f"Read by: {visible(wording.read_by(verdict))}.")
    for failure in verdict.receipt.failures if verdict.receipt else ():
        yield Line("plain", f"What the model's side said: {visible(failure)}")
    if verdict.warnings:
        yield Line("heading", "About the text")
        for warning in verdict.warnings:
            yield from _warning(warning)
    if verdict.findings:
        yield Line("heading", "Findings")
        for place, finding in enumerate(verdict.findings):
            yield from [Line("gap", "")] if place else []
            yield from _finding(finding, verdict.policies)
    if verdict.questions:
        yield Line("heading", "Questions to the requester")
        yield from (Line("item", visible(question.text), 1) for question in verdict.questions)
    if verdict.conditions:
        yield Line("heading", "Conditions of an approval")
        yield from _conditions(verdict)
    if any(policy.extends for policy in verdict.policies):
        yield Line("heading", wording.DIFFERENCES)
        yield from _overlays(verdict.policies)
    if verdict.receipt:
        yield Line("small", f"What it took: {visible(wording.taken(verdict.receipt))}.")
    yield Line("small", wording.NOT_LEGAL_ADVICE)


def _warning(warning: Warning) -> Iterator[Line]:
    yield Line("item", visible(warning.text), 1)
    yield from (_quote(quote) for quote in warning.quotes)


def _finding(finding: Finding, policies: Sequence[PolicyRef]) -> Iterator[Line]:
    clause = finding.clause
    number = f"{clause.number}. " if clause.number else ""
    named = f"{number}{visible(clause.title)} [{wording.address(clause, policies)}]"
    yield Line(finding.kind, f"{wording.KINDS[finding.kind]}: {named}", 1)
    yield Line("plain", f"{visible(finding.rationale)} (found by {wording.FOUND_BY[finding.found_by]}).", 2)
    yield from (_quote(quote) for quote in finding.quotes)
    standing = visible(wording.standing(clause))
    yield Line("small", f"{clause.policy} {clause.version}, {clause.effect}: {standing}.", 2)
    if finding.remedy:
        yield Line("plain", f"What would change it: {visible(finding.remedy)}", 2)


def _quote(quote: Quote) -> Line:
    return Line("quote", quoted(quote), 2)


def quoted(quote: Quote) -> str:
    """Give a quote on one line: in its sentence, with how the words stand there and where that is."""
    if quote.start is None:
        return f'"{visible(quote.text)}" (does not stand in the text)'
    note = "" if quote.context is Context.ASSERTED else f" ({wording.CONTEXTS[quote.context]})"
    place = f" ({visible(str(quote.source))})" if quote.source and str(quote.source) != "the text" else ""
    words = f'"{in_sentence(quote)}"' if quote.text else "Words that are no longer kept"
    return f"{words}{note}{place}"


def in_sentence(quote: Quote) -> str:
    """Give the sentence of a quote on one line, the quoted words between guillemets, long ends cut."""
    if quote.sentence is None or quote.start is None or quote.end is None:
        return visible(f"{OPEN}{quote.text}{CLOSE}")
    start, end = quote.start - quote.sentence.start, quote.end - quote.sentence.start
    before, after = quote.sentence.text[:start], quote.sentence.text[end:]
    room = max(0, LONGEST_SENTENCE - len(quote.text)) // 2
    before = before if len(before) <= room else f"...{before[len(before) - room :]}"
    after = after if len(after) <= room else f"{after[:room]}..."
    return visible(f"{before}{OPEN}{quote.text}{CLOSE}{after}")


def visible(text: str) -> str:
    """Put a text on one line, and show control and invisible characters by their codes instead of obeying them."""
    folded = " ".join(text.split())
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in folded)


def _conditions(verdict: Verdict) -> Iterator[Line]:
    for tied in verdict.conditions:
        if not tied.standing:
            yield Line("item", f"{visible(tied.text)} [{wording.address(tied.clause, verdict.policies)}]", 1)
    if standing := [visible(tied.text).rstrip(".") for tied in verdict.conditions if tied.standing]:
        yield Line("item", f"For every project: {'; '.join(standing)}.", 1)


def _overlays(policies: Sequence[PolicyRef]) -> Iterator[Line]:
    for head, told in wording.overlays(policies):
        yield Line("plain", visible(head), 1)
        yield from (Line("item", visible(text), 1) for text in told)


STYLES = {
    "title": "bold",
    "heading": "bold",
    "quote": "italic",
    "small": "dim",
    Kind.FAIL: "bold red",
    Kind.REVIEW: "bold yellow",
    Kind.PASS: "bold green",
}
