"""What a reviewer goes by: the policy, the rules, and how a model is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer import citing, deciding, identity
from reviewer.verdict import PolicyRef

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reviewer.policy import Clause, Policy
    from reviewer.prompting import Questionnaire
    from reviewer.ruling import Rules
    from reviewer.verdict import ClauseRef, Condition, ModelRef


@dataclass(frozen=True)
class Brief:
    """What a reviewer goes by: the policy, the rules, and the digests that name them.

    `engine` is the version of this package, `as_of` the day that was asked about, where one was named.
    """

    policy: Policy
    rules: Rules
    engine: str
    rules_may_reject: bool = True
    as_of: date | None = None

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause under its id."""
        return self.policy.by_id

    @cached_property
    def refs(self) -> dict[str, ClauseRef]:
        """Every clause as reports cite it, under its id."""
        return {clause.id: citing.cite(clause, self.policy) for clause in self.policy.clauses}

    @cached_property
    def clauses_of(self) -> dict[str, tuple[Clause, ...]]:
        """The clauses that name each use."""
        uses = {use for clause in self.policy.clauses for use in clause.named_uses}
        return {use: tuple(clause for clause in self.policy.clauses if use in clause.named_uses) for use in uses}

    @cached_property
    def barred(self) -> frozenset[str]:
        """The clauses whose breach cannot reject."""
        return frozenset(clause.id for clause in self.policy.clauses if not self.policy.may_reject(clause))

    @cached_property
    def policy_ref(self) -> PolicyRef:
        """The policy as a verdict names it."""
        policy = self.policy
        return PolicyRef(
            name=policy.name,
            version=policy.version,
            title=policy.title,
            url=policy.url,
            digest=identity.value_digest(policy),
            as_of=self.as_of,
            extends=policy.extends,
            deviations=policy.deviations,
        )

    @cached_property
    def standing_conditions(self) -> tuple[Condition, ...]:
        """What an approval of any project is tied to."""
        return deciding.conditions((), self.clauses, self.refs)

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that its clauses ask for."""
        return frozenset(ask.fact for clause in self.policy.clauses for ask in clause.asks)

    def fought(self, language: str) -> frozenset[str]:
        """Give the clauses whose matter projects also detect, prevent or study, by the rules of a language."""
        uses = {rule.use for matcher in self.rules.matchers(language) for rule in matcher.rules if rule.fought}
        return frozenset(clause.id for clause in self.policy.clauses if not uses.isdisjoint(clause.named_uses))

    @cached_property
    def digest(self) -> str:
        """Everything but the text and the replies that a verdict is derived from."""
        return identity.review_digest(
            self.engine, self.policy_ref.digest, self.rules.digest, str(self.rules_may_reject)
        )


@dataclass(frozen=True)
class Asking:
    """How a model is asked: with which questions, which one (`identity` is for digests), and what is masked first.

    `calibrated` are the models that answered, by their own account, when it was calibrated.
    `mask` gives a text of the same length.
    """

    questionnaire: Questionnaire
    model: ModelRef
    identity: str
    calibrated: frozenset[str] = frozenset()
    mask: Callable[[str], str] | None = None

    @property
    def named(self) -> str:
        """What names the way of asking: model and parameters, questions, and whether texts are masked, one a line."""
        return f"{self.identity}\n{self.questionnaire.fingerprint}\n{self.mask is not None}"
