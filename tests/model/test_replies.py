"""Every shape of reply that waiting does not change, from the wire to the word that a verdict gives for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from reviewer.call import Step, Usage
from reviewer.errors import ModelRejected
from reviewer.receipt import WhyNotModel
from tests.model import makers
from tests.model.makers import Asked, bad, failed, good, rejected, replied, route

if TYPE_CHECKING:
    import respx

HTML = httpx.Response(200, html="<html>Please log in</html>")
CATEGORIES = {
    "hate": {"filtered": False, "severity": "safe"},
    "jailbreak": {"filtered": True, "detected": True},
    "violence": {"filtered": True, "severity": "high"},
}


def test_a_good_reply(httpx2_mock: respx.Router) -> None:
    """The text comes whole, with the tokens, the model that answered and what it took."""
    answered = route(httpx2_mock, good())
    reply = replied(Asked())
    assert answered.call_count == 1
    assert reply.content == makers.ANSWER
    trace = reply.trace
    assert (trace.model, trace.response_id) == ("reader-2025-01-01", "chatcmpl-1")
    assert trace.usage == Usage(input=100, output=20, cached=64)
    assert (trace.attempts, trace.step) == (1, Step.STRICT_SCHEMA)
    assert trace.cost is not None or trace.cost_unknown


BAD_REPLIES: dict[str, tuple[httpx.Response, WhyNotModel]] = {
    "refusal": (
        httpx.Response(
            200,
            json=makers.completion(
                choices=[{"message": {"content": None, "refusal": "I can not."}, "finish_reason": "stop"}]
            ),
        ),
        WhyNotModel.REFUSAL,
    ),
    "length": (good('{"findings": [', finish="length"), WhyNotModel.CUT_OFF),
    "filter": (good(None, finish="content_filter"), WhyNotModel.CONTENT_FILTER),
    "no choices": (good(choices=[]), WhyNotModel.INVALID_REPLY),
    "empty content": (good(""), WhyNotModel.INVALID_REPLY),
    "blank content": (good(" \n"), WhyNotModel.INVALID_REPLY),
    "null content": (good(None), WhyNotModel.INVALID_REPLY),
    "null content, no finish": (good(None, finish=None), WhyNotModel.INVALID_REPLY),
    "no message": (good(choices=[{"finish_reason": "stop"}]), WhyNotModel.INVALID_REPLY),
    "no object for a choice": (good(choices=["stop"]), WhyNotModel.INVALID_REPLY),
    "plain text": (httpx.Response(200, text="OK"), WhyNotModel.INVALID_REPLY),
    "nothing": (httpx.Response(200), WhyNotModel.INVALID_REPLY),
    "cut JSON": (httpx.Response(200, text='{"choices": [{"mess'), WhyNotModel.INVALID_REPLY),
}


@pytest.mark.parametrize("shape", BAD_REPLIES)
def test_a_bad_reply(httpx2_mock: respx.Router, shape: str) -> None:
    """A reply that is no answer is named, costs one attempt, and is no outage of the endpoint."""
    response, why = BAD_REPLIES[shape]
    answered = route(httpx2_mock, response)
    asked = Asked()
    failure = failed(asked)
    assert answered.call_count == 1
    assert (failure.why, failure.trace.attempts) == (why, 1)
    assert asked.pace.told == ["succeeded"]


def test_a_bad_reply_is_paid_for(httpx2_mock: respx.Router) -> None:
    """Tokens of an answer that was cut off are counted like those of a good one."""
    answered = route(httpx2_mock, good("{", finish="length"))
    trace = failed(Asked(makers.endpoint(price=(1.0, 10.0)))).trace
    assert answered.called
    assert trace.usage == Usage(input=100, output=20, cached=64)
    assert trace.cost
    assert (trace.model, trace.response_id) == ("reader-2025-01-01", "chatcmpl-1")


def test_a_refusal_is_quoted(httpx2_mock: respx.Router) -> None:
    """Who decides in the model's place can read why it did not."""
    answered = route(httpx2_mock, BAD_REPLIES["refusal"][0])
    assert "I can not." in failed(Asked()).detail
    assert answered.called


def test_content_without_a_finish(httpx2_mock: respx.Router) -> None:
    """A server that gives no reason for its end has answered all the same."""
    answered = route(httpx2_mock, good(finish=None))
    assert replied(Asked()).content == makers.ANSWER
    assert answered.called


def test_content_in_parts(httpx2_mock: respx.Router) -> None:
    """Content in parts is put together, without the model's thinking."""
    parts = [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "{"}, {"type": "text", "text": "}"}]
    answered = route(httpx2_mock, good(parts))
    assert replied(Asked()).content == "{}"
    assert answered.called


def test_azures_content_filter(httpx2_mock: respx.Router) -> None:
    """What Azure's filter saw in the text is kept, and what it passed is not."""
    inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": CATEGORIES}
    answered = route(httpx2_mock, bad(400, "Filtered.", code="content_filter", innererror=inner))
    failure = failed(Asked())
    assert answered.call_count == 1
    assert (failure.why, failure.categories) == (WhyNotModel.CONTENT_FILTER, ("jailbreak", "violence"))


