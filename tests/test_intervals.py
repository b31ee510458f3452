"""Wilson's interval: known values, its defining equation, and how it is said."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.intervals import Z, wilson

COUNTS = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("k", "n", "said"),
    [
        (0, 60, "0 of 60 (0.0 %, 95 % interval 0.0 to 6.0 %)"),
        (3, 60, "3 of 60 (5.0 %, 95 % interval 1.7 to 13.7 %)"),
        (60, 60, "60 of 60 (100.0 %, 95 % interval 94.0 to 100.0 %)"),
        (5, 10, "5 of 10 (50.0 %, 95 % interval 23.7 to 76.3 %)"),
        (1, 1, "1 of 1 (100.0 %, 95 % interval 20.7 to 100.0 %)"),
        (1234, 3611, "1,234 of 3,611 (34.2 %, 95 % interval 32.6 to 35.7 %)"),
        (0, 0, "none of 0: nothing can be said"),
    ],
)
def test_known_values_are_said_in_words(k: int, n: int, said: str) -> None:
    """Published limits come out, and a share of nothing claims nothing."""
    assert str(wilson(k, n)) == said


def test_a_small_share_is_not_said_to_be_none() -> None:
    """One miss in a hundred thousand does not read as 0.0 %."""
    assert str(wilson(1, 100_000)) == "1 of 100,000 (0.001 %, 95 % interval 0.00018 to 0.0057 %)"


@given(COUNTS)
def test_the_limits_solve_the_equation_that_defines_them(counts: tuple[int, int]) -> None:
    """At each limit p, the count lies exactly Z standard deviations of p away: n (k/n - p)^2 = Z^2 p (1 - p)."""
    k, n = counts
    rate = wilson(k, n)
    for p in (rate.low, rate.high):
        assert isclose(n * (k / n - p) ** 2, Z * Z * p * (1 - p), rel_tol=1e-6, abs_tol=1e-9)


@given(COUNTS)
def test_the_interval_holds_the_share_and_stays_within_all(counts: tuple[int, int]) -> None:
    """The share lies between the limits, the limits between 0 and 1, and what is turned round is mirrored."""
    k, n = counts
    rate, turned = wilson(k, n), wilson(n - k, n)
    assert 0 <= rate.low <= k / n <= rate.high <= 1
    assert rate.low < rate.high
    assert isclose(rate.low, 1 - turned.high, abs_tol=1e-9)


@given(COUNTS)
def test_more_of_the_same_says_more(counts: tuple[int, int]) -> None:
    """Ten times as many with the same share give a narrower interval."""
    k, n = counts
    few, many = wilson(k, n), wilson(10 * k, 10 * n)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (1, 0)])
def test_no_share_is_more_than_all(k: int, n: int) -> None:
    """A miscount is an error in the caller and not a number above 100 %."""
    with pytest.raises(ValueError, match="is no share"):
        wilson(k, n)
