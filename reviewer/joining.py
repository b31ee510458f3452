"""Two readers' findings to one list: what both see weighs most, and what only the rules see is not lost.

The rules beside a model can only add caution: a strong hit that the model does not share bars an approval,
and one that it shares lends it the words, if the model's own did not stand in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.citing import gravity
from reviewer.verdict import FoundBy, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from reviewer.verdict import Finding

_AGAINST = {Kind.FAIL, Kind.REVIEW}


def join(
    by_model: Iterable[Finding], by_rules: Iterable[Finding], strong: Container[str], *, rules_may_reject: bool
) -> tuple[Finding, ...]:
    """Give one finding a clause, the gravest first; `strong` has the ids of the strong rules."""
    models, rules = ({finding.clause.id: finding for finding in found} for found in (by_model, by_rules))
    both = [_both(models[name], rules[name], rules_may_reject) for name in models if name in rules]
    model_alone = [finding for name, finding in models.items() if name not in rules]
    rules_alone = [finding for name, finding in rules.items() if name not in models and _counts(finding, strong)]
    return tuple(sorted((*both, *model_alone, *rules_alone), key=gravity))


def _counts(finding: Finding, strong: Container[str]) -> bool:
    """Tell whether a finding of the rules alone counts: a weak rule's guess that the model does not share does not."""
    return finding.kind is Kind.PASS or any(rule in strong for rule in finding.rules)


def _both(model: Finding, rules: Finding, rules_may_reject: bool) -> Finding:  # noqa: FBT001  a setting handed on
    if rules.kind is Kind.FAIL and not _bears(model):
        if model.kind not in _AGAINST:
            return rules
        if rules_may_reject:
            return rules.model_copy(update={"found_by": FoundBy.BOTH, "question": model.question})
    shared = model.kind is rules.kind or {model.kind, rules.kind} <= _AGAINST
    return model.model_copy(update={"found_by": FoundBy.BOTH, "rules": rules.rules}) if shared else model


def _bears(finding: Finding) -> bool:
    """Tell whether a finding is a breach in words that stand in the text."""
    return finding.kind is Kind.FAIL and any(quote.start is not None for quote in finding.quotes)
