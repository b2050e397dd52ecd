"""What could have been found, from the counts before alone: never from the result."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import log, sqrt

from uppfoljning.analysis.estimate import ALPHA

POWER = 0.8
LARGEST_EXACT = 2000
"""Above so many events the exact enumeration gives way to the log scale, which then says the same."""


def power_of(before: float, ratio: float, length_ratio: float = 1.0, alpha: float = ALPHA) -> float:
    """How often the exact test finds a true ratio after/before, both counts being random around their means.

    `before` is the expected count, `length_ratio` the length after over that before.
    """
    import numpy as np
    from scipy.stats import poisson

    after = before * ratio * length_ratio
    first, last = (_reach(mean) for mean in (before, after))
    b = np.arange(first[0], first[1] + 1)
    a = np.arange(last[0], last[1] + 1)
    found = np.array([[_is_found(int(x), int(y), length_ratio, alpha) for y in a] for x in b], float)
    return float(poisson.pmf(b, before) @ found @ poisson.pmf(a, after))


def _reach(mean: float) -> tuple[int, int]:
    from scipy.stats import poisson

    return int(poisson.ppf(1e-9, mean)), int(poisson.ppf(1 - 1e-9, mean))


@cache
def _limits(total: int, length_ratio: float, alpha: float) -> tuple[int, int]:
    """The largest after-count that is significantly low of a total, and the smallest that is significantly high."""
    from scipy.stats import binom

    even = length_ratio / (1 + length_ratio)
    low = int(binom.ppf(alpha / 2, total, even))
    while low >= 0 and binom.cdf(low, total, even) > alpha / 2:
        low -= 1
    high = int(binom.isf(alpha / 2, total, even))
    while high <= total and binom.sf(high - 1, total, even) > alpha / 2:
        high += 1
    return low, high


def _is_found(before: int, after: int, length_ratio: float, alpha: float) -> bool:
    low, high = _limits(before + after, length_ratio, alpha)
    return after <= low or after >= high


def smallest_found(before: float, length_ratio: float = 1.0, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """The largest ratio below 1 that is found with the given power; None where not even nothing at all would be."""
    return _solve(lambda ratio: power_of(before, ratio, length_ratio, alpha) - power)


def smallest_found_relative(
    treated: float, comparison: float, length_ratio: float = 1.0, *, phi: float = 1.0, alpha: float = ALPHA, power: float = POWER
) -> float | None:
    """The same for the relative ratio, from the counts before in both areas."""
    from scipy.stats import norm

    reach = float(norm.ppf(1 - alpha / 2) + norm.ppf(power))
    k = length_ratio

    def beyond(ratio: float) -> float:
        spread = 1 / treated + 1 / (ratio * k * treated) + 1 / comparison + 1 / (k * comparison)
        return -log(ratio) - reach * sqrt(max(1.0, phi) * spread)

    return _solve(beyond)


def smallest_difference(*expected: float, phi: float = 1.0, alpha: float = ALPHA, power: float = POWER) -> float:
    """How large a difference in numbers (WDD) is found with the given power, from the expected counts that it is made of."""
    from scipy.stats import norm

    return float(norm.ppf(1 - alpha / 2) + norm.ppf(power)) * sqrt(max(1.0, phi) * sum(expected))


def _solve(beyond: Callable[[float], float]) -> float | None:
    """The ratio between 0 and 1 at which a function falls through zero; None when it never is above it."""
    from scipy.optimize import brentq

    # A ratio near nothing leaves too few events to be sure of either, so the way down to zero is looked for from above.
    found = max((at / 100 for at in range(1, 100) if beyond(at / 100) > 0), default=None)
    return None if found is None else float(brentq(beyond, found, 1 - 1e-9, xtol=1e-9))
