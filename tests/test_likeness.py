"""Texts that no phrase finds, found by what their words weigh together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reviewer import loading
from reviewer.likeness import FEWEST_STEMS, Likeness, scales
from reviewer.quoting import read
from reviewer.rule import Level, Rule, Scale, Shows, Weights
from reviewer.submission import Submission
from reviewer.text import Text
from tests.reading import english

if TYPE_CHECKING:
    from collections.abc import Collection

WORDS = {"neighbo": 5_000, "whisper": 5_000, "porch": 5_000, "points": 5_000, "heating": 5_000, "bakery": -20_000}
WEIGHTS = Weights(
    language="en",
    fitted="for a test",
    stem=7,
    least=800,
    uses={"social-scoring": Scale(bias=-2_000, words=WORDS)},
)
RULE = Rule(
    id="told-like",
    use="social-scoring",
    languages=("en",),
    title="It is told alike",
    why="Words.",
    false_positives="Others.",
    level=Level.WEAK,
    weighed=True,
    fought=True,
)
ALIKE = (
    "Our housing estate keeps a tally. Each neighbour may whisper about whoever sits on the porch too late,"
    " and those with few points wait longest until somebody mends their heating in January."
)
FILLER = "The office opens at nine, closes at two, serves coffee, sells stamps, lends books and answers letters. "


def alike(text: str, seen: Collection[str] = ()) -> list[str]:
    """Give the words of the sentences for which a text is found alike."""
    submission = Submission(text=text)
    reading = read(submission, english())
    found = Likeness(scales(WEIGHTS), [RULE]).alike(Text.of(submission), reading, seen)
    return [" ".join(reading.words[start:end]) for one in found for start, end in one.spans]


def test_words_that_weigh_enough_together_are_found() -> None:
    """No single word tells, all of them do; the sentence that weighs most is quoted."""
    (sentence,) = alike(ALIKE)
    assert sentence.startswith("each neighbour may whisper")


def test_what_a_rule_has_seen_is_not_told_twice() -> None:
    """Where a rule has spoken, likeness is silent."""
    assert alike(ALIKE, {"social-scoring"}) == []


def test_words_against_count() -> None:
    """What speaks for an ordinary project weighs on the other side."""
    assert alike(ALIKE.replace("in January", "in the bakery next door")) == []


def test_what_is_ruled_out_does_not_weigh() -> None:
    """The same words under a heading that denies them say nothing."""
    assert alike(f"Out of scope:\n\n- {ALIKE}") == []
    assert alike(ALIKE.replace("Each neighbour may", "We will never let a neighbour")) == []


def test_few_strong_words_are_not_enough() -> None:
    """Three words of a kind may come together by accident."""
    assert (
        alike("A neighbour likes to whisper on the porch about coffee, books, letters, stamps and the new office.")
        == []
    )


def test_a_handful_of_words_is_not_weighed() -> None:
    """A title is too short to be like anything."""
    text = "Neighbours whisper, porch points, heating"
    assert len(set(text.split())) < FEWEST_STEMS
    assert alike(text) == []


def test_a_long_text_is_weighed_window_by_window() -> None:
    """One paragraph among twenty is found, and twenty pages of ordinary ones do not drown it."""
    sentences = alike("\n\n".join([FILLER * 3] * 10 + [ALIKE, ALIKE] + [FILLER * 3] * 10))
    assert any("whisper" in sentence for sentence in sentences)
    assert alike("\n\n".join([FILLER * 3] * 20)) == []


@pytest.mark.parametrize("weights", loading.library().weights, ids=lambda weights: weights.language)
def test_shipped_weights_stand_for_uses_that_clauses_name(weights: Weights) -> None:
    """Each scale belongs to a use, has words on it, and can only refer."""
    named = {use for address in loading.policies() for c in loading.policy(address).clauses for use in c.named_uses}
    rules = {rule.use: rule for rule in loading.library().rules if rule.weighed and weights.language in rule.languages}
    assert rules.keys() == weights.uses.keys() <= named
    assert {rule.level for rule in rules.values()} == {Level.WEAK}
    assert all(rules[use].shows is Shows.MATTER for use in weights.matters)
    assert all(len(scale.words) > 100 and scale.bias < 0 for scale in weights.uses.values())
