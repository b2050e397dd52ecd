"""Before against after in one area: the exact ratio of two counts, how much it takes, and the wider interval of months.

Two Poisson counts are compared by the binomial that the after-count is, given their sum (Przyborowski & Wilenski 1940); its
interval is Clopper and Pearson's."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from math import ceil, exp, inf, log, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray


# What every estimate has: a ratio with its interval, and the limits that a test keeps to.


LEVEL = 0.95
"""The coverage of every interval that is shown."""
ALPHA = 1 - LEVEL


class Interval(NamedTuple):
    """An interval with both ends; `inf` where there is no upper one."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it, ends included."""
        return self.low <= value <= self.high


class Ratio(NamedTuple):
    """A ratio of rates, its standard error on the log scale (None: an exact one has none), its interval and p-value.

    `phi` is the dispersion that widened it (at least 1), `df` the degrees of freedom of t, `inf` for a normal limit.
    """

    ratio: float
    interval: Interval
    p: float
    se: float | None = None
    phi: float = 1.0
    df: float = inf


def log_ratio(ratio: float, se: float, *, phi: float = 1.0, df: float = inf, level: float = LEVEL) -> Ratio:
    """A ratio above zero whose log has a standard error, widened by a dispersion that never makes it narrower."""
    from scipy.stats import norm, t

    wide = se * sqrt(max(1.0, phi))
    # A frozen law takes longer to make than all the rest.
    reach = float(norm.ppf((1 + level) / 2) if df == inf else t.ppf((1 + level) / 2, df)) * wide
    far = abs(log(ratio)) / wide if wide else 0.0
    p = float(2 * (norm.sf(far) if df == inf else t.sf(far, df)))
    return Ratio(ratio, Interval(ratio * exp(-reach), ratio * exp(reach)), p, wide, phi, df)


# The two models that are fitted, and how: arrays only, never a formula, and no word of the library's own reaches the user.


SEPARATED = 10.0
"""A standard error on the log scale that only comes of what cannot be told apart."""


def poisson(counts: NDArray[Any], columns: NDArray[Any], exposure: NDArray[Any] | None = None, **covariance: Any) -> Any:
    """A Poisson model of counts with log link; `exposure` is what they are set against."""
    import numpy as np
    from statsmodels.genmod.families import Poisson

    return _fit(counts, columns, Poisson(), None if exposure is None else np.log(exposure), covariance)


def binomial(pairs: NDArray[Any], columns: NDArray[Any], **covariance: Any) -> Any:
    """A binomial model of the first of each pair among both, with logit link."""
    from statsmodels.genmod.families import Binomial

    return _fit(pairs, columns, Binomial(), None, covariance)


def _fit(outcome: NDArray[Any], columns: NDArray[Any], family: Any, offset: NDArray[Any] | None, covariance: Any) -> Any:
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings():
        # Months that are exactly alike are a perfect fit, which it warns of; what cannot be told apart has been gated before.
        warnings.simplefilter("ignore")
        fit = GLM(outcome, columns, family=family, offset=offset).fit(**covariance)
        # The library reckons these first when they are asked for, and would warn then.
        _ = fit.pearson_chi2, fit.bse
        return fit


class CountWindow(NamedTuple):
    """A count and how long it was counted, in months or any other unit, the same for both windows."""

    events: int
    length: float


class Exact(NamedTuple):
    """The exact ratio. `p_central` agrees with the interval; `p_minlike` is what R and scipy print."""

    ratio: float
    interval: Interval
    p_central: float
    p_minlike: float


def exact_ratio(before: CountWindow, after: CountWindow, level: float = LEVEL) -> Exact | None:
    """The ratio of the rates after and before; None when nothing happened in either."""
    from scipy.stats import binomtest

    total = before.events + after.events
    if not total:
        return None
    even = after.length / (before.length + after.length)
    low, high = binomtest(after.events, total, even).proportion_ci(level, "exact")
    lower = binomtest(after.events, total, even, alternative="less").pvalue
    upper = binomtest(after.events, total, even, alternative="greater").pvalue
    scale = before.length / after.length
    return Exact(
        ratio=_odds(after.events / total) * scale,
        interval=Interval(_odds(low) * scale, _odds(high) * scale),
        p_central=min(1.0, 2 * float(min(lower, upper))),
        p_minlike=float(binomtest(after.events, total, even).pvalue),
    )


def _odds(part: float) -> float:
    return inf if part >= 1 else float(part / (1 - part))


