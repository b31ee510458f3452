"""`reviewer policy`: what the codes of conduct say, and whether packs and rules hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reviewer import checking, loading, wording
from reviewer.cli.status import Status
from reviewer.errors import SettingsError

if TYPE_CHECKING:
    from reviewer.checking import CaseResult
    from reviewer.policy import Clause, Policy
    from reviewer.rule import Rule

_POLICY = click.option(
    "--policy", "address", default=loading.DEFAULT_POLICY, show_default=True, help="NAME, NAME@VERSION or a path."
)


@click.group()
def policy() -> None:
    """Show, explain, check and test the policies."""


@policy.command("list")
def list_policies() -> None:
    """List the shipped policies."""
    for address in loading.policies():
        shown = loading.policy(address)
        effective = f", in force from {shown.effective}" if shown.effective else ""
        click.echo(f"{address}: {shown.title}, {len(shown.clauses)} clauses{effective}")


@policy.command()
@click.argument("address", default=loading.DEFAULT_POLICY)
def show(address: str) -> None:
    """Show a policy's clauses."""
    shown = loading.policy(address)
    click.echo(f"{shown.title} ({shown.address}), {shown.publisher}")
    click.echo(f"{shown.url}\n{shown.retrieved}\n{shown.legal_status}")
    section = ""
    for clause in shown.clauses:
        if clause.section != section:
            section = clause.section
            click.echo(f"\n{section}")
        number = f"{clause.number:>3}" if clause.number else "  -"
        click.echo(f"{number}  {clause.id:<42} {clause.effect:<11} {clause.title}")


@policy.command()
@click.argument("clause_id", metavar="CLAUSE")
@_POLICY
def explain(clause_id: str, address: str) -> None:
    """Explain a CLAUSE: what it says, how sure we are, and the rules that look for it."""
    shown = loading.policy(address)
    clause = shown.by_id.get(clause_id)
    if clause is None:
        message = f"{shown.address} has no clause {clause_id!r}; `reviewer policy show {address}` lists them."
        raise SettingsError(message)
    _explain_clause(clause, shown)
    for rule in loading.library().rules:
        if rule.use in clause.uses:
            _explain_rule(rule)


def _explain_clause(clause: Clause, shown: Policy) -> None:
    number = f" (clause {clause.number})" if clause.number else ""
    click.echo(f"{clause.title}{number}, {clause.effect}, {shown.title} {shown.version}")
    click.echo(f"\n{clause.text}")
    for exception in clause.exceptions:
        click.echo(f"Exception: {exception}")
    click.echo(f"\nStanding: {wording.STANDINGS[clause.standing]}.\nSource: {clause.source}\nPage: {shown.url}")
    for name, text in (("Question", clause.question), ("Condition", clause.condition), ("Remedy", clause.remedy)):
        if text:
            click.echo(f"{name}: {text}")


def _explain_rule(rule: Rule) -> None:
    click.echo(f"\nRule {rule.id} ({rule.level}, {rule.shows}, {rule.status}): {rule.title}")
    click.echo(f"  Why: {rule.why}\n  False positives: {rule.false_positives}")


@policy.command()
@click.argument("address", required=False)
def check(address: str | None) -> int:
    """Check packs, rules and cases for mistakes; all shipped ones if no policy is named."""
    library = loading.library()
    issues = [*checking.check_library(library, loading.cases())]
    addresses = [address] if address else loading.policies()
    for name in addresses:
        issues += checking.check_policy(loading.policy(name), library)
    for issue in issues:
        click.echo(str(issue))
    rules, phrases = len(library.rules), sum(len(concept.phrases) for concept in library.concepts)
    found = f"{len(issues)} issues" if issues else "no issue"
    click.echo(
        f"{len(addresses)} policies, {rules} rules, {len(library.concepts)} concepts, {phrases} phrases: {found}."
    )
    return Status.USAGE if issues else Status.APPROVE


@policy.command("test")
def test_cases() -> int:
    """Run every case of every rule."""
    results = list(checking.run_cases(loading.library(), loading.cases()))
    for result in results:
        if not result.holds:
            click.echo(_told(result))
    todo = [result for result in results if result.case.todo]
    failed = sum(not result.holds and not result.case.todo for result in results)
    met = sum(result.holds for result in todo)
    click.echo(
        f"{len(results) - len(todo)} cases: {len(results) - len(todo) - failed} hold, {failed} do not; "
        f"{len(todo)} known misses (todo), of which {met} hold by now."
    )
    return Status.USAGE if failed else Status.APPROVE


def _told(result: CaseResult) -> str:
    case = result.case
    state = "todo" if case.todo else "FAILS"
    return f"{state} {case.rule} ({case.language}): {'must' if case.matches else 'must not'} match {case.text!r}"
