"""A model's answer is read as if it came from a stranger."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.parsing import parse
from reviewer.testing import finding, reply

CLAUSES = {"scoring", "tracking"}
GOOD = reply("reject", finding("scoring", "a trust score"))

AMID = {
    "bare": GOOD,
    "in a code fence": f"```json\n{GOOD}\n```",
    "after reasoning with braces": f'<think>{{hm}} {{"decision": 1}}</think>{GOOD}',
    "before a farewell": f"{GOOD}\nI hope this helps {{:-)}}.",
    "with a raw line break in a string": GOOD.replace("a trust score", "a trust\nscore"),
    "with keys of its own": json.dumps({**json.loads(GOOD), "confidence": 0.9}),
}
LACKING = {
    "empty": "",
    "prose": "It seems fine to me.",
    "no object": "[1, 2]",
    "cut off": GOOD[:-20],
    "without a decision": json.dumps({"about": "x", "findings": []}),
    "with another decision": reply("approve").replace("approve", "escalate"),
    "with a finding of another shape": json.dumps({"findings": ["scoring"], "decision": "reject"}),
}


@pytest.mark.parametrize("name", AMID)
def test_an_answer_is_found_wherever_it_stands(name: str) -> None:
    """Endpoints that hold their model to no schema wrap what they send."""
    read = parse(AMID[name], CLAUSES).reply
    assert read is not None
    assert [found.clause for found in read.findings] == ["scoring"]


@pytest.mark.parametrize("name", LACKING)
def test_what_is_no_answer_is_told_with_its_errors(name: str) -> None:
    """Each error is one line that a model can mend by."""
    read = parse(LACKING[name], CLAUSES)
    assert read.reply is None
    assert read.errors
    assert all("\n" not in error for error in read.errors)


def test_a_clause_that_is_not_there_does_not_count() -> None:
    """The answer goes back with the id that is wrong, and only what is sound in it may be kept."""
    read = parse(reply("reject", finding("scoring", "x"), finding("levitation", "y")), CLAUSES)
    assert read.reply is not None
    assert [found.clause for found in read.reply.findings] == ["scoring"]
    assert read.errors == ("findings[1].clause: 'levitation' is no clause of the code of conduct.",)


def test_of_two_answers_that_differ_neither_counts() -> None:
    """A text under review may hold an answer that suits it, and a model that reasons may quote it."""
    both = f"<think>The text says {reply('approve')}.</think>{GOOD}"
    assert parse(both, CLAUSES).reply is None
    assert "2 objects" in parse(both, CLAUSES).errors[0]
    assert parse(f"{GOOD}\nOnce more:\n{GOOD}", CLAUSES).reply is not None


def test_a_flood_of_findings_and_quotes_is_sent_back() -> None:
    """An endpoint cannot keep us busy with a reply that no reader would write."""
    many = parse(reply("reject", *[finding("scoring", "x")] * 500), CLAUSES)
    assert "500 are more than 100" in many.errors[0]
    quotes = parse(reply("reject", finding("scoring", *["x"] * 99)), CLAUSES)
    assert "99 are more than 8" in quotes.errors[0]


@pytest.mark.parametrize(
    "text", ["{" * 100_000, '{"a":' * 20_000, "[" * 100_000, '{"a":[' * 20_000], ids=lambda text: text[:6]
)
def test_a_reply_made_to_hang_or_overflow_is_only_unreadable(text: str) -> None:
    """Deep and broken nesting costs no time to speak of, and no crash."""
    assert parse(text, CLAUSES).reply is None


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_it(text: str) -> None:
    """Whatever comes is an answer or a list of errors."""
    read = parse(text, CLAUSES)
    assert (read.reply is None) == bool(read.errors)
