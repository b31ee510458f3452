"""Kappas, the exact test of McNemar, and quantiles, by figures from the literature and by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from reviewer.agreeing import cohen, fleiss, mcnemar, quantile


def test_cohens_kappa_by_hand() -> None:
    """Of 50 texts, 20 and 15 agreed on with marginals 25/25 and 30/20: 0.7 observed, 0.5 by chance, kappa 0.4."""
    assert cohen({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}) == pytest.approx(0.4)


def test_cohens_kappa_at_its_ends() -> None:
    """All agreed is 1, all crossed is -1, and where chance alone agrees, or nothing was rated, there is none."""
    assert cohen({("y", "y"): 1, ("n", "n"): 1}) == 1.0
    assert cohen({("y", "n"): 1, ("n", "y"): 1}) == -1.0
    assert cohen({("y", "y"): 7, ("n", "n"): 0}) is None
    assert cohen({}) is None


def test_fleiss_kappa_of_the_usual_example() -> None:
    """Ten subjects, fourteen raters, five categories, as in the usual worked example: 0.210."""
    rows = [
        (0, 0, 0, 0, 14),
        (0, 2, 6, 4, 2),
        (0, 0, 3, 5, 6),
        (0, 3, 9, 2, 0),
        (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0),
        (3, 2, 6, 3, 0),
        (2, 5, 3, 2, 2),
        (6, 5, 2, 1, 0),
        (0, 2, 2, 3, 7),
    ]
    assert fleiss(dict.fromkeys(rows, 1)) == pytest.approx(0.20993, abs=1e-5)


def test_fleiss_kappa_at_its_ends() -> None:
    """Steady readings of two kinds give 1; always the same word, one reading or none give nothing."""
    assert fleiss({(3, 0, 0): 4, (0, 0, 3): 1}) == 1.0
    assert fleiss({(3, 0): 4}) is None
    assert fleiss({(1, 0): 4, (0, 1): 2}) is None
    assert fleiss({}) is None


@pytest.mark.parametrize(("gained", "lost", "p"), [(0, 0, 1.0), (5, 0, 1 / 16), (1, 5, 14 / 64), (3, 3, 1.0)])
def test_mcnemar_by_hand(gained: int, lost: int, p: float) -> None:
    """The p-value is twice the smaller tail of a fair coin, and never more than 1."""
    assert mcnemar(gained, lost) == p
    assert mcnemar(lost, gained) == p


def test_mcnemar_counts_coins() -> None:
    """For seven flips the p-value is the share of all throws that are at least as uneven."""
    throws = [sum(throw) for throw in product((0, 1), repeat=7)]
    uneven = [heads for heads in throws if min(heads, 7 - heads) <= 2]
    assert mcnemar(2, 5) == len(uneven) / len(throws)


def test_less_than_none_is_refused() -> None:
    """A count below 0 is a slip of the caller's."""
    with pytest.raises(ValueError, match="-1"):
        mcnemar(-1, 3)


def test_quantiles_are_values_that_were_seen() -> None:
    """The nearest rank is taken, from the first to the last, and there is none of nothing."""
    assert quantile([1.0, 2.0, 3.0, 4.0], Fraction(1, 2)) == 2.0
    assert quantile([float(number) for number in range(1, 101)], Fraction(95, 100)) == 95.0
    assert quantile([5.0], Fraction(0)) == 5.0
    assert quantile([], Fraction(1, 2)) is None
