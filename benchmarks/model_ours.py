"""The reviewer as a client: whole reviews with `AsyncReviewer`, grounding and second reader included."""

from __future__ import annotations

import asyncio

from benchmarks.model_rounds import IN_FLIGHT, given, serve
from benchmarks.model_work import long
from reviewer import AsyncReviewer
from reviewer.endpoint import Endpoint
from reviewer.verdict import Verdict


def main() -> None:
    """Run the rounds; the third argument is the transport, and a fourth adds the long text as the last one."""
    work, base_url, (transport, *more) = given()
    texts = [*work["texts"], long()] if more else work["texts"]
    reviewer = AsyncReviewer(model=endpoint(base_url, transport))

    async def ask(start: int, end: int) -> tuple[int, float]:
        lost, slowest = 0, 0.0
        async for verdict in reviewer.review_many(texts[start : end or None]):
            lost += not (isinstance(verdict, Verdict) and verdict.decided_by == "model")
            if isinstance(verdict, Verdict) and verdict.receipt:
                slowest = verdict.receipt.seconds
        return lost, slowest

    try:
        serve(ask)
    finally:
        asyncio.run(reviewer.aclose())


def endpoint(base_url: str, transport: str) -> Endpoint:
    """Give the endpoint as all our clients ask it."""
    return Endpoint.model_validate(
        {"model": "fake", "base_url": base_url, "in_flight": IN_FLIGHT, "transport": transport}
    )


if __name__ == "__main__":
    main()
