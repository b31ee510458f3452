"""A run as SARIF 2.1.0, for programs that collect what checkers find.

A rule is a clause, or a reason for a referral that no clause gives, such as `not_read_by_model`;
under several policies, the id of a clause stands behind the address of its own.
`kind` is the finding's; its level is `error` where a breach rejects the text, `warning` where a breach only refers it,
and `none` for all else, as the standard asks. What could not be read, or was not reached yet, is a notification of
level `error`. What has vanished from the input is left out.

A region is given in text and Markdown files alone: elsewhere our offsets are not the file's, and CI would mark
somebody else's words.
"""

from __future__ import annotations

import json
from datetime import UTC
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote as percent_encoded

from reviewer import wording
from reviewer.exporters.outline import quoted, visible
from reviewer.submission import Source
from reviewer.verdict import Decision, Kind, Reason, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reviewer.exporters.writing import Entries
    from reviewer.run import Entry, Run
    from reviewer.verdict import ClauseRef, Finding, PolicyRef, Quote, Verdict

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
TOOL = "use-case-reviewer"
FINGERPRINT = "textAndRule/v1"

# Files whose text is read as it stands, so that offsets into it are the file's own.
_AS_IT_STANDS = {".txt", ".text", ".md", ".markdown", ".mdown"}

# JSON, as the standard nests it.
Node = dict[str, object]

# Reasons for which a finding speaks, and that nothing was found; each of the others is a result of its own.
_SPOKEN = {
    Reason.CLAUSE_BREACHED,
    Reason.QUOTE_NOT_FOUND,
    Reason.CLAUSE_IN_QUESTION,
    Reason.REQUIREMENT_REFUSED,
    Reason.APPROVAL_NEEDED,
    Reason.ANSWER_NEEDED,
    Reason.SECOND_READER_DISAGREES,
    Reason.NOTHING_FOUND,
}


def write(file: TextIO, run: Run, entries: Entries, *, version: str) -> None:
    """Write the run; `version` is the reviewer's own. Results stream; rules and notifications are held."""
    rules, notes = dict[str, Node](), list[Node]()
    for entry in _present(entries):
        for name, rule in _rules(entry):
            rules.setdefault(name, rule)
        notes += _notes(entry)
    places = {name: place for place, name in enumerate(rules)}
    head = json.dumps(_head(run, list(rules.values()), notes, version), ensure_ascii=False)
    file.write(f'{{"$schema": "{SCHEMA}", "version": "{VERSION}", "runs": [{head[:-1]}, "results": [')
    separator = "\n"
    for entry in _present(entries):
        for result in _results(entry, places):
            file.write(separator + json.dumps(result, ensure_ascii=False))
            separator = ",\n"
    file.write("]}]}\n")


def _present(entries: Entries) -> Iterator[Entry]:
    return (entry for entry in entries() if not entry.vanished)


def _head(run: Run, rules: list[Node], notes: list[Node], version: str) -> Node:
    invocation: Node = {
        "executionSuccessful": run.ended_at is not None and not notes,
        "startTimeUtc": _utc(run.started_at),
        "toolExecutionNotifications": notes,
    }
    if run.ended_at:
        invocation["endTimeUtc"] = _utc(run.ended_at)
    policies = run.plan.policies
    told: Node = {
        "tool": {"driver": {"name": TOOL, "version": version, "rules": rules}},
        "automationDetails": {"id": f"{'+'.join(policy.address for policy in policies)}/{run.id}"},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
    }
    if len(policies) > 1 or policies[0].extends:
        told["properties"] = {"policies": list(map(_policy, policies))}
    return told


def _policy(policy: PolicyRef) -> Node:
    """Give a policy with its deviations, each as data and in words."""
    deviations = [
        {**deviation.model_dump(mode="json", exclude_none=True), "text": visible(wording.deviation(deviation))}
        for deviation in policy.deviations
    ]
    told: Node = {"name": policy.name, "version": policy.version, "title": policy.title}
    return {**told, "extends": policy.extends, "deviations": deviations} if policy.extends else told


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rules(entry: Entry) -> Iterator[tuple[str, Node]]:
    if entry.verdict:
        for finding in entry.verdict.findings:
            name = wording.address(finding.clause, entry.verdict.policies)
            yield name, _clause_rule(finding.clause, name)
        for reason in _unspoken(entry.verdict):
            yield reason.value, {"id": reason.value, "shortDescription": {"text": _sentence(reason)}}


def _clause_rule(clause: ClauseRef, name: str) -> Node:
    rule: Node = {
        "id": name,
        "name": "".join(word.capitalize() for word in clause.id.split("-")),
        "shortDescription": {"text": f"{clause.number}. {clause.title}" if clause.number else clause.title},
        "properties": {
            "policy": clause.policy,
            "policyVersion": clause.version,
            "number": clause.number,
            "effect": clause.effect.value,
            "standing": clause.standing.value,
            **_known_of(clause),
        },
    }
    return {**rule, "helpUri": clause.url} if clause.url.startswith(("https://", "http://")) else rule


