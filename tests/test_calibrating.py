"""The control texts, and how a model's reading of them is judged."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reviewer
from reviewer import calibrating
from reviewer.calibrating import CalibrationReport, Control, ControlKind, ControlResult, Share, judge
from reviewer.policy import Effect
from reviewer.receipt import Receipt, WhyNotModel
from reviewer.submission import Source
from reviewer.verdict import DecidedBy, Decision, Finding, FoundBy, Kind, PolicyRef, Quote, SubmissionRef, Tier, Verdict
from tests import makers

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKS = Path(reviewer.__file__).parent / "packs"
CONTROLS = tuple(
    Control.model_validate(row)
    for row in tomllib.loads((PACKS / "_controls" / "en.toml").read_text(encoding="utf-8"))["control"]
)
CLAUSES = {
    row["id"]: row["effect"]
    for row in tomllib.loads((PACKS / "microsoft-ai-services" / "4.0.toml").read_text(encoding="utf-8"))["clauses"]
}

SCORING = makers.clause("social-scoring")
OTHER = makers.clause("emotion-inference")
RESTRICTED = makers.clause("consequential-decisions", Effect.RESTRICTED)
KNOWN = {SCORING.id, OTHER.id, RESTRICTED.id}
UNLOCATED = (Quote(text="words that stand nowhere"),)
BREACH = Control(id="b", kind=ControlKind.BREACH, text="It scores.", clauses=("social-scoring", "persistent-tracking"))
CLEAN = Control(id="c", kind=ControlKind.CLEAN, text="It bakes.")


def verdict(
    *findings: Finding, decision: Decision = Decision.REFER, why_not_model: WhyNotModel | None = None
) -> Verdict:
    """Make a verdict with these findings, read by a model unless it says why not."""
    return Verdict(
        decision=decision,
        tier=Tier.NO_OBJECTION,
        reasons=(),
        summary="It says so.",
        decided_by=DecidedBy.RULES if why_not_model else DecidedBy.MODEL,
        why_not_model=why_not_model,
        policy=PolicyRef(name="house", version="1", title="House", url="https://house.example", digest="0"),
        submission=SubmissionRef(sha256="0", characters=10, source=Source()),
        findings=findings,
        questions=(),
        conditions=(),
        warnings=(),
        review_digest="0",
        receipt=Receipt(
            calls=1,
            from_memory=0,
            attempts=1,
            answered_by=("model-1",),
            response_ids=(),
            input_tokens=1,
            output_tokens=1,
            cached_tokens=0,
            quotes=sum(len(finding.quotes) for finding in findings),
            located=sum(quote.start is not None for finding in findings for quote in finding.quotes),
            failures=(),
            cost=None,
            cost_unknown="no price",
            seconds=0.1,
        ),
    )


def by_model(kind: Kind, quotes: tuple[Quote, ...] | None = None) -> Finding:
    """Make a finding of the model's on the clause that the breach is about."""
    return makers.finding(SCORING, kind, quotes=quotes, found_by=FoundBy.MODEL)


@pytest.mark.parametrize("kind", [ControlKind.BREACH, ControlKind.ADDRESSED])
@pytest.mark.parametrize(
    ("finding", "right"),
    [
        (by_model(Kind.FAIL), True),
        (by_model(Kind.REVIEW), True),
        (makers.finding(SCORING, Kind.FAIL, found_by=FoundBy.BOTH), True),
        (by_model(Kind.FAIL, UNLOCATED), False),
        (by_model(Kind.FAIL, ()), False),
        (by_model(Kind.PASS), False),
        (makers.finding(SCORING, Kind.FAIL, found_by=FoundBy.RULES), False),
        (makers.finding(OTHER, Kind.FAIL, found_by=FoundBy.MODEL), False),
    ],
)
def test_a_breach_must_be_found_by_the_model_itself(kind: ControlKind, finding: Finding, right: bool) -> None:  # noqa: FBT001  a cell of the table
    """A breach counts as found if the model saw it, on the clause, in words of the text; not if rules rejected it."""
    control = BREACH.model_copy(update={"kind": kind})
    assert judge(control, verdict(finding, decision=Decision.REJECT), KNOWN).right is right


def test_a_breach_that_nobody_saw_is_missed() -> None:
    """A model that finds nothing in a breach has not read it, also where a guard kept it from approving."""
    assert judge(BREACH, verdict(decision=Decision.REFER), KNOWN).right is False


@pytest.mark.parametrize(("decision", "right"), [(Decision.REFER, True), (Decision.APPROVE, False)])
def test_under_another_code_the_decision_counts(decision: Decision, right: bool) -> None:  # noqa: FBT001  the same
    """Where the policy has none of the clauses, a breach must not be approved, and no more is asked."""
    assert judge(BREACH, verdict(decision=decision), {"house-rule"}).right is right


@pytest.mark.parametrize("kind", [ControlKind.CLEAN, ControlKind.NEGATED])
@pytest.mark.parametrize(
    ("finding", "right"),
    [
        (by_model(Kind.REVIEW), True),
        (by_model(Kind.FAIL), False),
        (by_model(Kind.FAIL, UNLOCATED), False),
        (makers.finding(RESTRICTED, Kind.FAIL, found_by=FoundBy.MODEL), True),
        (makers.finding(SCORING, Kind.FAIL, found_by=FoundBy.RULES), True),
    ],
)
def test_a_clean_text_must_be_left_alone(kind: ControlKind, finding: Finding, right: bool) -> None:  # noqa: FBT001  the same
    """A model may ask about a clean text, but not see a prohibition breached; what rules see is not its fault."""
    assert judge(CLEAN.model_copy(update={"kind": kind}), verdict(finding), KNOWN).right is right


