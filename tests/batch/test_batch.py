"""A run goes through once, goes on where it was left, and keeps everything."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from reviewer import Reviewer
from reviewer.batch import Batch
from reviewer.errors import EmptySubmission, ModelRejected, StoreError, UnreadableDocument
from reviewer.receipt import WhyNotModel
from reviewer.settings import Settings
from reviewer.store.store import Store
from reviewer.submission import Source, Submission
from reviewer.testing import ScriptedModel, reply
from reviewer.verdict import DecidedBy, Decision, Reason
from tests.batch.makers import CLEAN, approving, failing, reader, row, rows

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.call import ModelCall
    from reviewer.run import Entry

BREACH = "It compares the faces of passers-by with the watch list of the US city police, live on body cameras."


def entries(store: Store) -> list[Entry]:
    """Give the entries of the latest run."""
    return list(store.entries(store.run().id))


def test_every_row_has_its_verdict_in_the_order_of_the_input(store: Store) -> None:
    """What comes out, and what is kept, is in the order in which it was given."""
    going = Batch(reader(approving()), store, inputs=["intake.csv"])
    done = list(going.review(rows(12)))
    assert [one.submission.id for one in done] == [f"R-{number}" for number in range(1, 13)]
    assert all(one.verdict and one.verdict.decision is Decision.APPROVE for one in done)
    assert [(entry.position, entry.submission.id) for entry in entries(store)] == [
        (number, f"R-{number}") for number in range(1, 13)
    ]
    assert store.run().ended_at is not None


def test_the_same_again_asks_nothing(store: Store) -> None:
    """A second pass over the same input asks no model and changes no verdict."""
    model = approving()
    list(Batch(reader(model), store).review(rows(5)))
    before = entries(store)
    going = Batch(reader(model), store)
    done = list(going.review(rows(5)))
    assert going.goes_on
    assert all(one.known for one in done)
    assert len(model.calls) == 5
    assert [entry.verdict for entry in entries(store)] == [entry.verdict for entry in before]
    assert len(store.runs()) == 1


def test_only_what_changed_is_reviewed_anew(store: Store) -> None:
    """A row whose text has changed is asked about again, its former verdict stays readable."""
    model = approving()
    list(Batch(reader(model), store).review(rows(3)))
    changed = [
        row(1),
        row(2, "Instead, the assistant sorts letters of customers by topic, and staff answer them."),
        row(3),
    ]
    done = list(Batch(reader(model), store).review(changed))
    assert [bool(one.known) for one in done] == [True, False, True]
    assert len(model.calls) == 4
    assert len(store.history(entries(store)[1].id)) == 1


def test_what_is_in_the_input_no_more_is_told_and_kept(store: Store) -> None:
    """A row that vanished from the input is marked, and its verdict is still there."""
    list(Batch(reader(approving()), store).review(rows(3)))
    going = Batch(reader(approving()), store)
    list(going.review(rows(2)))
    assert going.vanished == 1
    assert [entry.vanished for entry in entries(store)] == [False, False, True]
    assert entries(store)[2].verdict is not None


def test_a_row_that_cannot_be_read_keeps_its_place(store: Store) -> None:
    """An error stands in its place with what is known of the row, and the others are done."""
    about = Submission(text="", source=Source(file="intake.csv", row=3), id="R-2")
    error = EmptySubmission("there is no text in it.", source=str(about.source), about=about)
    done = list(Batch(reader(approving()), store).review([row(1), error, row(3)]))
    assert [bool(one.verdict) for one in done] == [True, False, True]
    kept = entries(store)[1]
    assert (kept.submission.id, kept.verdict) == ("R-2", None)
    assert "no text" in (kept.error or "")


def test_identical_texts_are_asked_once(store: Store) -> None:
    """Many rows with one text cost one call, and each has a verdict with its own place."""
    model = approving()
    text = CLEAN.format(number="of all")
    done = list(Batch(reader(model), store).review([row(number, text) for number in range(1, 31)]))
    assert len(model.calls) == 1
    assert {one.verdict.submission.source.row for one in done if one.verdict} == set(range(2, 32))


def test_repeated_and_missing_ids_are_told_apart_by_their_place(store: Store) -> None:
    """Rows with one id, or none, are all kept, and found again in the next pass."""
    given = [row(1, name="A"), row(2, name="A"), row(3), row(4).model_copy(update={"id": None})]
    first = Batch(reader(approving()), store)
    assert len({one.key for one in first.review(given)}) == 4
    assert first.repeated == 1
    assert all(one.known for one in Batch(reader(approving()), store).review(given))


def test_an_outage_in_the_middle_leaves_rows_to_retry(store: Store) -> None:
    """While the model is away rules decide, and say so; `retry_fallbacks` asks for those rows alone."""
    model = failing(WhyNotModel.OUTAGE, when=lambda call: 4 <= call <= 6)
    going = Batch(reader(model), store)
    done = list(going.review(rows(10)))
    away = [one for one in done if one.why_not_model is WhyNotModel.OUTAGE]
    assert (len(away), going.fallbacks) == (3, 3)
    assert all(one.verdict and one.verdict.decided_by is DecidedBy.RULES for one in away)
    assert all(one.known for one in Batch(reader(model), store).review(rows(10)))
    again = Batch(reader(model), store, retry_fallbacks=True)
    assert sum(one.known is None for one in again.review(rows(10))) == 3
    assert len(model.calls) == 13
    assert {entry.verdict.decision for entry in entries(store) if entry.verdict} == {Decision.APPROVE}


def test_a_spent_budget_stops_cleanly_and_is_gone_on_with(store: Store) -> None:
    """What the budget left no room for is kept as not read, and the next pass asks for it alone."""
    poor = Batch(reader(failing(WhyNotModel.BUDGET, when=lambda call: call > 4)), store)
    done = list(poor.review(rows(200)))
    assert poor.is_out_of_budget
    assert sum(one.verdict is not None for one in done) == 4
    kept = entries(store)
    assert (len(kept), sum(entry.verdict is None and entry.error is None for entry in kept)) == (200, 196)
    assert store.run().ended_at is None
    rich = approving()
    list(Batch(reader(rich), store).review(rows(200)))
    assert len(rich.calls) == 196
    assert all(entry.verdict for entry in entries(store))
    assert store.run().ended_at is not None


def test_a_text_that_was_read_in_part_is_retried(store: Store) -> None:
    """Where one window of a long text got no answer, that one is asked again, and the text is read in full."""
    text, brief = " ".join(CLEAN.format(number=number) for number in range(60)), Settings(window_characters=4_000)
    model = failing(WhyNotModel.OUTAGE, when=lambda call: call == 2)
    going = Batch(Reviewer(model=model, settings=brief), store)
    (first,) = going.review([row(1, text)])
    assert first.verdict
    assert (Reason.PARTLY_READ in first.verdict.reasons, going.fallbacks, len(model.calls)) == (True, 1, 2)
    again = Batch(Reviewer(model=model, settings=brief), store, retry_fallbacks=True)
    (second,) = again.review([row(1, text)])
    assert second.verdict
    assert (second.verdict.decision, again.fallbacks, len(model.calls)) == (Decision.APPROVE, 0, 3)


def test_a_budget_takes_nothing_back_from_what_is_retried(store: Store) -> None:
    """Where the budget ends before a fallback was asked again, the verdict of the rules goes on to hold."""
    given = [row(1, BREACH), *rows(3)[1:]]
    list(Batch(reader(failing(WhyNotModel.OUTAGE, when=lambda _: True)), store).review(given))
    before = [entry.verdict for entry in entries(store)]
    poor = Batch(reader(failing(WhyNotModel.BUDGET, when=lambda _: True)), store, retry_fallbacks=True)
    assert all(one.known for one in poor.review(given))
    assert poor.is_out_of_budget
    assert [entry.verdict for entry in entries(store)] == before
    assert before[0]
    assert before[0].decision is Decision.REJECT


def test_a_known_verdict_is_that_of_its_own_row(store: Store) -> None:
    """An id that reads like another row's number in the store leads to no other verdict."""
    given = [Submission(text=CLEAN.format(number=number), id=str(9 - number)) for number in range(1, 9)]
    list(Batch(reader(), store).review(given))
    again = Batch(reader(), store)
    read = [again.verdict(one) for one in again.review(given)]
    assert [one and one.submission.id for one in read] == [one.id for one in given]


