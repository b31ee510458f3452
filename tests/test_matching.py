"""Rules at work on texts."""

from __future__ import annotations

import pytest

from reviewer.checking import matcher
from reviewer.errors import PolicyError
from reviewer.matching import MOST_QUOTES, Detection, Matcher
from reviewer.rule import Concept, Cue, Library
from reviewer.submission import Submission
from tests.makers import rule
from tests.reading import english_language

CONCEPTS = {
    "faces": "face*, facial recognition",
    "voices": "voice*",
    "biometrics": "fingerprint*",
    "police": "police, sheriff*",
    "store": "store*|keep*",
    "consent": "consent*, with their agreement",
    "fakes": "deepfake*",
    "unreviewed": "no human review, without a person",
}


RULES = (
    rule("one", Cue(sentence=("police", "faces"))),
    rule("either", Cue(sentence=("faces|voices", "store"))),
    rule("window", Cue(sentence=("faces",), window=("police",))),
    rule("document", Cue(sentence=("voices",), document=("police",))),
    rule("unless", Cue(sentence=("biometrics",), unless=("consent",))),
    rule("unless-window", Cue(sentence=("biometrics",), window=("store",), unless=("consent",))),
    rule("fought", Cue(sentence=("fakes",)), fought=True),
    rule("unfought", Cue(sentence=("fakes",))),
    rule("unreviewed", Cue(sentence=("unreviewed",))),
    rule("two-cues", Cue(sentence=("consent", "voices")), Cue(sentence=("consent", "police"))),
    rule("included", Cue(sentence=("any-trait", "consent"))),
)


@pytest.fixture(name="rules", scope="module")
def _rules() -> Matcher:
    """Compile a small library of rules over the shipped grammar."""
    concepts = [Concept(id=name, language="en", phrases=phrases) for name, phrases in CONCEPTS.items()]  # type: ignore[arg-type]
    concepts.append(Concept(id="any-trait", language="en", includes=("faces", "biometrics")))
    return matcher(Library(concepts=tuple(concepts), rules=RULES, languages=(english_language(),)), "en")


