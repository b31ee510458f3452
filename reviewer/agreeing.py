"""Agreement beyond chance, and whether two readers differ by more than chance: three small statistics.

Cohen (1960, "A coefficient of agreement for nominal scales"), Fleiss (1971, "Measuring nominal scale agreement among
many raters"), McNemar (1947, "Note on the sampling error of the difference between correlated proportions"), the last
one in its exact form, by the binomial distribution.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def cohen(table: Mapping[tuple[str, str], int]) -> float | None:
    """Give kappa of two raters, from how often each pair of words was given.

    None where it is not defined: nothing was rated, or both always said the same one word.
    """
    total = sum(table.values())
    words = {word for pair in table for word in pair}
    if not total:
        return None
    agreed = Fraction(sum(count for (one, other), count in table.items() if one == other), total)
    chance = sum(
        (
            Fraction(sum(count for (one, _), count in table.items() if one == word), total)
            * Fraction(sum(count for (_, other), count in table.items() if other == word), total)
            for word in sorted(words)
        ),
        Fraction(0),
    )
    return float((agreed - chance) / (1 - chance)) if chance != 1 else None


def fleiss(ratings: Mapping[tuple[int, ...], int]) -> float | None:
    """Give kappa of many ratings, from how often each row of counts came: `(3, 0)` is three for the first word.

    Every row adds up to the same number of ratings. None where it is not defined: nothing was rated, fewer than two
    ratings each, or always the same one word.
    """
    total = sum(ratings.values())
    each = sum(next(iter(ratings), ()))
    if not total or each < 2:  # noqa: PLR2004  one rating agrees with nobody
        return None
    pairs = sum(number * sum(count * (count - 1) for count in row) for row, number in ratings.items())
    agreed = Fraction(pairs, total * each * (each - 1))
    said = [sum(number * row[word] for row, number in ratings.items()) for word in range(len(next(iter(ratings))))]
    chance = Fraction(sum(count * count for count in said), (total * each) ** 2)
    return float((agreed - chance) / (1 - chance)) if chance != 1 else None


def mcnemar(gained: int, lost: int) -> float:
    """Give the two-sided p-value that as uneven a split of flips comes about by chance; 1 where nothing flipped.

    Raises `ValueError` for less than none.
    """
    if min(gained, lost) < 0:
        message = f"{gained!r} and {lost!r} cannot both be counts; give 0 or more."
        raise ValueError(message)
    flips = gained + lost
    tail = sum(comb(flips, few) for few in range(min(gained, lost) + 1))
    return min(1.0, float(Fraction(2 * tail, 2**flips)))


def quantile(ordered: Sequence[float], share: Fraction) -> float | None:
    """Give the value below or at which a share of the ordered ones lies (nearest rank); None of none."""
    if not ordered:
        return None
    rank = -(-len(ordered) * share.numerator // share.denominator)
    return ordered[min(max(rank, 1), len(ordered)) - 1]
