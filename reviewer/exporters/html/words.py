"""The short words that the pages say, beside the sentences of `reviewer.wording`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import wording
from reviewer.policy import Effect, Standing
from reviewer.spreadsheet import DECISIONS as OF_PEOPLE
from reviewer.verdict import DecidedBy, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from reviewer.run import Entry
    from reviewer.verdict import ClauseRef, ModelRef, PolicyRef

UNREADABLE, WAITING, GONE = "unreadable", "waiting", "gone"
MODEL, FOUND, SILENT = "model", "found", "silent"

DECISIONS = {
    **{decision.value: told for decision, told in wording.DECISIONS.items()},
    UNREADABLE: wording.UNREADABLE,
    WAITING: wording.NOT_REACHED,
}

# In the order in which people take them up; what nobody objects to comes last.
PILES = {
    **{str(tier.value): wording.tier(tier) for tier in wording.TIERS if tier is not Tier.NO_OBJECTION},
    WAITING: wording.NOT_REACHED,
    UNREADABLE: wording.UNREADABLE,
    str(Tier.NO_OBJECTION.value): wording.tier(Tier.NO_OBJECTION),
    GONE: "No longer in the input",
}

GOES = {
    "1": "to reviewers",
    "2": "to reviewers",
    "3": "to reviewers",
    "4": "back to the requester",
    "5": "waits for the model, or for a person",
    WAITING: "waits for the next pass",
    UNREADABLE: "back to the requester",
    "0": "to whoever signs",
}

READERS = {
    MODEL: wording.READ_BY_MODEL,
    FOUND: wording.FOUND_BY_RULES,
    SILENT: wording.SILENT_RULES,
    UNREADABLE: wording.UNREADABLE,
    WAITING: wording.NOT_REACHED,
}

EFFECTS = {
    Effect.PROHIBITED: "prohibited",
    Effect.RESTRICTED: "allowed under conditions",
    Effect.REQUIRED: "a required safeguard",
}

STANDING = "Our paraphrase of the policy, and not its official words; each clause tells how sure we are of it."
STANDINGS = "Our paraphrase or the policy's own words; each clause tells which, and how sure we are of it."
NO_LONGER_KEPT = "The words are no longer kept."
NO_TEXT = "There is no text."


def decision(entry: Entry) -> str:
    """Give the decision of an entry as a key of `DECISIONS`."""
    if entry.verdict:
        return entry.verdict.decision.value
    return UNREADABLE if entry.error else WAITING


def pile(entry: Entry) -> str:
    """Give the pile of an entry as a key of `PILES`."""
    if entry.vanished:
        return GONE
    return str(entry.verdict.tier.value) if entry.verdict else decision(entry)


def reader(entry: Entry) -> str:
    """Give who read an entry as a key of `READERS`."""
    if entry.verdict is None:
        return decision(entry)
    if entry.verdict.decided_by is DecidedBy.MODEL:
        return MODEL
    return FOUND if any(finding.is_against for finding in entry.verdict.findings) else SILENT


def headline(entry: Entry) -> str:
    """Say what came of an entry; it is a recommendation until a person signs."""
    if told := entry.sign_off:
        return f"Decision by {told.name}: {OF_PEOPLE[told.decision]}"
    if entry.verdict:
        return f"Recommendation: {wording.recommendation(entry.verdict)}"
    return DECISIONS[decision(entry)]


def why(entry: Entry) -> str:
    """Say why it is so; beside a person's decision, also what was recommended."""
    if entry.verdict is None:
        return entry.error or "The run has not come to it yet."
    recommended = f"It was recommended: {wording.recommendation(entry.verdict)}. " if entry.sign_off else ""
    return f"{recommended}{entry.verdict.summary}"


def model(asked: ModelRef | None) -> str:
    """Say which model is asked, or that none is."""
    return f"{asked.name} at {asked.host}; {wording.CALIBRATIONS[asked.calibration]}" if asked else "keyword rules only"


def standing(clauses: Iterable[ClauseRef]) -> str:
    """Say what the texts of these clauses are: our paraphrases, or some of them the policy's own words."""
    own = any(clause.standing in {Standing.OWN, Standing.VERBATIM} for clause in clauses)
    return STANDINGS if own else STANDING


def instant(moment: datetime | None) -> str:
    """Give a moment as `2026-05-01 14:03:22+02:00`, to the second and with its zone."""
    return moment.isoformat(sep=" ", timespec="seconds") if moment else "not known"


def mark_label(clause: ClauseRef) -> str:
    """Give the few letters that stand beside marked words."""
    return clause.number or clause.id


def clause_title(clause: ClauseRef, policies: Sequence[PolicyRef]) -> str:
    """Give a clause as the head of what is said of it: `18. Facial recognition by police`, and whose, of several."""
    title = f"{clause.number}. {clause.title}" if clause.number else clause.title
    return wording.titled(title, clause, policies)
