"""Exit statuses, so that a gate can tell a verdict from a crash."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Status(IntEnum):
    """What the process leaves with."""

    APPROVE = 0
    UNEXPECTED = 1
    USAGE = 2
    REFER = 3
    REJECT = 4
    INPUT = 5
    MODEL_REFUSED = 6
    BUDGET = 7
    RULES_DECIDED = 8
    INTERRUPTED = 130


_GRAVEST_FIRST = (
    Status.UNEXPECTED,
    Status.BUDGET,
    Status.MODEL_REFUSED,
    Status.RULES_DECIDED,
    Status.INPUT,
    Status.REJECT,
    Status.REFER,
    Status.APPROVE,
)


def gravest(statuses: Iterable[Status]) -> Status:
    """Give the one status of several texts: 1 before 7, 6, 8, 5, 4, 3, 0."""
    seen = set(statuses)
    return next((status for status in _GRAVEST_FIRST if status in seen), Status.APPROVE)
