"""A run as JUnit XML, for the reports of CI systems: one suite for the run, one test case a submission.

They show three things: failures, skipped ones with a message, and green. Green is an approval alone.
A rejection is a `<failure>`. A referral is `<skipped>`, since a person decides and the build need not stop, unless the
caller fails on referrals, which makes it a `<failure>`, too. What could not be read is an `<error>`, and what was not
reached yet is `<skipped>`. What has vanished from the input is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC
from html import escape
from typing import TYPE_CHECKING, TextIO

from reviewer import wording
from reviewer.deciding import STRICTNESS
from reviewer.exporters.outline import quoted, visible
from reviewer.exporters.table import tied_to
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.exporters.writing import Entries
    from reviewer.run import Entry, Run
    from reviewer.verdict import Verdict

_BARRED = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(file: TextIO, run: Run, entries: Entries, *, fail_on: Decision = Decision.REJECT) -> None:
    """Write the run in two passes: the counts come first. `fail_on` is the mildest decision that fails."""
    counts = Counter(_outcome(entry, fail_on) for entry in _present(entries))
    told = {
        "tests": counts.total(),
        "failures": counts["failure"],
        "errors": counts["error"],
        "skipped": counts["skipped"],
    }
    name = f"{wording.addresses(run.plan.policies)}, run {run.name}"
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    file.write(f"<testsuites{_attributes(told)}>\n")
    file.write(f"<testsuite{_attributes({'name': name, **told, 'timestamp': _stamp(run)})}>\n")
    file.writelines(_properties(run))
    file.writelines(_case(entry, _outcome(entry, fail_on)) for entry in _present(entries))
    file.write("</testsuite>\n</testsuites>\n")


def _properties(run: Run) -> Iterator[str]:
    """Tell all policies by title, and how they differ from those below them, where there is more than one name."""
    policies = run.plan.policies
    told = [("policy", wording.policy(policy)) for policy in policies]
    told += [("deviations", text) for text in wording.differences(policies)]
    if len(told) > 1:
        properties = "".join(f"<property{_attributes({'name': name, 'value': text})}/>" for name, text in told)
        yield f"<properties>{properties}</properties>\n"


def _present(entries: Entries) -> Iterator[Entry]:
    return (entry for entry in entries() if not entry.vanished)


def _stamp(run: Run) -> str:
    """Give the start in UTC, without the zone that the format has no room for."""
    return run.started_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _outcome(entry: Entry, fail_on: Decision) -> str:
    """Name the element that tells what came of an entry; an approval has none."""
    if entry.verdict is None:
        return "error" if entry.error else "skipped"
    decision = entry.verdict.decision
    if decision is Decision.APPROVE:
        return ""
    return "failure" if STRICTNESS[decision] >= STRICTNESS[fail_on] else "skipped"


def _case(entry: Entry, outcome: str) -> str:
    names = {"classname": entry.submission.source.file or "the text", "name": entry.key}
    body = "".join(_body(entry, outcome))
    return f"<testcase{_attributes(names)}>{body}</testcase>\n" if body else f"<testcase{_attributes(names)}/>\n"


def _body(entry: Entry, outcome: str) -> Iterator[str]:
    verdict = entry.verdict
    if verdict is None:
        told = {"message": entry.error or f"{wording.NOT_REACHED}.", **({"type": "unreadable"} if entry.error else {})}
        yield f"<{outcome}{_attributes(told)}/>"
    elif outcome:
        # `skipped` has no type in the common schemas, so that its message names the decision.
        told = {"message": f"{wording.DECISIONS[verdict.decision]}: {verdict.summary}"}
        kind = {"type": verdict.decision.value} if outcome == "failure" else {}
        yield f"<{outcome}{_attributes({**told, **kind})}>{_text(_account(verdict))}</{outcome}>"
    elif conditions := tied_to(verdict):
        yield f"<system-out>{_text(chr(10).join(f'Condition: {tied.text}' for tied in conditions))}</system-out>"


def _account(verdict: Verdict) -> str:
    """Tell what stands against a text, in its words, and what to do about it."""
    return "\n".join(line for line in _lines(verdict) if line)


def _lines(verdict: Verdict) -> Iterator[str]:
    for finding in verdict.findings:
        if finding.is_against:
            clause = wording.address(finding.clause, verdict.policies)
            yield f"{finding.clause.number or ''} {finding.clause.title} [{clause}]".strip()
            yield visible(finding.rationale)
            yield from map(quoted, finding.quotes)
            yield f"What would change it: {finding.remedy}" if finding.remedy else ""
    yield from (f"Question: {visible(question.text)}" for question in verdict.questions if question.text)
    yield from (f"About the text: {visible(warning.text)}" for warning in verdict.warnings if warning.text)


def _attributes(values: Mapping[str, object]) -> str:
    return "".join(f' {name}="{_text(visible(str(value)))}"' for name, value in values.items())


def _text(text: str) -> str:
    """Give a text as XML holds it, without what it has no sign for."""
    return escape(_BARRED.sub("", text))
