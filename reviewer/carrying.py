"""What of a model's replies under one policy still holds under another, and which texts the difference can touch.

A model read each clause by what it was told of it; where that is the same, what it said of the clause holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import deciding
from reviewer.interviewing import implied
from reviewer.parsing import parse
from reviewer.prompting import told
from reviewer.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from reviewer.call import ModelCall, Reply
    from reviewer.policy import Clause, Policy
    from reviewer.prompting import Questionnaire
    from reviewer.wire import WireReply


@dataclass(frozen=True)
class Step:
    """The way from one policy to another; without an older one, everything is new."""

    after: Policy
    before: Policy | None = None

    @cached_property
    def renamed(self) -> dict[str, str]:
        """The ids of the older policy that stand for a clause of the newer one, with the id there."""
        if self.before is None:
            return {}
        known = self.before.by_id
        pairs = ((clause.id if clause.id in known else clause.supersedes, clause.id) for clause in self.after.clauses)
        return {old: new for old, new in pairs if old in known}

    @cached_property
    def carried(self) -> dict[str, str]:
        """Those of them that a model was told the same of."""
        if self.before is None:
            return {}
        old, new = self.before.by_id, self.after.by_id
        return {was: now for was, now in self.renamed.items() if _read_as(old[was]) == _read_as(new[now])}

    @cached_property
    def changed(self) -> tuple[Clause, ...]:
        """The clauses of the newer policy that no earlier reply speaks of."""
        known = set(self.carried.values())
        return tuple(clause for clause in self.after.clauses if clause.id not in known)

    def touches(self, cited: Collection[str], may_be_about: Callable[[Iterable[str]], bool]) -> tuple[Clause, ...]:
        """Give the changed clauses that can touch a text.

        They are those that it was cited for before, under this id or an older one (`cited`),
        those that it `may_be_about` by the words of their uses, and those that no rule can tell.
        """
        names = {self.renamed.get(name, name) for name in cited}
        return tuple(
            clause
            for clause in self.changed
            if clause.id in names or not clause.named_uses or may_be_about(clause.named_uses)
        )


def _read_as(clause: Clause) -> str:
    """Give what a model is told of a clause, but for its id, which may be another."""
    return told(clause.model_copy(update={"id": ""}))


@dataclass(frozen=True)
class Translation:
    """Calls under the newer policy to those under the older one, and the replies to those back.

    What a reply says of a clause that has changed or gone is left out; the decision then is what the rest implies.
    """

    step: Step
    before: Questionnaire
    after: Questionnaire

    def call(self, call: ModelCall) -> ModelCall:
        """Give the call that was made under the older policy."""
        messages = (self.before.system, *call.messages[1:])
        return call.model_copy(update={"messages": messages, "answer_schema": self.before.schema})

    def reply(self, reply: Reply) -> Reply | None:
        """Give what a reply says under the newer policy; None if it was not sound."""
        if self.step.before is None:
            return None
        parsed = parse(reply.content, self.step.before.by_id)
        if parsed.reply is None or parsed.errors:
            return None
        return reply.model_copy(update={"content": json.dumps(self._translated(parsed.reply), ensure_ascii=False)})

    def _translated(self, answer: WireReply) -> dict[str, object]:
        carried = self.step.carried
        kept = [found for found in answer.findings if found.clause in carried]
        renamed = [found.model_copy(update={"clause": carried[found.clause]}) for found in kept]
        decision = answer.decision
        if len(kept) < len(answer.findings):
            effects = self.step.after.by_id
            strictest = max((implied(found.kind, effects[found.clause].effect) for found in renamed), default=0)
            decision = next(known for known in Decision if deciding.STRICTNESS[known] == strictest)
        return answer.model_copy(update={"findings": renamed, "decision": decision}).model_dump(mode="json")
