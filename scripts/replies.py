"""Keep the replies in `fixtures/replies/` true: record one from a real server, or affirm the written ones.

    python scripts/replies.py record NAME --base-url URL --model MODEL [--text FILE] [--max-output-tokens N]
    python scripts/replies.py affirm

A recorded reply carries the digest of the call that it answers, a written one that of the form of the answer.
When prompts, policy or form change, the tests fail: record anew, or look at the written ones and affirm them.
"""

from __future__ import annotations

import argparse
import json
import urllib.request
from pathlib import Path
from typing import Any

from reviewer import Endpoint, Reviewer, Settings, identity
from reviewer.model import encoding
from reviewer.model.ladder import Stand
from reviewer.model.openai import OpenAIModel

ROOT = Path(__file__).resolve().parent.parent
REPLIES = ROOT / "fixtures" / "replies"
TEXT = "fixtures/submissions/timetables.txt"
KEPT_HEADERS = ("content-type", "date", "retry-after")
PATIENCE = 900


def main() -> None:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    recording = commands.add_parser("record")
    recording.add_argument("name")
    recording.add_argument("--base-url", required=True)
    recording.add_argument("--model", required=True)
    recording.add_argument("--text", default=TEXT)
    recording.add_argument("--max-output-tokens", type=int, default=Settings().max_output_tokens)
    recording.set_defaults(do=record)
    commands.add_parser("affirm").set_defaults(do=affirm)
    options = parser.parse_args()
    options.do(options)


def record(options: argparse.Namespace) -> None:
    """Ask a real server, and write down what it answers; what the review makes of it is for a person to add."""
    endpoint = Endpoint(model=options.model, base_url=options.base_url)
    text = (ROOT / options.text).read_text(encoding="utf-8")
    settings = Settings(max_output_tokens=options.max_output_tokens)
    (call,) = Reviewer(model=endpoint, settings=settings).requests(text)
    body = encoding.body(call, endpoint, Stand())
    url = f"{options.base_url.rstrip('/')}/chat/completions"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310  the person's own
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310  as above
        told = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        answer = {"status": response.status, "headers": told, "json": json.load(response)}
    _write(
        REPLIES / f"{options.name}.json",
        {
            "origin": "recorded",
            "source": f"{options.model} at {endpoint.host}",
            "answers": identity.call_digest(call, OpenAIModel(endpoint).identity),
            "base_url": options.base_url,
            "model": options.model,
            "max_output_tokens": options.max_output_tokens,
            "text": options.text,
            "responses": [answer],
            "expect": {},
        },
    )


def affirm(_: argparse.Namespace) -> None:
    """Stamp the written replies with the form of the answer as it is now."""
    digest = form_digest()
    for file in sorted(REPLIES.glob("*.json")):
        reply = json.loads(file.read_text(encoding="utf-8"))
        if reply["origin"] == "written" and reply["answers"] != digest:
            _write(file, {**reply, "answers": digest})


def form_digest() -> str:
    """Name the form that a model is asked to answer in."""
    (call,) = Reviewer(model=Endpoint(model="m")).requests((ROOT / TEXT).read_text(encoding="utf-8"))
    return identity.text_digest(call.answer_schema)


def _write(file: Path, reply: dict[str, Any]) -> None:
    file.write_text(json.dumps(reply, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
