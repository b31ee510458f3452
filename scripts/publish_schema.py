"""Write the verdict's schema and its full example into `docs/`: `python scripts/publish_schema.py`."""

from __future__ import annotations

import json
from pathlib import Path

from reviewer import Reviewer, Source, Submission
from reviewer.exporters.schema import verdict_schema

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "fixtures/submissions/body-cameras.txt"


def main() -> None:
    """Write both files."""
    text = (ROOT / EXAMPLE).read_text(encoding="utf-8")
    verdict = Reviewer().review(Submission.of(text, source=Source(file=EXAMPLE)))
    _write("verdict.schema.json", json.dumps(verdict_schema(), indent=2))
    _write("verdict.example.json", verdict.model_dump_json(indent=2))


def _write(name: str, text: str) -> None:
    file = ROOT / "docs" / name
    file.write_text(text + "\n", encoding="utf-8")
    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
