"""What there is to say of one entry, as sections of plain texts that pages and Markdown lay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.exporters.html import words
from reviewer.exporters.html.marking import Mark
from reviewer.spreadsheet import DECISIONS as OF_PEOPLE
from reviewer.submission import RemarkKind
from reviewer.verdict import Context, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.run import Entry, SignOff
    from reviewer.submission import Remark, Submission
    from reviewer.verdict import Finding, PolicyRef, Quote, Verdict, Warning

LONGEST_SIDE = 400

_UNREAD = {Reason.NOT_READ_IN_FULL, Reason.PARTLY_READ}


@dataclass(frozen=True, slots=True)
class Extract:
    """Quoted words between what stands before and after them; `words` is empty where they are no longer kept.

    `mark` is the number of their mark in the text, if they can be marked there; `note` says how they stand.
    """

    words: str
    before: str = ""
    after: str = ""
    note: str = ""
    place: str = ""
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that was seen: its kind as a style and in words, a title, sentences, and the words it rests on."""

    style: str
    kind: str
    title: str
    lines: tuple[str, ...] = ()
    extracts: tuple[Extract, ...] = ()
    small: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: sentences, facts with their names, cards and a list, in that order."""

    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    cards: tuple[Card, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """An entry told in full: a headline, why, the sections under them, and what to mark in the text."""

    headline: str
    why: str
    sections: tuple[Section, ...]
    marks: tuple[Mark, ...]


def account(entry: Entry) -> Account:
    """Tell an entry; sections with nothing in them are left out."""
    teller = _Teller(entry.submission)
    sections = tuple(section for section in teller.sections(entry) if _says_something(section))
    return Account(words.headline(entry), words.why(entry), sections, tuple(teller.marks))


class _Teller:
    """Tells an entry from top to bottom, and numbers the quotes that can be marked in its text."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.marks: list[Mark] = []

    def sections(self, entry: Entry) -> Iterator[Section]:
        if entry.sign_offs:
            yield signed(entry)
        yield from self._about(entry.verdict.warnings if entry.verdict else ())
        if entry.verdict:
            yield Section("Findings", cards=tuple(self._findings(entry.verdict)))
            yield Section("Questions to the requester", items=tuple(_questions(entry.verdict)))
            yield Section("Conditions of an approval", items=tuple(conditions(entry.verdict)))
            yield Section("How it was read", facts=tuple(reading(entry, entry.verdict)))

    def _about(self, warnings: Sequence[Warning]) -> Iterator[Section]:
        """Tell what bars an approval from ordinary office life; a remark of a reader's is most often a warning, too."""
        plain = [warning for warning in warnings if not warning.quotes]
        unread = [warning.text for warning in plain if warning.reason in _UNREAD]
        notes = [warning.text for warning in plain if warning.reason is None]
        others = [warning for warning in warnings if warning.text not in {*unread, *notes}]
        for remark in self.submission.remarks:
            if not any(warning.text.startswith(remark.text) for warning in warnings):
                (unread if remark.kind is RemarkKind.UNREAD else notes).append(_remark(remark))
        yield Section("What could not be read", items=tuple(unread))
        yield Section("About the text", cards=tuple(map(self._warning, others)))
        yield Section("Beside the text", items=tuple(notes))

    def _warning(self, warning: Warning) -> Card:
        extracts = tuple(self._extract(quote, "warning", "!") for quote in warning.quotes)
        return Card("warning", "Warning", warning.text, extracts=extracts)

    def _findings(self, verdict: Verdict) -> Iterator[Card]:
        return (self._finding(finding, verdict.policies) for finding in verdict.findings)

    def _finding(self, finding: Finding, policies: Sequence[PolicyRef]) -> Card:
        clause = finding.clause
        label = words.mark_label(clause)
        remedy = (f"What would change it: {finding.remedy}",) if finding.remedy else ()
        effect = words.EFFECTS[clause.effect]
        return Card(
            finding.kind.value,
            wording.KINDS[finding.kind],
            words.clause_title(clause, policies),
            (f"{finding.rationale.rstrip('.')} (found by {wording.FOUND_BY[finding.found_by]}).", *remedy),
            tuple(self._extract(quote, finding.kind.value, label) for quote in finding.quotes),
            (f"{clause.id}, {effect}; {clause.policy} {clause.version}: {wording.standing(clause)}.",),
        )

    def _extract(self, quote: Quote, style: str, label: str) -> Extract:
        if not quote.text:
            return Extract("", place=_place(quote))
        if quote.start is None or quote.end is None:
            return Extract(quote.text, note="does not stand in the text")
        mark = self._marked(Mark(quote.start, quote.end, style, label))
        note = "" if quote.context is Context.ASSERTED else wording.CONTEXTS[quote.context]
        return Extract(quote.text, *_sides(quote), note, _place(quote), mark)

    def _marked(self, mark: Mark) -> int | None:
        if mark.end > len(self.submission.text):
            return None
        self.marks.append(mark)
        return len(self.marks) - 1


