"""Detections to findings: which clause a use falls under, and what the words say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.policy import Effect
from reviewer.rule import Level, Shows
from reviewer.verdict import ClauseRef, Finding, FoundBy, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.matching import Detection
    from reviewer.policy import Clause, Policy
    from reviewer.verdict import Quote

MOST_QUOTES = 3

GRAVEST_FIRST = (Kind.FAIL, Kind.REVIEW, Kind.PASS, Kind.NOT_APPLICABLE)


def cite(clause: Clause, policy: Policy) -> ClauseRef:
    """Give a clause as reports cite it."""
    return ClauseRef(
        policy=policy.name,
        version=policy.version,
        id=clause.id,
        number=clause.number,
        title=clause.title,
        effect=clause.effect,
        standing=clause.standing,
        url=clause.source_url or policy.url,
        applies_from=None if clause.in_force else clause.applies_from,
        confirmed=clause.confirmed,
    )


def findings_by_rules(
    detections: Iterable[Detection], clauses_of: dict[str, tuple[Clause, ...]], refs: dict[str, ClauseRef]
) -> tuple[Finding, ...]:
    """Give one finding a clause, the gravest first, and else in the order of the policy."""
    by_clause: dict[str, tuple[Clause, list[Detection]]] = {}
    for detection in detections:
        for clause in clauses_of.get(detection.rule.use, ()):
            by_clause.setdefault(clause.id, (clause, []))[1].append(detection)
    found = (by_clause[name] for name in refs if name in by_clause)
    findings = (finding for clause, hits in found for finding in _findings(clause, refs[clause.id], hits))
    return tuple(sorted(findings, key=gravity))


def doubted(findings: Iterable[Finding], language: str) -> tuple[Finding, ...]:
    """Let words that were read in the wrong language put a clause in question at most."""
    return tuple(_doubted(finding, language) if finding.kind is Kind.FAIL else finding for finding in findings)


def _doubted(finding: Finding, language: str) -> Finding:
    rationale = f"{finding.rationale}, if these words mean what they would in {language}"
    return finding.model_copy(update={"kind": Kind.REVIEW, "rationale": rationale})


def gravity(finding: Finding) -> int:
    """Sort the gravest first."""
    return GRAVEST_FIRST.index(finding.kind)


def _findings(clause: Clause, ref: ClauseRef, detections: list[Detection]) -> Iterator[Finding]:
    """Give the finding on a clause: a breach, or what is said of a matter that it forbids flatly, restricts or not."""
    shown = _shown(clause, detections)
    matters = [] if clause.effect is Effect.REQUIRED else shown[Shows.MATTER]
    flat = _strong(matters) if clause.flat else []
    if breaches := shown[Shows.BREACH] or flat:
        strong = _strong(breaches)
        yield _finding(clause, ref, Kind.FAIL if strong else Kind.REVIEW, strong or breaches)
    elif matters:
        met = shown[Shows.MET] if clause.effect is Effect.RESTRICTED else []
        yield _finding(clause, ref, Kind.PASS if met else Kind.REVIEW, met or matters)


def _shown(clause: Clause, detections: list[Detection]) -> dict[Shows, list[Detection]]:
    """Sort detections by what they show of a clause, which need not be what they show of their use."""
    shown: dict[Shows, list[Detection]] = {shows: [] for shows in Shows}
    for found in detections:
        if found.rule.use in clause.uses:
            shown[found.rule.shows].append(found)
        elif found.rule.use in clause.matters and found.rule.shows in {Shows.BREACH, Shows.MATTER}:
            shown[Shows.MATTER].append(found)
    if shown[Shows.MATTER]:
        for found in detections:
            if found.rule.use in clause.answered_by and found.rule.shows in {Shows.BREACH, Shows.MET}:
                shown[found.rule.shows].append(found)
    return shown


def _strong(detections: list[Detection]) -> list[Detection]:
    return [found for found in detections if found.rule.level is Level.STRONG]


def _finding(clause: Clause, ref: ClauseRef, kind: Kind, detections: Sequence[Detection]) -> Finding:
    return Finding(
        clause=ref,
        kind=kind,
        found_by=FoundBy.RULES,
        quotes=merged(quote for found in detections for quote in found.quotes),
        rationale=detections[0].rule.title,
        rules=tuple(found.rule.id for found in detections),
        remedy=None if kind is Kind.PASS else clause.remedy,
    )


def merged(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Keep the longest quote of each sentence, at most three, in the order of the text."""
    longest: dict[object, Quote] = {}
    for quote in quotes:
        known = longest.get(quote.sentence)
        if known is None or len(quote.text) > len(known.text):
            longest[quote.sentence] = quote
    return tuple(sorted(longest.values(), key=_start)[:MOST_QUOTES])


def _start(quote: Quote) -> int:
    return -1 if quote.start is None else quote.start
