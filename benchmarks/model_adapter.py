"""The adapter as a client: the calls without the reviews, as the peers do them; the answers are validated."""

from __future__ import annotations

from benchmarks.model_ours import endpoint
from benchmarks.model_rounds import ask_each, given, serve
from reviewer.call import Message, ModelCall, Reply, Role
from reviewer.model.openai import OpenAIModel
from reviewer.wire import WireReply


def main() -> None:
    """Run the rounds; the third argument is the transport."""
    work, base_url, (transport,) = given()
    model = OpenAIModel(endpoint(base_url, transport))
    system = Message(role=Role.SYSTEM, content=work["system"])

    async def one(number: int) -> bool:
        asked = Message(role=Role.USER, content=work["asked"][number])
        call = ModelCall(messages=(system, asked), answer_schema=work["schema"], max_output_tokens=4096)
        answered = await model.answer(call)
        return isinstance(answered, Reply) and bool(WireReply.model_validate_json(answered.content).findings)

    serve(lambda start, end: ask_each(one, start, end))


if __name__ == "__main__":
    main()