def test_a_filter_that_stops_the_answer(httpx2_mock: respx.Router) -> None:
    """A filter may stop the answer instead of the question; its categories are kept, too."""
    choice = {"message": {"content": "{"}, "finish_reason": "content_filter", "content_filter_results": CATEGORIES}
    answered = route(httpx2_mock, good(choices=[choice]))
    failure = failed(Asked())
    assert answered.called
    assert (failure.why, failure.categories) == (WhyNotModel.CONTENT_FILTER, ("jailbreak", "violence"))


@pytest.mark.parametrize("code", ["cyber_policy", "invalid_prompt", "content_policy_violation"])
def test_other_filters(httpx2_mock: respx.Router, code: str) -> None:
    """Every provider's word for a text that it does not want is the same failure."""
    answered = route(httpx2_mock, bad(400, "Not this.", code=code))
    assert failed(Asked()).why == WhyNotModel.CONTENT_FILTER
    assert answered.called


def test_a_routers_moderation(httpx2_mock: respx.Router) -> None:
    """A 403 about the text is a filter's, and not a wrong key that stops everything."""
    metadata = {"reasons": ["violence"], "flagged_input": "a text"}
    answered = route(httpx2_mock, bad(403, "Flagged.", code=403, metadata=metadata))
    assert failed(Asked()).categories == ("violence",)
    assert answered.called


TOO_LONG = {
    "openai": bad(400, "Too many.", code="context_length_exceeded"),
    "llama.cpp": bad(400, "The request exceeds the context size (4096 tokens).", type="exceed_context_size_error"),
    "vllm": httpx.Response(400, json={"object": "error", "message": "The maximum context length is 4096 tokens."}),
    "max_tokens": bad(400, "max_tokens is too large: the context length is 4096.", param="max_tokens"),
    "proxy": httpx.Response(413, html="<h1>Too large</h1>"),
}


@pytest.mark.parametrize("server", TOO_LONG)
def test_a_text_too_long(httpx2_mock: respx.Router, server: str) -> None:
    """A text that does not fit says so, so that it can be asked in smaller windows."""
    answered = route(httpx2_mock, TOO_LONG[server])
    failure = failed(Asked())
    assert answered.call_count == 1
    assert (failure.why, failure.too_long) == (WhyNotModel.TOO_LONG, True)


SET_UP = {
    "401": (bad(401, f"Incorrect API key provided: {makers.KEY}"), "OPENAI_API_KEY"),
    "402": (bad(402, "Insufficient balance"), "quota"),
    "403": (bad(403, "Not for you"), "base_url 'https://models.example/v1'"),
    "404": (bad(404, "Not found"), "/v1"),
    "404 deployment": (bad(404, "The API deployment does not exist.", code="DeploymentNotFound"), "model 'reader'"),
    "405": (bad(405), "(405;"),
    "301": (httpx.Response(301, headers={"location": "https://me:word@login.example/?t=1"}), "'login.example'"),
    "302": (httpx.Response(302, headers={"location": "https://["}), "proxy"),
    "400": (bad(400, "Unknown field 'messages'"), "Unknown field"),
    "quota": (bad(429, "You exceeded your quota", code="insufficient_quota"), "quota"),
    "quota by type": (bad(429, "You exceeded your quota", type="insufficient_quota"), "quota"),
    "web page": (HTML, "/v1"),
    "web page 404": (httpx.Response(404, html="<html>Nothing</html>"), "/v1"),
    "error in a 200": (httpx.Response(200, json={"error": {"message": "No", "code": "invalid_api_key"}}), "API_KEY"),
    "other JSON": (httpx.Response(200, json={"status": "ok"}), "no chat completion; is base_url"),
    "a list": (httpx.Response(200, json=[1]), "(a missing /v1?)"),
}


@pytest.mark.parametrize("shape", SET_UP)
def test_a_wrong_set_up(httpx2_mock: respx.Router, shape: str) -> None:
    """What no waiting helps raises at once, names what to change, and shows no secret."""
    response, words = SET_UP[shape]
    answered = route(httpx2_mock, response)
    error = rejected(Asked())
    assert answered.call_count == 1
    assert words in str(error)
    assert "models.example" in str(error)
    assert not error.only_this
    assert makers.KEY not in repr(error)
    assert "word" not in str(error)
    assert "t=1" not in str(error)


def test_other_json_after_an_answer(httpx2_mock: respx.Router) -> None:
    """An endpoint that has answered before is set up well, and once answers with something else."""
    answered = route(httpx2_mock, SET_UP["other JSON"][0])
    assert failed(Asked(proven=True)).why == WhyNotModel.INVALID_REPLY
    assert answered.call_count == 1


def test_the_message_for_a_wrong_key(httpx2_mock: respx.Router) -> None:
    """A wrong key is told in one sentence with the name of the setting."""
    answered = route(httpx2_mock, SET_UP["401"][0])
    cure = "check REVIEWER_API_KEY or OPENAI_API_KEY (api_key in Python); `reviewer doctor` shows which is set"
    assert str(rejected(Asked())) == f"The endpoint models.example refuses the key (401); {cure}."
    assert answered.called


def test_an_unknown_400_after_a_success(httpx2_mock: respx.Router) -> None:
    """Where other texts were answered, it is this text that is refused."""
    answered = route(httpx2_mock, good(), bad(400, "Something about this text"))
    asked = Asked()
    with pytest.raises(ModelRejected) as raised:
        makers.ask(asked, makers.call(), makers.call("Another."))
    assert raised.value.only_this
    assert answered.call_count == 2
