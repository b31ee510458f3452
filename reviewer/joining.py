"""Two readers' findings to one list: what both see weighs most, and what only the rules see is not lost.

The rules beside a model can only add caution: a strong hit that the model does not share bars an approval,
and one that it shares lends it the words, if the model's own did not stand in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.citing import gravity
from reviewer.verdict import FoundBy, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from reviewer.verdict import Finding


@dataclass(frozen=True)
class Rules:
    """What the rules' word is worth: the ids of the `strong` ones, and the clauses whose words only they have read."""

    strong: Container[str]
    unread: Container[str] = ()
    may_reject: bool = True

    def count(self, finding: Finding) -> bool:
        """Tell whether a finding of theirs alone counts; a weak guess counts only where the model has not read."""
        strong = any(rule in self.strong for rule in finding.rules)
        return strong or finding.kind is Kind.PASS or finding.clause.id in self.unread


def join(by_model: Iterable[Finding], by_rules: Iterable[Finding], worth: Rules) -> tuple[Finding, ...]:
    """Give one finding a clause, the gravest first."""
    models, rules = ({finding.clause.id: finding for finding in found} for found in (by_model, by_rules))
    both = [_both(models[name], rules[name], worth) for name in models if name in rules]
    model_alone = [finding for name, finding in models.items() if name not in rules]
    rules_alone = [finding for name, finding in rules.items() if name not in models and worth.count(finding)]
    return tuple(sorted((*both, *model_alone, *rules_alone), key=gravity))


def _both(model: Finding, rules: Finding, worth: Rules) -> Finding:
    if rules.kind is Kind.FAIL and not _bears(model):
        if not model.is_against:
            return rules
        if worth.may_reject:
            return rules.model_copy(update={"found_by": FoundBy.BOTH, "question": model.question})
    shared = model.kind is rules.kind or (model.is_against and rules.is_against)
    return model.model_copy(update={"found_by": FoundBy.BOTH, "rules": rules.rules}) if shared else model


def _bears(finding: Finding) -> bool:
    """Tell whether a finding is a breach in words that stand in the text."""
    return finding.kind is Kind.FAIL and finding.is_located
