"""An organisation's own policy over a published one: what it may change, and that every change is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from reviewer import PolicyError, Reviewer, loading
from reviewer.overlay import Overlay
from reviewer.overlaying import laid_over, on
from reviewer.policy import Deviates, Effect, Standing, Unconfirmed
from reviewer.verdict import Decision, Reason
from tests import makers

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
BASE = makers.policy(
    makers.clause("scoring"),
    makers.clause("guessed", standing=Standing.INFERRED),
    makers.clause("decisions", Effect.RESTRICTED),
    makers.clause("security", Effect.REQUIRED),
)
HEAD = {"name": "acme", "version": "1", "title": "ACME's rules", "publisher": "ACME", "extends": "house@1"}
SCORE = "The city gives every resident a social credit score from their behaviour, and a low score costs them services."


def overlay(**tables: object) -> Overlay:
    """Make an overlay with these tables."""
    return Overlay.model_validate({**HEAD, **tables})


def write(folder: Path, text: str, *, extends: str = "microsoft-ai-services@4.0", name: str = "acme.toml") -> str:
    """Write an overlay to a file and give its address."""
    head = f'name = "acme"\nversion = "2026-11"\ntitle = "ACME"\npublisher = "ACME"\nextends = "{extends}"\n'
    (folder / name).write_text(head + text, encoding="utf-8")
    return str(folder / name)


def test_every_deviation_is_kept_with_its_reason_and_name() -> None:
    """Off, stricter, added and answered: a report can tell each, and who answers for it."""
    made = laid_over(
        BASE,
        overlay(
            off={"scoring": {"reason": "We score nobody.", "by": "Legal"}},
            stricter={"decisions": {"effect": "prohibited", "reason": "Not here.", "by": "The board"}},
            answers={"security": {"text": "met by platform X", "by": "Security", "until": TODAY}},
            clauses=[makers.clause("no-shadow-it")],
        ),
        TODAY,
    )
    assert [clause.id for clause in made.clauses] == ["guessed", "decisions", "security", "no-shadow-it"]
    assert made.by_id["decisions"].effect is Effect.PROHIBITED
    assert made.by_id["decisions"].needs is None
    assert made.by_id["security"].answer is not None
    assert (made.address, made.extends) == ("acme@1", "house@1")
    assert [(told.kind, told.clause, told.reason, told.by) for told in made.deviations] == [
        (Deviates.OFF, "scoring", "We score nobody.", "Legal"),
        (Deviates.STRICTER, "decisions", "prohibited: Not here.", "The board"),
        (Deviates.ADDED, "no-shadow-it", "No shadow it", "ACME"),
        (Deviates.ANSWERED, "security", "met by platform X", "Security"),
    ]


def test_an_answer_lapses_the_day_after_its_last() -> None:
    """What the house answered until yesterday counts no more, and that is told."""
    answered = overlay(answers={"security": {"text": "met", "by": "Security", "until": date(2026, 11, 22)}})
    made = laid_over(BASE, answered, TODAY)
    assert made.by_id["security"].answer is None
    assert [told.kind for told in made.deviations] == [Deviates.LAPSED]
    assert laid_over(BASE, answered, date(2026, 11, 22)).by_id["security"].answer is not None


def test_a_confirmed_clause_counts_as_certain() -> None:
    """Somebody held the text against the page: even an inferred clause may then reject."""
    made = laid_over(BASE, overlay(confirmed={"guessed": {"by": "A reviewer", "on": TODAY}}), TODAY)
    assert made.may_reject(made.by_id["guessed"])
    assert not BASE.may_reject(BASE.by_id["guessed"])
    assert made.deviations == ()


def test_unconfirmed_clauses_may_be_made_to_refer() -> None:
    """A careful house lets only what it has compared itself reject."""
    made = laid_over(BASE, overlay(unconfirmed_clauses="refer"), TODAY)
    assert made.unconfirmed_clauses is Unconfirmed.REFER
    assert not made.may_reject(made.by_id["scoring"])


def test_what_the_house_itself_forbids_may_reject() -> None:
    """Its own decision needs no page, however little is known of the provider's text."""
    forbidden = {"decisions": {"effect": "prohibited", "reason": "Not here.", "by": "The board"}}
    made = laid_over(BASE, overlay(unconfirmed_clauses="refer", stricter=forbidden), TODAY)
    assert made.may_reject(made.by_id["decisions"])


