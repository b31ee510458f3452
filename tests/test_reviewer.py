"""The front door with a model behind it: both drivers, many texts, memory, calibration."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from reviewer.call import Failure, ModelCall, Reply, Trace
from reviewer.errors import EmptySubmission, ModelRejected, ReviewerError, SettingsError, StoreError
from reviewer.receipt import WhyNotModel
from reviewer.reviewer import AsyncReviewer, Reviewer
from reviewer.settings import Settings
from reviewer.store.replies import Replies
from reviewer.testing import ScriptedModel, finding, reply
from reviewer.verdict import Calibration, DecidedBy, Decision, Reason, Verdict

if TYPE_CHECKING:
    from pathlib import Path

QUIET = "The assistant drafts answers to questions about bus timetables, and staff of the service desk send them."
FACES = "Officers wear cameras, and the app compares the faces of passers-by live with the sheriff's wanted list."
BREACH = reply("reject", finding("us-police-facial-recognition", "compares the faces of passers-by live"))
OUTAGE = Failure(why=WhyNotModel.OUTAGE, detail="It is down.")

SCRIPTS: dict[str, tuple[str, list[str | Failure]]] = {
    "approve": (QUIET, [reply("approve")]),
    "reject": (FACES, [BREACH]),
    "repair": (QUIET, ["no JSON", reply("approve")]),
    "outage": (FACES, [OUTAGE]),
    "nonsense": (QUIET, ["no JSON", "no JSON"]),
    "too little": ("Face app.", []),
}


def verdicts(given: list[Verdict | ReviewerError]) -> list[Verdict]:
    """Give the verdicts, of which all must be one."""
    assert all(isinstance(one, Verdict) for one in given)
    return [one for one in given if isinstance(one, Verdict)]


@pytest.mark.parametrize("name", SCRIPTS)
def test_both_drivers_give_the_same_bytes(name: str) -> None:
    """A review with a loop and one without are the same review."""
    text, script = SCRIPTS[name]
    plain = Reviewer(model=ScriptedModel(script)).review(text)
    looped = asyncio.run(AsyncReviewer(model=ScriptedModel(script)).review(text))
    assert plain.model_dump_json() == looped.model_dump_json()


def test_too_little_text_is_not_worth_asking_about() -> None:
    """A name or a dozen words cost nothing."""
    model = ScriptedModel([])
    verdict = Reviewer(model=model).review("Face app.")
    assert model.calls == []
    assert verdict.why_not_model is WhyNotModel.TOO_LITTLE_SAID
    assert Reason.TOO_LITTLE_SAID in verdict.reasons
    assert verdict.decision is Decision.REFER


def test_another_language_is_the_models_to_read() -> None:
    """Where the rules know no word, a model that read the text may still approve it."""
    text = (
        "Assistenten svarar på kundernas frågor om tidtabellerna för bussar och tåg i vår stad, "
        "och personalen granskar varje svar innan det skickas till den som har frågat."
    )
    verdict = Reviewer(model=ScriptedModel([reply("approve")])).review(text)
    assert (verdict.decision, verdict.reasons) == (Decision.APPROVE, (Reason.NOTHING_FOUND,))
    assert any("language" in warning.text for warning in verdict.warnings)
    assert Reviewer().review(text).reasons[0] is Reason.LANGUAGE_NOT_COVERED


def test_many_texts_keep_their_order_and_their_errors() -> None:
    """A text that cannot be read has its error in its place, and the others have their verdicts."""

    async def answer(call: ModelCall) -> str:
        await asyncio.sleep(0.03 if "number 0" in call.messages[-1].content else 0)
        return reply("approve")

    texts = [f"{QUIET} It is project number {number}." for number in range(5)]
    given = list(Reviewer(model=ScriptedModel(answer)).review_many([*texts[:2], "", *texts[2:]]))
    assert isinstance(given.pop(2), EmptySubmission)
    lengths = [len(text) for text in texts]
    assert [one.submission.characters for one in verdicts(given)] == lengths


def test_many_texts_are_asked_side_by_side() -> None:
    """The wall time is that of the slowest, not the sum."""
    under_way: list[int] = []
    now = 0

    async def answer(_: ModelCall) -> str:
        nonlocal now
        now += 1
        under_way.append(now)
        await asyncio.sleep(0.02)
        now -= 1
        return reply("approve")

    texts = [f"{QUIET} It is project number {number}." for number in range(20)]
    assert len(list(Reviewer(model=ScriptedModel(answer)).review_many(texts))) == len(texts)
    assert max(under_way) > 10


def test_many_texts_work_with_a_loop_too() -> None:
    """The asynchronous twin gives the same, in the same order."""

    async def gather() -> list[Verdict | ReviewerError]:
        reviewer = AsyncReviewer(model=ScriptedModel(lambda _: reply("approve")))
        return [one async for one in reviewer.review_many([QUIET, "", QUIET])]

    first, second, third = asyncio.run(gather())
    assert isinstance(second, EmptySubmission)
    assert [one.decided_by for one in verdicts([first, third])] == [DecidedBy.MODEL] * 2


def test_a_refusal_of_one_text_leaves_the_others() -> None:
    """What the endpoint refuses of one text alone is that text's error."""
    script: list[str | Exception] = [reply("approve"), ModelRejected("Not this one.", only_this=True), reply("approve")]
    given = list(Reviewer(model=ScriptedModel(script)).review_many([QUIET, FACES, QUIET]))
    assert [type(one) for one in given] == [Verdict, ModelRejected, Verdict]


