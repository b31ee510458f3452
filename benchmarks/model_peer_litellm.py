"""litellm as a client, its answers validated with pydantic: runs in an environment of its own."""

from __future__ import annotations

import json
import os

from benchmarks.model_peer_instructor import shape
from benchmarks.model_rounds import ask_each, given, serve


def main() -> None:
    """Run the rounds."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # it would fetch its prices from the network
    import litellm  # type: ignore[import-not-found]  # stands in an environment of its own

    work, base_url, _ = given()
    schema = json.loads(work["schema"])
    review = shape(schema)
    form = {"type": "json_schema", "json_schema": {"name": "review", "strict": True, "schema": schema}}

    async def one(number: int) -> bool:
        messages = [
            {"role": "system", "content": work["system"]},
            {"role": "user", "content": work["asked"][number]},
        ]
        answered = await litellm.acompletion(
            model="openai/fake",
            base_url=base_url,
            api_key="none",
            messages=messages,
            response_format=form,
            temperature=0.0,
            max_tokens=4096,
        )
        return bool(review.model_validate_json(answered.choices[0].message.content).findings)

    serve(lambda start, end: ask_each(one, start, end))


if __name__ == "__main__":
    main()
