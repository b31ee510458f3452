"""What can be submitted, and what is said of the rest."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from reviewer.errors import EmptySubmission, InputError, TooLarge, UnreadableDocument
from reviewer.submission import Segment, Source, Submission

PAGES = (
    Segment(start=0, end=10, source=Source(file="plan.pdf", page=1)),
    Segment(start=10, end=20, source=Source(file="plan.pdf", page=2)),
)


def test_a_text_is_taken_as_it_stands() -> None:
    """Nothing is trimmed or normalised, so that offsets stay those of the text as given."""
    assert Submission.of("  We use\r\nit. \ufeff").text == "  We use\r\nit. \ufeff"


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\u00a0\u2003"])
def test_a_text_of_blanks_is_refused(text: str) -> None:
    """There is nothing to read, and the message says what to write."""
    with pytest.raises(EmptySubmission, match=r"intake\.txt: there is no text in it; describe"):
        Submission.of(text, source=Source(file="intake.txt"))


def test_a_text_may_be_as_long_as_the_limit() -> None:
    """The limit itself is allowed."""
    assert len(Submission.of("x" * 10, max_characters=10).text) == 10


def test_a_text_over_the_limit_is_refused() -> None:
    """The message names both lengths and the setting."""
    with pytest.raises(TooLarge, match=r"1,001 characters are more than the limit of 1,000.*max_characters"):
        Submission.of("x" * 1001, max_characters=1000)


@pytest.mark.parametrize(("text", "at"), [("\ud800", 0), ("faces \udfff here", 6), ("\ude00\ud83d", 0)])
def test_half_a_surrogate_pair_is_refused(text: str, at: int) -> None:
    """Such a text was decoded wrongly, and could not be written down again."""
    with pytest.raises(UnreadableDocument, match=f"the text: character {at} is half of a surrogate pair"):
        Submission.of(text)


def test_a_character_outside_the_basic_plane_is_none() -> None:
    """Emoji and rare letters are ordinary characters."""
    assert Submission.of("\U0001f600 \U00020000").text == "\U0001f600 \U00020000"


def test_every_refusal_is_the_submitters() -> None:
    """One `except` catches them, and the source can be asked for."""
    with pytest.raises(InputError) as caught:
        Submission.of("", source=Source(ticket="UC-7"))
    assert caught.value.source == "ticket UC-7"


@pytest.mark.parametrize(
    ("start", "page"), [(0, 1), (9, 1), (10, 2), (19, 2), (20, None)], ids=["first", "last", "next", "end", "beyond"]
)
def test_a_place_is_that_of_its_segment(start: int, page: int | None) -> None:
    """Segments are half open; what is in none stands in the whole submission."""
    submission = Submission(text="x" * 25, segments=PAGES)
    assert page == submission.place(start).page


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (Source(), "the text"),
        (Source(file="a.txt"), "a.txt"),
        (Source(file="a.pdf", page=3, paragraph=2), "a.pdf, page 3, paragraph 2"),
        (Source(file="a.xlsx", sheet="Q3", cell="C14"), "a.xlsx, sheet Q3, cell C14"),
        (Source(label="Purpose"), "field Purpose"),
        (Source(ticket="UC-7"), "ticket UC-7"),
    ],
    ids=str,
)
def test_a_source_reads_as_a_person_would_look_it_up(source: Source, named: str) -> None:
    """Only what is known is named."""
    assert named == str(source)


def test_a_submission_never_changes() -> None:
    """It is made once."""
    with pytest.raises(ValidationError):
        Submission.of("We use it.").text = "other"  # type: ignore[misc]


def test_a_submission_survives_json() -> None:
    """It is the same value after it was written down and read again."""
    submission = Submission.of("Größe \U0001f600", source=Source(file="a.txt"), segments=PAGES)
    assert submission == Submission.model_validate_json(submission.model_dump_json())


def test_what_is_no_text_is_told() -> None:
    """Bytes of a file are a common slip, and have no characters to count."""
    with pytest.raises(TypeError, match="of type 'bytes'; decode or read it first"):
        Submission.of(b"The police match faces.")  # type: ignore[arg-type]