def found(rules: Matcher, text: str) -> dict[str, list[str]]:
    """Give the rules that hit a text, each with the words that it quotes."""
    return {hit.rule.id: [quote.text for quote in hit.quotes] for hit in rules.match(Submission(text=text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police match faces.", True),
        ("The sheriff runs facial recognition.", True),
        ("Police match pictures. Guests show faces.", False),
        ("Police match faces? No.", False),
        ("Police will not match faces.", False),
        ("The code of conduct lets police match faces.", False),
        ("Police will not match voices, but they match faces.", True),
        ("- police\n- faces", False),
    ],
)
def test_concepts_meet_in_one_sentence(rules: Matcher, text: str, *, expected: bool) -> None:
    """An actor and an act in different sentences, or denied, are no hit."""
    assert expected is ("one" in found(rules, text))


@pytest.mark.parametrize("text", ["We store faces.", "We keep voices.", "Voice prints are stored."])
def test_either_concept_will_do(rules: Matcher, text: str) -> None:
    """A stroke in a cue means or."""
    assert "either" in found(rules, text)


@pytest.mark.parametrize(
    ("between", "expected"),
    [("", True), ("One thing. ", True), ("One thing. Two things. ", False)],
    ids=["next", "next but one", "far"],
)
def test_a_window_is_two_sentences(rules: Matcher, between: str, *, expected: bool) -> None:
    """What must stand near may stand two sentences away, before or after."""
    texts = [f"We see a face. {between}The police come.", f"The police come. {between}We see a face."]
    assert [expected] * 2 == ["window" in found(rules, text) for text in texts]


def test_what_is_denied_nearby_does_not_count(rules: Matcher) -> None:
    """A window wants its concepts asserted too."""
    assert "window" not in found(rules, "We see a face. The police are not involved, and no police come.")


def test_a_document_is_the_whole_text(rules: Matcher) -> None:
    """What must stand anywhere may stand far away, but not only in a denial."""
    far = "One thing. " * 20
    assert "document" in found(rules, f"We hear voices. {far}The police come.")
    assert "document" not in found(rules, f"We hear voices. {far}We do not work for the police.")


def test_an_exception_holds_where_the_cue_drew(rules: Matcher) -> None:
    """A reassuring word excuses its own sentence and never another one."""
    assert "unless" not in found(rules, "We take fingerprints with consent.")
    assert "unless" in found(rules, "We take fingerprints. Consent is a fine word.")
    assert "unless" in found(rules, "We take fingerprints without consent.")
    assert "unless" in found(rules, "We take fingerprints with consent. We take fingerprints of guests.")


def test_an_exception_holds_in_the_window_too(rules: Matcher) -> None:
    """The sentence that the window drew on may excuse as well."""
    assert "unless-window" not in found(rules, "We take fingerprints. We store them with consent.")
    assert "unless-window" in found(rules, "We take fingerprints. We store them. Consent is a fine word.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("We detect deepfakes.", {"unfought"}), ("We sell deepfakes.", {"fought", "unfought"}), ("No deepfakes.", set())],
)
def test_a_fought_abuse_is_left_alone(rules: Matcher, text: str, expected: set[str]) -> None:
    """Only a rule that says so spares those who fight its use."""
    assert expected == set(found(rules, text))


def test_a_negation_of_the_phrase_itself_is_part_of_it(rules: Matcher) -> None:
    """That there is no human review is what the rule looks for."""
    assert found(rules, "There is no human review.") == {"unreviewed": ["no human review"]}


def test_included_concepts_count(rules: Matcher) -> None:
    """A concept is found by the phrases of those that it includes."""
    assert "included" in found(rules, "We take fingerprints with consent.")


def test_any_cue_will_do(rules: Matcher) -> None:
    """A rule hits if one of its cues holds."""
    assert "two-cues" in found(rules, "Voices need consent.")
    assert "two-cues" in found(rules, "The police need consent.")


def test_a_quote_runs_from_the_first_concept_to_the_last(rules: Matcher) -> None:
    """The words in between come along, as they were written."""
    assert found(rules, "Our Police, alas, match FACES daily.")["one"] == ["Police, alas, match FACES"]


def test_at_most_three_places_are_quoted(rules: Matcher) -> None:
    """A finding shows the first places in the order of the text."""
    text = " ".join(f"Police match face{number}." for number in range(MOST_QUOTES + 2))
    assert found(rules, text)["one"] == [f"Police match face{number}" for number in range(MOST_QUOTES)]


def test_rules_come_in_their_own_order(rules: Matcher) -> None:
    """The order of the text makes no difference."""
    names = list(found(rules, "We sell deepfakes. We take fingerprints. Police match faces."))
    assert names == ["one", "window", "unless", "fought", "unfought"]


def test_the_same_text_gives_the_same_detections(rules: Matcher) -> None:
    """A matcher holds nothing of the texts that it has read."""
    submission = Submission(text="Police match faces. We sell deepfakes.")
    first: tuple[Detection, ...] = rules.match(submission)
    rules.match(Submission(text="We store voices."))
    assert first == rules.match(submission)


def test_a_text_without_concepts_has_no_detections(rules: Matcher) -> None:
    """Nothing is found in a tulip forecast."""
    assert rules.match(Submission(text="We forecast the demand for tulips.")) == ()


def test_an_unknown_concept_is_a_broken_pack() -> None:
    """A rule that names a concept which no language has cannot be used."""
    library = Library(
        concepts=(Concept(id="faces", language="en", phrases=("face",), includes=("eyes",)),),
        rules=(rule("one", Cue(sentence=("faces",))),),
        languages=(english_language(),),
    )
    with pytest.raises(PolicyError, match="eyes"):
        matcher(library, "en")
