"""instructor as a client: runs in an environment of its own, and knows nothing of the package."""

from __future__ import annotations

import json
from typing import Any, Literal

from benchmarks.model_rounds import ask_each, given, serve


def shape(schema: dict[str, Any]) -> Any:  # noqa: ANN401  a class that is made when the clauses are known
    """Give a pydantic model of the shape that our schema has."""
    from pydantic import create_model

    kinds = {name: known["enum"] for name, known in schema["$defs"].items() if "enum" in known}
    finding: dict[str, Any] = {
        "clause": _one_of(schema["$defs"]["WireFinding"]["properties"]["clause"]["enum"]),
        "quotes": (list[str], ...),
        "reasoning": (str, ...),
        "kind": _one_of(kinds["Kind"]),
        "question": (str | None, ...),
        "condition": (str | None, ...),
    }
    whole: dict[str, Any] = {
        "about": (str, ...),
        "findings": (list[create_model("Finding", **finding)], ...),  # type: ignore[misc]  # made when it is known
        "addressed_to_reviewer": (list[str], ...),
        "decision": _one_of(kinds["Decision"]),
    }
    return create_model("Review", **whole)


def _one_of(words: list[str]) -> Any:  # noqa: ANN401  a form that is made when the words are known
    return (Literal.__getitem__(tuple(words)), ...)


def main() -> None:
    """Run the rounds."""
    import instructor  # type: ignore[import-not-found]  # stands in an environment of its own
    from openai import AsyncOpenAI

    work, base_url, _ = given()
    review = shape(json.loads(work["schema"]))
    client = instructor.from_openai(AsyncOpenAI(base_url=base_url, api_key="none"), mode=instructor.Mode.JSON_SCHEMA)

    async def one(number: int) -> bool:
        messages = [
            {"role": "system", "content": work["system"]},
            {"role": "user", "content": work["asked"][number]},
        ]
        answered = await client.chat.completions.create(
            model="fake", response_model=review, messages=messages, temperature=0.0, max_tokens=4096
        )
        return bool(answered.findings)

    serve(lambda start, end: ask_each(one, start, end))


if __name__ == "__main__":
    main()