@pytest.mark.parametrize("slip", [{"reason": "", "by": "Legal"}, {"reason": "We score nobody.", "by": " "}])
def test_somebody_answers_for_every_change(slip: dict[str, str]) -> None:
    """A reason and a name are words, and not only there."""
    with pytest.raises(ValidationError, match="scoring"):
        overlay(off={"scoring": slip})


def test_official_wording_takes_the_place_of_ours() -> None:
    """Imported words stand as verbatim, with the page that they came from."""
    imported = {"file": "page.html", "sha256": "ab" * 32, "on": TODAY}
    made = laid_over(BASE, overlay(verbatim={"scoring": {"text": "Official."}}, imported=imported), TODAY)
    clause = made.by_id["scoring"]
    assert (clause.text, clause.standing, clause.retrieved_on) == ("Official.", Standing.VERBATIM, TODAY)
    assert "page.html" in clause.source


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"off": {"nobody": {"reason": "x", "by": "y"}}}, "off.nobody: house@1 has no such clause"),
        (
            {"off": {"scoring": {"reason": "x", "by": "y"}}, "confirmed": {"scoring": {"by": "y", "on": TODAY}}},
            "confirmed.scoring: is switched off as well",
        ),
        (
            {"stricter": {"scoring": {"effect": "restricted", "reason": "x", "by": "y"}}},
            "stricter.scoring: restricted is not stricter than prohibited",
        ),
        (
            {"stricter": {"security": {"effect": "restricted", "reason": "x", "by": "y"}}},
            "stricter.security: a safeguard cannot be forbidden",
        ),
        ({"answers": {"scoring": {"text": "x", "by": "y"}}}, "answers.scoring: is prohibited, and no answer"),
        ({"clauses": [makers.clause("scoring")]}, "clauses: 'scoring' is a clause of house@1 already"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_cure(tables: dict[str, object], told: str) -> None:
    """An overlay is no way to make a published policy milder by the back door."""
    with pytest.raises(PolicyError) as caught:
        laid_over(BASE, overlay(**tables), TODAY)
    assert told in str(caught.value)


def test_a_clause_of_tomorrow_is_marked() -> None:
    """Whether a clause holds depends on the day asked about."""
    later = makers.clause("later").model_copy(update={"applies_from": date(2026, 12, 2)})
    policy = makers.policy(later)
    assert not on(policy, TODAY).by_id["later"].in_force
    assert on(policy, date(2026, 12, 2)) is policy


def test_an_overlay_is_reviewed_with(tmp_path: Path) -> None:
    """A clause that is switched off finds nothing; the verdict tells so."""
    off = '[off.social-scoring]\nreason = "Allowed by the board."\nby = "The board"\n'
    address = write(tmp_path, off)
    verdict = Reviewer(address).review(SCORE)
    assert Reviewer().review(SCORE).decision is Decision.REJECT
    assert "social-scoring" not in {found.clause.id for found in verdict.findings}
    assert verdict.policy.extends == "microsoft-ai-services@4.0"
    assert [told.by for told in verdict.policy.deviations] == ["The board"]


def test_what_nobody_has_compared_refers_where_the_house_wants_that(tmp_path: Path) -> None:
    """With `refer`, the same breach puts its clause in question; once it is confirmed, it rejects."""
    careful = 'unconfirmed_clauses = "refer"\n'
    verdict = Reviewer(write(tmp_path, careful)).review(SCORE)
    assert (verdict.decision, verdict.reasons[0]) == (Decision.REFER, Reason.CLAUSE_IN_QUESTION)
    confirmed = f'{careful}[confirmed.social-scoring]\nby = "A reviewer"\non = 2026-11-20\n'
    verdict = Reviewer(write(tmp_path, confirmed)).review(SCORE)
    assert verdict.decision is Decision.REJECT
    assert verdict.findings[0].clause.confirmed is not None


def test_an_overlay_may_lie_on_another(tmp_path: Path) -> None:
    """A department's rules over the house's: the deviations of both are told."""
    write(tmp_path, '[off.social-scoring]\nreason = "a"\nby = "House"\n', name="house.toml")
    top = write(tmp_path, '[off.grooming]\nreason = "b"\nby = "Department"\n', extends="./house.toml", name="top.toml")
    assert [told.by for told in loading.policy(top).deviations] == ["House", "Department"]


def test_an_overlay_on_itself_is_told(tmp_path: Path) -> None:
    """A ring of overlays ends in one sentence, and not in a recursion."""
    address = write(tmp_path, "", extends="./acme.toml")
    with pytest.raises(PolicyError, match="extends itself"):
        loading.policy(address)
