"""How words stand where they stand, as a table."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from reviewer.folding import fold
from reviewer.quoting import quote_at
from reviewer.submission import Submission
from reviewer.verdict import Context
from tests.reading import reading_of, span_of


class Row(NamedTuple):
    """A text, how the words stand in it, and which words: the first place counts."""

    text: str
    expected: Context
    words: str = "facial recognition"


# Denied or not, in prose.
NEGATIONS = [
    Row("The app uses facial recognition at the gate.", Context.ASSERTED),
    Row("We deploy facial recognition. We do not store the pictures.", Context.ASSERTED),
    Row("We will not deploy facial recognition.", Context.NEGATED),
    Row("The tool does not use facial recognition.", Context.NEGATED),
    Row("The tool doesn't use facial recognition.", Context.NEGATED),
    Row("No facial recognition is used.", Context.NEGATED),
    Row("There is no facial recognition in the product.", Context.NEGATED),
    Row("It never runs facial recognition.", Context.NEGATED),
    Row("We will not use biometrics, voice prints or facial recognition.", Context.NEGATED),
    Row("The app uses neither voice prints nor facial recognition.", Context.NEGATED),
    Row("We will not store faces, and we use facial recognition at the door.", Context.ASSERTED),
    Row("We do not keep names but run facial recognition on every visitor.", Context.ASSERTED),
    Row("We do not keep names; however, we run facial recognition.", Context.ASSERTED),
    Row("We do not keep names; the gate runs facial recognition.", Context.ASSERTED),
    Row("We do not keep names. The gate runs facial recognition.", Context.ASSERTED),
    Row("Although it is not cheap, the gate runs facial recognition.", Context.ASSERTED),
    Row("The gate works without facial recognition.", Context.NEGATED),
    Row("Without any help from guards, the gate runs facial recognition.", Context.ASSERTED),
    Row("Guards check badges instead of facial recognition.", Context.NEGATED),
    Row("Guards check badges rather than using facial recognition.", Context.NEGATED),
    Row("Not only badges but facial recognition opens the door.", Context.ASSERTED),
    Row("The gate uses not only badges, it uses facial recognition as well.", Context.ASSERTED),
    Row("The gate no longer uses facial recognition.", Context.NEGATED),
    Row("Visitors no longer need badges, facial recognition opens the door.", Context.ASSERTED),
    Row("Facial recognition is out of scope.", Context.NEGATED),
    Row("Facial recognition is not part of this project.", Context.NEGATED),
    Row("Facial recognition has been removed from the product.", Context.NEGATED),
    Row("Facial recognition was ruled out by the board.", Context.NEGATED),
    Row("Facial recognition will not be used.", Context.NEGATED),
    Row("Facial recognition is used, and badges are out of scope.", Context.ASSERTED),
    Row("We decided against facial recognition.", Context.NEGATED),
    Row("We refrain from facial recognition.", Context.NEGATED),
    Row("The contract excludes facial recognition.", Context.NEGATED),
    Row("We cannot do this without delay unless facial recognition runs at the gate.", Context.ASSERTED),
    Row("No doubt facial recognition speeds up the queue.", Context.ASSERTED),
    Row("The system can't be bypassed because facial recognition runs at every door.", Context.ASSERTED),
    Row("Whether or not they agree, facial recognition runs on every guest.", Context.ASSERTED),
    Row("We will not do the following: facial recognition.", Context.NEGATED),
    Row("We have no budget: facial recognition replaces the guards.", Context.ASSERTED),
    Row("The camera is facial. Recognition follows.", Context.SCATTERED),
    Row("Features include but are not limited to facial recognition.", Context.ASSERTED),
    Row("Nothing less than facial recognition will do.", Context.ASSERTED),
    Row("The gate cannot work without facial recognition.", Context.ASSERTED),
    Row("We have not only trained but deployed facial recognition.", Context.ASSERTED),
    Row("This is not a pilot: facial recognition goes live in May.", Context.ASSERTED),
    Row("This is not a pilot - facial recognition goes live in May.", Context.ASSERTED),
    Row("If the visitor has no badge, facial recognition opens the gate.", Context.ASSERTED),
    Row("When the guards are not there, facial recognition runs.", Context.ASSERTED),
    Row("Visitors who do not carry badges are found by facial recognition.", Context.ASSERTED),
    Row("Facial recognition, which is not cheap, runs at every gate.", Context.ASSERTED),
    Row("We use facial recognition, the pictures are not stored.", Context.ASSERTED),
    Row("We use facial recognition and the pictures are not stored.", Context.ASSERTED),
    Row("We use facial recognition; the pictures are not stored.", Context.ASSERTED),
    Row("We use facial recognition and nothing is stored.", Context.ASSERTED),
    Row("There will be no storage of pictures, no sale of data and no facial recognition.", Context.NEGATED),
    Row("We do not sell data, do not store pictures and do not use facial recognition.", Context.NEGATED),
    Row("The product is free of facial recognition.", Context.NEGATED),
    Row("The board abandoned facial recognition.", Context.NEGATED),
    Row("Facial recognition was dropped after the pilot.", Context.NEGATED),
    Row("Facial recognition is switched off.", Context.NEGATED),
    Row("Facial recognition must never be used.", Context.NEGATED),
    Row("Facial recognition stays out of scope.", Context.NEGATED),
    Row("We cannot and will not offer facial recognition.", Context.NEGATED),
    Row("Nobody uses facial recognition here.", Context.NEGATED),
    Row("Tools other than facial recognition open the gate.", Context.NEGATED),
    Row("We do not yet use facial recognition.", Context.ASSERTED),
    Row("The gate does use facial recognition.", Context.ASSERTED),
    Row("The tool must not, under any circumstances, use facial recognition.", Context.NEGATED),
    Row("We do not sell data!! We use facial recognition.", Context.ASSERTED),
    Row("We do not sell data... we use facial recognition.", Context.ASSERTED),
]

# Headings, sections, bullets, wrapped lines.
HEADINGS = [
    Row("Out of scope:\n- voice prints\n- facial recognition\n", Context.NEGATED),
    Row("Out of scope:\n- voice prints\n\nIn scope:\n- facial recognition\n", Context.ASSERTED),
    Row("We will not:\n- sell data\n- run facial recognition\n", Context.NEGATED),
    Row("We will:\n- sell badges\n- run facial recognition\n", Context.ASSERTED),
    Row("# Out of scope\n\nVoice prints.\n\nFacial recognition at the gate.\n", Context.NEGATED),
    Row("# Out of scope\n\nVoice prints.\n\n# Scope\n\nFacial recognition at the gate.\n", Context.ASSERTED),
    Row("Out of scope\n\nVoice prints and facial recognition.\n\nScope\n\nBadges.\n", Context.NEGATED),
    Row("Out of scope\n\nVoice prints.\n\nScope\n\nThe gate runs facial recognition.\n", Context.ASSERTED),
    Row("Out of scope: facial recognition and voice prints.", Context.NEGATED),
    Row("Out of scope: voice prints.\nScope: facial recognition.", Context.ASSERTED),
    Row("Out of scope:\n- voice prints\n\nThe gate runs facial recognition on all visitors.\n", Context.ASSERTED),
    Row("Non-goals:\n1. Voice prints\n2. Facial recognition\n", Context.NEGATED),
    Row("- We do not store pictures.\n- We run facial recognition.\n", Context.ASSERTED),
    Row("We will not under any circumstances deploy\nfacial recognition at the gate of the school.", Context.NEGATED),
    Row(
        "We will not under any circumstances at all deploy facial\nrecognition at the gate of the school.",
        Context.NEGATED,
    ),
    Row(
        "- We will not under any circumstances at all use\n  facial recognition at the gate of the school.\n",
        Context.NEGATED,
    ),
    Row(
        "The gate opens when the camera has seen you and\nfacial recognition has found your name on the list.",
        Context.ASSERTED,
    ),
    Row("**Out of scope:** facial recognition", Context.NEGATED),
    Row("## Out of scope\n- facial recognition\n## In scope\n- badges", Context.NEGATED),
    Row("## Out of scope\n- badges\n## In scope\n- facial recognition", Context.ASSERTED),
    Row("OUT OF SCOPE\n============\nFacial recognition at the gate.", Context.NEGATED),
    Row("Limitations: the tool must not be used for facial recognition.", Context.NEGATED),
    Row("The tool must not be used:\n(a) for voice prints\n(b) for facial recognition\n", Context.NEGATED),
    Row("Not planned:\n* facial recognition\n\nPlanned:\n* badges\n", Context.NEGATED),
    Row("Exclusions\n\n- facial recognition\n", Context.NEGATED),
    Row("What it does not do:\n• facial recognition\n", Context.NEGATED),
    Row("Red lines\n\nFacial recognition of visitors at the gate.\n", Context.NEGATED),
]

# Labels with values, and lines that end in an answer.
LABELS = [
    Row("Method: facial recognition", Context.ASSERTED),
    Row("Facial recognition: yes", Context.ASSERTED),
    Row("Facial recognition: no", Context.NEGATED),
    Row("Facial recognition: n.a.", Context.NEGATED),
    Row("Facial recognition: n/a", Context.NEGATED),
    Row("Facial recognition:", Context.ASSERTED),
    Row("Facial recognition: to be discussed with the works council", Context.ASKED),
    Row("Facial recognition ........ no", Context.NEGATED),
    Row("Facial recognition ........ yes", Context.ASSERTED),
    Row("Facial recognition - no", Context.NEGATED),
    Row("Facial recognition (yes)", Context.ASSERTED),
    Row("Facial recognition\tno", Context.NEGATED),
    Row("Facial recognition    n/a", Context.NEGATED),
    Row("Facial recognition used (yes/no): no", Context.NEGATED),
    Row("Facial recognition (y/n): y", Context.ASSERTED),
    Row("Is facial recognition used: No", Context.NEGATED),
    Row("**Facial recognition:** no", Context.NEGATED),
    Row("Facial recognition -> no", Context.NEGATED),
    Row("Facial recognition = yes", Context.ASSERTED),
    Row("Facial recognition ..... not used", Context.NEGATED),
    Row("Uses facial recognition: never", Context.NEGATED),
    Row("Facial recognition: true", Context.ASSERTED),
    Row("Facial recognition: false", Context.NEGATED),
    Row("Facial recognition: not applicable", Context.NEGATED),
    Row("Facial recognition: Yes, at all gates", Context.ASSERTED),
    Row("Facial recognition: No, badges only", Context.NEGATED),
    Row("Feature: facial recognition: yes", Context.ASSERTED),
]

# Questions with and without answers.
QUESTIONS = [
    Row("Does it use facial recognition?", Context.ASKED),
    Row("Does it use facial recognition? No.", Context.NEGATED),
    Row("Does it use facial recognition? Yes.", Context.ASSERTED),
    Row("Does it use facial recognition?\nNo", Context.NEGATED),
    Row("Does it use facial recognition?\nYes, at the gate.", Context.ASSERTED),
    Row("Does it use facial recognition?\n\nNot applicable.", Context.NEGATED),
    Row("Q: Does it use facial recognition?\nA: No.", Context.NEGATED),
    Row("Q: Does it use facial recognition?\nA: Yes.", Context.ASSERTED),
    Row("Q: Does it use facial recognition?\nA: We have not decided.", Context.ASKED),
    Row("Does it use facial recognition? The board will say.", Context.ASKED),
    Row("What does it use? Facial recognition.", Context.ASSERTED),
    Row("What if someone used facial recognition?", Context.ASKED),
    Row("Does it use facial recognition？ No.", Context.NEGATED),
    Row("Q: Does it use facial recognition?\nAnswer: No.", Context.NEGATED),
    Row("Question: Does it use facial recognition?\nAnswer: Yes.", Context.ASSERTED),
    Row("Does it use facial recognition? Yes / No", Context.ASKED),
    Row("1. Does the system use facial recognition? ..... No", Context.NEGATED),
    Row("Facial recognition? No.", Context.NEGATED),
    Row("Does the system use facial recognition (yes/no)? no", Context.NEGATED),
    Row("Does it use voice prints? No. Does it use facial recognition? Yes.", Context.ASSERTED),
    Row("Does it use voice prints? Yes. Does it use facial recognition? No.", Context.NEGATED),
    Row("Does it use voice prints? No. It uses facial recognition.", Context.ASSERTED),
    Row("Why facial recognition? Because it is quick.", Context.ASKED),
]

# Boxes to tick.
BOXES = [
    Row("Does it use facial recognition? [x] yes [ ] no", Context.ASSERTED),
    Row("Does it use facial recognition? [ ] yes [x] no", Context.NEGATED),
    Row("Facial recognition: [ ] yes [x] no", Context.NEGATED),
    Row("Facial recognition: ☒ yes ☐ no", Context.ASSERTED),
    Row("Facial recognition: ☐ yes ☒ no", Context.NEGATED),
    Row("[ ] facial recognition", Context.ASKED),
    Row("[x] facial recognition", Context.ASSERTED),
    Row("[X] facial recognition", Context.ASSERTED),
    Row("☐ facial recognition", Context.ASKED),
    Row("☒ facial recognition", Context.ASSERTED),
    Row("☑ facial recognition", Context.ASSERTED),
    Row("- [ ] facial recognition\n- [x] badges", Context.ASKED),
    Row("- [x] facial recognition\n- [ ] badges", Context.ASSERTED),
    Row("( ) facial recognition\n(x) badges", Context.ASKED),
    Row("Does it use facial recognition? ☐ Yes ☐ No", Context.ASKED),
    Row("Does it use facial recognition?\n[x] Yes\n[ ] No", Context.ASSERTED),
    Row("Does it use facial recognition?\n[ ] Yes\n[x] No", Context.NEGATED),
    Row("Does it use facial recognition?\n[ ] No\n[x] Yes", Context.ASSERTED),
]

# Tables.
TABLES = [
    Row("| Feature | Used |\n|---|---|\n| Deepfakes | yes |\n", Context.ASSERTED, "Deepfakes"),
    Row("The plan:\n| Deepfakes | no |\n| Badges | yes |\n", Context.NEGATED, "Deepfakes"),
    Row("| Feature | Yes | No |\n|---|---|---|\n| Facial recognition | x | |\n", Context.ASSERTED),
    Row("| Feature | Yes | No |\n|---|---|---|\n| Facial recognition | | x |\n", Context.NEGATED),
    Row("| Feature | Used |\n|---|---|\n| Facial recognition | no |\n", Context.NEGATED),
    Row("| Feature | Used |\n|---|---|\n| Facial recognition | yes |\n", Context.ASSERTED),
    Row("| Feature | Used |\n|---|---|\n| Facial recognition | |\n", Context.ASKED),
    Row("| Step | Method |\n|---|---|\n| Entry | facial recognition |\n", Context.ASSERTED),
    Row("| Feature | Yes | No |\n|---|---|---|\n| Facial recognition | ☒ | ☐ |\n", Context.ASSERTED),
    Row("| Feature | Yes | No |\n|---|---|---|\n| Facial recognition | ☐ | ☒ |\n", Context.NEGATED),
    Row("| Does it use facial recognition? | No |\n|---|---|\n| Is it live? | Yes |", Context.NEGATED),
]

# Said about a rule or a debate, or only supposed.
DISCUSSIONS = [
    Row("Our policy forbids facial recognition.", Context.NEGATED),
    Row("The code of conduct speaks of facial recognition.", Context.DISCUSSED),
    Row("The law says what facial recognition may do.", Context.DISCUSSED),
    Row("Students write an essay about facial recognition.", Context.DISCUSSED),
    Row("The regulation worries us, but the gate runs facial recognition.", Context.ASSERTED),
    Row("An attacker could be tempted by facial recognition.", Context.SUPPOSED),
    Row("The pictures could be misused for facial recognition.", Context.SUPPOSED),
    Row("Unlike competitors, which run facial recognition, we use badges.", Context.SUPPOSED),
    Row("If a user asks for facial recognition, the tool answers in one line.", Context.SUPPOSED),
    Row("The usage policy prohibits the use of facial recognition.", Context.NEGATED),
    Row("The acceptable use policy mentions facial recognition.", Context.DISCUSSED),
    Row("Article 5 of the AI Act covers facial recognition.", Context.DISCUSSED),
    Row("The ethics board discussed facial recognition.", Context.DISCUSSED),
    Row("Facial recognition is illegal in our town.", Context.DISCUSSED),
    Row("The lecture on facial recognition begins at nine.", Context.DISCUSSED),
    Row("Some fear that facial recognition will follow.", Context.SUPPOSED),
    Row("In the worst case it ends in facial recognition.", Context.SUPPOSED),
    Row("The threat model covers facial recognition.", Context.SUPPOSED),
    Row("The gate runs facial recognition, say critics.", Context.DISCUSSED),
]

# Abbreviations.
STOPS = [
    Row("The U.S. police run facial recognition.", Context.ASSERTED, "U.S. police run"),
    Row("It is not for the U.S. police or facial recognition.", Context.NEGATED),
    Row("We do not use biometrics, e.g. facial recognition.", Context.NEGATED),
    Row("Dr. Smith runs facial recognition.", Context.ASSERTED),
    Row("We keep no pictures, i.e. no facial recognition.", Context.NEGATED),
    Row("The gate runs 24 hrs. and uses facial recognition.", Context.ASSERTED),
    Row("Section no. 4 covers facial recognition at the gate.", Context.ASSERTED),
    Row("In fig. 3 facial recognition opens the gate.", Context.ASSERTED),
]

# Typography, look-alikes and invisible characters.
SPELLINGS = [
    Row("The tool doesn’t use facial recognition.", Context.NEGATED),
    Row("We do „not“ use facial recognition.", Context.NEGATED),
    Row("We will use „facial recognition“ at the gate.", Context.ASSERTED),
    Row("We will nоt use facial recognition.", Context.NEGATED),
    Row("We use fаcial rеcognition.", Context.ASSERTED),
    Row("We will n\u200bot use facial recognition.", Context.NEGATED),
    Row("We use fac\u200bial recog\u00adnition at the gate.", Context.ASSERTED),
    Row("We will NOT use FACIAL RECOGNITION.", Context.NEGATED),
    Row("We will not use ｆａｃｉａｌ recognition.", Context.NEGATED),
    Row("This is not a pilot — facial recognition goes live in May.", Context.ASSERTED),
    Row("This is not a pilot—facial recognition goes live in May.", Context.ASSERTED),
    Row("»We do not use facial recognition«, says the vendor.", Context.NEGATED),
    Row("The vendor's ‚facial recognition‘ opens the gate.", Context.ASSERTED),
    Row("Nо facial recognition.", Context.NEGATED),
    Row("We do n\u200co\u200dt use facial recognition.", Context.NEGATED),
    Row("We will not\u00a0use facial recognition.", Context.NEGATED),
    Row("The tool doesn\u02bct use facial recognition.", Context.NEGATED),
    Row("The tool does not use facial\u2010recognition.", Context.NEGATED),
]

# What some projects fight.
FIGHTS = [
    Row("We detect deepfakes in our inbox.", Context.FOUGHT, "deepfakes"),
    Row("The filter blocks deepfakes.", Context.FOUGHT, "deepfakes"),
    Row("We train staff to recognise deepfakes.", Context.FOUGHT, "deepfakes"),
    Row("The tool does deepfake detection.", Context.FOUGHT, "deepfake"),
    Row("We help victims of deepfakes.", Context.FOUGHT, "deepfakes"),
    Row("The bot warns users about deepfakes.", Context.FOUGHT, "deepfakes"),
    Row("Deepfakes are taken down within an hour.", Context.FOUGHT, "deepfakes"),
    Row("A research project on the spread of deepfakes.", Context.FOUGHT, "deepfakes"),
    Row("We make deepfakes of the mayor.", Context.ASSERTED, "deepfakes"),
    Row("We detect fakes, but we make deepfakes.", Context.ASSERTED, "deepfakes"),
    Row("We detect fakes; the studio makes deepfakes.", Context.ASSERTED, "deepfakes"),
    Row("We detect fakes. The studio makes deepfakes.", Context.ASSERTED, "deepfakes"),
    Row("We will not make deepfakes.", Context.NEGATED, "deepfakes"),
    Row("Does it make deepfakes?", Context.ASKED, "deepfakes"),
]


def context_of(row: Row, *, fought: bool = False) -> Context:
    """Tell how the words of a row stand in its text."""
    reading = reading_of(row.text)
    return reading.context(span_of(row.words, reading), fought=fought)


def each(rows: list[Row]) -> pytest.MarkDecorator:
    """Run a test for each row, named by its text."""
    return pytest.mark.parametrize("row", rows, ids=[ascii(row.text) for row in rows])


@each(NEGATIONS)
def test_negation_has_a_scope(row: Row) -> None:
    """A negation reaches over a list, and ends where a new thought begins."""
    assert row.expected == context_of(row)


@each(HEADINGS)
def test_headings_rule_over_what_follows(row: Row) -> None:
    """What stands under "Out of scope" is denied, to the end of its list or section; a wrapped line is one line."""
    assert row.expected == context_of(row)


@each(LABELS)
def test_a_label_counts_as_its_value_says(row: Row) -> None:
    """The words of a form say nothing until the requester answers."""
    assert row.expected == context_of(row)


@each(QUESTIONS)
def test_a_question_counts_as_it_is_answered(row: Row) -> None:
    """A question alone is only asked; a yes asserts it, a no denies it."""
    assert row.expected == context_of(row)


@each(BOXES)
def test_a_box_counts_as_it_is_ticked(row: Row) -> None:
    """What is not ticked is only printed on the form."""
    assert row.expected == context_of(row)


@each(TABLES)
def test_a_table_row_counts_as_its_cells_say(row: Row) -> None:
    """A yes or no in a cell, or a tick under one, answers the first cell."""
    assert row.expected == context_of(row)


@each(DISCUSSIONS)
def test_rules_and_fears_are_no_plans(row: Row) -> None:
    """Words about a policy, a debate or a threat propose nothing."""
    assert row.expected == context_of(row)


@each(STOPS)
def test_an_abbreviation_ends_no_sentence(row: Row) -> None:
    """The full stop of "U.S." or "e.g." does not cut a sentence in two."""
    assert row.expected == context_of(row)


@each(SPELLINGS)
def test_spelling_hides_nothing(row: Row) -> None:
    """Typography, look-alikes and invisible characters change no context."""
    assert row.expected == context_of(row)


@each(FIGHTS)
def test_who_fights_an_abuse_is_told_from_who_commits_it(row: Row) -> None:
    """Where a rule says that its use is fought, detecting and preventing it is no breach."""
    assert row.expected == context_of(row, fought=True)


def test_only_an_abuse_is_fought() -> None:
    """To "detect faces" is the use itself, so that a rule must say when fighting counts."""
    assert context_of(Row("We detect faces at the gate.", Context.ASSERTED, "faces")) is Context.ASSERTED


def test_a_phrase_is_not_negated_by_its_own_words() -> None:
    """The `no` of "no human review" is part of what is said."""
    reading = reading_of("There is no human review of claims.")
    span = span_of("human review", reading)
    assert reading.context(span) is Context.NEGATED
    assert reading.context(span, own=frozenset({span[0] - 1})) is Context.ASSERTED


def test_the_words_of_two_sentences_are_said_by_none() -> None:
    """A span that crosses a full stop is scattered."""
    reading = reading_of("We keep faces. Nobody looks.")
    assert reading.context((2, 4)) is Context.SCATTERED


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("We use faces.", "use faces", (1, 3)),
        ("We use faces.", "e fac", (1, 3)),
        ("We use faces.", "faces.", (2, 3)),
        ("We use faces.", ".", None),
        ("... We use", "...", None),
        ("... We use", "... w", (0, 1)),
    ],
)
def test_a_place_touches_whole_words(text: str, quoted: str, expected: tuple[int, int] | None) -> None:
    """Half a word is the word; punctuation alone is none."""
    reading = reading_of(text)
    start = reading.folded.text.index(quoted)
    assert expected == reading.words_at((start, start + len(quoted)))


def test_no_word_is_in_two_sentences() -> None:
    """The stretches of a reading follow one another."""
    reading = reading_of("# One\nIs it? No. It e.g. is.\n| a b | c d |\n- c\n\nd: e")
    ends = [0, *(stretch.end for stretch in reading.stretches)]
    assert ends[:-1] == [stretch.start for stretch in reading.stretches]
    assert ends[-1] == len(reading.words)


def test_a_place_between_words_is_scattered() -> None:
    """A quote of nothing but signs is said by no sentence."""
    submission = Submission.of("We use it -- here.")
    start = fold(submission.text).text.index("--")
    assert quote_at((start, start + 2), submission, reading_of(submission.text)).context is Context.SCATTERED


@pytest.mark.parametrize(
    ("behind", "context"),
    [
        ("We declined.", Context.NEGATED),
        ("We declined, in writing.", Context.NEGATED),
        ("That has been removed.", Context.NEGATED),
        ("We declined to pay any more for it.", Context.ASSERTED),
        ("They can not, however, opt out.", Context.ASSERTED),
        ("We declined but they insisted, so it runs now.", Context.ASSERTED),
        ("Was it rejected?", Context.ASSERTED),
        ("\n- We declined.", Context.ASSERTED),
        ("It runs on Mondays.", Context.ASSERTED),
        ("It runs on Mondays. We declined.", Context.ASSERTED),
    ],
)
def test_the_next_sentence_may_take_it_all_back(behind: str, context: Context) -> None:
    """A refusal that stands as a sentence of its own is about the sentence before, and no other."""
    reading = reading_of(f"They asked for face recognition at the door. {behind}")
    assert reading.context(span_of("face recognition", reading)) is context