def test_a_stop_finishes_what_is_under_way(store: Store) -> None:
    """After `stop` nothing new is begun, what was begun is kept, and the next pass goes on behind it."""
    going = Batch(reader(), store)
    for done in going.review(rows(500)):
        if done.position == 10:
            going.stop()
    assert 10 <= len(entries(store)) < 500
    assert store.run().ended_at is None
    assert len(list(Batch(reader(), store).review(rows(500)))) == 500
    assert len(entries(store)) == 500


def test_what_is_done_is_kept_when_the_reader_of_rows_leaves(store: Store) -> None:
    """Whoever takes ten rows and goes finds them in the store."""
    going = Batch(reader(), store)
    taken = going.review(rows(100))
    assert len(list(islice(taken, 10))) == 10
    taken.close()
    assert len(entries(store)) >= 10


def test_a_refusing_endpoint_ends_the_run_and_loses_nothing(store: Store) -> None:
    """A wrong key is raised, and what was done before it is kept."""
    answers: list[str | Exception] = [reply(), reply(), ModelRejected("The key is refused.")]
    with pytest.raises(ModelRejected, match="refused"):
        list(Batch(reader(ScriptedModel(answers)), store).review(rows(3)))
    assert sum(entry.verdict is not None for entry in entries(store)) == 2


