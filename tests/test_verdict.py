"""The verdict as others read it: a published schema, the same bytes, JSON in and out."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer import AsyncReviewer, EmptySubmission, Reviewer, Settings, Source, Submission, TooLarge, Verdict
from reviewer.errors import UnreadableDocument
from reviewer.exporters.schema import verdict_schema

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "fixtures" / "submissions" / "body-cameras.txt"


@pytest.fixture(name="reviewer", scope="module")
def _reviewer() -> Reviewer:
    """Give the reviewer with the shipped policy."""
    return Reviewer()


def test_the_published_schema_is_pinned() -> None:
    """A change of the verdict's shape must be a decision; `scripts/publish_schema.py` publishes it."""
    published = json.loads((ROOT / "docs" / "verdict.schema.json").read_text(encoding="utf-8"))
    assert published == verdict_schema()


def test_the_published_example_is_what_comes_out(reviewer: Reviewer) -> None:
    """The full example in the docs is the verdict on the shipped text, and fits the schema."""
    example = json.loads((ROOT / "docs" / "verdict.example.json").read_text(encoding="utf-8"))
    source = Source(file="fixtures/submissions/body-cameras.txt")
    verdict = reviewer.review(Submission.of(EXAMPLE.read_text(encoding="utf-8"), source=source))
    assert example == json.loads(verdict.model_dump_json())
    jsonschema.Draft202012Validator(verdict_schema()).validate(example)


def test_a_verdict_goes_to_json_and_back(reviewer: Reviewer) -> None:
    """Nothing is lost on the way through a queue or a file."""
    verdict = reviewer.review(EXAMPLE.read_text(encoding="utf-8"))
    assert verdict == Verdict.model_validate_json(verdict.model_dump_json())


def test_the_same_text_gives_the_same_bytes_in_every_process() -> None:
    """Hash seeds and the order of sets leave no trace."""
    code = "import sys; from reviewer import Reviewer; print(Reviewer().review(sys.stdin.read()).model_dump_json())"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=EXAMPLE.read_text(encoding="utf-8"),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1


def test_sync_and_async_agree(reviewer: Reviewer) -> None:
    """Both drivers give the same verdict."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert reviewer.review(text) == asyncio.run(AsyncReviewer().review(text))


def test_constructing_touches_nothing() -> None:
    """A reviewer for a policy that is not there is made without complaint, and complains when it reviews."""
    Reviewer("./nowhere.toml")


@given(st.text())
def test_any_text_gives_a_verdict_or_a_typed_error(text: str) -> None:
    """Whatever Unicode comes, every quote gives back its words."""
    reviewer = Reviewer()
    try:
        verdict = reviewer.review(text)
    except EmptySubmission:
        assert not text.strip()
        return
    for finding in verdict.findings:
        for quote in finding.quotes:
            assert quote.start is not None
            assert quote.text == text[quote.start : quote.end]


def test_every_quote_gives_back_its_words(reviewer: Reviewer) -> None:
    """On the labelled descriptions, offsets are code points into the text as given."""
    for file in sorted((ROOT / "fixtures" / "descriptions").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            for finding in reviewer.review(text).findings:
                for quote in finding.quotes:
                    assert quote.sentence is not None
                    assert quote.text == text[quote.start : quote.end]
                    assert quote.sentence.text == text[quote.sentence.start : quote.sentence.end]


def test_bad_texts_raise_typed_errors(reviewer: Reviewer) -> None:
    """Empty, too long and half a character: each its own error, with the source in the message."""
    with pytest.raises(EmptySubmission, match="no text"):
        reviewer.review("  \n ")
    with pytest.raises(UnreadableDocument, match="character 3 is half of a surrogate pair"):
        reviewer.review("abc\ud800 and more words")
    with pytest.raises(TooLarge, match="11 characters are more than the limit of 10"):
        Reviewer(settings=Settings(max_characters=10)).review("eleven char")
    with pytest.raises(EmptySubmission, match=r"^intake\.csv, cell C4: ") as caught:
        reviewer.review(Submission(text="", source=Source(file="intake.csv", cell="C4")))
    assert caught.value.source == "intake.csv, cell C4"
