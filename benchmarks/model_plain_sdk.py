"""The SDK as it comes as a client, with its own retries, in our own environment."""

from __future__ import annotations

import json

from openai import AsyncOpenAI, OpenAIError

from benchmarks.model_rounds import ask_each, given, serve


def main() -> None:
    """Run the rounds."""
    work, base_url, _ = given()
    schema = json.loads(work["schema"])
    client = AsyncOpenAI(base_url=base_url, api_key="none")

    async def one(number: int) -> bool:
        try:
            answered = await client.chat.completions.create(
                model="fake",
                messages=[
                    {"role": "system", "content": work["system"]},
                    {"role": "user", "content": work["asked"][number]},
                ],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "review", "strict": True, "schema": schema},
                },
            )
        except OpenAIError:
            return False
        return bool(answered.choices[0].message.content)

    serve(lambda start, end: ask_each(one, start, end))


if __name__ == "__main__":
    main()
