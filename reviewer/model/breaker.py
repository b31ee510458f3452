"""What stops the calls to an endpoint that is out of order."""

from __future__ import annotations

from reviewer.errors import ModelUnavailable

# Outages in a row that open it, and for how many seconds: at first, and at most.
OUTAGES = 5
COOL_DOWN = 30.0
LONGEST_COOL_DOWN = 300.0


class Breaker:
    """Open after so many outages in a row; then one probe at a time, until a call is answered.

    Calls are known by their number; whoever hears an answer takes a new breaker.
    """

    def __init__(self) -> None:
        """Start closed."""
        self._outages = 0
        self._openings = 0
        self._until: float | None = None
        # The last probe, and whether it is still under way.
        self._probe: int | None = None
        self._probing = False

    def check(self, name: str, now: float) -> None:
        """Let a call pass.

        Raises:
            ModelUnavailable: it is open, or a probe is under way.
        """
        if self._until is not None and (now < self._until or self._probing):
            left = self._until - now
            until = f"for {left:.0f} s more" if left > 0 else "while one call tries whether it is back"
            raise ModelUnavailable(f"{name} failed {self._outages} times in a row; it is left alone {until}.")

    def take(self, number: int) -> None:
        """Make the first call after the cool-down the probe."""
        if self._until is not None:
            self._probe, self._probing = number, True

    def leave(self, number: int) -> None:
        """Make room for the next probe, also where nobody told how this one ended."""
        if number == self._probe:
            self._probing = False

    def failed(self, number: int, now: float) -> None:
        """Count an outage; calls that were under way when it opened do not open it again."""
        if self._until is None:
            self._outages += 1
            if self._outages >= OUTAGES:
                self._open(now)
        elif number == self._probe:
            self._outages += 1
            self._open(now)

    def _open(self, now: float) -> None:
        self._until = now + min(LONGEST_COOL_DOWN, COOL_DOWN * 2**self._openings)
        self._openings += 1
