"""The parts of a reply that are read with care: times to wait, errors in many forms, secrets."""

from __future__ import annotations

import json

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.call import Usage
from reviewer.errors import BlockedByProvider, ModelUnavailable
from reviewer.model.complaint import Complaint, complaint, scrubbed
from reviewer.model.outcome import Answer, Outcome, Where, read
from reviewer.model.waiting import delay
from tests.model import makers

NOW = 1_700_000_000.0
WHERE = Where("models.example", makers.BASE, "reader", secrets=(makers.KEY,))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["choices", "message", "content", "error", "code", "usage", "prompt_tokens", "detail", "loc", "innererror",
         "content_filter_result", "metadata", "finish_reason", "refusal", "type", "text"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def outcome(status: int, body: bytes, **headers: str) -> Outcome:
    """Read an answer."""
    return read(Answer(status, httpx2.Headers(headers), body), WHERE, NOW)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "2"}, 2.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT"}, 30.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:50 -0000"}, 30.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:00 GMT"}, 0.0),
        ({"retry-after": "Thu, 01 Jan 2026 00:00:10 GMT", "date": "Thu, 01 Jan 2026 00:00:00 GMT"}, 10.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT", "date": "yesterday"}, 30.0),
    ],
)
def test_the_time_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, milliseconds and dates are understood, dates by the server's clock where it tells it."""
    assert delay(httpx2.Headers(headers), NOW) == seconds


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "No.", "code": "x"}},
        {"error": "No."},
        {"object": "error", "message": "No.", "code": 400},
        {"detail": "No."},
        {"detail": [{"loc": ["body"], "msg": "No."}]},
        [{"error": {"message": "No.", "status": "INVALID_ARGUMENT"}}],
        "No.",
    ],
)
def test_the_words_of_an_error(body: object) -> None:
    """The server's words are found in whatever form it has for them."""
    assert complaint(body).message == "No."


@pytest.mark.parametrize("body", [None, 3, [], {}, {"error": 3}, {"error": {"message": {}}}])
def test_an_error_without_words(body: object) -> None:
    """An error that says nothing is quoted as nothing."""
    assert complaint(body).quoted(()) == ""


def test_what_a_filter_was_shown_is_not_quoted() -> None:
    """Of a web page nothing is quoted, nor of a page in the place of an error."""
    error = outcome(500, b"<html>secret</html>").error
    assert "secret" not in str(error)


@pytest.mark.parametrize("text", [f"Key {makers.KEY}.", "Key sk-proj-ab**yz.", "Bearer eyJ0.eyJ1.abc-_ is old."])
def test_secrets_are_scrubbed(text: str) -> None:
    """Our key goes, and so does what looks like a key, also one that the server has half masked."""
    seen = scrubbed(text, (makers.KEY,))
    assert "[key]" in seen
    assert not any(part in seen for part in (makers.KEY, "sk-", "eyJ"))


def test_a_key_at_the_cut_is_scrubbed() -> None:
    """A key is taken out before the quote is cut, so that no half of it stays."""
    quoted = Complaint(message="x" * 295 + makers.KEY).quoted((makers.KEY,))
    assert makers.KEY[:5] not in quoted


def test_a_mark_before_the_page() -> None:
    """A web page is one also behind a byte order mark and blank lines."""
    assert "web page" in str(outcome(200, b"\xef\xbb\xbf\n <!DOCTYPE html>").error)


def test_cut_off_wins_over_no_content() -> None:
    """A model that thought until its limit was cut off, and is not one that answers nothing."""
    body = json.dumps(makers.completion("", finish="length")).encode()
    error = outcome(200, body).error
    assert error
    assert error.why == "cut_off"


@pytest.mark.parametrize("usage", [None, [], {}, {"prompt_tokens": "x", "completion_tokens": -1}])
def test_odd_usage(usage: object) -> None:
    """A server that can not count does not spoil an answer."""
    read_ = outcome(200, json.dumps(makers.completion(usage=usage)).encode())
    assert read_.content == makers.ANSWER
    assert read_.usage is None or read_.usage.output == 0


@given(st.sampled_from([200, 302, 400, 401, 403, 404, 429, 500]), JSON)
def test_nothing_breaks_the_reader(status: int, body: object) -> None:
    """Whatever JSON comes, it is an answer or an error with a reason."""
    read_ = outcome(status, json.dumps(body).encode())
    assert (read_.content is None) != (read_.error is None)


@given(st.sampled_from([200, 400, 500]), st.binary(max_size=50))
def test_no_bytes_break_the_reader(status: int, body: bytes) -> None:
    """Whatever bytes come, they are an error with a reason."""
    assert outcome(status, body).error


def test_no_field_brings_the_key() -> None:
    """A server that puts the key into its answer, its name or its categories does not bring it any further."""
    result = {makers.KEY: {"filtered": True}}
    choice = {"message": {}, "finish_reason": "content_filter", "content_filter_results": result}
    answer = outcome(200, json.dumps(makers.completion(f"Key {makers.KEY}", model=makers.KEY, id=makers.KEY)).encode())
    blocked = outcome(200, json.dumps(makers.completion(choices=[choice])).encode())
    assert answer.content == "Key [key]"
    assert makers.KEY not in repr((answer, blocked, blocked.error.__dict__, WHERE))


def test_numbers_out_of_reach() -> None:
    """Numbers with thousands of digits neither count nor crash."""
    number = "9" * 5000
    error = outcome(200, b'{"error": {"message": "No.", "code": "%b"}}' % number.encode()).error
    assert isinstance(error, ModelUnavailable)
    usage = b'{"choices": [{"message": {"content": "{}"}}], "usage": {"prompt_tokens": %b}}' % (b"9" * 100)
    assert outcome(200, usage).usage == Usage()


def test_a_short_key_leaves_the_answer_alone() -> None:
    """A key that is a word, as a local server's may be, does not spoil the words of an answer."""
    where = WHERE._replace(secrets=("test",))
    body = json.dumps(makers.completion("testing-and-oversight")).encode()
    assert read(Answer(200, {}, body), where, NOW).content == "testing-and-oversight"
    error = read(Answer(503, {}, b'{"error": {"message": "Key test is known."}}'), where, NOW).error
    assert "'Key [key] is known.'" in str(error)


def test_categories_can_be_shown() -> None:
    """What a filter saw is shown to people: nothing that a terminal obeys, and not without end."""
    odd = ["\x1b[2Jviolence", "hate\nAll is well.", " ", "", "\u202eetah"]
    error = blocked(*odd, *[f"{number} {'y' * 500}" for number in range(100)])
    assert len(error.categories) == 20
    assert {len(name) for name in error.categories} == {60}
    assert not [char for char in str(error) if not char.isprintable()]
    assert blocked("violence", "self-harm").categories == ("violence", "self-harm")


def blocked(*categories: str) -> BlockedByProvider:
    """Read the error of a filter that saw these."""
    result = {name: {"filtered": True} for name in categories}
    choice = {"message": {}, "finish_reason": "content_filter", "content_filter_results": result}
    error = outcome(200, json.dumps(makers.completion(choices=[choice])).encode()).error
    assert isinstance(error, BlockedByProvider)
    return error
