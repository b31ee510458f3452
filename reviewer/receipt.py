"""What a verdict took, and why no model read where none did."""

from __future__ import annotations

from enum import StrEnum

from reviewer.value import Value


class WhyNotModel(StrEnum):
    """Why rules decided although a model might have."""

    OFFLINE = "offline"
    NO_MODEL_CONFIGURED = "no_model_configured"
    OUTAGE = "outage"
    RATE_LIMIT = "rate_limit"
    QUOTA = "quota"
    CONTENT_FILTER = "content_filter"
    REFUSAL = "refusal"
    CUT_OFF = "cut_off"
    INVALID_REPLY = "invalid_reply"
    TOO_LONG = "too_long"
    TOO_LITTLE_SAID = "too_little_said"
    BUDGET = "budget"


class Receipt(Value):
    """What a verdict took; the one part of it that is not the same every time.

    `call_digests` name the calls, whose replies the cache or the store holds.
    `answered_by` are the models that answered, by their own account; `tokens` are as the endpoint counted them.
    `quotes` is how many the model gave, and `located` how many of them stand in the text.
    `failures` say in words why calls got no answer, and `unanswered` why parts of the text have none in the end.
    `cost` is in US dollars, and where it is None, `cost_unknown` says why;
    `seconds` is what the slowest call of each round took, added up.
    """

    calls: int
    from_memory: int
    attempts: int
    call_digests: tuple[str, ...] = ()
    answered_by: tuple[str, ...]
    response_ids: tuple[str, ...]
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    quotes: int
    located: int
    failures: tuple[str, ...]
    unanswered: tuple[WhyNotModel, ...] = ()
    cost: float | None
    cost_unknown: str | None
    seconds: float
