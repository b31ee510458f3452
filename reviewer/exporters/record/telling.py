"""What a record says beyond the account of its entry: policy, run, clauses without a hit, earlier verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reviewer import wording
from reviewer.exporters.html import words
from reviewer.exporters.html.account import Card, Section, account
from reviewer.exporters.naming import own_lines, project, shortened
from reviewer.exporters.table import fields
from reviewer.verdict import DecidedBy, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.run import Entry, Run
    from reviewer.verdict import ClauseRef, PolicyRef

History = Sequence[tuple[datetime, Verdict]]

PAGE = "Official page"
CUT = "... [cut]"
LONGEST_VALUE = 1_000
MOST_LINES = 5

_WITHOUT_A_HIT = {
    DecidedBy.MODEL: "A model and the rules have read the text, and neither found anything on these.",
    DecidedBy.RULES: "Only rules have looked for these; that they found nothing clears nobody.",
}


class Told(NamedTuple):
    """A record: its name, what came of it, why, and its sections in their order."""

    name: str
    headline: str
    why: str
    sections: tuple[Section, ...]


def tell(run: Run, entry: Entry, clauses: Sequence[ClauseRef], history: History) -> Told:
    """Tell the record of an entry."""
    told = account(entry)
    sections = (*_kept(entry), *_submission(entry), *told.sections, *_beyond(run, entry, clauses, history))
    names = (entry.submission.id or str(entry.submission.source), project(entry))
    return Told(": ".join(filter(None, names)), told.headline, told.why, sections)


def _kept(entry: Entry) -> Iterator[Section]:
    """Say that the store keeps no text, before anybody looks for it."""
    if entry.verdict and not entry.submission.text:
        yield Section("The text", lines=(words.NO_LONGER_KEPT,))


def _submission(entry: Entry) -> Iterator[Section]:
    """Tell what the project is: the columns of its row, or how its document begins."""
    if row := fields(entry):
        facts = ((name, shortened(value.strip(), LONGEST_VALUE, CUT)) for name, value in row.items() if value.strip())
        yield Section("The submission", facts=tuple(facts))
    elif lines := [*islice(filter(None, own_lines(entry.submission)), MOST_LINES)]:
        yield Section("The submission", lines=tuple(shortened(line, LONGEST_VALUE, CUT) for line in lines))


def _beyond(run: Run, entry: Entry, clauses: Sequence[ClauseRef], history: History) -> Iterator[Section]:
    if entry.verdict:
        yield from _without_a_hit(entry.verdict, clauses)
    policies = entry.verdict.policies if entry.verdict else run.plan.policies
    yield Section("The policy and the run", facts=(*_policies(policies), *_facts(run, entry, clauses)))
    for head, told in wording.overlays(policies):
        yield Section(wording.DIFFERENCES, lines=(head,), items=told)
    if history:
        yield Section("Earlier verdicts", cards=tuple(_earlier(at, verdict) for at, verdict in history))


def _without_a_hit(verdict: Verdict, clauses: Sequence[ClauseRef]) -> Iterator[Section]:
    """List the clauses without a finding by how sure we are of their text."""
    policies = verdict.policies
    hit = {wording.address(finding.clause, policies) for finding in verdict.findings}
    by_standing: dict[str, list[str]] = {}
    for clause in clauses:
        if wording.address(clause, policies) not in hit:
            by_standing.setdefault(wording.standing(clause), []).append(words.clause_title(clause, policies))
    items = tuple(f"{_sentence(standing)}: {'; '.join(titles)}." for standing, titles in by_standing.items())
    if items:
        yield Section("Clauses checked without a hit", lines=(_WITHOUT_A_HIT[verdict.decided_by],), items=items)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _policies(policies: Sequence[PolicyRef]) -> Iterator[tuple[str, str]]:
    for policy in policies:
        yield "Policy", f"{wording.policy(policy)} ({policy.name})"
        yield PAGE, policy.url
        yield "Digest of the policy", policy.digest


def _facts(run: Run, entry: Entry, clauses: Sequence[ClauseRef]) -> Iterator[tuple[str, str]]:
    yield "Standing", words.standing(clauses)
    yield "Run", f"{run.name}, started {words.instant(run.started_at)}"
    yield "Model asked", words.model(run.plan.model)
    yield "File", entry.submission.source.file or "none"
    # The rows of a sheet have no file of their own.
    if entry.submission.file_sha256 or entry.submission.source.row is None:
        yield "SHA-256 of the file", entry.submission.file_sha256 or "not known"
    if entry.vanished:
        yield "Input", "The latest pass over the input found it no more."


def _earlier(at: datetime, verdict: Verdict) -> Card:
    policies = ", ".join(f"{policy.name} {policy.version}" for policy in verdict.policies)
    return Card(
        "earlier",
        words.instant(at),
        wording.recommendation(verdict),
        (verdict.summary,),
        small=(f"Read by {wording.read_by(verdict)}; {policies}; review {verdict.review_digest}",),
    )