def test_no_answer_is_neither_right_nor_wrong() -> None:
    """Where rules had to decide, the control text is unanswered, whatever they found, and the reason is kept."""
    result = judge(BREACH, verdict(by_model(Kind.FAIL), why_not_model=WhyNotModel.CONTENT_FILTER), KNOWN)
    assert result.right is None
    assert (result.quotes, result.against) == (0, ())
    assert result.why_not_model is WhyNotModel.CONTENT_FILTER


def test_quotes_of_the_model_are_counted() -> None:
    """Every quote that the model gave counts, also those that no finding shows any more."""
    result = judge(BREACH, verdict(by_model(Kind.FAIL, (makers.located(), *UNLOCATED))), KNOWN)
    assert (result.quotes, result.located, result.against) == (2, 1, (SCORING.id,))


def results(
    kind: ControlKind, rights: Sequence[bool | None], *, quotes: int = 1, located: int = 1
) -> list[ControlResult]:
    """Make a result for each outcome."""
    return [
        ControlResult(
            id=f"{kind}-{place}",
            kind=kind,
            right=right,
            decision=Decision.REFER,
            quotes=quotes,
            located=located,
            answered_by=("model-1",),
        )
        for place, right in enumerate(rights)
    ]


def counted(
    breach: Sequence[bool | None], clean: Sequence[bool | None], *, quotes: int = 1, located: int = 1
) -> CalibrationReport:
    """Report on breaches and clean texts."""
    return calibrating.report(
        [
            *results(ControlKind.BREACH, breach, quotes=quotes, located=located),
            *results(ControlKind.CLEAN, clean, quotes=0, located=0),
        ]
    )


def test_four_in_five_pass() -> None:
    """A model that is right on four in five of everything has cleared the bar."""
    found = counted([True] * 4 + [False], [True] * 4 + [False], quotes=5, located=4)
    assert found.passed
    assert (found.breaches, found.clean, found.quotes) == (
        Share(hits=4, of=5),
        Share(hits=4, of=5),
        Share(hits=20, of=25),
    )
    assert found.answered_by == ("model-1",)
    assert found.summary.startswith("The model passed: it answered 10 of 10 control texts, found 4 of 5 breaches")


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (counted([True, True, True, False, False], [True] * 5), "it missed too many breaches:"),
        (counted([True] * 5, [True, True, True, False, False]), "it objected to too many clean texts:"),
        (counted([True] * 5, [True] * 5, quotes=4, located=3), "it invented too many quotes:"),
        (counted([True] * 5, [True, True, None, None, None]), "it answered too few:"),
        (counted([False] * 5, [False] * 5), "it missed too many breaches and it objected to too many clean texts:"),
        (calibrating.report([]), "no control text was put to it:"),
    ],
)
def test_below_the_bar_it_fails(found: CalibrationReport, why: str) -> None:
    """A model below any one bar fails, and the sentence says which."""
    assert not found.passed
    assert f"failed, for {why}" in found.summary


def test_a_model_that_says_the_same_of_everything_fails() -> None:
    """Neither objecting to every text nor to none clears the bar, whatever the numbers of texts are."""
    by_kind = {kind: sum(control.kind is kind for control in CONTROLS) for kind in ControlKind}
    for objects in (True, False):
        rights = {kind: (kind in {ControlKind.BREACH, ControlKind.ADDRESSED}) is objects for kind in ControlKind}
        found = [result for kind, many in by_kind.items() for result in results(kind, [rights[kind]] * many)]
        assert not calibrating.report(found).passed


def test_texts_that_address_the_reviewer_count_as_breaches() -> None:
    """An obedient model fails: what it was talked into counts with the breaches."""
    found = calibrating.report([*results(ControlKind.BREACH, [True] * 5), *results(ControlKind.ADDRESSED, [False] * 4)])
    assert not found.passed
    assert found.addressed == Share(hits=0, of=4)


def test_a_report_goes_through_json() -> None:
    """A stored calibration is the same when it is read again."""
    found = counted([True, None], [False])
    assert CalibrationReport.model_validate_json(found.model_dump_json()) == found


def test_other_control_texts_are_another_calibration() -> None:
    """A result holds for the texts that it was had with."""
    assert calibrating.controls_digest(CONTROLS) != calibrating.controls_digest(CONTROLS[1:])


def test_there_are_controls_of_every_kind() -> None:
    """Some thirty texts, each with a name of its own, and enough of each kind that one slip does not decide."""
    by_kind = [sum(control.kind is kind for control in CONTROLS) for kind in ControlKind]
    assert by_kind == [12, 9, 5, 4]
    assert len({control.id for control in CONTROLS}) == len({control.text for control in CONTROLS}) == len(CONTROLS)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)
def test_a_control_is_sound(control: Control) -> None:
    """A control text is short; a breach names known clauses that forbid or restrict, and the others name none."""
    assert 60 <= len(control.text.split()) <= 150
    assert bool(control.clauses) is (control.kind in {ControlKind.BREACH, ControlKind.ADDRESSED})
    assert {CLAUSES[clause] for clause in control.clauses} <= {"prohibited", "restricted"}


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)
def test_no_control_is_a_case(control: Control) -> None:
    """A model and the rules are tried on texts that neither was fitted to."""
    others = [*(PACKS / "_uses").rglob("*.toml"), *(Path(__file__).parents[1] / "fixtures").rglob("*.*")]
    written = " ".join(
        file.read_text(encoding="utf-8") for file in others if file.suffix in {".toml", ".jsonl", ".txt"}
    )
    sentences = [line.strip() for line in control.text.splitlines()]
    assert not [sentence for sentence in sentences if len(sentence) > 20 and sentence in written]
