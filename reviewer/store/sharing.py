"""A verdict apart from what it shares with the others of its run, and put together again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from reviewer.store.texts import to_json
from reviewer.value import Value
from reviewer.verdict import Condition, ModelRef, PolicyRef, Verdict

if TYPE_CHECKING:
    from pydantic.main import IncEx


class Shared(Value):
    """What the verdicts of a run have in common; `conditions` are the standing ones."""

    schema_version: str
    policy: PolicyRef
    further_policies: tuple[PolicyRef, ...] = ()
    model: ModelRef | None = None
    conditions: tuple[Condition, ...] = ()


_WHOLE = ("schema_version", "policy", "further_policies", "model")


class Parts(NamedTuple):
    """A verdict as three JSON texts: its own part, what it shares, and its receipt, if it has one."""

    own: str
    shared: str
    receipt: str | None


class Splitter:
    """Takes verdicts apart; remembers the last shared part, for the next verdict of a run mostly has the same."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._last: Shared | None = None
        self._text = ""

    def split(self, verdict: Verdict) -> Parts:
        """Take a verdict apart; its standing conditions are shared where they come last."""
        first = _first_standing(verdict)
        if self._last is None or not _has(verdict, self._last, first):
            self._last = Shared(
                schema_version=verdict.schema_version,
                policy=verdict.policy,
                further_policies=verdict.further_policies,
                model=verdict.model,
                conditions=verdict.conditions[first:],
            )
            self._text = to_json(self._last)
        standing: IncEx | bool = {*range(first, len(verdict.conditions))} if first else True
        apart = {**dict.fromkeys(_WHOLE, True), "receipt": True, "conditions": standing}
        receipt = None if verdict.receipt is None else to_json(verdict.receipt)
        return Parts(to_json(verdict, apart), self._text, receipt)


def _first_standing(verdict: Verdict) -> int:
    first = len(verdict.conditions)
    while first and verdict.conditions[first - 1].standing:
        first -= 1
    return first


def _has(verdict: Verdict, shared: Shared, first: int) -> bool:
    """Tell whether a verdict shares this; by identity, for comparing values takes as long as writing them."""
    return (
        len(verdict.further_policies) == len(shared.further_policies)
        and all(mine is theirs for mine, theirs in zip(verdict.policies, _policies(shared), strict=True))
        and verdict.model is shared.model
        and verdict.schema_version == shared.schema_version
        and len(verdict.conditions) - first == len(shared.conditions)
        and all(
            mine.clause is theirs.clause and mine.text is theirs.text
            for mine, theirs in zip(verdict.conditions[first:], shared.conditions, strict=True)
        )
    )


def _policies(shared: Shared) -> tuple[PolicyRef, ...]:
    return (shared.policy, *shared.further_policies)


def joined(own: str, shared: Shared, receipt: str | None) -> Verdict:
    """Put a verdict together again; raises `ValueError` for what no `Splitter` made."""
    parts = json.loads(own)
    return Verdict.model_validate(
        {
            **parts,
            "schema_version": shared.schema_version,
            "policy": shared.policy,
            "further_policies": shared.further_policies,
            "model": shared.model,
            "conditions": (*parts.get("conditions", ()), *shared.conditions),
            "receipt": receipt and json.loads(receipt),
        }
    )
