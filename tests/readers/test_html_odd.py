"""Web pages that are made to be misread."""

from __future__ import annotations

import pytest

from reviewer.errors import TooLarge
from reviewer.readers.html import MOST_BYTES, MOST_ELEMENTS
from reviewer.readers.limits import Limits
from reviewer.submission import RemarkKind
from tests.readers.test_html import hidden, read, told


@pytest.mark.parametrize("markup", ["<label>{0}</label>", "<fieldset><legend>{0}</legend></fieldset>"])
def test_words_that_name_nothing_to_fill_in_are_the_requesters(markup: str) -> None:
    """Nobody makes a statement a form's own by the name of an element."""
    words = "We will recognise faces."
    assert read(markup.format(words)).own_words == ()
    hidden_input = read(markup.format(f"{words}<input type=hidden>"))
    assert hidden_input.own_words == ()
    found = read(markup.format(f"{words}<input>"))
    assert [found.text[start:end] for start, end in found.own_words] == [words]


def test_an_endless_page_is_given_up_where_it_is_too_long() -> None:
    """What lies beyond the limit costs no memory."""
    with pytest.raises(TooLarge, match="12 characters are more than the limit of 10"):
        read("<p>words" * 1_000, Limits(max_characters=10))


@pytest.mark.parametrize("tag", ["span", "b", "label", "font", "fieldset", "section", "x-words"])
def test_words_that_the_parser_leaves_in_the_head_are_read(tag: str) -> None:
    """A browser ends the head where words begin, also where nobody says so; its title and styles are no words."""
    found = read(f"<html><head><title>T</title><style>p{{}}</style><meta name=a><{tag}>We recognise faces.</{tag}>")
    assert found.text == "We recognise faces."


def test_conditions_within_conditions_end() -> None:
    """Rules deep within others still hold, and time does not grow with the square of the depth."""
    found = read(f"<style>{'@media all{' * 100}.a{{display:none}}{'}' * 100}</style><p>Seen.<p class=a>Not seen.")
    assert [words for words, _ in hidden(found)] == ["Not seen."]


def test_words_for_want_of_a_script_are_read() -> None:
    """A mail program runs no scripts, and so shows them; the counters of visitors beside them are nothing to read."""
    found = read(
        "<head><noscript><p>In the head.</p></noscript></head><p>Seen.</p><noscript><p>We recognise faces.</p>"
        "<iframe src=count style='display:none'></iframe></noscript>"
    )
    assert found.text == "In the head.\n\nSeen.\n\nWe recognise faces."
    assert not found.remarks


def test_a_frame_for_want_of_a_script_is_not_read() -> None:
    """A frame that a person can see is counted there, too."""
    found = read("<p>Seen.</p><noscript><iframe src=details></iframe></noscript><iframe hidden></iframe>")
    assert told(found, RemarkKind.UNREAD) == ["Parts of the page were not read: 2 frames."]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>a" * MOST_ELEMENTS, f"its 200,001 elements of markup are more than the limit of {MOST_ELEMENTS:,}; split"),
        (
            "<p>Words." + " " * MOST_BYTES,
            f"bytes of markup are more than the limit of {MOST_BYTES:,}; split it or save",
        ),
    ],
)
def test_a_page_that_would_fill_the_memory_is_refused(markup: str, said: str) -> None:
    """A page is measured before it is parsed, as a parsed one takes many times its room."""
    with pytest.raises(TooLarge, match=said):
        read(markup)