def _says_something(section: Section) -> bool:
    return bool(section.lines or section.facts or section.cards or section.items)


def _sides(quote: Quote) -> tuple[str, str]:
    """Give what stands before and after the quote in its sentence, far ends cut."""
    if quote.sentence is None or not quote.sentence.text or quote.start is None or quote.end is None:
        return "", ""
    before = quote.sentence.text[: max(0, quote.start - quote.sentence.start)]
    after = quote.sentence.text[max(0, quote.end - quote.sentence.start) :]
    before = before if len(before) <= LONGEST_SIDE else f"...{before[-LONGEST_SIDE:]}"
    return before, after if len(after) <= LONGEST_SIDE else f"{after[:LONGEST_SIDE]}..."


def _place(quote: Quote) -> str:
    place = str(quote.source) if quote.source else ""
    return "" if place == "the text" else place


def signed(entry: Entry) -> Section:
    """List what people decided, newest first."""
    cards = tuple(_sign_off(sign_off, entry) for sign_off in reversed(entry.sign_offs))
    return Section("What people decided", cards=cards)


def _sign_off(sign_off: SignOff, entry: Entry) -> Card:
    until = f"; valid until {sign_off.valid_until}" if sign_off.valid_until else ""
    seen = () if entry.is_meant_by(sign_off) else ("This was decided on an earlier verdict, not on this one.",)
    lines = (sign_off.reason or "No reason was given.", *seen)
    return Card(
        "signed",
        OF_PEOPLE[sign_off.decision],
        f"by {sign_off.name}",
        lines,
        small=(f"{words.instant(sign_off.at)}{until}",),
    )


def _remark(remark: Remark) -> str:
    place = str(remark.source)
    return remark.text if place == "the text" else f"{remark.text} ({place})"


def _questions(verdict: Verdict) -> Iterator[str]:
    return (f"{asked.text} [{wording.address(asked.clause, verdict.policies)}]" for asked in verdict.questions)


def conditions(verdict: Verdict) -> Iterator[str]:
    """Give the conditions of this project one by one, and those of every project in one line."""
    for tied in verdict.conditions:
        if not tied.standing:
            yield f"{tied.text} [{wording.address(tied.clause, verdict.policies)}]"
    if standing := [tied.text.rstrip(".") for tied in verdict.conditions if tied.standing]:
        yield f"For every project: {'; '.join(standing)}."


def reading(entry: Entry, verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Give who read the text, when and at what cost, as facts with their names."""
    submission, receipt = verdict.submission, verdict.receipt
    yield "Read by", wording.read_by(verdict)
    yield "Verdict of", words.instant(entry.at)
    yield "Text", f"{submission.source}, {submission.characters:,} characters"
    yield "SHA-256 of the text", submission.sha256
    if verdict.model:
        yield "Digest of the prompts", verdict.model.prompts_digest
    if receipt:
        yield "What it took", wording.taken(receipt)
        if receipt.answered_by:
            yield "Answered by", ", ".join(receipt.answered_by)
        yield from (("What the model's side said", failure) for failure in receipt.failures)
    yield "Digest of the review", verdict.review_digest