def test_another_model_is_another_run(store: Store) -> None:
    """Runs are of one reader each, so that two of them can be compared."""
    list(Batch(reader(approving()), store).review(rows(2)))
    list(Batch(reader(), store).review(rows(2)))
    assert [run.plan.model is None for run in store.runs()] == [False, True]


def test_a_name_holds_for_one_plan(store: Store) -> None:
    """A name that stands for other inputs is refused, and not mixed."""
    list(Batch(reader(), store, name="q3", inputs=["a.csv"]).review(rows(1)))
    with pytest.raises(StoreError, match="'q3'"):
        Batch(reader(), store, name="q3", inputs=["b.csv"])


def test_verdicts_are_written_while_the_run_goes_on(store: Store, store_address: str) -> None:
    """Another process sees what is done before the run has ended."""
    going = Batch(reader(), store)
    seen = 0
    with Store.open(store_address) as other:
        for done in going.review(rows(450)):
            if done.position == 420:
                seen = len(entries(other))
    assert seen >= 400


def test_an_answer_that_could_not_be_used_is_asked_for_again(store: Store) -> None:
    """What was kept of it would only come again; a retry forgets it, and the model gets another chance."""
    answers = iter(["no JSON at all"] * 4 + [reply()] * 2)
    model = ScriptedModel(lambda _: next(answers))
    first = Batch(reader(model), store)
    assert {one.why_not_model for one in first.review(rows(2))} == {WhyNotModel.INVALID_REPLY}
    assert first.fallbacks == 2
    again = Batch(reader(model), store, retry_fallbacks=True)
    assert [one.verdict and one.verdict.decision for one in again.review(rows(2))] == [Decision.APPROVE] * 2
    assert len(model.calls) == 6


def test_a_budget_that_ends_within_a_text_leaves_the_text_for_later(store: Store) -> None:
    """A text of which only a part could be paid for is not reached yet, and what was paid is not paid again."""
    long = " ".join(CLEAN.format(number=number) for number in range(600))
    poor = failing(WhyNotModel.BUDGET, when=lambda call: call > 1)
    first = Batch(reader(poor), store)
    (only,) = first.review([row(1, long)])
    assert (only.verdict, first.is_out_of_budget) == (None, True)
    rich = approving()
    (done,) = Batch(reader(rich), store).review([row(1, long)])
    assert done.verdict is not None
    assert done.verdict.decision is Decision.APPROVE
    assert done.verdict.receipt is not None
    assert len(rich.calls) == len(done.verdict.receipt.call_digests) - 1


def test_a_row_without_an_id_is_known_by_its_text(store: Store) -> None:
    """A row that is put in above it neither changes it nor takes over what people decided on it."""
    given = [row(number).model_copy(update={"id": None}) for number in (1, 2)]
    list(Batch(reader(approving()), store).review(given))
    numbers = {entry.submission.text: entry.id for entry in entries(store)}
    moved = [row(3), *(row(number + 1, given[number - 1].text) for number in (1, 2))]
    model = approving()
    list(Batch(reader(model), store).review([one.model_copy(update={"id": None}) for one in moved]))
    after = {entry.submission.text: entry.id for entry in entries(store)}
    assert {text: after[text] for text in numbers} == numbers
    assert len(model.calls) == 1


def test_nothing_vanishes_while_a_file_cannot_be_read(store: Store) -> None:
    """The rows of a file that is damaged today are still there tomorrow."""
    list(Batch(reader(), store).review(rows(2)))
    damaged = UnreadableDocument("it is damaged.", source="intake.csv")
    broken = Batch(reader(), store)
    list(broken.review([damaged]))
    assert broken.vanished == 0
    assert [entry.vanished for entry in entries(store)].count(True) == 0


def test_a_stop_does_not_wait_for_ever(store: Store) -> None:
    """What has no answer half a minute after a stop is left for the next pass."""
    now = [0.0]

    async def never(_: ModelCall) -> str:
        going.stop()
        now[0] += 60
        await asyncio.sleep(3600)
        return reply()

    with Batch(reader(ScriptedModel(never)), store, clock=lambda: now[0]) as going:
        assert [one.verdict for one in going.review(rows(1))] == [None]
    assert [entry.verdict for entry in entries(store)] == [None]


def test_a_program_exports_what_it_has_reviewed(store: Store, tmp_path: Path) -> None:
    """A batch writes its run in any format, as the command does."""
    with Batch(reader(approving()), store) as going:
        list(going.review(rows(2)))
        going.export(tmp_path / "out.jsonl")
        going.export(tmp_path / "out.md")
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert "unfinished" not in (tmp_path / "out.md").read_text(encoding="utf-8")
