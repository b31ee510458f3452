"""Findings stay where unrelated sentences are added."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer import Reviewer, compiled
from reviewer.checking import matcher
from reviewer.matching import Matcher
from reviewer.rule import Concept, Cue, Library, Rule
from reviewer.submission import Submission
from tests.makers import rule
from tests.reading import english_language

BREACHES = Path(__file__).resolve().parents[2] / "fixtures" / "descriptions" / "develop-breaches.jsonl"
NEUTRAL = "The canteen opens at nine."

Addition = Callable[[str], str]
ADDITIONS: dict[str, Addition] = {
    "before": lambda text: f"{NEUTRAL} {text}",
    "after": lambda text: f"{text} {NEUTRAL}",
    "line before": lambda text: f"{NEUTRAL}\n{text}",
    "line after": lambda text: f"{text}\n{NEUTRAL}",
    "paragraph before": lambda text: f"{NEUTRAL}\n\n{text}",
    "paragraph after": lambda text: f"{text}\n\n{NEUTRAL}",
}

SENTENCES = [
    "Police match faces.",
    "Police will not match faces.",
    "Does the police match faces? No.",
    "Does the police match faces? Yes.",
    "We keep faces.",
    "Guests consent.",
    "We detect fakes.",
    "We make fakes without consent.",
    "If a user asks, we match faces.",
    "The code of conduct names faces.",
    "Nothing is kept, but police come.",
]
PARTS = [
    *SENTENCES,
    "Out of scope:\n- faces\n- fakes\n\n",
    "# Out of scope\n",
    "# Plan\n",
    "[ ] faces\n",
    "[x] faces of police\n",
]
PARTS += ["Faces: no\n", "Purpose: police match faces.\n", "| Faces | Yes |\n| Fakes | no |\n", "\n\n", "\n"]
PROPOSALS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=12).map(" ".join).map(str.strip).filter(bool)


def rule_of(name: str, *, fought: bool = False, **concepts: tuple[str, ...]) -> Rule:
    """Make a rule of one cue."""
    return rule(name, Cue.model_validate(concepts), fought=fought)


@pytest.fixture(name="rules", scope="module")
def _rules() -> Matcher:
    """Compile a rule of each kind over the shipped grammar."""
    words = {"face*": "faces", "police": "police", "keep*|kept": "keep", "consent*": "consent", "fake*": "fakes"}
    concepts = tuple(Concept(id=name, language="en", phrases=(phrase,)) for phrase, name in words.items())
    rules = (
        rule_of("sentence", sentence=("police", "faces")),
        rule_of("window", sentence=("faces",), window=("police",)),
        rule_of("document", sentence=("fakes",), document=("police",)),
        rule_of("unless", sentence=("faces|fakes",), unless=("consent",)),
        rule_of("fought", sentence=("fakes",), fought=True),
        rule_of("single", sentence=("keep",)),
    )
    return matcher(Library(concepts=concepts, rules=rules, languages=(english_language(),)), "en")


def found(rules: Matcher, text: str) -> dict[str, list[str]]:
    """Give the rules that hit a text, each with the words that it quotes."""
    return {hit.rule.id: [quote.text for quote in hit.quotes] for hit in rules.match(Submission(text=text))}


@pytest.mark.parametrize("place", [place for place in ADDITIONS if "paragraph" in place])
@given(text=PROPOSALS)
def test_an_unrelated_paragraph_changes_no_detection(rules: Matcher, place: str, text: str) -> None:
    """What a rule finds does not depend on what else is said."""
    assert found(rules, text) == found(rules, ADDITIONS[place](text))


@given(texts=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8), place=st.sampled_from(sorted(ADDITIONS)))
def test_an_unrelated_sentence_changes_no_detection(rules: Matcher, texts: list[str], place: str) -> None:
    """In prose it makes no difference where the sentence is added."""
    text = " ".join(texts)
    assert found(rules, text) == found(rules, ADDITIONS[place](text))


@given(text=PROPOSALS)
def test_a_quote_of_a_detection_stands_in_the_text(rules: Matcher, text: str) -> None:
    """Every quote has the address of its words, and its sentence around it."""
    for hit in rules.match(Submission(text=text)):
        for quote in hit.quotes:
            assert quote.sentence is not None
            assert quote.text == text[quote.start : quote.end]
            assert quote.text in quote.sentence.text


@given(text=PROPOSALS)
def test_case_and_accents_change_no_detection(rules: Matcher, text: str) -> None:
    """Shouting finds the same."""
    shouted = {name: [words.upper() for words in quotes] for name, quotes in found(rules, text).items()}
    assert shouted == found(rules, text.upper())


@pytest.fixture(name="cues", scope="module")
def _cues() -> Matcher:
    """Give the shipped English rules with their cues alone, without what words weigh together."""
    return Matcher(compiled.rulebook("en")._replace(scales=None, stance=None))


@pytest.mark.parametrize("add", ADDITIONS.values(), ids=ADDITIONS)
def test_an_unrelated_sentence_changes_nothing_that_cues_find(cues: Matcher, add: Addition) -> None:
    """The shipped rules find in each described breach what they find in it among other things.

    And in prose: a sentence put into the first line of a form makes it a full line, which goes on in the next.
    """
    texts = [json.loads(line)["text"] for line in BREACHES.read_text(encoding="utf-8").splitlines()]
    texts = [text for text in texts if add(text).count("\n") > text.count("\n") or "\n" not in text]
    assert [text for text in texts if found(cues, text) != found(cues, add(text))] == []


def findings(reviewer: Reviewer, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give what a review finds, without the places."""
    found = reviewer.review(text).findings
    return [(finding.clause.id, finding.kind, tuple(quote.text for quote in finding.quotes)) for finding in found]


def test_an_unrelated_sentence_seldom_changes_what_is_found() -> None:
    """Words are weighed over sentences together, so that another sentence makes a difference in one of thirty."""
    reviewer = Reviewer()
    texts = [json.loads(line)["text"] for line in BREACHES.read_text(encoding="utf-8").splitlines()]
    changed = [text for text in texts if clauses(reviewer, text) != clauses(reviewer, f"{text} {NEUTRAL}")]
    assert len(changed) * 30 <= len(texts)


def clauses(reviewer: Reviewer, text: str) -> list[str]:
    """Give the clauses that a review finds something about."""
    return [finding.clause.id for finding in reviewer.review(text).findings]


def test_a_label_counts_wherever_it_stands() -> None:
    """A title with a colon is read alike at the start of a line and after a sentence."""
    text = "Studio: customers send a face. Next: the model undresses it."
    reviewer = Reviewer()
    assert findings(reviewer, text) == findings(reviewer, f"{NEUTRAL} {text}")
