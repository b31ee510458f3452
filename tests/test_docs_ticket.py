"""The page on tickets is a program: what it shows is run, with a model, without one, and in an outage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from reviewer import ModelRejected, Reviewer, Tier, Verdict, WhyNotModel
from reviewer.call import Failure
from reviewer.testing import ScriptedModel, finding, reply
from tests.pages import blocks, marked, page, run

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/integrations/ticket.md"
MOST_LINES = 32
TIMETABLES = "The assistant answers questions about bus timetables, and staff check every answer before it is sent."
MOODS = "It listens to the calls of our staff and tells their supervisor whether the agents are sad or angry."
OUTAGE = Failure(why=WhyNotModel.OUTAGE, detail="The endpoint cannot be reached.")


@pytest.fixture(name="tickets", scope="module")
def _tickets() -> dict[str, Any]:
    """Give the names of the ticket handler."""
    names: dict[str, Any] = {"__name__": "example"}
    run(marked(PAGE, "ticket"), names)
    return names


def test_the_ticket_handler_is_short_and_has_a_queue_for_each_tier(tickets: dict[str, Any]) -> None:
    """The handler is about thirty lines, and the page tells each tier with the queue that it goes to."""
    assert len(marked(PAGE, "ticket").splitlines()) <= MOST_LINES
    told = re.findall(r"^\| (\d) \| `([\w ]+)` \|", page(PAGE), re.MULTILINE)
    assert [(int(tier), queue) for tier, queue in told] == list(enumerate(tickets["QUEUES"]))
    assert len(tickets["QUEUES"]) == len(Tier)


def test_the_ticket_page_shows_what_comes_of_each_ticket(
    tickets: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """What the page runs without a network prints what it says, by model, by rules, and for an empty ticket."""
    run(marked(PAGE, "try"), dict(tickets))
    assert capsys.readouterr().out == marked(PAGE, "tried")


def test_the_service_of_the_ticket_page_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reviewer is made from the environment, here without a configuration of whoever runs this."""
    for variable in ("XDG_CONFIG_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (service,) = (block for block in blocks(PAGE, "python") if "from_env" in block)
    run(service, {"__name__": "example"})
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("script", "text", "queue", "label", "comment"),
    [
        ([reply("approve")], TIMETABLES, "log", "ai-use: approve by model", "No objection found"),
        (
            [reply("reject", finding("emotion-inference", "whether the agents are sad or angry"))],
            MOODS,
            "policy",
            "ai-use: reject by model",
            "found by the model",
        ),
        ([OUTAGE], TIMETABLES, "read again", "ai-use: refer by rules", "the model could not be reached"),
        ([OUTAGE], MOODS, "policy", "ai-use: reject by rules", "the model could not be reached"),
        ([], "Summarise tickets.", "requester", "ai-use: refer by rules", "too little"),
        ([], " ", "requester", "ai-use: nothing to review", "ticket AI-1: there is no text in it"),
        ([ModelRejected("no", only_this=True)], TIMETABLES, "policy", "ai-use: not read", "a person has to read it"),
    ],
    ids=["approved", "breach", "outage", "breach in an outage", "too little", "empty", "refused"],
)
def test_a_ticket_goes_where_the_page_says(  # noqa: PLR0913, PLR0917  a row of the table above
    script: list[str | Failure | Exception],
    text: str,
    queue: str,
    label: str,
    comment: str,
    tickets: dict[str, Any],
) -> None:
    """Queue, label and comment follow from what the model answers, and from the rules where it does not."""
    model = ScriptedModel(script)
    handled = tickets["handle"]("AI-1", text, Reviewer(model=model))
    assert (handled.queue, handled.label) == (queue, label)
    assert comment in handled.comment
    assert len(model.calls) == len(script)
    if handled.record:
        Verdict.model_validate_json(handled.record)


def test_a_wrong_set_up_is_no_answer_to_a_ticket(tickets: dict[str, Any]) -> None:
    """A refused key reaches the operator, and the ticket is left alone."""
    with pytest.raises(ModelRejected, match="401"):
        tickets["handle"]("AI-1", TIMETABLES, Reviewer(model=ScriptedModel([ModelRejected("401")])))
