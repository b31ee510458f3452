"""A clause that a command names: found, or told why it is not there and what it may be."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from reviewer.errors import SettingsError
from reviewer.policy import Deviates

if TYPE_CHECKING:
    from reviewer.policy import Clause, Policy


def clause_of(policy: Policy, name: str, address: str) -> Clause:
    """Give the clause that is called `name`; raises `SettingsError` with the cure if there is none."""
    if found := policy.by_id.get(name):
        return found
    for deviation in policy.deviations:
        if deviation.clause == name and deviation.kind is Deviates.OFF:
            message = f"{policy.address} has switched {name!r} off: {deviation.reason} ({deviation.by})"
            raise SettingsError(message)
    near = difflib.get_close_matches(name, policy.by_id, 1)
    meant = f"did you mean {near[0]!r}?" if near else f"`reviewer policy show {address}` lists them."
    message = f"{policy.address} has no clause {name!r}; {meant}"
    raise SettingsError(message)
