"""Runs and entries of every kind, with verdicts that were really reached."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from reviewer.call import Failure
from reviewer.receipt import WhyNotModel
from reviewer.reviewer import Reviewer
from reviewer.run import Entry, Plan, Run, SignOff
from reviewer.submission import Source, Submission
from reviewer.testing import ScriptedModel, finding, reply
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from reviewer.exporters.writing import Entries
    from reviewer.verdict import Verdict

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
QUIET = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."
FACES = "Officers wear cameras, and the app compares the faces of passers-by live with the sheriff's wanted list."
LOANS = "The service scores loan applicants for a bank, and its score alone decides who gets the loan."
STAFF = "staff of the service desk send them"
OUTAGE = Failure(why=WhyNotModel.OUTAGE, detail="It is down.")
CONDITION = "Say on the page that a machine drafts the answers."


@cache
def verdict(kind: str) -> Verdict:
    """Give a verdict of one kind; each is reached as a user would reach it."""
    scripts: dict[str, tuple[str, list[str | Failure]]] = {
        "approved": (QUIET, [reply("approve")]),
        "tied": (QUIET, [reply("approve", finding("ai-disclosure", STAFF, kind="pass", condition=CONDITION))]),
        "rejected": (FACES, [reply("reject", finding("us-police-facial-recognition", "compares the faces"))]),
        "outage": (FACES, [OUTAGE]),
        "referred": (LOANS, [reply("refer", finding("consequential-decisions", "its score alone", kind="review"))]),
    }
    if kind == "silent":
        return Reviewer().review(Submission(text=QUIET, source=Source(file="intake.csv", row=9)))
    text, script = scripts[kind]
    submission = Submission(text=text, source=Source(file="intake.csv", row=3, cell="B3"))
    return Reviewer(model=ScriptedModel(script)).review(submission)


TEXTS = {"rejected": FACES, "outage": FACES, "referred": LOANS}


def entry(number: int, kind: str = "", **changes: object) -> Entry:
    """Make an entry of a sheet: with a verdict of this kind, or with none yet."""
    text = TEXTS.get(kind, QUIET)
    submission = Submission(
        text=text,
        source=Source(file="intake.csv", row=number + 1),
        id=f"UC-{number}",
        fields=(("Title", f"Project {number}"), ("Description", text)),
    )
    made = Entry(number, number - 1, f"UC-{number}", submission, verdict(kind) if kind else None)
    made = replace(made, at=NOW if kind else None)
    return replace(made, **changes)  # type: ignore[arg-type]  # each test names a field of the entry


def with_fields(number: int, kind: str = "", *fields: tuple[str, str]) -> Entry:
    """Make an entry whose row in the input is this."""
    made = entry(number, kind)
    return replace(made, submission=made.submission.model_copy(update={"fields": fields}))


def sign_off(digest: str | None, **changes: object) -> SignOff:
    """Make a decision of a person on the verdict with this digest."""
    made = SignOff(
        decision=Decision.APPROVE,
        reason="The vendor has shown the consents.",
        name="A reviewer",
        valid_until=date(2027, 12, 31),
        at=NOW,
        review_digest=digest,
    )
    return made.model_copy(update=changes)


def every_kind() -> list[Entry]:
    """Give one entry of each kind, in the order of the input."""
    signed = entry(7, "referred")
    assert signed.verdict
    return [
        entry(1, "approved"),
        entry(2, "rejected"),
        entry(3, "outage"),
        entry(4, "tied"),
        entry(5, error="intake.csv, row 6: there is no text in it; describe what the project does and for whom."),
        entry(6),
        replace(signed, sign_offs=(sign_off(signed.verdict.review_digest),)),
        entry(8, "silent"),
        entry(9, "rejected", vanished=True),
    ]


def run(**changes: object) -> Run:
    """Make a run that has ended."""
    plan = Plan(name="autumn", inputs=("intake.csv",), policy=verdict("silent").policy, brief="0" * 64)
    ended = Run(id=3, plan=plan, passes=1, started_at=NOW, ended_at=NOW)
    return ended.model_copy(update=changes)


def entries(*given: Entry) -> Entries:
    """Give entries in the form that exports take, streamed anew at each call."""
    return lambda: iter(given)


class Text(io.StringIO):
    """A text in memory, with its line ends as they are written."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(newline="")
