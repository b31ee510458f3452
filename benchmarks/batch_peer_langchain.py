"""langchain as a client: runs in an environment of its own, and knows nothing of the package."""

from __future__ import annotations

import json

from benchmarks.model_peer_instructor import shape
from benchmarks.model_rounds import ask_each, given, serve


def main() -> None:
    """Run the rounds."""
    from langchain_openai import ChatOpenAI  # type: ignore[import-not-found]  # stands in an environment of its own

    work, base_url, _ = given()
    review = shape(json.loads(work["schema"]))
    model = ChatOpenAI(model="fake", base_url=base_url, api_key="none", temperature=0.0, max_tokens=4096)
    asking = model.with_structured_output(review, method="json_schema")

    async def one(number: int) -> bool:
        answered = await asking.ainvoke([("system", work["system"]), ("user", work["asked"][number])])
        return bool(answered.findings)

    serve(lambda start, end: ask_each(one, start, end))


if __name__ == "__main__":
    main()