def test_a_wrong_set_up_ends_many_texts() -> None:
    """What would befall every text is raised at the first."""
    with pytest.raises(ModelRejected, match="Wrong key"):
        list(Reviewer(model=ScriptedModel(lambda _: ModelRejected("Wrong key."))).review_many([QUIET, QUIET]))


def test_a_long_text_goes_in_windows_asked_all_at_once() -> None:
    """Quotes of every window keep their offsets in the whole."""
    text = "\n\n".join(f"{QUIET} Chapter {number} is about line {number}." for number in range(60)) + f"\n\n{FACES}"

    def answer(call: ModelCall) -> str:
        return BREACH if FACES in call.messages[-1].content else reply("approve")

    model = ScriptedModel(answer)
    settings = Settings(window_characters=2_000, window_overlap=200)
    verdict = Reviewer(model=model, settings=settings).review(text)
    assert len(model.calls) > 3
    assert verdict.decision is Decision.REJECT
    (quote,) = verdict.findings[0].quotes
    assert text[quote.start : quote.end] == quote.text == "compares the faces of passers-by live"


def test_a_window_without_an_answer_bars_an_approval() -> None:
    """The rest is kept, and the verdict says that it is not whole."""
    text = "\n\n".join(f"{QUIET} Chapter {number} is about line {number}." for number in range(60))

    def answer(call: ModelCall) -> str | Failure:
        return OUTAGE if "line 59" in call.messages[-1].content else reply("approve")

    settings = Settings(window_characters=2_000, window_overlap=200)
    verdict = Reviewer(model=ScriptedModel(answer), settings=settings).review(text)
    assert (verdict.decided_by, verdict.decision) == (DecidedBy.MODEL, Decision.REFER)
    assert verdict.reasons == (Reason.PARTLY_READ,)
    assert verdict.receipt is not None
    assert verdict.receipt.failures == ("It is down.",)


def test_what_the_rules_see_in_an_unread_window_stands() -> None:
    """Where no model has read, the rules are not overruled by one that read elsewhere."""
    text = "\n\n".join(f"{QUIET} Chapter {number} is about line {number}." for number in range(60)) + f"\n\n{FACES}"

    def answer(call: ModelCall) -> str | Failure:
        return OUTAGE if FACES in call.messages[-1].content else reply("approve")

    settings = Settings(window_characters=2_000, window_overlap=200)
    verdict = Reviewer(model=ScriptedModel(answer), settings=settings).review(text)
    assert (verdict.decided_by, verdict.decision) == (DecidedBy.MODEL, Decision.REJECT)
    assert {Reason.CLAUSE_BREACHED, Reason.PARTLY_READ} <= set(verdict.reasons)


def test_another_outcome_has_another_digest() -> None:
    """A review that missed a window is not the one that missed none."""
    text = "\n\n".join(f"{QUIET} Chapter {number} is about line {number}." for number in range(60))
    settings = Settings(window_characters=2_000, window_overlap=200)

    def answer(call: ModelCall) -> str | Failure:
        return OUTAGE if "line 59" in call.messages[-1].content else reply("approve")

    models = (ScriptedModel(answer), ScriptedModel(lambda _: reply("approve")))
    assert len({Reviewer(model=model, settings=settings).review(text).review_digest for model in models}) == 2


def test_cutting_a_text_comes_to_an_end() -> None:
    """A model that finds everything too long is not asked thousands of times."""
    model = ScriptedModel(lambda _: Failure(why=WhyNotModel.TOO_LONG, detail="Too long.", too_long=True))
    verdict = Reviewer(model=model).review(f"{QUIET} " * 200)
    assert verdict.why_not_model is WhyNotModel.TOO_LONG
    assert len(model.calls) < 30


