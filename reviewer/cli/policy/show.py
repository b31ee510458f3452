"""`reviewer policy list`, `show` and `explain`: what the policies say, and how surely that is known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from reviewer import loading, wording
from reviewer.cli.policy.naming import clause_of
from reviewer.cli.policy.rules import with_own
from reviewer.policy import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.policy import Clause, Deviation, Policy
    from reviewer.rule import Rule


@click.command("list")
def list_policies() -> None:
    """List the policies that can be named: shipped and installed."""
    for address in loading.policies():
        click.echo("\n".join(_in_short(loading.policy(address))))


def _in_short(shown: Policy) -> Iterator[str]:
    yield f"{shown.address}: {shown.title}, {_clauses(len(shown.clauses))}{_since(shown, ', ')}"
    counts = Counter(clause.standing for clause in shown.clauses)
    standings = ", ".join(f"{counts[standing]} {standing}" for standing in Standing if counts[standing])
    retrieved = f"Retrieved on {shown.retrieved_on}. " if shown.retrieved_on else ""
    yield f"  {retrieved}Standing of the clauses: {standings}."


def _clauses(count: int) -> str:
    return "1 clause" if count == 1 else f"{count} clauses"


def _since(shown: Policy, before: str = "") -> str:
    if shown.effective:
        return f"{before}in force from {shown.effective}"
    attested = f"from {shown.attested_from}" if shown.attested_from else f"in {shown.attested_in}"
    return f"{before}attested {attested}" if shown.since else ""


@click.command()
@click.argument("address", default=loading.DEFAULT_POLICY)
def show(address: str) -> None:
    """Show a policy's clauses."""
    shown = loading.policy(address)
    click.echo("\n".join((*_head(shown), *_body(shown))))


def _head(shown: Policy) -> Iterator[str]:
    yield f"{shown.title} ({shown.address}), {shown.publisher}"
    yield f"{shown.url}\n{shown.retrieved}\n{shown.legal_status}"
    if since := _since(shown):
        yield f"{since[0].upper()}{since[1:]}."
    if shown.retrieved_on:
        yield f"Retrieved on {shown.retrieved_on}."
    if shown.extends:
        yield f"Extends {shown.extends}; a breach of a clause that nobody has confirmed: {shown.unconfirmed_clauses}."
    if shown.deviations:
        yield from ("", "Deviations", *(f"  - {_deviation(deviation)}" for deviation in shown.deviations))
    if shown.gaps:
        yield from ("", "Not known", *(f"  - {gap}" for gap in shown.gaps))


def _deviation(deviation: Deviation) -> str:
    until = f" until {deviation.until}" if deviation.until else ""
    about = deviation.clause or "all clauses"
    return f"{about} ({deviation.kind}{until}): {deviation.reason} ({deviation.by})"


def _body(shown: Policy) -> Iterator[str]:
    section = ""
    for clause in shown.clauses:
        if clause.section != section:
            section = clause.section
            yield f"\n{section}"
        number = f"{clause.number:>3}" if clause.number else "  -"
        yield f"{number}  {clause.id:<42} {clause.effect:<11} {clause.title}{_marks(clause)}"


def _marks(clause: Clause) -> str:
    marks = [
        f"from {clause.applies_from}" if clause.applies_from else "",
        "" if clause.in_force else "not in force",
        f"binds the {clause.role}" if clause.role else "",
        "confirmed" if clause.confirmed else "",
        "answered" if clause.answer else "",
    ]
    told = ", ".join(mark for mark in marks if mark)
    return f" ({told})" if told else ""


@click.command()
@click.argument("clause_id", metavar="CLAUSE")
@click.option(
    "--policy", "address", default=loading.DEFAULT_POLICY, show_default=True, help="NAME, NAME@VERSION or a path."
)
def explain(clause_id: str, address: str) -> None:
    """Explain a CLAUSE: what it says, how sure we are, and the rules that look for it."""
    pack = loading.pack(address)
    shown = pack.policy
    clause = clause_of(shown, clause_id, address)
    click.echo("\n".join((*_what_it_says(clause, shown), "", *_how_we_know(clause, shown), *_what_follows(clause))))
    for deviation in shown.deviations:
        if deviation.clause == clause.id:
            click.echo(f"Deviation: {_deviation(deviation)}")
    for rule in with_own(pack).rules:
        if rule.use in clause.named_uses:
            _explain_rule(rule)


def _what_it_says(clause: Clause, shown: Policy) -> Iterator[str]:
    number = f" (clause {clause.number})" if clause.number else ""
    yield f"{clause.title}{number}, {clause.effect}, {shown.title} {shown.version}"
    yield f"\n{clause.text}"
    if clause.scope:
        yield f"Scope: {clause.scope}"
    yield from (f"Exception: {exception}" for exception in clause.exceptions)
    if clause.applies_from:
        yield f"Applies from: {clause.applies_from}{'' if clause.in_force else ' (not yet in force)'}"
    if clause.role:
        yield f"Binds: the {clause.role}"


def _how_we_know(clause: Clause, shown: Policy) -> Iterator[str]:
    yield f"Standing: {wording.STANDINGS[clause.standing]}."
    if clause.confirmed:
        yield f"Confirmed: held against the official page by {clause.confirmed.by} on {clause.confirmed.on}"
    yield f"Source: {clause.source}\nPage: {clause.source_url or shown.url}"
    if retrieved := clause.retrieved_on or shown.retrieved_on:
        yield f"Retrieved: {retrieved}"
    if clause.supersedes:
        yield f"Supersedes: {clause.supersedes}"


def _what_follows(clause: Clause) -> Iterator[str]:
    yield from (f"A proposal must say: {ask.question} [{ask.fact}]" for ask in clause.asks)
    for name, text in (("Question", clause.question), ("Condition", clause.condition)):
        if text:
            yield f"{name}: {text}"
    if answer := clause.answer:
        until = f", until {answer.until}" if answer.until else ""
        yield f"The house's answer: {answer.text} ({answer.by}{until})"
    yield f"Remedy: {clause.remedy}"


def _explain_rule(rule: Rule) -> None:
    click.echo(f"\nRule {rule.id} ({rule.level}, {rule.shows}, {rule.status}): {rule.title}")
    click.echo(f"  Why: {rule.why}\n  False positives: {rule.false_positives}")
