"""A run under another policy, before anybody publishes it: which decisions flip, and because of which clause.

What rules read, they read again. What a model read is derived from its stored replies, as far as they speak of clauses
that have not changed; where a changed clause can touch a text, the model is asked anew, if there is one and a budget.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from reviewer import consulting, identity
from reviewer.brief import Asking, Brief
from reviewer.call import Failure, Reply
from reviewer.carrying import Step, Translation
from reviewer.desk import masking
from reviewer.errors import ReviewerError, SettingsError
from reviewer.receipt import WhyNotModel
from reviewer.replay import How, Replayed
from reviewer.reviewing import judge_by_rules
from reviewer.uniting import folded
from reviewer.verdict import DecidedBy, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reviewer.call import ModelCall
    from reviewer.consulting import Review
    from reviewer.memory import Shelf
    from reviewer.policy import Policy
    from reviewer.reviewer import Reviewer
    from reviewer.ruling import Rules, Scans
    from reviewer.run import Entry, Plan

_NOT_KEPT = Failure(why=WhyNotModel.OUTAGE, detail="The reply is not in the store.")


class _Way(NamedTuple):
    """One of the new policies with what its rules and questions need, and the way to it from an older one."""

    brief: Brief
    step: Step
    translation: Translation


@dataclass
class Replay:
    """The entries of one run under the policies of `reviewer`, which may have a model to ask.

    `older` are the policies that the run was made under, as they stood then;
    `shelf` has the replies, None where none are kept.
    """

    plan: Plan
    older: Sequence[Policy]
    reviewer: Reviewer
    shelf: Shelf | None

    def __post_init__(self) -> None:
        """Find the way to each new policy; raises `SettingsError` where the older ones are not those of the run."""
        if len(self.older) != len(self.plan.policies):
            told = ", ".join(ref.address for ref in self.plan.policies)
            raise SettingsError(f"The run was made under {told}; name each of them with --from, or none.")
        for policy, ref in zip(self.older, self.plan.policies, strict=True):
            if identity.value_digest(policy) != ref.digest:
                message = f"The run was made under another text of {ref.address!r}; name the file with --from."
                raise SettingsError(message)
        desk = self.reviewer.desk
        self._ways = [self._way(brief) for brief in desk.briefs]
        self._can_ask = desk.given is not None
        self._identity, _, masked = _asked_as(self.plan)
        self._mask = masking() if masked == str(True) else None

    def _way(self, brief: Brief) -> _Way:
        before, fill = self._below(brief.policy), self.reviewer.desk.questionnaire_of
        step = Step(brief.policy, before)
        return _Way(brief, step, Translation(step, fill(before or brief.policy), fill(brief.policy)))

    def _below(self, policy: Policy) -> Policy | None:
        """Give the older policy that a new one is held against: another version, the one below, or the only one."""
        kin = {policy.name, policy.extends, (policy.extends or "").split("@")[0]}
        named = [older for older in self.older if not kin.isdisjoint({older.name, older.address})]
        if named:
            return named[0]
        return self.older[0] if len(self.older) == len(self.reviewer.desk.briefs) == 1 else None

    def replayed(self, entries: Iterable[Entry]) -> Iterator[Replayed]:
        """Give what becomes of each entry; those that a model is asked about come last, in the same order."""
        waiting: list[Replayed] = []
        for entry in entries:
            if entry.vanished:
                continue
            found = self._replayed(entry)
            if found.how is How.NOT_ASKED and self._can_ask:
                waiting.append(found)
            else:
                yield found
        outcomes = self.reviewer.review_many(found.before.submission for found in waiting)
        for found, outcome in zip(waiting, outcomes, strict=True):
            yield _asked(found, outcome)

    def _replayed(self, entry: Entry) -> Replayed:
        if entry.verdict is None or not entry.submission.text:
            return Replayed(entry, entry, How.NOT_KEPT)
        scans = {way.brief.rules: way.brief.rules.scan(entry.submission) for way in self._ways}
        if entry.verdict.decided_by is DecidedBy.RULES:
            why = entry.verdict.why_not_model or WhyNotModel.NO_MODEL_CONFIGURED
            verdicts = [judge_by_rules(scans[way.brief.rules], way.brief, why) for way in self._ways]
            return Replayed(entry, _with(entry, folded(verdicts)), How.RULES)
        touching = self._touching(entry.verdict, scans)
        derived = None if touching else self._derived(entry)
        if derived is None:
            return Replayed(entry, entry, How.NOT_ASKED, touching)
        return Replayed(entry, _with(entry, derived), How.REPLIES)

    def _touching(self, verdict: Verdict, scans: dict[Rules, Scans]) -> tuple[str, ...]:
        cited = {finding.clause.id for finding in verdict.findings}
        touched = (way.step.touches(cited, scans[way.brief.rules].may_be_about) for way in self._ways)
        return tuple(clause.id for clauses in touched for clause in clauses)

    def _derived(self, entry: Entry) -> Verdict | None:
        """Derive the verdict from stored replies, or give None where one of them is not there."""
        verdicts = [self._derive(entry, way) for way in self._ways]
        known = [verdict for verdict in verdicts if verdict]
        return folded(known) if len(known) == len(verdicts) else None

    def _derive(self, entry: Entry, way: _Way) -> Verdict | None:
        model = entry.verdict.model if entry.verdict else None
        if model is None:
            return None
        answered = frozenset(_answered_by(entry))
        asking = Asking(way.translation.after, model, self._identity, answered, self._mask)
        review = consulting.review(entry.submission, way.brief, asking)
        verdict = _driven(review, lambda call: self._recalled(call, way.translation))
        partly = Reason.PARTLY_READ in verdict.reasons
        return None if verdict.decided_by is DecidedBy.RULES or partly else verdict

    def _recalled(self, call: ModelCall, translation: Translation) -> Reply | Failure:
        if self.shelf is None:
            return _NOT_KEPT
        known = self.shelf.get(identity.call_digest(translation.call(call), self._identity))
        if isinstance(known, Failure):
            return known
        return (known and translation.reply(known)) or _NOT_KEPT


def _asked_as(plan: Plan) -> list[str]:
    """Give how a run asked: the model with its parameters, what names the questions, and whether texts were masked."""
    first = plan.asked.split("\n\n", maxsplit=1)[0]
    return first.rsplit("\n", 2) if first else ["", "", ""]


def _driven(review: Review, recall: Callable[[ModelCall], Reply | Failure]) -> Verdict:
    """Drive a review by memory alone."""
    try:
        calls = next(review)
        while True:
            calls = review.send(tuple(map(recall, calls)))
    except StopIteration as stop:
        verdict: Verdict = stop.value
        return verdict


def _answered_by(entry: Entry) -> tuple[str, ...]:
    receipt = entry.verdict.receipt if entry.verdict else None
    return receipt.answered_by if receipt else ()


def _with(entry: Entry, verdict: Verdict) -> Entry:
    return replace(entry, verdict=verdict)


def _asked(found: Replayed, outcome: Verdict | ReviewerError) -> Replayed:
    """Count an answer only if the model gave it: rules alone cannot tell what it would have said."""
    if isinstance(outcome, ReviewerError):
        return found._replace(error=str(outcome))
    if outcome.decided_by is DecidedBy.RULES:
        return found._replace(error=f"no answer: {outcome.why_not_model}")
    return found._replace(after=_with(found.before, outcome), how=How.ASKED)
