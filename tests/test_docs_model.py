"""The page on the model tells what the program does: variables, fields, steps, and what comes of each reply."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import pytest

from reviewer import Endpoint, ModelRejected, Reviewer, WhyNotModel, background
from reviewer.call import Step
from reviewer.cli.status import Status
from reviewer.cli.stores import VARIABLE
from reviewer.configuration import addresses, configure, files, keys
from reviewer.configuration.layer import VARIABLES
from reviewer.model.openai import OpenAIModel
from reviewer.testing import FakeEndpoint
from reviewer.testing.behaviours import NAMED
from tests.pages import blocks, page, section

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/model.md"
TEXT = "The assistant answers questions about bus timetables, and staff check every answer before it is sent."
REPLIES = [
    ("fenced", None, 0),
    ("no-json", "invalid_reply", 3),
    ("empty-choices", "invalid_reply", 3),
    ("empty-content", "invalid_reply", 3),
    ("refusal", "refusal", 3),
    ("cut-off", "cut_off", 3),
    ("content-filter", "content_filter", 3),
    ("filtered", "content_filter", 3),
    ("too-long", "too_long", 3),
    ("429", "rate_limit", 3),
    ("503", "outage", 3),
    ("never-ending", "outage", 3),
    ("slam", "outage", 3),
    ("login-page", None, 6),
    ("html", None, 6),
    ("401", None, 6),
    ("403", None, 6),
    ("404", None, 6),
    ("quota", None, 6),
    ("400", None, 6),
]


def test_each_environment_variable_has_its_row() -> None:
    """Every variable that the configuration reads is told, and none that it does not read."""
    told = re.findall(r"^\| `([A-Z_]+)` \|", page(PAGE), re.MULTILINE)
    source = "".join(inspect.getsource(module) for module in (addresses, files, keys))
    assert set(told) == {*VARIABLES, VARIABLE, *re.findall(r'"((?:AZURE_)?OPENAI_[A-Z_]+)"', source)}
    assert len(told) == len(set(told))


def test_each_field_of_an_endpoint_has_its_row() -> None:
    """Every field is told in the order of the program, with its default."""
    text = section(PAGE, "Fields of an endpoint")
    rows = re.findall(r"^\| `(\w+)` \| ?(.*?) \| .+ \|$", text, re.MULTILINE)
    assert [name for name, _ in rows] == list(Endpoint.model_fields)
    for name, told in rows:
        field = Endpoint.model_fields[name]
        shown = "" if field.is_required() else {None: "not set", (): "none"}.get(field.default, f"`{field.default}`")
        assert told == shown, name


def test_the_places_of_the_configuration_are_told(tmp_path: Path) -> None:
    """The example of `reviewer.toml` is one that may be read, and each table is told."""
    file = tmp_path / "house.toml"
    (example,) = blocks(PAGE, "toml")
    file.write_text(example, encoding="utf-8")
    nowhere = tmp_path / "nowhere"
    known = configure({"HOUSE_OPENAI_KEY": "a-key"}, config=file, folder=nowhere, user=nowhere)
    assert known.endpoint is not None
    assert known.cache == tmp_path / "replies.db"
    tables = re.findall(r"^\[(\w+)\]$", example, re.MULTILINE)
    assert re.findall(r"^\| `\[(\w+)\]` \|", page(PAGE), re.MULTILINE) == tables == ["review", "model", "store"]


def test_each_step_of_the_ladder_has_its_row() -> None:
    """The steps stand in the order in which they are tried."""
    text = section(PAGE, "How the model is held to the form")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == [step.value for step in Step]


def test_what_is_done_with_each_reply_names_every_reason() -> None:
    """Each reason that an endpoint can cause stands in the table of replies, and its status is one that there is."""
    text = section(PAGE, "What is done with each reply")
    rows = re.findall(r"^\| [^|]+ \| [^|]+ \|(?: `(\w+)`)? \| ([\d, or]+) \|$", text, re.MULTILINE)
    elsewhere = {"offline", "no_model_configured", "too_little_said"}
    assert {reason for reason, _ in rows if reason} == {why.value for why in WhyNotModel} - elsewhere
    assert {int(number) for _, told in rows for number in re.findall(r"\d+", told)} <= set(Status)


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(("behaviour", "why", "status"), REPLIES)
def test_a_reply_is_treated_as_the_table_says(behaviour: str, why: str | None, status: int) -> None:
    """The table of replies is tried on a real server that gives them."""
    assert f"`{why}`" in page(PAGE) or not why
    with FakeEndpoint([NAMED[behaviour]()]) as fake:
        model = OpenAIModel(Endpoint(model="fake", base_url=fake.base_url, attempts=1, timeout=5.0))
        try:
            found = Reviewer(model=model).review(TEXT)
        except ModelRejected:
            assert status == Status.MODEL_REFUSED
        else:
            assert (found.why_not_model, found.decision == "approve") == (why, status == Status.APPROVE)
        finally:
            background.wait(background.submit(model.aclose()))
        assert fake.served