def _known_of(clause: ClauseRef) -> Node:
    """Tell who held the clause against the page, and from when it applies, where there is something to tell."""
    told: Node = {"appliesFrom": clause.applies_from.isoformat()} if clause.applies_from else {}
    if clause.confirmed:
        told |= {"confirmedBy": clause.confirmed.by, "confirmedOn": clause.confirmed.on.isoformat()}
    return told


def _unspoken(verdict: Verdict) -> list[Reason]:
    return [reason for reason in verdict.reasons if reason not in _SPOKEN]


def _sentence(reason: Reason) -> str:
    words = wording.REASONS[reason]
    return f"{words[0].upper()}{words[1:]}."


def _notes(entry: Entry) -> Iterator[Node]:
    if entry.verdict is None:
        source = entry.submission.source
        text = visible(entry.error) if entry.error else f"{wording.NOT_REACHED}."
        yield {
            "level": "error",
            "descriptor": {"id": "could_not_be_read" if entry.error else "not_reached_yet"},
            "message": {"text": text if str(source) in text else f"{visible(str(source))}: {text}"},
            "locations": [_location(source)],
        }


def _results(entry: Entry, places: dict[str, int]) -> Iterator[Node]:
    verdict = entry.verdict
    if verdict is None:
        return
    for finding in verdict.findings:
        name = wording.address(finding.clause, verdict.policies)
        yield _identity(name, verdict, places) | _of_finding(finding, entry, verdict)
    for reason in _unspoken(verdict):
        yield _identity(reason.value, verdict, places) | {
            "kind": "open" if verdict.tier is Tier.NOT_READ_YET else Kind.REVIEW.value,
            "level": "none",
            "message": {"text": _sentence(reason)},
            "locations": [_location(entry.submission.source)],
        }


def _identity(rule: str, verdict: Verdict, places: dict[str, int]) -> Node:
    """Say what the result is about, in a way that stays the same from run to run."""
    digest = sha256(f"{verdict.submission.sha256} {rule}".encode()).hexdigest()
    return {"ruleId": rule, "ruleIndex": places[rule], "partialFingerprints": {FINGERPRINT: digest}}


def _of_finding(finding: Finding, entry: Entry, verdict: Verdict) -> Node:
    level = "none"
    if finding.kind is Kind.FAIL:
        level = "error" if verdict.decision is Decision.REJECT else "warning"
    located = [quote for quote in finding.quotes if quote.start is not None]
    first, *others = [_place(quote, entry) for quote in located] or [_location(entry.submission.source)]
    said = [visible(finding.rationale), *(quoted(quote) for quote in located if not _is_as_it_stands(quote, entry))]
    title = wording.titled(finding.clause.title, finding.clause, verdict.policies)
    message = " ".join((f"{wording.KINDS[finding.kind]}: {title}.", *filter(None, said)))
    told: Node = {"kind": finding.kind.value, "level": level, "message": {"text": message}, "locations": [first]}
    # Several quotes of one row stand at one place, and the standard wants each place once.
    if beside := [place for at, place in enumerate(others) if place not in (first, *others[:at])]:
        told["relatedLocations"] = beside
    told["properties"] = {"foundBy": finding.found_by.value, "decision": verdict.decision.value, "number": entry.id}
    return told


def _location(source: Source, region: Node | None = None) -> Node:
    """Give a place: its file, and what a person would look up in it."""
    location: Node = {}
    if source.file:
        artifact: Node = {"artifactLocation": {"uri": _uri(source.file)}}
        location["physicalLocation"] = {**artifact, "region": region} if region else artifact
    within = source.model_copy(update={"file": None})
    if within != Source() or not source.file:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(str(within)), "kind": _finest(within)}]
    return location


def _finest(source: Source) -> str:
    """Name the smallest part that the address goes down to."""
    order = ("cell", "row", "paragraph", "table", "slide", "page", "sheet", "label", "attachment", "ticket")
    return next((name for name in order if getattr(source, name) is not None), "text")


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else percent_encoded(path.as_posix(), errors="backslashreplace")


def _place(quote: Quote, entry: Entry) -> Node:
    """Give the place of a quote, and its region in a file that is read as it stands."""
    source = quote.source or entry.submission.source
    if not _is_as_it_stands(quote, entry):
        return _location(source)
    start, end = quote.start or 0, quote.end or 0
    region: Node = {"charOffset": start, "charLength": end - start, **_lines(entry.submission.text, start, end)}
    if quote.text:
        region["snippet"] = {"text": quote.text}
    return _location(source, region)


def _is_as_it_stands(quote: Quote, entry: Entry) -> bool:
    """Tell whether a quote lies in a file of plain text itself, and not in a row, a page or an attachment of a file."""
    source = quote.source or entry.submission.source
    whole = source.model_copy(update={"paragraph": None}) == Source(file=source.file)
    return whole and PurePath(source.file or "").suffix.lower() in _AS_IT_STANDS


def _lines(text: str, start: int, end: int) -> dict[str, int]:
    """Give lines and columns, which some readers want beside the offsets, where the text is kept."""
    if not text:
        return {}
    first, last = ((text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in (start, end))
    return {"startLine": first[0], "startColumn": first[1], "endLine": last[0], "endColumn": last[1]}