def fewest_before(before_length: float, after_length: float, alpha: float = ALPHA) -> int:
    """How many events before it takes for none at all after to be told from chance."""
    # A count is whole, and a logarithm of exactly the limit must not be rounded past it.
    return ceil(log(alpha / 2) / log(before_length / (before_length + after_length)) - 1e-12)


def rate_interval(window: CountWindow, level: float = LEVEL) -> Interval:
    """The exact interval of one rate (Garwood 1936)."""
    from statsmodels.stats.rates import confint_poisson

    low, high = confint_poisson(window.events, window.length, method="exact-c", alpha=1 - level)
    return Interval(float(low), float(high))


def e_test(one: CountWindow, other: CountWindow) -> float:
    """The p-value of the E-test (Krishnamoorthy & Thomson 2004), a little more powerful than the exact one, without interval.

    Every pair of counts as far apart as the one seen is among those that count, whatever rounding makes of a tie.
    """
    import numpy as np
    from scipy.stats import poisson

    total = one.events + other.events
    if not total:
        return 1.0
    rate = total / (one.length + other.length)
    ends = [int(poisson.ppf(1 - 1e-12, rate * length)) + 1 for length in (one.length, other.length)]
    a, b = np.arange(ends[0] + 1)[:, None], np.arange(ends[1] + 1)[None, :]
    spread = np.sqrt(a / one.length**2 + b / other.length**2)
    apart = np.abs(a / one.length - b / other.length)
    far = np.divide(apart, spread, out=np.zeros_like(apart, dtype=float), where=spread > 0)
    seen = abs(one.events / one.length - other.events / other.length)
    seen /= sqrt(one.events / one.length**2 + other.events / other.length**2)
    counts = far >= seen - 1e-9
    return float(min(1.0, (poisson.pmf(a, rate * one.length) * poisson.pmf(b, rate * other.length))[counts].sum()))


def totals_ratio(before: CountWindow, after: CountWindow, *, phi: float = 1.0, df: float = inf) -> Ratio:
    """The ratio of two rates on the log scale, with a given dispersion; neither count is zero."""
    rate = (after.events / after.length) / (before.events / before.length)
    return log_ratio(rate, sqrt(1 / before.events + 1 / after.events), phi=phi, df=df)


class Monthly(NamedTuple):
    """The ratio of the monthly means, and how far each month lies from what before and after (and season) make of it.

    The ratio is None when there is nothing to divide by, or no month to tell the dispersion from.
    """

    ratio: Ratio | None
    residuals: tuple[float, ...]


def monthly(before: Sequence[int], after: Sequence[int], calendar: Sequence[int] | None = None) -> Monthly:
    """Before and after by month, the ratio widened by how much months differ more than chance makes them.

    `calendar` is the calendar month of each count, before and after, where season is to be taken out; None leaves it in. A
    residual is Pearson's: in standard errors of a Poisson count.
    """
    import numpy as np

    counts = np.array([*before, *after], float)
    post = np.array([0.0] * len(before) + [1.0] * len(after))
    # A calendar month in which nothing ever happens says nothing of how months differ, and has no rate to tell.
    season = np.array(calendar if calendar is not None else [1] * len(counts))
    told = np.array([counts[season == month].sum() > 0 for month in season])
    columns = [np.ones_like(post), post, *((season == month).astype(float) for month in sorted(set(season[told]))[1:])]
    kept = np.column_stack(columns)[told]
    if not sum(before) or not sum(after) or len(kept) <= kept.shape[1]:
        return Monthly(None, tuple(_residuals(before)) + tuple(_residuals(after)))
    fit, phi, df = quasi_poisson(counts[told], kept)
    residuals = np.zeros(len(counts))
    residuals[told] = np.asarray(fit.resid_pearson)
    windows = (CountWindow(sum(side), len(side)) for side in (before, after))
    return Monthly(totals_ratio(*windows, phi=phi, df=df), tuple(map(float, residuals)))


def _residuals(side: Sequence[int]) -> list[float]:
    mean = sum(side) / len(side) if side else 0.0
    return [(count - mean) / sqrt(mean) if mean else 0.0 for count in side]


def quasi_poisson(counts: NDArray[Any], columns: NDArray[Any], exposure: NDArray[Any] | None = None) -> tuple[Any, float, int]:
    """A Poisson model with its Pearson dispersion and degrees of freedom; standard errors are those of dispersion 1."""
    fit = poisson(counts, columns, exposure)
    return fit, float(fit.pearson_chi2 / fit.df_resid), int(fit.df_resid)


# What could have been found, from the counts before alone: never from the result.


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
