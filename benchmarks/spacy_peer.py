"""spaCy's PhraseMatcher over the same texts and words, in an environment of its own.

It does less: it finds phrases, without gaps, beginnings, sentences, contexts, quotes or a verdict.
Run as a script it is the peer itself: reads texts and phrases from a JSON file, prints seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROUNDS = 3
ENVIRONMENT = Path(__file__).resolve().parent / ".spacy"
REQUIREMENT = "spacy>=3.8"


def rows(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the row of the table; ours and theirs run in turn."""
    from reviewer import Reviewer, loading

    python = _environment()
    reviewer = Reviewer()
    reviewer.review(texts[0])
    phrases = [_plain(phrase) for concept in loading.library().concepts for phrase in concept.phrases]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work.json"
        work.write_text(json.dumps({"texts": texts, "phrases": phrases}), encoding="utf-8")
        ratios = [_peer_seconds(python, work) / _our_seconds(reviewer, texts) for _ in range(ROUNDS)]
    yield "spaCy's PhraseMatcher, which does less, time against ours", f"{median(ratios):.1f} x"


def _plain(phrase: str) -> str:
    """Give a phrase without what PhraseMatcher has no word for: the first of each alternative, no gaps."""
    words = (part.split("|")[0].removesuffix("?").removesuffix("*") for part in phrase.split() if part != "..")
    return " ".join(words)


def _environment() -> Path:
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", REQUIREMENT], check=True)
    return python


def _our_seconds(reviewer: object, texts: Sequence[str]) -> float:
    review = reviewer.review  # type: ignore[attr-defined]  # typed loosely: this module also runs without the package
    start = time.perf_counter()
    for text in texts:
        review(text)
    return time.perf_counter() - start


def _peer_seconds(python: Path, work: Path) -> float:
    run = subprocess.run([python, __file__, work], check=True, capture_output=True, text=True)
    return float(run.stdout)


def peer(work: Path) -> None:
    """Match every phrase in every text, and print the seconds that the matching took."""
    import spacy  # type: ignore[import-not-found]  # stands in an environment of its own
    from spacy.matcher import PhraseMatcher  # type: ignore[import-not-found]  # as above

    given = json.loads(work.read_text(encoding="utf-8"))
    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    matcher.add("vocabulary", list(pipeline.pipe(given["phrases"])))
    matcher(pipeline.make_doc(given["texts"][0]))
    start = time.perf_counter()
    for text in given["texts"]:
        matcher(pipeline.make_doc(text))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    peer(Path(sys.argv[1]))
