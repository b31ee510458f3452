"""`reviewer policy check` and `reviewer policy test`: whether packs and rules hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reviewer import checking, loading
from reviewer.cli.policy.rules import own_part, run_own_cases, with_own
from reviewer.cli.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.checking import CaseResult, Issue
    from reviewer.loading import Pack


@click.command()
@click.argument("address", required=False)
def check(address: str | None) -> int:
    """Check packs, rules and cases for mistakes; all shipped ones if no policy is named, of a folder each version."""
    packs = [loading.pack(name) for name in (loading.versions(address) if address else loading.policies())]
    issues = list(_rule_issues(packs[0]) if address else _library_issues())
    for pack in packs:
        issues += checking.check_policy(pack.policy, with_own(pack))
    for issue in issues:
        click.echo(str(issue))
    library = with_own(packs[0]) if address else loading.library()
    rules, phrases = len(library.rules), sum(len(concept.phrases) for concept in library.concepts)
    found = _counted(len(issues), "issue") if issues else "no issue"
    policies = _counted(len(packs), "policy", "policies")
    click.echo(f"{policies}, {rules} rules, {len(library.concepts)} concepts, {phrases} phrases: {found}.")
    return Status.USAGE if issues else Status.APPROVE


def _library_issues() -> Iterator[Issue]:
    """Give what is wrong with the shipped rules, whatever the policies."""
    library = loading.library()
    yield from checking.check_library(library, loading.cases())
    yield from checking.check_glossary(library, loading.glossary())


def _rule_issues(pack: Pack) -> Iterator[Issue]:
    """Give what is wrong with the rules that a policy brings itself."""
    for folder in pack.own_rules:
        yield from checking.check_library(own_part(folder), loading.cases_from(folder))


@click.command("test")
@click.argument("address", required=False)
def test_cases(address: str | None) -> int:
    """Run every case of every rule; those of a policy's own rules alone if one is named."""
    shipped = () if address else checking.run_cases(loading.library(), loading.cases())
    results = [*shipped, *(run_own_cases(loading.pack(address)) if address else ())]
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


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
