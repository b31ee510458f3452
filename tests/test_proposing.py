"""Texts that only speak of a use, told from those that propose it by all their words together."""

from __future__ import annotations

from reviewer import Reviewer, compiled, loading
from reviewer.checking import matcher
from reviewer.matching import Matcher
from reviewer.proposing import FEWEST_WORDS, REACH, Proposing
from reviewer.quoting import read
from reviewer.rule import Concept, Cue, Library, Stance
from reviewer.submission import Submission
from tests.makers import rule
from tests.reading import english, english_language

WORDS = {"museum": 8_000, "visitor": 8_000, "exhibit": 8_000, "sells": -9_000, "deploys": -9_000}
STANCE = Stance(
    language="en", fitted="for a test", stem=7, least=1_000, bias=-1_000, marks={"negators": 500}, words=WORDS
)
SPEAKS = (
    "The museum shows its visitors how a city once gave every resident points for good behaviour,"
    " and the exhibit ends with an essay by each school class."
)
PROPOSES = (
    "The town deploys cameras and gives every resident points for good behaviour;"
    " a contractor sells the list to landlords, banks and each school near the market."
)
FILLER = "The office opens at nine, closes at two, serves coffee, sells stamps, lends books and answers letters. "


def proposes(text: str, at: int = 0, stance: Stance | None = STANCE) -> bool:
    """Tell whether a text proposes what its sentence number `at` speaks of."""
    return Proposing(stance, read(Submission(text=text), english())).proposes(at)


def test_words_tell_together_whether_a_use_is_proposed() -> None:
    """No single word tells; a museum and its visitors speak of it, a seller who deploys it proposes it."""
    assert not proposes(SPEAKS)
    assert proposes(PROPOSES)


def test_what_denies_weighs_too() -> None:
    """Words that deny are counted by their kind, whichever they are."""
    doubtful = SPEAKS.replace("The museum shows its visitors", "The foyer shows its guests")
    assert proposes(doubtful)
    assert not proposes(f"{doubtful} Nobody is never rated, neither here nor there.")


def test_a_few_words_tell_nothing() -> None:
    """A short text is taken as proposed, however its words weigh."""
    few = "Museum visitors exhibit museum visitors exhibit."
    assert len(few.split()) < FEWEST_WORDS
    assert proposes(few)


def test_only_the_sentences_near_a_hit_are_read() -> None:
    """What a document says pages away excuses nothing."""
    far = f"{PROPOSES} {FILLER * (REACH + 1)}{SPEAKS}"
    assert proposes(far)
    assert not proposes(far, at=len(read(Submission(text=far), english()).stretches) - 1)


def test_a_language_without_a_stance_takes_everything_as_proposed() -> None:
    """Where nothing was fitted, nothing falls silent."""
    assert proposes(SPEAKS, stance=None)


def test_a_text_that_fights_a_use_is_left_alone() -> None:
    """The offence is told in the words of the use, and as what others do: only the stance tells that."""
    text = (
        "A union wants to show in court that the warehouse rated its workers' emotions from their faces. The tool sorts"
        " the letters that members send in by date and site, so that lawyers find what supports the complaint; it never"
        " sees a face itself."
    )
    cues_alone = Matcher(compiled.rulebook("en")._replace(stance=None))
    assert "emotion-inference" in {found.rule.use for found in cues_alone.match(Submission(text=text))}
    assert Reviewer().review(text).findings == ()


def test_early_talk_hides_no_later_proposal() -> None:
    """However often a use was spoken of before, the sentence that proposes it is found."""
    points = Concept(id="points", language="en", phrases=("points",))
    scored = rule("scored", Cue(sentence=("points",)), fought=True)
    library = Library(concepts=(points,), rules=(scored,), languages=(english_language(),), stances=(STANCE,))
    (found,) = matcher(library, "en").match(Submission(text=f"{SPEAKS} " * 5 + FILLER * (REACH + 1) + PROPOSES))
    assert [quote.sentence.text for quote in found.quotes if quote.sentence] == [PROPOSES]


def test_what_is_proposed_is_found_whatever_it_is_called() -> None:
    """A pretext of safety or research silences nothing by itself."""
    text = (
        "For the safety of our students and as part of a study, the cameras in each classroom read from their faces who"
        " is bored or angry, and teachers see it live on a dashboard and grade by it."
    )
    assert "emotion-inference" in {found.clause.id for found in Reviewer().review(text).findings}


def test_every_stance_says_on_what_it_was_fitted() -> None:
    """English has one, and each names how many texts it was learned from."""
    stances = loading.library().stances
    assert "en" in {stance.language for stance in stances}
    assert all("texts" in stance.fitted for stance in stances)
