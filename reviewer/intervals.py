"""How surely a share is known from a count: Wilson's score interval.

The method is that of Wilson (1927, "Probable inference, the law of succession, and statistical inference").
Brown, Cai and DasGupta (2001, "Interval estimation for a binomial proportion") recommend it for small samples, where
the textbook interval fails: it says something even of 0 misses among 60, and never leaves 0 to 1.
"""

from __future__ import annotations

from math import sqrt

from reviewer.value import Value

CONFIDENCE = "95 %"
Z = 1.959963984540054  # the normal distribution holds 95 % between -Z and Z
_FEW = 0.001  # below a tenth of a percent one decimal would read 0.0


class Rate(Value):
    """`k` of `n`, and between which shares the true one lies with 95 % confidence; of nothing, anywhere."""

    k: int
    n: int
    low: float
    high: float

    def __str__(self) -> str:
        """Say it in words: `3 of 60 (5.0 %, 95 % interval 1.7 to 13.7 %)`."""
        if not self.n:
            return "none of 0: nothing can be said"
        low, high = _percent(self.low), _percent(self.high)
        return f"{self.k:,} of {self.n:,} ({_percent(self.k / self.n)} %, {CONFIDENCE} interval {low} to {high} %)"


def wilson(k: int, n: int) -> Rate:
    """Give `k` of `n` with its interval; raises `ValueError` for more than all, or less than none."""
    if not 0 <= k <= n:
        message = f"{k!r} of {n!r} is no share; count from none to all."
        raise ValueError(message)
    if not n:
        return Rate(k=0, n=0, low=0.0, high=1.0)
    middle = k + Z * Z / 2
    half = Z * sqrt(k * (n - k) / n + Z * Z / 4)
    whole = n + Z * Z
    # At the ends the limits are 0 and 1 exactly, which floating point would miss by a hair.
    low = 0.0 if k == 0 else (middle - half) / whole
    high = 1.0 if k == n else (middle + half) / whole
    return Rate(k=k, n=n, low=low, high=high)


def _percent(share: float) -> str:
    """Give a share in percent, with one decimal, or two digits where it is small."""
    return f"{100 * share:.2g}" if 0 < share < _FEW else f"{100 * share:.1f}"
