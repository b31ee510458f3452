"""Where sentences end, and whether each is asserted, asked or denied."""

from __future__ import annotations

import pytest

from reviewer.folding import fold
from reviewer.sentence import Mode
from reviewer.sentences import sentences
from tests.reading import english


def read(text: str) -> list[tuple[str, Mode]]:
    """Give the sentences of a text, each with its mode."""
    folded = fold(text).text
    return [(folded[found.start : found.end], found.mode) for found in sentences(folded, english())]


def texts(text: str) -> list[str]:
    """Give the words of each sentence of a text."""
    return [words.strip() for words, _ in read(text)]


CUT = [
    ("", []),
    ("One.", ["one."]),
    ("One. Two! Three? Four", ["one.", "two!", "three?", "four"]),
    ("One.\nTwo.", ["one.", "two."]),
    ("One?! Two...", ["one?!", "two..."]),
    ('"One." Two.', ['"one."', "two."]),
    ("(One.) Two.", ["(one.)", "two."]),
    ("One.Two", ["one.two"]),
    ("It costs 3.50 a day. Two.", ["it costs 3.50 a day.", "two."]),
    ("The U.S. police agree. Two.", ["the u.s. police agree.", "two."]),
    ("Faces, e.g. of guests. Two.", ["faces, e.g. of guests.", "two."]),
    ("Dr. Who met J. Smith. Two.", ["dr. who met j. smith.", "two."]),
    ("We met at 5 p.m. on Monday.", ["we met at 5 p.m. on monday."]),
    ("人脸识别。不用。", ["人脸识别。", "不用。"]),
    ("人脸识别？不用！", ["人脸识别?", "不用!"]),
    ("One。 Two", ["one。", "two"]),
    ("- one\n- two", ["one", "two"]),
    ("Purpose: faces. Two.", ["purpose: faces.", "two."]),
    ("| a | b |\n|---|---|\n| c | |", ["a", "b", "c"]),
]


@pytest.mark.parametrize(("text", "expected"), CUT, ids=[ascii(text) for text, _ in CUT])
def test_a_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    """Full stops, lines, items, labels and cells end a sentence; abbreviations and numbers do not."""
    assert expected == texts(text)


def test_a_no_is_a_whole_sentence() -> None:
    """The answer "No." is no abbreviation for a number."""
    assert texts("No. It uses faces.") == ["no.", "it uses faces."]


def test_a_number_is_abbreviated() -> None:
    """Before a figure, "no." ends nothing."""
    assert texts("See no. 4 of the plan.") == ["see no. 4 of the plan."]


MODES = [
    ("It runs.", [Mode.ASSERTED]),
    ("Does it run?", [Mode.ASKED]),
    ("Does it run? Yes.", [Mode.ASSERTED]),
    ("Does it run? No.", [Mode.DENIED, Mode.ASSERTED]),
    ("Does it run?\n\nNo", [Mode.DENIED, Mode.ASSERTED]),
    ('"Does it run?" they asked.', [Mode.ASKED, Mode.ASSERTED]),
    ("It runs. No.", [Mode.ASSERTED, Mode.ASSERTED]),
    ("One? Two? No.", [Mode.ASKED, Mode.DENIED, Mode.ASSERTED]),
    ("Does it run? Ja.", [Mode.ASSERTED]),
    ("Does it run? Nein.", [Mode.DENIED, Mode.ASSERTED]),
    ("Does it run? 1", [Mode.ASKED, Mode.ASSERTED]),
    ("Does it run? Non-stop.", [Mode.ASKED, Mode.ASSERTED]),
    ("It runs. Non.", [Mode.ASSERTED, Mode.ASSERTED]),
    ("Faces: yes", [Mode.ASSERTED, Mode.ASSERTED]),
    ("Faces: no", [Mode.DENIED, Mode.ASSERTED]),
    ("Faces: n/a", [Mode.DENIED, Mode.ASSERTED]),
    ("Faces: of guests", [Mode.ASSERTED]),
    ("Faces:", [Mode.ASSERTED]),
    ("Out of scope: faces", [Mode.DENIED]),
    ("Faces - no", [Mode.DENIED]),
    ("Faces ..... yes", [Mode.ASSERTED]),
    ("Faces (n/a)", [Mode.DENIED]),
    ("[ ] faces", [Mode.ASKED]),
    ("[x] faces", [Mode.ASSERTED]),
    ("Out of scope:\n- faces\n- voices", [Mode.ASSERTED, Mode.DENIED, Mode.DENIED]),
    ("Out of scope:\n- faces\n\nIt runs.", [Mode.ASSERTED, Mode.DENIED, Mode.ASSERTED]),
    (
        "# Out of scope\nFaces.\n\nVoices.\n# Plan\nIt runs.",
        [Mode.ASSERTED, Mode.DENIED, Mode.DENIED, *[Mode.ASSERTED] * 2],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MODES, ids=[ascii(text) for text, _ in MODES])
def test_a_sentence_has_a_mode(text: str, expected: list[Mode]) -> None:
    """Prose asserts, forms ask, and answers and headings decide."""
    assert expected == [mode for _, mode in read(text)]


@pytest.mark.parametrize(
    ("table", "mode"),
    [
        ("| what | yes | no |\n| store faces | x | |", Mode.ASSERTED),
        ("| what | yes | no |\n| store faces | | x |", Mode.DENIED),
        ("| what | used |\n| store faces | yes |", Mode.ASSERTED),
        ("| what | used |\n| store faces | no |", Mode.DENIED),
        ("| what | used |\n| store faces | |", Mode.ASKED),
    ],
)
def test_a_row_has_its_answer(table: str, mode: Mode) -> None:
    """A cell that says yes or no, or is ticked under one, answers its row."""
    assert mode == {words.strip(): mode for words, mode in read(table)}["store faces"]


def test_only_the_last_question_is_answered() -> None:
    """An answer far from its question answers nothing."""
    assert [mode for _, mode in read("Does it run? Ask Ann. No.")] == [Mode.ASKED, Mode.ASSERTED, Mode.ASSERTED]


@pytest.mark.parametrize("question", ["Which data does it use?\n", "Which data does it use? "])
@pytest.mark.parametrize("boxes", ["[x] Faces [ ] Gaits", "[x] Faces [ ] Yes [ ] No", "[x] Yes, faces [ ] No"])
def test_a_choice_that_is_no_yes_or_no_is_said(question: str, boxes: str) -> None:
    """A box that is ticked beside other words is a statement, and no answer that can be left out."""
    (mode,) = {mode for words, mode in read(f"{question}{boxes}") if "faces" in words}
    assert mode is Mode.ASSERTED
