"""A world in which all is well with the way to a model, but for what a test changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.doctor import Check, Fault, Outcome, Seams

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.testing import ScriptedModel

KEY = "house-key-0123456789"
BASE = "https://models.house.example/v1"


class Line:
    """A connection that agrees on whatever it is told to, or raises it."""

    def __init__(self, agreed: str | OSError = "TLSv1.3") -> None:
        """Start connected."""
        self.agreed = agreed
        self.closed = False

    def handshake(self, host: str) -> str:
        """Agree, or do not."""
        if isinstance(self.agreed, OSError):
            raise self.agreed
        return f"{self.agreed} with {host}"

    def close(self) -> None:
        """Remember it."""
        self.closed = True


def raising(error: Exception) -> Callable[..., str]:
    """Make a seam that fails."""

    def fail(*_: object) -> str:
        raise error

    return fail


def seams(model: ScriptedModel, **changes: object) -> Seams:
    """Make a world in which all is well, but for `changes`."""
    well = Seams(
        proxies=dict,
        trusted=lambda: "the system's",
        resolve=lambda _host, _port: ("192.0.2.7",),
        connect=lambda _host, _port: Line(),
        model=lambda _endpoint, _attempts: model,
        clock=lambda: 0.0,
    )
    return Seams(**{**well._asdict(), **changes})


def the(name: str, checks: list[Check]) -> Check:
    """Give the one check of this name."""
    (found,) = [check for check in checks if check.name == name]
    return found


def failures(checks: list[Check]) -> list[tuple[str, Fault | None]]:
    """Give what failed, and where the fault lies."""
    return [(check.name, check.fault) for check in checks if check.outcome is Outcome.FAILED]