def test_identical_texts_under_way_are_asked_once(tmp_path: Path) -> None:
    """Nobody pays twice for a question that is just being answered."""

    async def answer(_: ModelCall) -> str:
        await asyncio.sleep(0.05)
        return reply("approve")

    model = ScriptedModel(answer)
    with Reviewer(model=model, cache=tmp_path / "replies.db") as reviewer:
        given = verdicts(list(reviewer.review_many([QUIET] * 20)))
    assert len(model.calls) == 1
    assert [one.decision for one in given] == [Decision.APPROVE] * 20
    assert sum(one.receipt.calls for one in given if one.receipt) == 1


def test_many_threads_may_begin_at_once() -> None:
    """The first use of a reviewer is not the moment to be careful."""
    reviewer = Reviewer(model=ScriptedModel(lambda _: reply("approve")))
    barrier = threading.Barrier(12)
    got: list[DecidedBy] = []

    def review() -> None:
        barrier.wait()
        got.append(reviewer.review(QUIET).decided_by)

    threads = [threading.Thread(target=review) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert got == [DecidedBy.MODEL] * 12


def test_a_reviewer_within_its_own_model_is_told_so() -> None:
    """It would wait for itself for ever."""
    inner = Reviewer(model=ScriptedModel(lambda _: reply("approve")))

    def answer(_: ModelCall) -> str:
        return str(inner.review(QUIET).decision)

    with pytest.raises(RuntimeError, match="call AsyncReviewer there"):
        Reviewer(model=ScriptedModel(answer)).review(QUIET)


def test_a_cancelled_long_text_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    """A text that is being read beside the loop is given up in good order."""

    async def impatient() -> None:
        async with asyncio.timeout(0.01):
            await AsyncReviewer(model=ScriptedModel(lambda _: reply("approve"))).review(f"{QUIET} " * 5_000)

    with pytest.raises(TimeoutError):
        asyncio.run(impatient())
    assert not caplog.records


def test_the_same_question_is_asked_once(tmp_path: Path) -> None:
    """A second review of the same text costs nothing and says so; but for the receipt it is the same."""
    model = ScriptedModel([Reply(content=BREACH, trace=Trace(model="m", attempts=1, cost=0.25))])
    with Reviewer(model=model, cache=tmp_path / "replies.db") as reviewer:
        first, second = reviewer.review(FACES), reviewer.review(FACES)
    assert len(model.calls) == 1
    assert first.model_copy(update={"receipt": None}) == second.model_copy(update={"receipt": None})
    assert first.receipt is not None
    assert second.receipt is not None
    assert (first.receipt.cost, first.receipt.from_memory) == (0.25, 0)
    assert (second.receipt.cost, second.receipt.from_memory) == (0.0, 1)


def test_an_outage_is_not_remembered(tmp_path: Path) -> None:
    """What passes is asked again."""
    with Reviewer(model=ScriptedModel([OUTAGE, reply("approve")]), cache=tmp_path / "replies.db") as reviewer:
        assert [reviewer.review(QUIET).decided_by for _ in range(2)] == [DecidedBy.RULES, DecidedBy.MODEL]


def test_a_store_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Nothing is guessed about a file that this version does not understand."""
    from sqlalchemy import create_engine, text

    with Reviewer(model=ScriptedModel([reply("approve")]), cache=tmp_path / "replies.db") as reviewer:
        reviewer.review(QUIET)
    engine = create_engine(f"sqlite:///{tmp_path / 'replies.db'}")
    with engine.begin() as connection:
        connection.execute(
            text("insert into reviewer_migrations (name, applied_at) values ('m999_later', '2030-01-01')")
        )
    engine.dispose()
    with (
        Reviewer(model=ScriptedModel([]), cache=tmp_path / "replies.db") as reviewer,
        pytest.raises(StoreError, match="newer"),
    ):
        reviewer.review(QUIET)


def test_a_store_that_cannot_be_written_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A folder that cannot be made costs the memory and not the review, and is told of once."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with (
        caplog.at_level(logging.WARNING, "reviewer"),
        Reviewer(model=ScriptedModel([reply("approve")] * 2), cache=tmp_path / "file" / "replies.db") as reviewer,
    ):
        assert reviewer.review(QUIET).decided_by is DecidedBy.MODEL
        reviewer.review(QUIET)
    assert len(caplog.records) == 1


def test_what_is_masked_does_not_leave_and_comes_back_in_quotes() -> None:
    """The model sees the mask, and the verdict the text."""
    text = f"{FACES} Write to jo.bloggs@example.com for the list."
    model = ScriptedModel(lambda call: reply("refer", finding("consents", _masked_words(call), kind="review")))
    verdict = Reviewer(model=model, settings=Settings(mask=True)).review(text)
    assert "jo.bloggs" not in model.calls[0].messages[-1].content
    quotes = [quote.text for one in verdict.findings for quote in one.quotes]
    assert "Write to jo.bloggs@example.com" in quotes


def _masked_words(call: ModelCall) -> str:
    sent = call.messages[-1].content
    start = sent.index("Write to")
    return sent[start : sent.index(" for the list")]


def test_a_model_that_failed_its_calibration_cannot_approve(tmp_path: Path) -> None:
    """A control texts' result stays with the model, its prompts and its policy, and shows on every verdict."""
    from reviewer import calibration

    model = ScriptedModel(lambda _: reply("approve"))
    with Reviewer(model=model, cache=tmp_path / "replies.db") as reviewer:
        assert _state(reviewer.review(QUIET)) is Calibration.NEVER
        desk = reviewer.desk
        reader, replies = desk.reader(), desk.replies
        assert reader is not None
        assert isinstance(replies, Replies)
        report = calibration.calibrate(model, desk.brief, reader.asking)
        assert not report.passed
        calibration.keep(report, replies, reader.asking)
    with Reviewer(model=model, cache=tmp_path / "replies.db") as reviewer:
        verdict = reviewer.review(QUIET)
    assert _state(verdict) is Calibration.FAILED
    assert (verdict.decision, verdict.reasons) == (Decision.REFER, (Reason.MODEL_FAILED_CALIBRATION,))


def _state(verdict: Verdict) -> Calibration:
    assert verdict.model is not None
    return verdict.model.calibration


def test_what_would_be_sent_can_be_seen_without_sending() -> None:
    """The calls are those of the review, and nobody is asked."""
    model = ScriptedModel([])
    (call,) = Reviewer(model=model).requests(QUIET)
    assert QUIET in call.messages[-1].content
    assert model.calls == []
    assert Reviewer().requests(QUIET) == ()


def test_a_cancelled_review_is_cancelled_where_it_runs() -> None:
    """Whoever stops waiting stops the call, too."""
    stopped = threading.Event()

    async def answer(_: ModelCall) -> str:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            stopped.set()
            raise
        return reply("approve")

    async def impatient() -> None:
        async with asyncio.timeout(0.2):
            await AsyncReviewer(model=ScriptedModel(answer)).review(QUIET)

    with pytest.raises(TimeoutError):
        asyncio.run(impatient())
    assert stopped.wait(5)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_process_reviews_on_a_loop_of_its_own() -> None:
    """A server that forks its workers after a first review still works."""
    reviewer = Reviewer(model=ScriptedModel(lambda _: reply("approve")))
    assert reviewer.review(QUIET).decided_by is DecidedBy.MODEL
    child = os.fork()
    if child == 0:
        os._exit(0 if reviewer.review(FACES).decided_by is DecidedBy.MODEL else 1)
    for _ in range(500):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert os.waitstatus_to_exitcode(status) == 0
            return
        time.sleep(0.02)
    os.kill(child, 9)
    pytest.fail("the child hangs")


def test_a_model_that_is_only_a_name_is_told() -> None:
    """A name says nothing of where to ask."""
    with pytest.raises(SettingsError, match="give an Endpoint"):
        Reviewer(model="gpt-5-mini").review(QUIET)  # type: ignore[arg-type]


@pytest.mark.parametrize(("answers", "state"), [("m-1", Calibration.PASSED), ("m-2", Calibration.OUTDATED)])
def test_a_model_that_was_swapped_under_its_name_is_not_the_calibrated_one(
    answers: str, state: Calibration, tmp_path: Path
) -> None:
    """A result holds for the model that answered then, by its own account."""
    from reviewer import calibrating, calibration

    passed = calibrating.report(
        calibrating.ControlResult(id=kind, kind=kind, right=True, decision=Decision.REFER, answered_by=("m-1",))
        for kind in calibrating.ControlKind
    )
    model = ScriptedModel([Reply(content=reply("approve"), trace=Trace(model=answers))])
    with Reviewer(model=model, cache=tmp_path / "replies.db") as reviewer:
        reader, replies = reviewer.desk.reader(), reviewer.desk.replies
        assert reader is not None
        assert isinstance(replies, Replies)
        calibration.keep(passed, replies, reader.asking)
    with Reviewer(model=model, cache=tmp_path / "replies.db") as reviewer:
        assert _state(reviewer.review(QUIET)) is state
