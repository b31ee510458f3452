"""What the calls of a review took, added up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reviewer.call import Trace, Usage
from reviewer.receipt import Receipt

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_REASON = "the model tells no cost"


def receipt(rounds: Sequence[Sequence[Trace]], quotes: int, located: int, failures: tuple[str, ...] = ()) -> Receipt:
    """Add up the traces of each round; what came from memory cost nothing this time.

    `quotes` is how many were given, `located` how many of them stand in the text; `failures` are in words.
    """
    traces = [trace for traces in rounds for trace in traces]
    paid = [trace for trace in traces if trace.attempts and not trace.from_memory]
    used = [trace.usage or Usage() for trace in paid]
    unknown = next((trace.cost_unknown or _NO_REASON for trace in paid if trace.cost is None), None)
    return Receipt(
        calls=len(paid),
        from_memory=sum(trace.from_memory for trace in traces),
        attempts=sum(trace.attempts for trace in paid),
        answered_by=tuple(sorted({trace.model for trace in traces if trace.model})),
        response_ids=tuple(trace.response_id for trace in traces if trace.response_id),
        input_tokens=sum(usage.input for usage in used),
        output_tokens=sum(usage.output for usage in used),
        cached_tokens=sum(usage.cached for usage in used),
        quotes=quotes,
        located=located,
        failures=failures,
        cost=None if unknown else math.fsum(trace.cost or 0.0 for trace in paid),
        cost_unknown=unknown,
        seconds=round(math.fsum(max(map(_seconds, traces), default=0.0) for traces in rounds), 3),
    )


def summed(receipts: Sequence[Receipt]) -> Receipt:
    """Add up what reviews of one text took that ran side by side."""
    unknown = next((receipt.cost_unknown for receipt in receipts if receipt.cost is None), None)
    added = ("calls", "from_memory", "attempts", "input_tokens", "output_tokens", "cached_tokens", "quotes", "located")
    joined = ("call_digests", "answered_by", "response_ids", "failures", "unanswered")
    made: dict[str, object] = {name: sum(getattr(receipt, name) for receipt in receipts) for name in added}
    for name in joined:
        made[name] = tuple(dict.fromkeys(part for receipt in receipts for part in getattr(receipt, name)))
    made["cost"] = None if unknown else math.fsum(receipt.cost or 0.0 for receipt in receipts)
    return Receipt.model_validate(
        {**made, "cost_unknown": unknown, "seconds": max(receipt.seconds for receipt in receipts)}
    )


def _seconds(trace: Trace) -> float:
    return 0.0 if trace.from_memory else trace.seconds
