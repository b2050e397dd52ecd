"""What could have been found, from the counts before alone: never from the result."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, log, sqrt
from typing import TYPE_CHECKING, Any

from uppfoljning.analysis.estimate import ALPHA

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    b, a = (np.arange(poisson.ppf(1e-9, mean), poisson.ppf(1 - 1e-9, mean) + 1) for mean in (before, after))
    totals = np.arange(b[0] + a[0], b[-1] + a[-1] + 1)
    low, high = _limits(totals, length_ratio, alpha)
    at = (b[:, None] + a[None, :] - totals[0]).astype(int)
    found = (a[None, :] <= low[at]) | (a[None, :] >= high[at])
    return float(poisson.pmf(b, before) @ found @ poisson.pmf(a, after))


def _limits(totals: NDArray[Any], length_ratio: float, alpha: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Of each total the largest after-count that is significantly low, and the smallest that is significantly high."""
    import numpy as np
    from scipy.stats import binom

    even = length_ratio / (1 + length_ratio)
    low, high = binom.ppf(alpha / 2, totals, even), binom.isf(alpha / 2, totals, even)
    return (
        np.where(binom.cdf(low, totals, even) > alpha / 2, low - 1, low),
        np.where(binom.sf(high - 1, totals, even) > alpha / 2, high + 1, high),
    )


def smallest_found(before: float, length_ratio: float = 1.0, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """The largest ratio below 1 that is found with the given power; None where not even nothing at all would be."""
    if before > LARGEST_EXACT:
        return smallest_found_relative(before, inf, length_ratio, alpha=alpha, power=power)
    return _solve(lambda ratio: power_of(before, ratio, length_ratio, alpha) - power)


def smallest_found_relative(
    treated: float, comparison: float, length_ratio: float = 1.0, *, phi: float = 1.0, alpha: float = ALPHA, power: float = POWER
) -> float | None:
    """The same for the relative ratio, from the counts before in both areas; an endless comparison adds no chance of its own."""
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
    found = next((at / 100 for at in range(99, 0, -1) if beyond(at / 100) > 0), None)
    return None if found is None else float(brentq(beyond, found, 1 - 1e-9, xtol=1e-9))
