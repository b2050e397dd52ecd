"""Before against after in one area: the exact ratio of two counts, how much it takes, and the wider interval of months.

Two Poisson counts are compared by the binomial that the after-count is, given their sum (Przyborowski & Wilenski 1940); its
interval is Clopper and Pearson's.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, inf, log, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from uppfoljning.analysis import fitting
from uppfoljning.analysis.estimate import ALPHA, LEVEL, Interval, Ratio, log_ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Window(NamedTuple):
    """A count and how long it was counted, in months or any other unit, the same for both windows."""

    events: int
    length: float


class Exact(NamedTuple):
    """The exact ratio. `p_central` agrees with the interval; `p_minlike` is what R and scipy print."""

    ratio: float
    interval: Interval
    p_central: float
    p_minlike: float


def exact_ratio(before: Window, after: Window, level: float = LEVEL) -> Exact | None:
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


def rate_interval(window: Window, level: float = LEVEL) -> Interval:
    """The exact interval of one rate (Garwood 1936)."""
    from statsmodels.stats.rates import confint_poisson

    low, high = confint_poisson(window.events, window.length, method="exact-c", alpha=1 - level)
    return Interval(float(low), float(high))


def e_test(one: Window, other: Window) -> float:
    """The p-value of the E-test (Krishnamoorthy & Thomson 2004), a little more powerful than the exact one, without interval."""
    from scipy.stats import poisson_means_test

    return float(poisson_means_test(one.events, one.length, other.events, other.length).pvalue)


def totals_ratio(before: Window, after: Window, *, phi: float = 1.0, df: float = inf) -> Ratio:
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
    windows = (Window(sum(side), len(side)) for side in (before, after))
    return Monthly(totals_ratio(*windows, phi=phi, df=df), tuple(map(float, residuals)))


def _residuals(side: Sequence[int]) -> list[float]:
    mean = sum(side) / len(side) if side else 0.0
    return [(count - mean) / sqrt(mean) if mean else 0.0 for count in side]


def quasi_poisson(counts: NDArray[Any], columns: NDArray[Any], exposure: NDArray[Any] | None = None) -> tuple[Any, float, int]:
    """A Poisson model with its Pearson dispersion and degrees of freedom; standard errors are those of dispersion 1."""
    fit = fitting.poisson(counts, columns, exposure)
    return fit, float(fit.pearson_chi2 / fit.df_resid), int(fit.df_resid)
